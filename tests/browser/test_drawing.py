"""The drawing: what can be read at which width, the minimap, the search, pictures saved as files, places kept."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Watched
from playwright.sync_api import Browser, Page, expect
from still import still
from written import write

# Everything that can be seen of a drawing, in its order: geometry, text, and how it looks.
SEEN = """(root) => {
  const KEYS = ["d", "x", "y", "width", "height", "rx", "dx", "dy", "textLength"];
  const found = [];
  for (const element of root.querySelectorAll("path, rect, text, tspan")) {
    if (element.closest(".hit, .grip, pattern, defs")) continue;
    const look = getComputedStyle(element);
    const words = element.tagName === "text" || element.tagName === "tspan";
    if (words ? element.textContent === "" : element.getBBox().width + element.getBBox().height === 0) continue;
    if (look.display === "none" || element.closest("[display=none]")) continue;
    const clear = (paint) => paint === "none" || paint === "rgba(0, 0, 0, 0)";
    if (clear(look.fill) && clear(look.stroke)) continue;
    const row = [element.tagName, ...KEYS.map((key) => element.getAttribute(key) ?? "")];
    const origin = root.getCTM().inverse().multiply(element.getCTM());
    row.push(Math.round(origin.e * 10) / 10, Math.round(origin.f * 10) / 10, look.fill, look.fillOpacity, look.opacity);
    const line = [look.stroke, look.strokeWidth, look.strokeDasharray, look.strokeLinecap];
    row.push(clear(look.stroke) ? "" : line.join());
    if (words) row.push(element.textContent, look.fontSize, look.fontWeight, look.fontStyle, look.fontFamily,
      look.textAnchor, look.paintOrder);
    found.push(row.join(" | "));
  }
  return found;
}"""


def save(page: Page, name: str, path: Path) -> Path:
    """A picture saved through the menu."""
    page.locator("#picture > button").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    download.value.save_as(path)
    return path


def test_captions_are_read_at_every_width(opened: Callable[..., Watched]) -> None:
    for width, height in ((1440, 900), (1024, 768), (390, 844)):
        page = opened(width=width, height=height).open()
        captions = page.locator("#stage .caption").filter(has_text=re.compile("^(data|grad)$"))
        expect(captions).to_have_count(14)
        sizes = captions.evaluate_all(
            "(all) => all.map((caption) => parseFloat(getComputedStyle(caption).fontSize) * caption.getScreenCTM().a)"
        )
        assert min(sizes) >= 10.99, width


@pytest.mark.parametrize(
    "fragment",
    [
        "",
        "#step=9",
        "#example=softmax",
        "#example=mlp",
        "#example=micrograd&node=3",
        "#example=relu-off&theme=dark",
    ],
)
def test_saved_picture_is_what_is_seen(
    opened: Callable[..., Watched], browser: Browser, tmp_path: Path, fragment: str
) -> None:
    page = opened().open(fragment)
    page.locator("#picture > button").focus()
    still(page)
    here = page.locator("#stage .canvas").evaluate(SEEN)
    saved = save(page, "What is in view as SVG", tmp_path / "seen.svg")
    other = browser.new_page(color_scheme="light")
    other.goto(saved.as_uri())
    there = other.locator("svg").evaluate(SEEN)
    background = [row for row in there if row.startswith("rect") and "url(" not in row][:1]
    assert len(background) == 1
    there = [row for row in there if row not in background and "url(" not in row]
    assert len(here) > 20
    assert there == here
    assert (
        other.evaluate("document.querySelector('title').textContent") == page.locator("#title").text_content()
    )
    size = page.locator("#stage").evaluate("(stage) => [stage.clientWidth, stage.clientHeight]")
    assert (
        other.evaluate(
            "['width', 'height'].map((side) => Number(document.documentElement.getAttribute(side)))"
        )
        == size
    )
    text = saved.read_text()
    assert "var(" not in text
    assert "class=" not in text
    other.close()


def test_saved_bitmap_is_twice_as_large(studio: Watched, tmp_path: Path) -> None:
    page = studio.page
    data = save(page, "What is in view as PNG", tmp_path / "seen.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    size = page.locator("#stage").evaluate("(stage) => [stage.clientWidth, stage.clientHeight]")
    assert list(struct.unpack(">II", data[16:24])) == [2 * side for side in size]
    assert len(data) > 20_000, "an empty canvas compresses to far less"


def test_whole_picture_holds_every_node(studio: Watched, browser: Browser, tmp_path: Path) -> None:
    page = studio.open("#example=micrograd")
    still(page)
    names = page.locator("#stage .node").count()
    saved = save(page, "The whole graph as SVG", tmp_path / "whole.svg")
    other = browser.new_page()
    other.goto(saved.as_uri())
    inside = other.evaluate(
        """() => {
          const [x, y, width, height] = document.documentElement.getAttribute("viewBox").split(" ").map(Number);
          return [...document.querySelectorAll("g[transform]")].filter((node) => {
            const box = node.getBBox(), { e, f } = node.transform.baseVal.consolidate().matrix;
            return e + box.x >= x && f + box.y >= y && e + box.x + box.width <= x + width
              && f + box.y + box.height <= y + height;
          }).length;
        }"""
    )
    assert inside == names == 35
    other.close()


def test_minimap_appears_where_the_graph_overflows(opened: Callable[..., Watched]) -> None:
    page = opened().hold()
    small = page.locator("#minimap")
    expect(small).to_be_hidden()
    page.locator("#stage .node").first.click()
    for _ in range(5):
        page.keyboard.press("+")
    page.clock.run_for(1000)  # it has found its corner
    expect(small).to_be_visible()
    before = page.locator("#stage .canvas").get_attribute("transform")
    box = small.bounding_box()
    assert box is not None
    focused = page.evaluate("document.activeElement.getAttribute('data-node')")
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 12, box["y"] + 12, steps=3)
    page.mouse.up()
    assert page.locator("#stage .canvas").get_attribute("transform") != before
    assert page.evaluate("document.activeElement.getAttribute('data-node')") == focused
    assert small.evaluate("(map) => map.querySelectorAll('[tabindex], a, button').length") == 0
    page.keyboard.press("0")
    page.clock.run_for(20)
    expect(small).to_be_hidden()


def test_minimap_covers_no_node_where_a_corner_is_free(studio: Watched) -> None:
    page = studio.open("#example=micrograd")
    still(page)
    small = page.locator("#minimap")
    expect(small).to_be_visible()
    page.wait_for_function(
        """() => {
          const box = document.getElementById("minimap").getBoundingClientRect();
          return [...document.querySelectorAll("#stage .node .face")].every((face) => {
            const other = face.getBoundingClientRect();
            return other.left >= box.right || other.right <= box.left
              || other.top >= box.bottom || other.bottom <= box.top;
          });
        }"""
    )


def test_search_by_name(studio: Watched) -> None:
    page = studio.open("#example=micrograd")
    still(page)
    page.locator("#stage .node.output").click()
    page.keyboard.press("s")
    field = page.get_by_role("textbox", name="Find a name in the graph")
    expect(field).to_be_focused()
    page.keyboard.type("D")
    expect(page.locator("#stage .node.found")).to_have_count(3)
    page.keyboard.press("Enter")
    expect(page.locator("#find [role=status]")).to_have_text("1 of 3")
    expect(page.locator("#stage .node.selected.found")).to_have_count(1)
    first = page.locator("#stage .node.selected").get_attribute("data-node")
    page.keyboard.press("Enter")
    expect(page.locator("#find [role=status]")).to_have_text("2 of 3")
    chosen = page.locator("#stage .node.selected")
    expect(chosen).not_to_have_attribute("data-node", first or "")
    place, stage = chosen.bounding_box(), page.locator("#stage").bounding_box()
    assert place is not None
    assert stage is not None
    assert stage["x"] <= place["x"] <= stage["x"] + stage["width"] - place["width"]
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#stage .node.found")).to_have_count(0)
    expect(field).to_be_hidden()
    assert page.evaluate("document.activeElement.closest('#stage') !== null")


def test_search_without_a_match_says_so(studio: Watched) -> None:
    page = studio.page
    page.locator("#find > button").click()
    page.keyboard.type("zebra")
    expect(page.locator("#find [role=status]")).to_have_text("none")
    page.keyboard.press("Enter")
    expect(page.locator("#stage .node.selected")).to_have_attribute("data-key", "c")


# Watches for the graph of eight nodes and takes it through its travel by hand, whatever the machine's frames are.
TRAVEL = """(key) => {
  const node = document.querySelector(`#stage [data-key="${key}"]`);
  const place = () => {
    const { x, y } = node.querySelector(".face").getBoundingClientRect();
    return [Math.round(x), Math.round(y)];
  };
  const before = place();
  new MutationObserver((_, observer) => {
    if (document.querySelectorAll("#stage .node").length !== 8) return;
    observer.disconnect();
    const moving = document.getAnimations().filter(({ effect }) =>
      effect.target.contains(node) && effect.getComputedTiming().duration > 1);
    const at = (share) => {
      for (const each of moving) each.currentTime = share * each.effect.getComputedTiming().endTime;
      return place();
    };
    const [start, middle] = [at(0), at(0.5)];
    for (const each of moving) each.finish();
    window.travel = { before, start, middle, end: place(), moving: moving.length, kept: node.isConnected };
  }).observe(document.getElementById("stage"), { childList: true, subtree: true });
}"""


def travel(page: Page, key: str, text: str) -> dict[str, Any]:
    """Where a node stands before an edit that makes eight nodes, and at the start, middle and end of its travel."""
    still(page)
    page.evaluate(TRAVEL, key)
    write(page, text)
    page.wait_for_function("() => window.travel")
    return page.evaluate("window.travel")


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("d", "a = 2; b = -3\nc = 10; f = -2\ne = a*b\nd = e + c\ng = d + a\nL = g * f"),
        ("e", "a = 2; b = -3\nc = 10; f = -2\nproduct = a*b\nk = tanh(product)\nd = k + c\nL = d * f"),
    ],
)
def test_after_an_edit_nodes_travel_from_where_they_were(studio: Watched, key: str, text: str) -> None:
    way = travel(studio.page, key, text)
    assert way["kept"], "it is the same element"
    assert way["start"] == pytest.approx(way["before"], abs=1)
    assert way["before"] != way["end"]
    assert way["middle"] not in (way["start"], way["end"]), "it is seen on its way"


def test_with_reduced_motion_nothing_travels(opened: Callable[..., Watched]) -> None:
    page = opened(reduced_motion="reduce").open()
    way = travel(page, "d", "a = 2; b = -3\nc = 10; f = -2\ne = a*b\nd = e + c\ng = d + a\nL = g * f")
    assert way["moving"] == 0
    assert way["start"] == way["end"] != way["before"]
