"""What axe-core finds wrong on a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
# What passes is not gathered: on a long page that takes longer than the checks.
RUN = """async (within) => {
  const whole = within === "html";
  const { violations } = await axe.run(within, { resultTypes: ["violations"], iframes: whole });
  return violations.map(({ id, nodes }) =>
    [id, nodes.map((node) => `${node.html.slice(0, 160)} ${node.failureSummary}`)]);
}"""


def violations(page: Page, within: str = "html") -> list[Any]:
    """The rule and the elements of each, on the whole page or within a part of it, without the frames there."""
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE.read_text("utf-8"))
    return page.evaluate(RUN, within)
