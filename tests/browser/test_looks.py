"""How the studio looks, measured: room at every width, type, colour for everyone; and pictures of every state.

The pictures lie in test-results/ beside each other, to be looked at next to the mocks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

import pytest
from accessibility import violations
from playwright.sync_api import Page, expect
from still import drawn, resize, still
from written import write

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURES = ROOT / "test-results"

LECTURE = "a = 2; b = -3\nc = 10; f = -2\ne = a*b\nd = e + c\nL = d * f"


def start(page: Page) -> None:
    expect(page.locator("#who")).to_contain_text("Raise c slightly")


def problem(page: Page) -> None:
    write(page, LECTURE.replace("d * f", "d * g"))
    expect(page.locator("#problem")).to_contain_text("Line 5, column 9")


def stepping(page: Page) -> None:
    page.locator(".lane-backward [data-step='11'] button").click()
    expect(page.locator("#step")).to_contain_text("Step 11 of 14")


def code(page: Page) -> None:
    page.get_by_role("button", name="Code").click()


def table(page: Page) -> None:
    page.get_by_role("button", name="As a table").click()
    expect(page.locator("#table tr")).to_have_count(8)


def keys(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()


def explain(page: Page) -> None:
    page.get_by_role("button", name="Explain").click()


def menu(page: Page) -> None:
    page.get_by_role("button", name="Menu").click()


Do = Callable[[Page], None]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

STATES: dict[str, tuple[int, int, Do]] = {
    "01-studio": (1440, 900, start),
    "02-backward": (1440, 900, stepping),
    "10-error": (1440, 900, problem),
    "table": (1440, 900, table),
    "keys": (1440, 900, keys),
    "medium": (1024, 768, start),
    "medium-explain": (1024, 768, explain),
    "07-phone": (390, 844, start),
    "phone-code": (390, 844, code),
    "phone-menu": (390, 844, menu),
}


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_for_everyone(opened: Callable[..., Watched], state: str) -> None:
    """In both themes axe-core finds nothing, nothing is cut off, no type is too small. And a picture of each."""
    width, height, go = STATES[state]
    page = opened(width, height, bypass_csp=True).open()
    go(page)
    PICTURES.mkdir(exist_ok=True)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        still(page)
        page.screenshot(path=PICTURES / f"{state}-{scheme}.png")
        assert too_small(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == [], scheme


def too_small(page: Page) -> list[str]:
    """Texts set smaller than 11 px on screen, zoomed graph included."""
    return page.evaluate(
        """() => {
        const found = [];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const node = walker.currentNode;
          const element = node.parentElement;
          if (!node.data.trim() || element.closest('.visually-hidden, [hidden], noscript, script, title')) continue;
          if (!element.checkVisibility({ visibilityProperty: true })) continue;
          const size = parseFloat(getComputedStyle(element).fontSize);
          const matrix = element.ownerSVGElement ? element.getScreenCTM() : null;
          const shown = size * (matrix ? Math.hypot(matrix.a, matrix.b) : 1);
          // Scripts of a formula are set smaller by rule.
          if (shown < 10.95 && !element.closest('math, sub')) found.push(`${shown.toFixed(1)} ${node.data}`);
        }
        return found;
        }"""
    )


@pytest.mark.parametrize("first", [320, 1440])
def test_no_width_scrolls_sideways_or_cuts_a_control(opened: Callable[..., Watched], first: int) -> None:
    page = opened(first, 800).open()
    for width in sorted([320, 390, 640, 799, 800, 1024, 1199, 1200, 1440, 2560], reverse=first > 320):
        resize(page, width, 800)
        check_width(page, width)


def check_width(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    cut = page.evaluate(
        """() => Array.from(document.querySelectorAll('button, input, textarea, h2'),
          (element) => [element, element.getBoundingClientRect()])
        .filter(([element, box]) => element.checkVisibility() && box.width > 0
          && !element.closest('.visually-hidden') && (box.left < -1 || box.right > innerWidth + 1))
        .map(([element]) => element.outerHTML.slice(0, 120))"""
    )
    assert cut == []
    clipped = page.evaluate(
        """() => Array.from(document.querySelectorAll(
          'button:not(.glyph), .field, .effect span, .cell-number, .editor-value'))
        .filter((element) => element.checkVisibility() && element.clientWidth > 0
          && element.scrollWidth > element.clientWidth + 1)
        .map((element) => element.textContent || element.value)"""
    )
    assert clipped == []


def test_the_frame_has_the_measures_of_the_specification(studio: Watched) -> None:
    boxes = studio.page.evaluate(
        """() => Object.fromEntries(['topbar', 'left', 'board', 'inspector', 'tape'].map((id) => {
        const { x, y, width, height } = document.getElementById(id).getBoundingClientRect();
        return [id, [x, y, width, height].map(Math.round)];
        }))"""
    )
    assert boxes == {
        "topbar": [0, 0, 1440, 48],
        "left": [0, 48, 264, 704],
        "board": [264, 48, 840, 704],
        "inspector": [1104, 48, 336, 704],
        "tape": [264, 752, 840, 148],
    }


def test_a_phone_runs_top_down_with_controls_in_reach(opened: Callable[..., Watched]) -> None:
    page = opened(390, 844, has_touch=True).open()
    tops = page.eval_on_selector_all(
        "#stage .node",
        """nodes => Object.fromEntries(nodes.map(node =>
        [node.getAttribute('aria-label').split(',')[0], node.getBoundingClientRect().top]))""",
    )
    assert tops["a"] < tops["e"] < tops["d"] < tops["L"]
    play = page.get_by_role("button", name="Replay").bounding_box()
    slider = page.get_by_role("slider", name="selected c, slider").bounding_box()
    assert play is not None
    assert slider is not None
    assert play["height"] >= 48
    assert play["y"] > 844 - 100
    assert slider["height"] >= 44
    stage = page.locator("#stage").bounding_box()
    assert stage is not None
    nodes = [box for node in page.locator("#stage .node").all() if (box := node.bounding_box())]
    assert all(
        box["y"] >= stage["y"] - 1 and box["x"] >= -1 and box["x"] + box["width"] <= 391 for box in nodes
    )


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (390, 844), (320, 640)])
def test_nothing_moves_while_the_page_arrives(
    opened: Callable[..., Watched], width: int, height: int
) -> None:
    """Also where the scripts come late: what they fill has its room before."""
    watched = opened(width, height)
    wire = watched.page.context.new_cdp_session(watched.page)
    wire.send("Network.enable")
    slow = {"offline": False, "latency": 100, "downloadThroughput": 500_000, "uploadThroughput": 500_000}
    wire.send("Network.emulateNetworkConditions", slow)
    watched.page.add_init_script(
        """globalThis.shifts = 0; new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) globalThis.shifts += entry.value;
        }).observe({ type: 'layout-shift', buffered: true })"""
    )
    page = watched.open()
    page.wait_for_timeout(300)
    assert page.evaluate("globalThis.shifts") == 0


def test_selecting_moves_no_node(studio: Watched) -> None:
    places = """nodes => nodes.map(node => {
        const { x, y } = node.querySelector('.face').getBoundingClientRect(); return [x, y]; })"""
    before = studio.page.eval_on_selector_all("#stage .node", places)
    for name in ("0", "5", "6"):
        studio.page.locator(f"#stage .node[data-node='{name}']").click()
        assert studio.page.eval_on_selector_all("#stage .node", places) == before


def test_calm_motion_is_respected(opened: Callable[..., Watched]) -> None:
    page = opened(reduced_motion="reduce").open()
    running = page.evaluate("document.getAnimations().filter(one => one.playState === 'running').length")
    page.locator("#stage .node").first.click()
    assert running == 0
    assert page.evaluate("document.getAnimations().filter(one => one.playState === 'running').length") == 0


@pytest.mark.parametrize("width", [390, 1024, 1440])
def test_headings_keep_to_their_column_whatever_they_count(
    opened: Callable[..., Watched], width: int
) -> None:
    page = opened(width, 900).open("#v=1&example=mlp")
    page.wait_for_function("() => document.body.textContent.includes('364 values, 303 operations')")
    beyond = page.evaluate(
        """() => Array.from(document.querySelectorAll('.block-head > *'))
        .filter((element) => element.checkVisibility())
        .filter((element) => element.getBoundingClientRect().right
          > element.parentElement.getBoundingClientRect().right + 0.5)
        .map((element) => element.textContent)"""
    )
    assert beyond == []


LONG = """learning_rate_of_the_first_layer = 0.001234567
e = learning_rate_of_the_first_layer * 123456789.123
mean_squared_error_of_everything_there_is = e ** 2"""


@pytest.mark.parametrize("width", [390, 1024, 1440])
def test_long_names_and_numbers_keep_to_their_place(opened: Callable[..., Watched], width: int) -> None:
    page = opened(width, 900).open(f"#v=1&node=0&program={quote(LONG)}")
    expect(page.locator(".controls .where")).to_contain_text(re.compile(r"Step\u00a08 of\u00a08"))
    # A name too long for the title ends in an ellipsis, beside buttons that stay in one row.
    title = page.locator("#bar-equation" if width < 800 else "#equation")
    assert title.evaluate("e => [getComputedStyle(e).textOverflow, e.textContent.slice(0, 12)]") == [
        "ellipsis",
        "mean_squared",
    ]
    tops = page.eval_on_selector_all(
        "#tools .button",
        "all => all.filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect().top)",
    )
    assert len(set(tops)) <= 1
    if width == 1024:
        page.get_by_role("button", name="Explain").click()
    beyond = page.evaluate(
        """() => {
        const shown = (selector) => [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility());
        const within = shown('.who-means, .who-numbers, .sentence, .sheet-head *, .block-head *, .happened p, td,'
          + ' .path-links .glyph, .effect span, .parameters-head > span, .legend-sign span')
          .filter((e) => !e.matches('.glyph *, math *'));
        const beyond = within.filter((e) => {
          const frame = e.closest('.block, .legend, .happened, .sheet-head').getBoundingClientRect();
          return e.getBoundingClientRect().right > frame.right - 8;
        });
        const [means, numbers] = [shown('.who-means *'), shown('.who-numbers *')]
          .map((all) => all.map((e) => {
            const range = document.createRange();
            range.selectNodeContents(e);
            return range.getBoundingClientRect();
          }));
        const meet = means.flatMap((a) => numbers.filter((b) =>
          a.right > b.left && b.right > a.left && a.bottom > b.top && b.bottom > a.top));
        return [...beyond.map((e) => e.className + e.textContent), ...meet.map(() => 'who')];
        }"""
    )
    assert beyond == []


def test_the_quotient_breaks_before_its_equals_signs(opened: Callable[..., Watched]) -> None:
    """The neuron's, which is longer than its column; one of no numbers is not off by NaN."""
    page = opened().open("#v=1&example=neuron&node=0")
    quotient = page.locator("#nudge .quotient")
    expect(quotient).to_contain_text("0.5")
    assert quotient.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
    write(page, "a = -1\nL = log(a)")
    expect(page.locator("#nudge .verdict")).to_have_text(re.compile("^exact −1$"))


