"""The specification's sections 6 (interaction and keys) and 10 (what must never happen), line by line.

Section 6
- Click selects, path yellow, inspector explains: test_a_click_marks_the_path_and_explains
- Hover an edge, the chip grows: test_studio.test_the_chip_of_an_edge_says_the_whole_product_under_the_pointer
- Drag a slider: test_studio.test_turning_c_moves_everything_and_asks_nobody,
  test_studio.test_dragging_the_thumb_follows_the_pointer
- Drag a number in the text: test_editor.test_dragging_a_number_in_the_text_turns_it_within_the_frame
- Drag a value on a card: test_studio.test_a_value_is_dragged_on_its_card
- Shift ×10, Alt ÷10: test_studio.test_shift_and_alt_make_steps_larger_and_smaller
- Graph, plot and formula within one frame: test_graph_plot_and_formula_follow_within_the_frame
- Nudge: h from 10⁻⁶ to 1, logarithmic, quotient, rounding in words:
  test_studio.test_the_nudge_agrees_until_rounding_wins, test_when_rounding_wins_it_is_said,
  test_h_runs_from_a_millionth_to_one_on_a_logarithmic_scale
- Double-click opens a neuron: test_granularity.test_double_click_opens_a_neuron_and_the_inspector_closes_it
- Everything is in the URL: test_studio.test_the_address_follows_and_opens_again,
  test_studio.test_back_and_forward_walk_through_the_examples,
  test_granularity.test_what_is_open_stands_in_the_link, tests/js/url.test.js
- Space . , F B: test_space_and_the_single_steps; f and b also test_studio.test_the_keys_do_what_the_map_says
- Enter, Esc: test_granularity.test_enter_opens_what_has_the_focus, test_studio.test_the_keys_do_what_the_map_says
- / and F8: test_studio.test_the_keys_do_what_the_map_says, test_f8_goes_to_the_problem
- Tab, Shift Tab: test_the_graph_is_one_stop_of_tab
- ← → ↑ ↓: test_the_arrows_reach_every_node; [ ]: test_studio.test_the_keys_do_what_the_map_says
- + − 0: test_the_keys_zoom_and_fit; ?: test_studio.test_the_keys_do_what_the_map_says
- Single keys act only while the stage has the focus: test_single_keys_are_letters_elsewhere
- Names: test_the_arrows_reach_every_node; announcements: test_studio.test_steps_are_announced_politely
- Table: test_studio.test_the_table_holds_the_same_numbers

Section 10
- 0 for a gradient not computed: test_studio.test_a_gradient_that_has_not_come_yet_is_not_zero, tests/js/stepping.js
- Stale gradients without a sign: test_old_numbers_are_dimmed_and_said_to_be_old
- A sum over paths as one path: test_two_paths_are_two_and_both_are_marked
- Colour as the only sign: test_a_sign_is_never_colour_alone
- An update arrow on data: tests/js/scene.test.js (a fixed value has no arrow), the network page's tests
- A node that moves because another was selected: test_looks.test_selecting_moves_no_node
- Text below 11 px: test_drawing.test_captions_are_read_at_every_width, test_looks.test_every_state_is_for_everyone
- A clipped number, a page that scrolls sideways: test_looks.test_no_width_scrolls_sideways_or_cuts_a_control,
  test_looks.test_headings_keep_to_their_column_whatever_they_count, test_no_text_is_cut_or_covered
- Scientific notation where four digits do: tests/js/numbers.test.js
- Anything that plays by itself: test_nothing_plays_by_itself
- Losing the user's text: test_studio.test_a_text_with_a_problem_survives_a_reload, test_undoing_the_edit_loses_nothing
- A modal in the way of the graph: test_help_stands_beside_the_graph
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect
from still import still
from written import holds, program, write

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

LECTURE = "a = 2; b = -3\nc = 10; f = -2\ne = a*b\nd = e + c\nL = d * f"


def focus(page: Page, node: int) -> None:
    page.locator(f"#stage .node[data-node='{node}']").focus()


def chosen(page: Page) -> str:
    return page.locator("#stage .node[aria-current=true]").get_attribute("data-node") or ""


# --- 6: interaction


def test_a_click_marks_the_path_and_explains(studio: Watched) -> None:
    page = studio.page
    page.locator("#stage .node[data-node='0']").click()
    marked = page.locator("#stage .marks path")
    expect(marked).to_have_count(3)
    yellow = page.evaluate(
        """() => { const swatch = document.body.appendChild(document.createElement("i"));
        swatch.style.color = "var(--mark)"; const color = getComputedStyle(swatch).color; swatch.remove();
        return color; }"""
    )
    assert marked.first.evaluate("path => getComputedStyle(path).stroke") == yellow
    assert marked.first.evaluate("path => parseFloat(getComputedStyle(path).strokeWidth)") == 26
    expect(page.locator("#who")).to_contain_text("Raise a slightly and L rises six times as fast.")
    expect(page.locator("#paths .path")).to_have_count(1)


def test_graph_plot_and_formula_follow_within_the_frame(studio: Watched) -> None:
    page = studio.page
    expect(page.locator("#nudge path.curve").first).to_be_attached()
    page.locator("#stage .node[data-node='2']").click()
    before, after = page.evaluate(
        """async () => {
          const seen = () => [
            document.querySelector("#stage .node[data-node='6']").getAttribute("aria-label"),
            document.querySelector("#nudge svg").innerHTML,
            document.querySelector("#nudge .quotient").textContent,
            document.querySelector("#who").textContent,
          ];
          const before = seen();
          const slider = document.querySelector("#parameters input[aria-label='c, slider']");
          await new Promise(requestAnimationFrame);
          slider.value = String(Number(slider.value) + Number(slider.step) * 40);
          slider.dispatchEvent(new Event("input", { bubbles: true }));
          await new Promise(requestAnimationFrame);
          await new Promise((done) => setTimeout(done));
          return [before, seen()];
        }"""
    )
    for part, (old, new) in zip(
        ("graph", "plot", "formula", "inspector"), zip(before, after, strict=True), strict=True
    ):
        assert old != new, part


def test_h_runs_from_a_millionth_to_one_on_a_logarithmic_scale(studio: Watched) -> None:
    page = studio.page
    slider = page.get_by_role("slider", name="h, how far the nudge goes")
    field = page.get_by_role("textbox", name="h, value")

    slider.focus()
    page.keyboard.press("Home")
    expect(field).to_have_value("1e−6")
    page.keyboard.press("End")
    expect(field).to_have_value("1")
    slider.evaluate(
        """input => { input.valueAsNumber = (Number(input.min) + Number(input.max)) / 2;
        input.dispatchEvent(new Event("input", { bubbles: true })); }"""
    )
    expect(field).to_have_value("0.001")


def test_when_rounding_wins_it_is_said(studio: Watched) -> None:
    page = studio.page
    write(page, "x = 1\ny = 1000000000 + x")
    expect(page.locator("#stage .node")).to_have_count(3)
    page.locator("#stage .node").first.click()
    page.get_by_role("textbox", name="h, value").fill("0.000001")
    expect(page.locator("#nudge")).to_contain_text("rounding wins")


# --- 6: keys


def test_space_and_the_single_steps(opened: Callable[..., Watched]) -> None:
    page = opened().hold()
    where = page.locator(".where b")
    focus(page, 2)
    for key, step in ((",", 13), (",", 12), (".", 13), ("f", 7), ("b", 14)):
        page.keyboard.press(key)
        page.clock.run_for(20)
        expect(where).to_have_text(f"Step {step}")
    page.keyboard.press("f")
    page.keyboard.press("Space")
    page.clock.run_for(1100)
    expect(where).to_have_text("Step 8")
    page.keyboard.press("Space")
    page.clock.run_for(60_000)
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(where).to_have_text("Step 8")


def test_the_graph_is_one_stop_of_tab(studio: Watched) -> None:
    page = studio.page
    focus(page, 2)
    inside = "document.querySelector('#stage svg').contains(document.activeElement)"
    page.keyboard.press("ArrowRight")
    assert page.evaluate(inside)
    page.keyboard.press("Tab")
    assert not page.evaluate(inside)
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.getAttribute('data-node')") == "5"
    page.keyboard.press("Shift+Tab")
    assert not page.evaluate(inside)


def test_the_arrows_reach_every_node(studio: Watched) -> None:
    page = studio.page
    names = {}
    reached, waiting = {"6"}, ["6"]
    while waiting:
        start = waiting.pop()
        for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
            page.locator(f"#stage .node[data-node='{start}']").click()
            page.keyboard.press(key)
            place = page.evaluate("document.activeElement.getAttribute('data-node')")
            names[place] = page.evaluate("document.activeElement.getAttribute('aria-label')")
            if place not in reached:
                reached.add(place)
                waiting.append(place)
    assert reached == set("0123456")
    assert names["2"] == "c, parameter, data 10, gradient minus 2"


def test_the_keys_zoom_and_fit(studio: Watched) -> None:
    page = studio.page
    scale = "Number(/scale\\(([\\d.]+)/.exec(document.querySelector('#stage .canvas').getAttribute('transform'))[1])"
    whole = page.evaluate(scale)
    focus(page, 2)
    page.keyboard.press("+")
    assert page.evaluate(scale) == pytest.approx(whole * 1.25)
    page.keyboard.press("-")
    page.keyboard.press("-")
    assert page.evaluate(scale) == pytest.approx(whole / 1.25)
    page.keyboard.press("0")
    assert page.evaluate(scale) == pytest.approx(whole)


def test_single_keys_are_letters_elsewhere(studio: Watched) -> None:
    page = studio.page
    where = page.locator(".where b")
    for selector in (".slider >> nth=0", "#share", "#program"):
        page.locator(selector).focus()
        for key in ("f", ",", "b", "[", "s"):
            page.keyboard.press(key)
    expect(where).to_have_text("Step 14")
    assert program(page).endswith("f,b[s") or "f,b[" in program(page)
    expect(page.locator("#find-box")).to_be_hidden()


# --- 10: must never happen


def test_old_numbers_are_dimmed_and_said_to_be_old(studio: Watched) -> None:
    page = studio.page
    write(page, LECTURE.replace("d * f", "d * g"))
    expect(page.locator("#stage")).to_have_class(re.compile("dimmed"))
    expect(page.locator("#notice")).to_contain_text(re.compile("last graph", re.I))
    write(page, LECTURE.replace("c = 10", "c = 11"))
    expect(page.locator("#stage")).not_to_have_class(re.compile("dimmed"))
    expect(page.locator("#notice")).to_be_empty()


def test_two_paths_are_two_and_both_are_marked(opened: Callable[..., Watched]) -> None:
    page = opened().open("#v=1&example=two-paths")
    expect(page.locator("#paths .path")).to_have_count(2)
    expect(page.locator("#paths .total")).to_contain_text("=")
    ways = page.locator("#stage .marks path").count()
    assert ways >= 3
    expect(page.locator("#ledger tbody tr")).to_have_count(2)


def test_a_sign_is_never_colour_alone(studio: Watched) -> None:
    """Of the lecture's gradients the negative ones have a minus, hollow ribbons, bars to the left; the others none."""
    page = studio.page
    signs: list[dict[str, Any]] = page.evaluate(
        """() => [...document.querySelectorAll("#stage .node")].map((node) => {
          const negative = node.classList.contains("neg");
          const bar = node.querySelector(".bar:not(.rises, .falls)").getBoundingClientRect();
          const tick = [...node.querySelectorAll(".tick")].at(-1).getBoundingClientRect();
          return { negative, text: node.querySelector(".grad").textContent, bar: bar.x + bar.width / 2,
            tick: tick.x + tick.width / 2 };
        })"""
    )
    assert {node["negative"] for node in signs} == {True, False}
    for node in signs:
        if node["negative"]:
            assert "−" in node["text"]
            assert node["bar"] < node["tick"]
        else:
            assert node["bar"] > node["tick"]
    edges: list[dict[str, bool]] = page.evaluate(
        """() => [...document.querySelectorAll("#stage .edge.neg, #stage .edge.pos")].map((edge) => ({
          negative: edge.classList.contains("neg"),
          hollow: Boolean(edge.querySelector(".core")?.getAttribute("d")) || edge.classList.contains("dashed"),
        }))"""
    )
    assert {edge["negative"] for edge in edges} == {True, False}
    for edge in edges:
        assert edge["negative"] == edge["hollow"]


