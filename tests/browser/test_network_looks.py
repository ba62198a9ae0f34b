"""The network page's states as pictures, and what must hold in each, light and dark: type, colour, room, names."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from accessibility import violations
from playwright.sync_api import Page, expect
from still import drawn, resize, still
from test_looks import PICTURES, SCHEMES, check_width, too_small

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

Do = Callable[[Page], None]


def start(page: Page) -> None:
    expect(page.locator(".beat-where")).to_contain_text("Step 8")


def scalar(page: Page) -> None:
    page.locator("#inset-stage .node.parameter").nth(3).click()
    expect(page.locator("#shares")).to_contain_text("example 4")
    page.locator("#stage .node.neuron").nth(2).focus()


def beat(page: Page) -> None:
    page.locator(".beat-list button").nth(1).click()
    expect(page.locator("#left-over")).to_contain_text("step 7")


def opened_in_place(page: Page) -> None:
    page.locator("#stage .node.neuron").nth(5).dblclick()
    expect(page.locator("#stage .node.neuron")).to_have_count(8)


def forms(page: Page) -> None:
    for details in ("#model-form", "#rows-form"):
        page.locator(f"{details} summary").click()
    page.locator("#rows").fill("1,2,3,1\n1,2\n")
    page.locator("#use-rows").click()
    page.locator("#line").fill("n = MLP(3, [0])")
    page.locator("#line").press("Enter")
    expect(page.locator("#rows-wrong")).to_contain_text("Row 2, column 3")


def pane(name: str) -> Do:
    return lambda page: page.locator("#panes label", has_text=name).click()


def keys(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()


def texture(page: Page) -> None:
    expect(page.locator("#texture canvas").first).to_be_visible()


STATES: dict[str, tuple[int, int, str, Do]] = {
    "03-network": (1440, 900, "step=8", start),
    "network-scalar": (1440, 900, "step=8", scalar),
    "network-beat": (1440, 900, "step=8", beat),
    "network-in-place": (1440, 900, "step=8&open=none", opened_in_place),
    "network-forms": (1440, 900, "step=8", forms),
    "network-keys": (1440, 900, "step=8", keys),
    "network-plane": (1440, 1400, "preset=xor&step=8", start),
    "network-medium": (1024, 768, "step=8", start),
    "network-phone": (390, 844, "step=8", start),
    "network-phone-training": (390, 844, "step=8", pane("Training")),
    "network-phone-model": (390, 844, "step=8", pane("Model and data")),
    "network-phone-scalars": (390, 844, "step=8&open=layer1.neuron2", start),
    "network-texture": (1440, 900, "view=texture", texture),
}


def show(watched: Watched, fragment: str) -> Page:
    page = watched.page
    page.goto(f"{watched.address}network#v=1&{fragment}")
    page.wait_for_selector("#stage .node", state="attached")
    return page


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_for_everyone(opened: Callable[..., Watched], state: str) -> None:
    """In both themes axe-core finds nothing, nothing is cut off, no type is too small. And a picture of each."""
    width, height, fragment, go = STATES[state]
    page = show(opened(width, height, bypass_csp=True), fragment)
    go(page)
    PICTURES.mkdir(exist_ok=True)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        still(page)
        page.screenshot(path=Path(PICTURES) / f"{state}-{scheme}.png")
        assert too_small(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.documentElement.scrollHeight") <= height
        assert violations(page) == [], scheme


@pytest.mark.parametrize("first", [320, 1440])
def test_no_width_scrolls_sideways_or_cuts_a_control(opened: Callable[..., Watched], first: int) -> None:
    page = show(opened(first, 800), "step=8")
    for width in sorted([320, 390, 640, 799, 800, 1024, 1199, 1200, 1440, 2560], reverse=first > 320):
        resize(page, width, 800)
        check_width(page, width)


def test_the_frame_has_the_measures_of_the_specification(opened: Callable[..., Watched]) -> None:
    page = show(opened(), "step=0")
    boxes = page.evaluate(
        """() => Object.fromEntries(['left', 'board', 'right', 'beats'].map((id) => {
        const { x, y, width, height } = document.getElementById(id).getBoundingClientRect();
        return [id, [x, y, width, height].map(Math.round)];
        }))"""
    )
    assert boxes == {
        "left": [0, 48, 232, 756],
        "board": [232, 48, 872, 756],
        "right": [1104, 48, 336, 756],
        "beats": [0, 804, 1440, 96],
    }


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
    page = show(watched, "step=0")
    page.wait_for_timeout(300)
    assert page.evaluate("globalThis.shifts") == 0


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_no_number_of_a_preset_is_cut_off(opened: Callable[..., Watched], width: int) -> None:
    """Whatever is chosen, every field shows all of what it holds; and one count of values is said everywhere."""
    page = show(opened(width, 900), "")
    if width < 800:
        pane("Model and data")(page)
    page.locator("details").evaluate_all("all => { for (const one of all) one.open = true; }")
    for preset in page.locator("#dataset option").evaluate_all("all => all.map(({ value }) => value)"):
        if preset == "own":
            continue
        page.locator("#dataset").evaluate(
            "(list, id) => { list.value = id; list.dispatchEvent(new Event('change')); }", preset
        )
        page.wait_for_function(
            "() => document.querySelector('#tools button').textContent"
            " === `All ${document.querySelector('#values').textContent} values`"
        )
        expect(page).to_have_url(re.compile(f"preset={preset}" if preset != "lecture" else "network"))
        for number in ["0", "37"]:
            chooser = page.locator("#example-number")
            if chooser.count() and chooser.is_visible():
                chooser.fill(str(int(number) + 1))
                chooser.press("Enter")
            drawn(page)
            cut = page.evaluate(
                """() => [...document.querySelectorAll('input:is([type=text], [type=number]), #line')]
                .filter((one) => one.checkVisibility()
                  && (one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight + 1))
                .map((one) => `${one.id || one.ariaLabel}: ${one.value} ${one.scrollWidth} > ${one.clientWidth}`)"""
            )
            assert cut == [], preset


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [1440, 390])
def test_the_privacy_page_is_for_everyone(
    opened: Callable[..., Watched], width: int, scheme: Literal["light", "dark"]
) -> None:
    """Its bar leads to the other pages, on a phone too."""
    watched = opened(width, 844, bypass_csp=True, color_scheme=scheme)
    page = watched.page
    page.goto(f"{watched.address}privacy")
    for name in ["Studio", "Network", "API"]:
        expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
    page.screenshot(path=PICTURES / f"privacy-{width}-{scheme}.png")
    assert violations(page) == []
    assert too_small(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_beats_break_no_word_on_the_narrowest_phone(opened: Callable[..., Watched]) -> None:
    page = show(opened(320, 640), "step=0")
    broken = page.eval_on_selector_all(
        ".beat b",
        """all => all.flatMap((e) => [...e.textContent.matchAll(/\\S+/g)].filter(({0: word, index}) => {
        const range = document.createRange();
        range.setStart(e.firstChild, index);
        range.setEnd(e.firstChild, index + word.length);
        return range.getClientRects().length !== 1;
        }).map(([word]) => word))""",
    )
    assert broken == []
    assert page.locator(".beat").last.evaluate("e => e.getBoundingClientRect().right") <= 308


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1366, 650), (1024, 768)])
def test_the_words_under_a_neuron_cover_none_of_its_scalars(
    opened: Callable[..., Watched], width: int, height: int
) -> None:
    page = show(opened(width, height), "step=0")
    page.wait_for_selector("#inset-stage .node")
    still(page)
    covered = page.evaluate(
        """() => {
        const foot = document.querySelector('.inset-foot').getBoundingClientRect();
        return [...document.querySelectorAll('#inset-stage .node .face')].map((e) => e.getBoundingClientRect())
          .filter((box) => box.right > foot.left && box.bottom > foot.top).length;
        }"""
    )
    assert covered == 0
    page.locator("#inset-stage .node.parameter").first.click()
    numbers = page.locator(".who-number")
    expect(numbers).to_have_count(2)
    assert len({numbers.nth(i).evaluate("e => e.getBoundingClientRect().top") for i in range(2)}) == 1


def test_what_an_open_gate_passes_on_is_said_in_a_word(opened: Callable[..., Watched]) -> None:
    page = show(opened(), "preset=moons&open=layer1.neuron1")
    expect(page.locator(".inset-foot")).to_contain_text("relu passes on all of the gradient.")


@pytest.mark.parametrize(("width", "height"), [(1366, 650), (1024, 640), (320, 640)])
def test_at_first_sight_the_whole_network_is_there_with_its_numbers(
    opened: Callable[..., Watched], width: int, height: int
) -> None:
    page = show(opened(width, height), "step=0")
    still(page)
    seen = page.evaluate(
        """() => {
        const box = (css) => document.querySelector(css).getBoundingClientRect();
        const [stage, inset, tools] = [box('#stage'), box('#inset'), box('#tools')];
        const end = inset.height > 0 ? inset.top : stage.bottom;
        const of = (css) => [...document.querySelectorAll(css)].map((e) => [e.textContent, e.getBoundingClientRect()]);
        const boxes = of('#stage .node .outline');
        const drawn = [...boxes, ...of('#stage .titles text').filter(([text]) => text !== '')];
        const out = ([, r]) =>
          r.left < stage.left || r.right > stage.right || r.top < stage.top || r.bottom > end;
        return {
          boxes: boxes.length,
          cut: drawn.filter(out).length,
          covered: drawn.filter(([, r]) => r.top < tools.bottom && r.right > tools.left).length,
          numbers: of('#stage .node .value.data').filter(([text, r]) => /[0-9]/.test(text) && r.height > 10).length,
        };
        }"""
    )
    assert seen == {"boxes": 13, "cut": 0, "covered": 0, "numbers": 13}