def test_no_node_of_a_path_comes_alone_into_a_line(opened: Callable[..., Watched]) -> None:
    """In four lines of paths from x: what is multiplied stands before its node."""
    page = opened().open()
    write(page, "x = 3\nr = 0.1\nx = x - r*2*x\nx = x - r*2*x\nL = x ** 2")
    expect(page.locator("#paths .path")).to_have_count(4)
    lines = page.eval_on_selector_all(
        "#paths .path-links",
        """paths => paths.map((path) => [...path.querySelectorAll('.glyph, .path-factor')].map((part) => {
        const { left, top, height } = part.getBoundingClientRect();
        return [part.matches('.glyph'), left, Math.round((top + height / 2) / 12)];
        }))""",
    )
    assert sum(len({line for _, _, line in path}) for path in lines) > 4  # some come in more than one line
    for path in lines:
        for (is_node, left, line), (is_next, right, below) in pairwise(path):
            assert is_node != is_next
            assert not is_next or (line == below and left < right)


@pytest.mark.parametrize("width", [800, 1024])
def test_no_step_moves_what_stands_above_its_sentence(opened: Callable[..., Watched], width: int) -> None:
    page = opened(width, 768).open("#v=1&example=neuron")
    tops = set()
    for step in (20, 16, 14, 11, 4):
        page.locator(".scrub").evaluate(
            "(e, step) => { e.value = step; e.dispatchEvent(new Event('input')); }", step
        )
        expect(page.locator(".where b")).to_have_text(f"Step {step}")
        drawn(page)
        tops.add(page.locator("#tape").evaluate("e => e.getBoundingClientRect().top"))
    assert len(tops) == 1