def test_nothing_plays_by_itself(opened: Callable[..., Watched]) -> None:
    page = opened().hold()
    page.clock.run_for(60_000)
    expect(page.locator(".where b")).to_have_text("Step 14")
    running = "document.getAnimations().filter((one) => one.playState === 'running').length"
    assert page.evaluate(running) == 0


def test_help_stands_beside_the_graph(studio: Watched) -> None:
    page = studio.page
    focus(page, 2)
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    assert page.evaluate("document.querySelectorAll('dialog[open], [inert], [aria-modal]').length") == 0
    page.locator("#stage .node[data-node='0']").click()
    expect(page.locator("#who")).to_contain_text("Raise a")
    holds(page, LECTURE)


CUT = """() => {
  const cut = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const parent = text.parentElement;
    if (!text.data.trim() || !parent.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true })) continue;
    const apart = "svg, script, noscript, .visually-hidden, [aria-hidden=true], .cm-editor, math, select";
    if (parent.closest(apart)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const own = range.getBoundingClientRect();
    if (own.width < 1) continue;
    for (let box = parent; box && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      // What scrolls is not cut, and an ellipsis says that it is.
      const edge = box.getBoundingClientRect();
      const scrolls = (way) => ["auto", "scroll"].includes(way);
      const wide = !scrolls(style.overflowX) && style.textOverflow !== "ellipsis"
        && (own.right > edge.right + 1 || own.left < edge.left - 1);
      const high = !scrolls(style.overflowY) && (own.bottom > edge.bottom + 1 || own.top < edge.top - 1);
      if (wide || high) cut.push(`${text.data.trim().slice(0, 40)} in .${box.className || box.id}`);
      break;
    }
  }
  return cut;
}"""

STATES = {
    "start": "",
    "step": "#v=1&step=11",
    "network": "#v=1&example=mlp",
    "zero": "#v=1&example=relu-off",
}


@pytest.mark.parametrize("width", [320, 390, 720, 800, 1024, 1440, 2560])
def test_no_text_is_cut_or_covered(opened: Callable[..., Watched], width: int) -> None:
    """At every width (720 is a page of 1440 zoomed to 200 %), also in a face 15 % wider."""
    watched = opened(width, 900)
    for state, fragment in STATES.items():
        page = watched.open(fragment)
        expect(page.locator("#nudge, #guess").first).to_be_attached()
        still(page)
        assert page.evaluate(CUT) == [], f"{state} at {width}"
        wider = "document.documentElement.style.setProperty('letter-spacing', '0.075em')"
        page.evaluate(wider)
        assert page.evaluate(CUT) == [], f"{state} at {width}, a wider face"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), state
        page.goto("about:blank")
