"""The studio in a real browser, against the real server: what a student does, and what must come of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect
from still import drawn, settled
from written import holds, program, write

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

LECTURE = "a = 2; b = -3\nc = 10; f = -2\ne = a*b\nd = e + c\nL = d * f"
BROKEN = LECTURE.replace("d * f", "d * g")


def spoken(page: Page) -> dict[str, str]:
    """What each node of the graph is called, by name: "c" -> "c, parameter, data 10, gradient minus 2"."""
    labels = page.eval_on_selector_all(
        "#stage .node", "nodes => nodes.map(node => node.getAttribute('aria-label'))"
    )
    return {label.split(",")[0]: label for label in labels}


def picture(page: Page) -> Any:
    """The drawn graph: every shape, number and place, without what only says where the focus is."""
    return page.evaluate(
        """() => document.querySelector('#stage svg .canvas').outerHTML
        .replace(/ tabindex="-?\\d"/g, '').replace(/ aria-current="\\w*"/g, '')"""
    )


def test_the_first_graph_is_there_without_asking(studio: Watched) -> None:
    page = studio.page
    assert spoken(page)["c"] == "c, parameter, data 10, gradient minus 2"
    assert spoken(page)["L"].startswith("L, output, data minus 8, gradient 1")
    assert len(spoken(page)) == 7
    expect(page.locator("#who")).to_contain_text("Raise c slightly and L falls twice as fast.")
    expect(page.locator("#title")).to_have_text(re.compile("lecture", re.I))
    expect(page.locator("#stage .node[aria-current=true]")).to_have_attribute("data-node", "2")
    assert not [url for url in studio.requests if "/api/" in url]


def test_turning_c_moves_everything_and_asks_nobody(studio: Watched) -> None:
    page = studio.page
    slider = page.get_by_role("slider", name="c, slider")
    studio.requests.clear()
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    holds(page, LECTURE.replace("c = 10", "c = 10.5"))
    assert "data minus 9" in spoken(page)["L"]
    assert "gradient 4.5" in spoken(page)["f"]
    expect(page.locator("#who")).to_contain_text("10.5")
    page.wait_for_timeout(400)
    assert studio.requests == []


def test_dragging_the_thumb_follows_the_pointer(studio: Watched) -> None:
    page = studio.page
    box = page.get_by_role("slider", name="c, slider").bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    reach = float(page.get_by_role("slider", name="c, slider").get_attribute("max") or 0)
    inner = box["width"] - 15
    studio.requests.clear()
    page.mouse.move(box["x"] + 7.5 + inner * (10 + reach) / (2 * reach), middle)
    page.mouse.down()
    for x in (0.7, 0.6, 0.5):
        page.mouse.move(box["x"] + 7.5 + inner * x, middle)
    page.mouse.up()
    drawn(page)
    value = float(page.get_by_role("textbox", name="c, value").input_value().replace("−", "-"))
    assert abs(value) <= 1
    assert f"c = {value:g}" in program(page)
    assert f"data {'minus ' if value < 0 else ''}{abs(value):g}" in spoken(page)["c"]
    page.wait_for_timeout(300)
    assert studio.requests == []


def test_dragging_the_number_itself_and_typing_it(studio: Watched) -> None:
    page = studio.page
    field = page.get_by_role("textbox", name="b, value")
    box = field.bounding_box()
    assert box is not None
    x, y = box["x"] + 20, box["y"] + 10
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y)
    page.mouse.up()
    drawn(page)
    assert float(field.input_value().replace("−", "-")) > -3
    field.fill("-5")
    drawn(page)
    assert "data minus 5" in spoken(page)["b"]
    field.fill("nonsense")
    expect(field).to_have_attribute("aria-invalid", "true")
    drawn(page)
    assert "data minus 5" in spoken(page)["b"]


def test_a_problem_is_shown_at_its_column_and_the_graph_stays(studio: Watched) -> None:
    page = studio.page
    write(page, BROKEN)
    expect(page.locator("#problem")).to_contain_text("Line 5, column 9")
    expect(page.locator(".token-wrong")).to_have_text("g")
    before, mark = page.evaluate(
        """() => { const wrong = document.querySelector('.token-wrong');
        const line = wrong.closest('[data-number]');
        const range = document.createRange(); range.setStart(line, 0); range.setEndBefore(wrong);
        return [range.toString(), line.dataset.number]; }"""
    )
    assert (len(before), mark) == (8, "5")
    assert len(spoken(page)) == 7
    expect(page.locator("#stage")).to_have_class(re.compile("dimmed"))
    expect(page.locator("#notice")).to_contain_text("This is the last graph that worked. Line 5 needs a fix.")
    expect(page.locator("#names")).to_contain_text("Names with a value")
    holds(page, BROKEN)
    expect(page.locator("#controls")).to_contain_text("Waiting for line 5.")


def test_the_problem_offers_its_fixes(studio: Watched) -> None:
    page = studio.page
    write(page, BROKEN)
    expect(page.get_by_role("button", name="Did you mean f?")).to_be_visible()
    page.locator("#program").focus()
    page.keyboard.press("Tab")
    holds(page, LECTURE)
    expect(page.locator("#problem")).to_be_empty()
    write(page, BROKEN)
    page.get_by_role("button", name="Add g = 1 on line 3").click()
    expect(page.locator("#stage .node")).to_have_count(8)
    assert "data 1" in spoken(page)["g"]


def test_undoing_the_edit_loses_nothing(studio: Watched) -> None:
    page = studio.page
    write(page, BROKEN)
    page.get_by_role("button", name="Undo the edit").click()
    holds(page, LECTURE)
    page.locator("#program").focus()
    page.keyboard.press("Control+z")
    holds(page, BROKEN)
    page.keyboard.press("Control+z")
    holds(page, LECTURE)
    page.keyboard.press("Control+Shift+z")
    holds(page, BROKEN)


def test_f8_goes_to_the_problem(studio: Watched) -> None:
    page = studio.page
    write(page, BROKEN)
    expect(page.locator("#problem")).to_contain_text("column 9")
    page.locator("#stage svg").focus()
    page.keyboard.press("F8")
    chosen = page.evaluate("() => document.activeElement.id === 'program' && getSelection().toString()")
    assert chosen == "g"


def test_an_empty_text_is_a_problem_and_no_blank_canvas(studio: Watched) -> None:
    page = studio.page
    write(page, "")
    expect(page.locator("#problem .problem")).to_be_visible()
    assert len(spoken(page)) == 7


def test_hostile_text_is_only_text(studio: Watched) -> None:
    page = studio.page
    for text in (
        "<img src=x onerror=alert(1)>",
        "a = 2 # <script>alert(1)</script>\nb = a * 2",
        "(" * 300,
        "x = '😀'",
    ):
        write(page, text)
        settled(page)
        assert program(page) == text
        assert (
            page.locator(
                "#editor img:not(.cm-widgetBuffer), #editor script, #stage script, #stage image"
            ).count()
            == 0
        )


def test_infinity_and_nan_are_words(studio: Watched) -> None:
    page = studio.page
    write(page, "x = 0\ny = log(x)\nz = y * 0")
    expect(page.locator("#stage .node")).to_have_count(4)
    assert "minus infinity" in spoken(page)["y"]
    assert "not a number" in spoken(page)["z"]


EXAMPLES = ["lecture", "used-twice"]
"""In the browser; all of them, states and pictures, in tests/app/test_stepping.py."""


@pytest.mark.parametrize("example", EXAMPLES)
def test_stepping_to_the_start_and_to_the_end_comes_back_the_same(
    opened: Callable[..., Watched], example: str
) -> None:
    page = opened().open(f"#v=1&example={example}")
    expect(page.locator(f"[data-key={example}] .example")).to_have_attribute("aria-pressed", "true")
    node = page.locator("#stage .node").first
    node.click()
    expect(page.locator("#who .glyph")).to_have_text((node.get_attribute("aria-label") or "").split(",")[0])
    before = picture(page)
    total = int(page.get_by_role("slider", name="Playhead").get_attribute("max") or 0)
    states = {}
    for step in range(total, 0, -1):
        states[step] = picture(page)
        page.keyboard.press(",")
        expect(page.locator(".where b")).to_have_text(f"Step {step - 1}")
    assert "gradient 0" not in json.dumps(spoken(page))
    for step in range(1, total + 1):
        page.keyboard.press(".")
        expect(page.locator(".where b")).to_have_text(f"Step {step}")
        if step < total:
            assert picture(page) == states[step], f"step {step}"
    assert picture(page) == before


def test_a_gradient_that_has_not_come_yet_is_not_zero(opened: Callable[..., Watched]) -> None:
    page = opened().open("#v=1&step=11")
    expect(page.locator("#step")).to_contain_text("Step 11 of 14, backward")
    expect(page.locator("#step")).to_contain_text("d hands its gradient to c.")
    expect(page.locator("#step .sample")).to_contain_text("c.grad += 1.0 * d.grad")
    for name in "abe":
        assert "gradient not computed yet" in spoken(page)[name], spoken(page)[name]
    expect(page.locator("#parameters")).to_contain_text("a and b have no gradient yet.")
    expect(page.locator("#happened")).to_contain_text("Where we are")


def test_a_guess_is_checked_with_a_reason_and_then_the_step_is_taken(opened: Callable[..., Watched]) -> None:
    page = opened().open("#v=1&step=11")
    guess = page.locator("#guess input")
    guess.fill("2")
    page.get_by_role("button", name="Check, then step").click()
    expect(page.locator(".guess-answer")).to_contain_text("✗")
    expect(page.locator(".where")).to_contain_text("Step 12 of 14")
    guess.fill("-2 * 2")
    guess.press("Enter")
    expect(page.locator(".guess-answer")).to_contain_text("✓")
    expect(page.locator(".where")).to_contain_text("Step 13 of 14")


def test_play_runs_to_the_end_and_pause_holds(opened: Callable[..., Watched]) -> None:
    page = opened().hold()
    where = page.locator(".where")

    def press(name: str, milliseconds: int) -> None:
        page.get_by_role("button", name=name, exact=True).click()
        page.clock.run_for(milliseconds)

    press("1 step a second", 20)
    press("2 steps a second", 20)
    press("Replay", 1100)
    expect(where).to_contain_text("Step 4 of 14")
    press("Pause", 60_000)
    expect(where).to_contain_text("Step 4 of 14")
    press("Play", 60_000)
    expect(where).to_contain_text("Step 14 of 14")


def test_the_tape_jumps_and_is_dragged(studio: Watched) -> None:
    page = studio.page
    page.locator(".lane-forward [data-step='5'] button").click()
    expect(page.locator(".where")).to_contain_text("Step 5 of 14 · forward")
    start = page.locator(".lane-backward [data-step='9']").bounding_box()
    end = page.locator(".lane-backward [data-step='12']").bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 20, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(end["x"] + 20, end["y"] + 12, steps=8)
    page.mouse.up()
    expect(page.locator(".where")).to_contain_text("Step 12 of 14")


def test_both_uses_stand_in_the_ledger(opened: Callable[..., Watched]) -> None:
    page = opened().open("#v=1&example=used-twice")
    expect(page.locator("#ledger tbody tr")).to_have_count(2)
    expect(page.locator("#paths .path")).to_have_count(2)
    expect(page.locator("#paths .total")).to_contain_text("1 + 1 = 2")
    expect(page.locator("#chain")).to_contain_text("Why 2? The chain rule")


def test_the_nudge_agrees_until_rounding_wins(studio: Watched) -> None:
    page = studio.page
    expect(page.locator("#nudge .verdict")).to_contain_text("✓ same")
    write(page, "x = 0.7\ny = sin(x)")
    expect(page.locator("#stage .node")).to_have_count(2)
    expect(page.locator("#nudge")).to_contain_text("bends")
    page.get_by_role("textbox", name="h, value").fill("0.000001")
    expect(page.locator("#nudge .verdict")).to_contain_text("✓ same")
    page.locator("#nudge summary").click()
    expect(page.locator("#nudge details path.curve")).to_have_count(2)


def test_the_table_holds_the_same_numbers(studio: Watched) -> None:
    page = studio.page
    page.get_by_role("button", name="As a table").click()
    expect(page.locator("#table tbody tr")).to_have_count(7)
    rows = page.locator("#table tbody tr").all_text_contents()
    assert rows[2].replace("parameter", " ").split() == ["c", "10−2"]
    page.get_by_role("button", name="Select f").first.click()
    expect(page.locator("#who .glyph")).to_have_text("f")


def test_nodes_of_one_name_are_told_apart(opened: Callable[..., Watched]) -> None:
    reassigned = "a = 2.0\na = a * 3 + 1\na = a ** 2"
    watched = opened()
    page = watched.open(f"#v=1&step=9&program={quote(reassigned)}")
    captions = page.locator("#stage .node:not(.constant) .name").all_text_contents()
    assert captions == ["a", "a·3", "a2", "a3"]  # the numbers stand below the line
    assert page.locator("#stage .node .index").all_text_contents() == ["", "", "", "", "2", "", "3"]
    assert {"a", "a₂", "a₃"} < set(spoken(page))
    # A step: Python says the same as the page.
    response = page.request.post(f"{watched.address}api/v1/explain", data={"program": reassigned})
    step = response.json()["events"][8]
    assert step["sentence"].startswith("a₃ hands its gradient to a₂.")
    lowered = step["sentence"].replace("₂", "2").replace("₃", "3")
    expect(page.locator("#step .sentence")).to_have_text(lowered)
    expect(page.locator("#step")).to_contain_text("a_2.grad += 14.0 * a_3.grad")
    assert step["code"] == "a_2.grad += 14.0 * a_3.grad"
    page.locator("#stage .node[data-node='0']").click()
    rule = page.locator("#chain math").first
    expect(rule).to_have_attribute("aria-label", "∂a₃/∂a=∂a₃/∂(a·3)reaches a·3·∂(a·3)/∂aslope of ×")
    page.get_by_role("button", name="As a table").click()
    expect(page.locator("#table tbody th button")).to_have_text(["a", "3", "a·3", "1", "a2", "2", "a3"])
    # The editor's lines end in the values of the program's names.
    expect(page.locator(".cm-content")).to_contain_text("= 49")


def test_the_address_follows_and_opens_again(studio: Watched, opened: Callable[..., Watched]) -> None:
    page = studio.page
    page.locator("#stage .node[data-node='0']").click()
    page.get_by_role("textbox", name="c, value").fill("11")
    page.get_by_role("button", name="One step back").click()
    page.get_by_role("button", name="Local derivatives").click()
    expect(page).to_have_url(re.compile("step=13.*local=off"))
    again = opened().open(page.evaluate("location.hash"))
    expect(again.locator(".where")).to_contain_text("Step 13 of 14")
    assert "c = 11" in program(again)
    expect(again.locator("#tools .local")).to_contain_text("off")
    expect(again.locator("#title")).to_have_text(page.locator("#title").text_content() or "")


def test_back_and_forward_walk_through_the_examples(studio: Watched) -> None:
    page = studio.page
    page.get_by_role("button", name="Used twice").click()
    expect(page).to_have_url(re.compile("example=used-twice"))
    expect(page.locator("#stage .node")).to_have_count(2)
    page.go_back()
    expect(page.locator("#stage .node")).to_have_count(7)
    holds(page, LECTURE)
    page.go_forward()
    expect(page.locator("#stage .node")).to_have_count(2)


def test_when_the_server_is_away_the_editor_stays_usable(opened: Callable[..., Watched]) -> None:
    watched = opened()
    page = watched.open()
    page.route("**/api/v1/graph*", lambda route: route.abort())
    write(page, LECTURE + "\nM = L + 1")
    expect(page.locator("#notice")).to_contain_text("Not connected. Trying again in")
    page.locator("#program").press("End")
    page.unroute("**/api/v1/graph*")
    write(page, LECTURE + "\nM = L + 2")
    expect(page.locator("#stage .node")).to_have_count(9)
    expect(page.locator("#notice")).to_be_empty()
    watched.errors[:] = [error for error in watched.errors if "ERR_FAILED" not in error]


def test_the_theme_follows_the_system_until_chosen(opened: Callable[..., Watched]) -> None:
    page = opened(color_scheme="dark").open()
    paper = page.locator("html")
    expect(paper).to_have_css("background-color", "rgb(21, 23, 27)")
    page.get_by_role("button", name="Dark theme").click()
    expect(paper).to_have_css("background-color", "rgb(251, 250, 246)")
    expect(page).to_have_url(re.compile("theme=light"))


def test_the_keys_do_what_the_map_says(studio: Watched) -> None:
    page = studio.page
    page.locator("#stage .node[data-node='2']").focus()
    for keys, place in (("ArrowRight", "5"), ("ArrowRight", "6"), ("ArrowLeft", "5")):
        page.keyboard.press(keys)
        expect(page.locator("#stage .node[aria-current=true]")).to_have_attribute("data-node", place)
    page.keyboard.press("Escape")
    expect(page.locator("#who")).to_contain_text("Nothing selected")
    page.keyboard.press("f")
    expect(page.locator(".where")).to_contain_text("Step 7 of 14")
    page.keyboard.press("b")
    expect(page.locator(".where")).to_contain_text("Step 14 of 14")
    page.locator("#stage .node[data-node='2']").click()
    page.keyboard.press("]")
    holds(page, LECTURE.replace("c = 10", "c = 10.5"))
    page.keyboard.press("[")
    holds(page, LECTURE)
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    page.locator("#stage .node[data-node='2']").focus()
    page.keyboard.press("/")
    expect(page.locator("#program")).to_be_focused()
    page.keyboard.type(" ")
    expect(page.locator(".where")).to_contain_text("Step 14 of 14")


def test_a_tour_with_the_keyboard_alone(studio: Watched, opened: Callable[..., Watched]) -> None:
    page = studio.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    def go(key: str, selector: str) -> None:
        for _ in range(80):
            page.keyboard.press(key)
            if page.evaluate(f"document.activeElement.matches({json.dumps(selector)})"):
                return
        raise AssertionError(f"{key} never reached {selector}")

    # Load an example.
    go("Tab", "[data-key=two-paths] .example")
    page.keyboard.press("Enter")
    expect(page.locator("#stage .node")).to_have_count(5)
    # Step to its end.
    go("Tab", "#stage .node")
    page.keyboard.press("f")
    expect(page.locator(".where")).to_contain_text("Step 5 of 12")
    for step in range(6, 13):
        page.keyboard.press(".")
        expect(page.locator(".where")).to_contain_text(f"Step {step} of 12")
    # Inspect each node: from the output back, and across.
    inspected = {}
    for key in (
        "ArrowRight",
        "ArrowRight",
        "ArrowRight",
        "ArrowLeft",
        "ArrowDown",
        "ArrowLeft",
        "ArrowDown",
        "ArrowUp",
    ):
        page.keyboard.press(key)
        name = page.locator("#stage .node[aria-current=true]").get_attribute("aria-label") or ""
        expect(page.locator("#who .glyph")).to_have_text(name.split(",")[0])
        inspected[name.split(",")[0]] = page.locator("#who").inner_text()
    assert set(inspected) == {"a", "b", "d", "e", "f"}
    # Change a value.
    expect(page.locator("#who .glyph")).to_have_text("a")
    page.keyboard.press("]")
    holds(page, "a = -1.5; b = 3\nd = a * b\ne = a + b\nf = d * e")
    # Copy the link: what it opens is what was left.
    go("Shift+Tab", "#share")
    page.keyboard.press("Enter")
    expect(page.locator(".share-said")).to_have_text("The link is copied.")
    link = page.evaluate("navigator.clipboard.readText()")
    other = opened().open(link.partition("/")[2].partition("/")[2].partition("/")[2])
    holds(other, "a = -1.5; b = 3\nd = a * b\ne = a + b\nf = d * e")
    assert spoken(other) == spoken(page)


def test_steps_are_announced_politely(studio: Watched) -> None:
    page = studio.page
    page.get_by_role("button", name="One step back").click()
    expect(page.locator("#announce")).to_contain_text("Step 13 of 14. e hands its gradient to b.")
    expect(page.locator("#announce")).to_have_attribute("aria-live", "polite")


def test_the_chip_of_an_edge_says_the_whole_product_under_the_pointer(studio: Watched) -> None:
    page = studio.page
    chips = page.locator("#stage .chips")
    expect(chips).not_to_contain_text("=")
    chip = page.locator("#stage .chips text", has_text="× 4").bounding_box()
    assert chip is not None
    page.mouse.move(chip["x"] + chip["width"] / 2, chip["y"] + chip["height"] / 2)
    expect(chips).to_contain_text("1 × 4 = 4")


def test_a_value_is_dragged_on_its_card(studio: Watched) -> None:
    page = studio.page
    studio.requests.clear()
    grip = page.locator("#stage .node[data-node='2'] .grip").bounding_box()
    assert grip is not None
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 12, y, steps=3)
    page.mouse.move(x + 24, y, steps=3)
    page.mouse.up()
    expect(page.locator("#program")).not_to_contain_text("c = 10;")
    value = re.search(r"c = ([\d.]+)", program(page))
    assert value is not None
    assert float(value[1]) > 10
    page.wait_for_timeout(250)
    assert studio.requests == []


def test_shift_and_alt_make_steps_larger_and_smaller(studio: Watched) -> None:
    page = studio.page
    slider = page.get_by_role("slider", name="a, slider")
    slider.focus()
    page.keyboard.press("ArrowRight")
    holds(page, LECTURE.replace("a = 2", "a = 2.01"))
    page.keyboard.press("Shift+ArrowRight")
    holds(page, LECTURE.replace("a = 2", "a = 2.11"))
    page.keyboard.press("Alt+ArrowLeft")
    holds(page, LECTURE.replace("a = 2", "a = 2.109"))


def test_what_takes_its_time_is_said_and_the_last_graph_stays(studio: Watched) -> None:
    page = studio.page

    held: list[Any] = []
    page.route("**/api/v1/graph*", lambda route: held.append(route))
    write(page, LECTURE + "\nM = L * 2")
    expect(page.locator("#busy")).to_contain_text("Running the text")
    assert len(spoken(page)) == 7
    for route in held:
        route.continue_()
    page.unroute("**/api/v1/graph*")
    expect(page.locator("#stage .node")).to_have_count(9)
    expect(page.locator("#busy")).to_be_empty()


def test_a_zero_is_traced_to_its_cause(opened: Callable[..., Watched]) -> None:
    page = opened().open("#v=1&example=neuron")
    page.get_by_role("button", name="w2", exact=True).first.click()
    expect(page.locator("#why")).to_contain_text("A product with 0 stays 0.")
    expect(page.locator("#stage .marks path")).to_have_count(1)


def test_a_text_with_a_problem_survives_a_reload(opened: Callable[..., Watched]) -> None:
    """However late the server says what is wrong with it."""
    page = opened().hold()
    held: list[Any] = []
    page.route("**/api/v1/graph*", lambda route: held.append(route))
    write(page, BROKEN)
    page.clock.run_for(1000)
    while not held:
        page.wait_for_timeout(10)
    held.pop().continue_()
    page.unroute("**/api/v1/graph*")
    page.clock.resume()
    expect(page).to_have_url(re.compile("program="))
    page.reload()
    holds(page, BROKEN)
    expect(page.locator("#problem")).to_contain_text("column 9")


def test_the_answer_to_the_plus_is_beside_its_edge(opened: Callable[..., Watched]) -> None:
    page = opened().open("#v=1&step=11")
    expect(page.locator(".bubble-card")).to_contain_text("−2")
    card = page.locator(".bubble-card").bounding_box()
    assert card is not None
    for node in page.locator("#stage .node .face").all():
        box = node.bounding_box()
        assert box is not None
        apart = (
            box["x"] + box["width"] <= card["x"] + 1
            or card["x"] + card["width"] <= box["x"] + 1
            or box["y"] + box["height"] <= card["y"] + 1
            or card["y"] + card["height"] <= box["y"] + 1
        )
        assert apart, "the card covers a node"


def test_an_op_is_taken_apart_in_place_and_put_back(opened: Callable[..., Watched]) -> None:
    page = opened().open("#v=1&example=neuron")
    before = page.locator("#stage .node").count()
    page.get_by_role("button", name="Step 10, o").click()
    page.get_by_role("button", name="One step on").click()
    page.locator("#stage .node[data-key='o']").click()
    page.get_by_role("button", name="Take tanh apart").click()
    expect(page.locator("#stage .node")).to_have_count(before + 7)
    expect(page.locator("#apart .pinned li")).to_have_count(2)
    expect(page.locator("#apart")).to_contain_text("n.grad 0.5 before, 0.5 now ✓ same")
    expect(page).to_have_url(re.compile("open="))
    page.reload()
    expect(page.locator("#stage .node")).to_have_count(before + 7)
    page.locator("#stage .node[data-key='o']").dblclick()
    expect(page.locator("#stage .node")).to_have_count(before)
