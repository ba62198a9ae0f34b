"""The page that is one file, opened from disk with the network off: the same numbers, the same picture, alive."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import Watched

LECTURE = "a = 2; b = -3\nc = 10; f = -2\ne = a*b\nd = e + c\nL = d * f"
DRAWN = """(root) => Array.from(root.querySelectorAll(".stage .node, .stage .edge, .stage .chip"),
    (item) => [item.getAttribute("transform"), item.textContent])"""
PICTURES = Path(__file__).resolve().parent.parent.parent / "test-results"


def post(address: str, path: str, body: dict[str, Any]) -> bytes:
    request = urllib.request.Request(
        address + path, json.dumps(body).encode(), {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        return answer.read()


@pytest.fixture
def opened_file(browser: Browser, address: str, tmp_path: Path) -> Any:
    """Opens the file of a state with the network off; at the end it must have asked for nothing and said nothing."""
    asked: list[str] = []
    errors: list[str] = []
    contexts = []

    def open_file(state: dict[str, Any], **options: Any) -> Page:
        file = tmp_path / "seegrad.html"
        file.write_bytes(post(address, "api/v1/page", state))
        context = browser.new_context(offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: message.type == "error" and errors.append(message.text))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(file.as_uri())
        expect(page.locator(".stage .node").first).to_be_visible()
        return page

    yield open_file
    for context in contexts:
        context.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert errors == []


def test_the_numbers_of_the_api(opened_file: Callable[..., Page], address: str) -> None:
    page = opened_file({"program": LECTURE})
    nodes = json.loads(post(address, "api/v1/graph", {"program": LECTURE}))["nodes"]
    shown = [text.replace("\u2212", "-") for text in page.locator(".stage .node").all_text_contents()]
    for node, text in zip(nodes, shown, strict=True):
        assert text.endswith(f"{node['name']}\ndata {node['data']:g}\ngrad {node['grad']:g}")


def test_the_picture_of_the_embed(opened_file: Callable[..., Page], opened: Callable[..., Watched]) -> None:
    file = opened_file({"program": LECTURE}, viewport={"width": 1280, "height": 800})
    box = file.locator("#embed").bounding_box()
    assert box is not None
    watched = opened(width=round(box["width"]) + 2, height=round(box["height"]) + 2)  # a frame has a border
    watched.page.goto(f"{watched.address}embed?program={quote(LECTURE)}")
    expect(watched.page.locator(".stage .node")).to_have_count(7)
    assert file.locator("body").evaluate(DRAWN) == watched.page.locator("body").evaluate(DRAWN)


def test_it_is_alive(opened_file: Callable[..., Page]) -> None:
    page = opened_file({"program": LECTURE, "node": 2}, viewport={"width": 1280, "height": 800})
    aside = page.locator("#aside")
    field = (
        aside.locator(".parameter", has_text="c").locator("input[type=text], input:not([type=range])").first
    )
    field.fill("10.5")
    field.press("Enter")
    expect(page.locator(".stage .node").last).to_contain_text("\u22129")
    page.get_by_role("button", name="One step back").click()
    expect(page.locator(".embed-where")).to_contain_text("13 of 14")
    expect(page.locator(".stage")).to_contain_text("not yet")
    page.locator(".stage .node").first.click()
    expect(aside).to_contain_text("chain rule")
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / "offline-1280.png")


@pytest.mark.parametrize("width", [1280, 390])
def test_no_width_scrolls_sideways(opened_file: Callable[..., Page], width: int) -> None:
    page = opened_file({"program": LECTURE, "theme": "dark"}, viewport={"width": width, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.screenshot(path=PICTURES / f"offline-{width}-dark.png")
