"""A gradient out of the ordinary says why, and marks the way to the cause."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

CASES = [
    ("relu off", "x = -2\nh = relu(x)\ny = h * 3", 0, "relu at h is closed", 1),
    ("saturated", "x = 40\no = tanh(x)", 0, "tanh at o is saturated", 1),
    (
        "vanishing",
        "\n".join(["h0 = 2", *(f"h{k + 1} = tanh(0.1*h{k})" for k in range(6))]),
        0,
        "shrinks most",
        1,
    ),
    ("log(0)", "x = 0\ny = log(x)", 0, "stands on a pole", 1),
    ("exp(1000)", "x = 1000\ny = exp(x)", 0, "overflows", 1),
    ("unused", "x = 2\nz = 1\ny = x * 3", 1, "no path", 0),
    ("x * 0", "x = 2\nk = 0\ny = x * k", 0, "k is 0", 1),
    ("NaN", "x = -1\ny = log(x) * 2", 0, None, 1),
]


@pytest.mark.parametrize(
    ("program", "node", "words", "least"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_the_cause_is_said_and_the_way_to_it_is_marked(
    opened: Callable[..., Watched], program: str, node: int, words: str | None, least: int
) -> None:
    page = opened().open(f"#v=1&program={quote_plus(program)}&node={node}")
    panel = page.locator("#why")
    if words is None:
        expect(
            panel
        ).to_be_empty()  # the slope 2 / x of a logarithm is a number beyond its domain, as in PyTorch
        return
    expect(panel.locator("p")).to_contain_text(words)
    expect(panel.locator("h2")).to_contain_text("comes from")
    if least == 0:
        expect(page.locator("#stage .marks path")).to_have_count(0)
        return
    expect(page.locator("#stage .marks path").nth(least - 1)).to_be_attached()
    culprit = panel.locator("button").last
    name = (culprit.get_attribute("title") or "").removeprefix("Select ")
    culprit.click()
    chosen = page.locator("#stage .node[aria-current=true]")
    expect(chosen).to_have_attribute("aria-label", re.compile(rf"^{name}\b"))


def test_an_ordinary_gradient_needs_no_excuse(studio: Watched) -> None:
    expect(studio.page.locator("#why")).to_be_empty()
