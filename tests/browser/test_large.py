"""Large graphs: every value of a network at once, and programs too large for elements."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from accessibility import violations
from playwright.sync_api import Page, expect
from still import resize, still

from app.presets import PRESETS
from engine.datasets import dataset
from engine.losses import LOSSES
from engine.network import build_network
from engine.replay import Replay

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURES = ROOT / "test-results"


def moons() -> tuple[int, int, int]:
    """Values of the two-moons network, examples that push and that do not, from the engine's own replay."""
    preset = next(each for each in PRESETS if each.id == "moons")
    data = dataset(preset.data)
    targets = data.targets(LOSSES[preset.loss])
    network = build_network(preset.network, data.inputs, targets, loss=preset.loss, alpha=preset.alpha)
    replay = Replay(network.tape)
    replay.forward()
    replay.backward()
    grads = replay.grads()
    pushing = sum(any(grads[out] != 0 for out in row) for row in network.outputs)
    return len(network.tape.ops), pushing, len(network.outputs) - pushing


def whole(watched: Watched, fragment: str) -> Page:
    """The network page with all its values."""
    page = watched.page
    page.goto(f"{watched.address}network#{fragment}")
    page.locator("#tools button").first.wait_for()
    expect(page.locator("#title")).not_to_be_empty()
    page.get_by_role("button", name="values").click()
    expect(page.locator(".texture-title")).to_contain_text("values at once")
    return page


def test_the_two_moons_at_once(opened: Callable[..., Watched]) -> None:
    """What the page says of 65,814 values is what the engine counts; for everyone, in both themes, on a phone too."""
    page = whole(opened(bypass_csp=True), "v=1&preset=moons")
    values, pushing, silent = moons()
    expect(page.locator(".texture-title")).to_have_text(f"{values:,} values at once")
    expect(page.locator(".texture-says")).to_contain_text(f"{pushing} of 100 examples still push")
    expect(page.locator(".texture-says")).to_contain_text(f"{silent} are right by a margin")
    expect(page.locator(".texture-side")).to_contain_text(f"{silent} silent")
    expect(page.locator(".texture-ladder button").first).to_contain_text(f"{values:,} values")
    PICTURES.mkdir(exist_ok=True)
    for width, height in ((1440, 900), (390, 844)):
        resize(page, width, height)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            still(page)
            page.screenshot(path=PICTURES / f"09-overview-{width}-{scheme}.png")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert violations(page) == [], (width, scheme)


def test_the_texture_by_keyboard(opened: Callable[..., Watched]) -> None:
    page = whole(opened(), "v=1&preset=xor")
    said = page.locator(".texture-root > [aria-live]")
    page.locator(".texture-picture").focus()
    expect(said).to_contain_text("example")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    spoken = said.text_content() or ""
    page.keyboard.press("ArrowRight")
    expect(said).not_to_have_text(spoken)
    for rung in ("Example", "Layer", "Neuron"):
        page.keyboard.press("+")
        expect(page.locator(".texture-ladder [aria-current]")).to_contain_text(rung)
    page.keyboard.press("0")
    expect(page.locator(".texture-ladder [aria-current]")).to_contain_text("All")
    page.keyboard.press("Enter")
    expect(page.locator(".texture-lens")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".texture-cell .node").last).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".texture-picture")).to_be_focused()
    page.get_by_role("button", name="As a table").click()
    expect(page.locator(".texture-table tbody tr")).to_have_count(4)
    page.get_by_role("button", name="in order").click()
    expect(page.locator(".texture-table tbody th")).to_have_text([f"example {k}" for k in range(1, 5)])
    page.get_by_role("button", name="As a network").click()
    expect(page.locator("#stage .node").first).to_be_visible()


def large_program(examples: int) -> str:
    draw = random.Random(3)
    inputs = [[round(draw.uniform(-2, 2), 1) for _ in range(3)] for _ in range(examples)]
    targets = [draw.choice((1, -1)) for _ in range(examples)]
    return (
        f"n = MLP(3, [16, 16, 1])\nxs = {json.dumps(inputs)}\nys = {targets}\n"
        "loss = sum((n(x) - y)**2 for x, y in zip(xs, ys))"
    )


def test_a_program_of_thousands_of_values_opens_on_a_canvas(opened: Callable[..., Watched]) -> None:
    """The layout comes from a worker; the node with the focus stays an element that is spoken and walked from."""
    watched = opened()
    page = watched.page
    page.goto(f"{watched.address}#program={quote(large_program(8))}")
    page.get_by_role("button", name="Open all").click()
    page.locator("#stage.far").wait_for()
    assert any("layout-worker" in url for url in watched.requests)
    nodes = page.locator("#stage .node")
    assert nodes.count() <= 2
    page.wait_for_function("() => '__zoom' in document.querySelector('#stage svg')")  # hears a hand
    page.locator("#stage .node[tabindex='0']").focus()
    before = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowRight")
    after = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert before != after
    assert "gradient" in after
    box = page.locator("#stage").bounding_box()
    assert box is not None
    page.get_by_role("button", name="As usual").click()
    page.locator("#stage:not(.far)").wait_for()
    expect(nodes.nth(10)).to_be_attached()
