"""The editor in a real browser: one text, whoever changes it; what it shows beside the letters; keys, pointer, CSP."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from accessibility import violations
from playwright.sync_api import Page, expect
from still import drawn, settled, still
from written import holds, program, write

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

LECTURE = "a = 2; b = -3\nc = 10; f = -2\ne = a*b\nd = e + c\nL = d * f"


def click_on(page: Page, line: int, text: str, into: float = 0.5) -> None:
    """Clicks into a piece of a line, `into` of its way."""
    x, y = place_of(page, line, text, into)
    page.mouse.click(x, y)


def place_of(page: Page, line: int, text: str, into: float = 0.5) -> tuple[float, float]:
    """Where a piece of a line stands on the page."""
    x, y = page.evaluate(
        """([number, text, into]) => {
          const line = document.querySelectorAll("#program .cm-line")[number - 1];
          const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
          const at = [];
          while (walker.nextNode()) for (let i = 0; i < walker.currentNode.length; i++)
            at.push([walker.currentNode, i, walker.currentNode.data[i]]);
          const start = at.map((one) => one[2]).join("").indexOf(text);
          if (start < 0) throw new Error(`no ${text} on line ${number}`);
          const range = document.createRange();
          range.setStart(at[start][0], at[start][1]);
          range.setEnd(at[start + text.length - 1][0], at[start + text.length - 1][1] + 1);
          const box = range.getBoundingClientRect();
          return [box.left + box.width * into, (box.top + box.bottom) / 2];
        }""",
        [line, text, into],
    )
    return x, y


def caret(page: Page) -> tuple[str, int]:
    """The line the caret is on and how many letters stand before it."""
    line, column = page.evaluate(
        """() => { const selection = getSelection(); const node = selection.focusNode;
        const line = (node instanceof Element ? node : node.parentElement).closest(".cm-line");
        const range = document.createRange(); range.setStart(line, 0);
        range.setEnd(node, selection.focusOffset);
        return [line.dataset.number, range.toString().length]; }"""
    )
    return line, column


def values(page: Page) -> list[str]:
    return page.locator(".cm-line .editor-value").all_inner_texts()


def selected(page: Page) -> str:
    """The node the inspector asks about."""
    return page.locator("#who").inner_text().split("\n")[0]


def test_a_line_is_as_tall_and_marked_as_drawn(studio: Watched) -> None:
    page = studio.page
    assert values(page) == ["= −6", "= 4", "= −8"]
    expect(page.locator(".cm-line[data-current='true']")).to_have_attribute("data-number", "2")
    expect(page.locator(".token-chosen")).to_have_text("10")
    heights, edges = page.evaluate(
        """() => [[...document.querySelectorAll('.cm-line')].map(line => line.offsetHeight),
        [...document.querySelectorAll('.editor-value')].map(value => value.getBoundingClientRect().right)]"""
    )
    assert heights == [26] * 5
    assert len(set(edges)) == 1
    weight = page.locator(".cm-line .token-name").first.evaluate("e => getComputedStyle(e).fontWeight")
    assert weight == "700"


def test_no_style_is_written_into_the_page(studio: Watched) -> None:
    """CodeMirror's rules come through the CSSOM; typing over several lines leaves no style behind either."""
    page = studio.page
    assert page.evaluate("document.querySelectorAll('style').length") == 0
    assert page.evaluate("getComputedStyle(document.querySelector('.cm-content')).whiteSpace") != "normal"
    page.locator("#program").focus()
    for keys in ("Control+a", "x", "Enter", "Control+a", "Backspace", "Control+a", "Delete"):
        page.keyboard.press(keys)
    write(page, LECTURE)
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+x")
    holds(page, "")
    page.keyboard.press("Control+z")
    holds(page, LECTURE)
    assert page.locator("#program [style]").count() == 0
    # What the page was not allowed to do stands in studio.errors, which must be empty at the end.


def test_dragging_a_slider_rewrites_the_number_in_one_step_of_undo(studio: Watched) -> None:
    page = studio.page
    slider = page.get_by_role("slider", name="c, slider")
    box = slider.bounding_box()
    assert box is not None
    at = (10 / float(slider.get_attribute("max") or 0) + 1) / 2
    x, y = box["x"] + 7.5 + (box["width"] - 15) * at, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 6):
        page.mouse.move(x - 4 * step, y)
        drawn(page)
        written = re.search(r"c = (\S+);", program(page))
        assert written is not None
        assert float(written[1]) == float(slider.input_value())
        assert f"data {written[1].replace('-', 'minus ')}," in (
            page.locator("#stage .node[data-node='2']").get_attribute("aria-label") or ""
        )
    page.mouse.up()
    drawn(page)
    assert program(page) != LECTURE
    page.locator("#program").focus()
    page.keyboard.press("Control+z")
    holds(page, LECTURE)
    expect(page.get_by_role("textbox", name="c, value")).to_have_value("10")


def test_dragging_a_number_in_the_text_turns_it_within_the_frame(studio: Watched) -> None:
    page = studio.page
    studio.requests.clear()
    x, y = place_of(page, 2, "10")
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 11):
        page.mouse.move(x + 2 * step, y)
        drawn(page)
        written = re.search(r"c = (\S+);", program(page))
        assert written is not None
        shown = page.locator("#stage .node[data-node='2']").get_attribute("aria-label") or ""
        assert f"data {written[1]}," in shown
    assert float(written[1]) == pytest.approx(12)
    page.keyboard.down("Shift")
    page.mouse.move(x + 22, y)
    page.keyboard.up("Shift")
    drawn(page)
    assert "c = 14;" in program(page)
    page.keyboard.down("Alt")
    page.mouse.move(x + 24, y)
    page.keyboard.up("Alt")
    page.mouse.up()
    holds(page, LECTURE.replace("10", "14.02"))
    assert values(page) == ["= −6", "= 8.02", "= −16.04"]
    expect(page.get_by_role("textbox", name="c, value")).to_have_value("14.02")
    page.wait_for_timeout(250)
    assert studio.requests == []
    page.locator("#program").focus()
    page.keyboard.press("Control+z")
    holds(page, LECTURE)


def test_a_click_on_a_number_only_sets_the_caret(studio: Watched) -> None:
    page = studio.page
    click_on(page, 2, "10", into=0.5)
    assert program(page) == LECTURE
    expect(page.locator("#program")).to_be_focused()
    assert caret(page) == ("2", 5)
    page.keyboard.type("5")
    holds(page, LECTURE.replace("10", "150"))


def test_a_constant_in_an_expression_is_dragged_too(studio: Watched) -> None:
    page = studio.page
    write(page, "x = 3\ny = x**2")
    expect(page.locator("#stage .node")).to_have_count(3)
    x, y = place_of(page, 2, "2")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 50, y, steps=5)
    page.mouse.move(x + 100, y, steps=5)
    page.mouse.up()
    holds(page, "x = 3\ny = x**3")
    assert values(page) == ["= 27"]
    expect(page.locator("#equation")).to_contain_text("3")
    expect(page.locator("#equation")).not_to_contain_text("2")


def test_the_caret_selects_the_expression_it_is_in(studio: Watched) -> None:
    page = studio.page
    assert selected(page) == "c"
    click_on(page, 3, "a*b", into=0.6)
    expect(page.locator("#who")).to_contain_text("e")
    expect(page.locator(".token-chosen")).to_have_text("a*b")
    expect(page.locator(".cm-line[data-current='true']")).to_have_attribute("data-number", "3")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".token-chosen")).to_have_text("e + c")
    assert selected(page) == "d"
    click_on(page, 2, "f", into=0.5)
    expect(page.locator(".token-chosen")).to_have_text("-2")
    assert selected(page) == "f"


def test_selecting_a_node_marks_its_expression_and_leaves_the_caret(studio: Watched) -> None:
    page = studio.page
    click_on(page, 5, "d * f")
    before = caret(page)
    node = page.locator("#stage .node[data-node='4']").bounding_box()
    assert node is not None
    page.mouse.click(node["x"] + 30, node["y"] + node["height"] / 2)
    expect(page.locator(".token-chosen")).to_have_text("a*b")
    expect(page.locator(".cm-line[data-current='true']")).to_have_attribute("data-number", "3")
    page.keyboard.press("/")
    expect(page.locator("#program")).to_be_focused()
    page.keyboard.type(" ")
    assert before == ("5", 6)
    holds(page, LECTURE.replace("d *", "d  *"))


def test_a_squiggle_counts_letters_not_units(studio: Watched) -> None:
    page = studio.page
    write(page, "a = 2 # 😀\nb = a * g # 😀")
    expect(page.locator("#problem")).to_contain_text("Line 2, column 9")
    expect(page.locator(".cm-line .token-wrong")).to_have_text("g")
    drawn(page)
    gap = page.evaluate(
        """() => document.querySelector(".editor-card").getBoundingClientRect().top
        - document.querySelectorAll(".cm-line")[1].getBoundingClientRect().bottom"""
    )
    assert 0 <= gap <= 8


def test_a_line_that_ends_too_early_is_marked_behind_its_end(studio: Watched) -> None:
    page = studio.page
    write(page, "a = 2\nb = a *")
    expect(page.locator(".cm-line:nth-of-type(2) .token-wrong")).to_have_count(1)
    assert program(page) == "a = 2\nb = a *"


def test_tab_takes_a_fix_and_walks_on_where_none_is_offered(studio: Watched) -> None:
    page = studio.page
    page.locator("#program").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#program")).not_to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.locator("#program")).to_be_focused()
    write(page, LECTURE.replace("d * f", "d * g"))
    expect(page.get_by_role("button", name="Did you mean f?")).to_be_visible()
    page.keyboard.press("Tab")
    holds(page, LECTURE)
    expect(page.locator("#program")).to_be_focused()
    assert caret(page) == ("5", 9)
    page.keyboard.press("Control+z")
    holds(page, LECTURE.replace("d * f", "d * g"))
    page.get_by_role("button", name="Add g = 1 on line 3").click()
    holds(page, LECTURE.replace("\ne", "\ng = 1\ne").replace("d * f", "d * g"))
    expect(page.locator("#program")).to_be_focused()
    expect(page.locator(".editor-card")).to_have_count(0)


def test_a_fix_of_an_older_text_is_not_taken(studio: Watched) -> None:
    page = studio.page
    write(page, LECTURE.replace("d * f", "d * g"))
    expect(page.get_by_role("button", name="Did you mean f?")).to_be_visible()
    page.keyboard.press("Control+End")
    page.route("**/api/v1/graph*", lambda route: None)  # the server takes its time
    page.keyboard.type("h")
    page.keyboard.press("Tab")
    drawn(page)
    assert program(page) == LECTURE.replace("d * f", "d * gh")


def test_names_and_operations_are_offered_with_a_line_of_explanation(studio: Watched) -> None:
    page = studio.page
    page.locator("#program").focus()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type("M = tan")
    expect(page.get_by_role("listbox")).to_have_count(0)
    page.keyboard.press("Backspace")
    page.keyboard.press("Control+Space")
    expect(page.get_by_role("option", name=re.compile("^tanh"))).to_be_visible()
    page.wait_for_timeout(100)  # a list that has just appeared takes no keys
    page.keyboard.press("ArrowDown")
    expect(page.locator(".cm-completionInfo")).to_have_text(
        "Saturates: beyond ±19 the value rounds to ±1 and the partial to exactly 0."
    )
    page.wait_for_timeout(100)
    page.keyboard.press("Enter")
    holds(page, LECTURE + "\nM = tanh()")
    page.keyboard.press("Control+Space")
    expect(page.get_by_role("option").first).to_have_text("L= −8")
    page.wait_for_timeout(100)
    page.keyboard.press("Enter")
    holds(page, LECTURE + "\nM = tanh(L)")
    expect(page.locator(".cm-line .editor-value").last).to_have_text("= −1")


def test_escape_closes_the_list_then_leaves_the_editor(studio: Watched) -> None:
    page = studio.page
    page.locator("#stage svg").focus()
    page.keyboard.press("/")
    expect(page.locator("#program")).to_be_focused()
    page.keyboard.press("Control+Space")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(page.locator("#program")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#program")).not_to_be_focused()


def test_a_slash_and_a_question_mark_are_letters_in_the_editor(studio: Watched) -> None:
    page = studio.page
    page.locator("#program").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" / 2 # ?")
    holds(page, LECTURE + " / 2 # ?")
    expect(page.locator("#help")).to_be_hidden()


def test_a_pause_in_typing_is_a_step_of_undo(opened: Callable[..., Watched]) -> None:
    page = opened().hold()
    page.locator("#program").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" * 2")
    page.clock.run_for(700)
    page.keyboard.type(" * 3")
    for keys, text in (
        ("Control+z", LECTURE + " * 2"),
        ("Control+z", LECTURE),
        ("Control+y", LECTURE + " * 2"),
        ("Control+y", LECTURE + " * 2 * 3"),
    ):
        page.keyboard.press(keys)
        page.clock.run_for(20)
        holds(page, text)


def test_letters_taken_back_within_a_frame_leave_the_editor_too(opened: Callable[..., Watched]) -> None:
    page = opened().hold()
    page.locator("#program").focus()
    page.keyboard.press("Control+End")
    page.clock.run_for(20)
    page.keyboard.type(" * 2")
    page.keyboard.press("Control+z")
    page.clock.run_for(20)
    holds(page, LECTURE)


def test_a_value_without_room_stands_below_and_nothing_is_cut(studio: Watched) -> None:
    page = studio.page
    long = "a = 2\nvery_long_name_of_a_value = a * 3.25 + a * 2"
    write(page, long)
    expect(page.locator(".cm-line .editor-value")).to_have_text("= 10.5")
    wide = page.evaluate(
        "() => { const s = document.querySelector('.cm-scroller'); return s.scrollWidth - s.clientWidth; }"
    )
    assert wide <= 0


def test_without_its_chunk_the_textarea_stays(opened: Callable[..., Watched]) -> None:
    watched = opened()
    page = watched.page
    page.route("**/static/chunk-*.js", lambda route, request: refuse(route, request.url, watched.address))
    page.goto(watched.address)
    page.wait_for_selector("#stage .node")
    page.locator("textarea#program").focus()
    write(page, LECTURE + " * 2")
    expect(page.locator("#stage .node")).to_have_count(9)
    expect(page.locator("textarea#program")).to_have_value(LECTURE + " * 2")
    assert page.locator(".editor-value").all_inner_texts()[-1] == "= −16"
    watched.errors.clear()


def refuse(route, url: str, address: str) -> None:
    """Lets the page's own chunks pass and stops the editor's."""
    body = route.fetch().text()
    if "cm-content" in body:
        route.abort()
    else:
        route.fulfill(body=body, content_type="text/javascript")


def test_the_textarea_hands_over_caret_and_focus(opened: Callable[..., Watched]) -> None:
    watched = opened()
    page = watched.page
    held: list = []
    page.route("**/static/chunk-*.js", lambda route: hold(route, held))
    page.goto(watched.address)
    page.wait_for_selector("textarea#program")
    page.locator("textarea#program").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" +")
    page.keyboard.press("ArrowLeft")
    while not held:
        drawn(page)
    ((route, body),) = held
    route.fulfill(body=body, content_type="text/javascript")
    page.wait_for_selector(".cm-content")
    expect(page.locator(".cm-content")).to_be_focused()
    page.keyboard.type(" * 3")
    holds(page, LECTURE + "  * 3+")


def hold(route, held: list) -> None:
    body = route.fetch().text()
    if "cm-content" in body:
        held.append((route, body))
    else:
        route.fulfill(body=body, content_type="text/javascript")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_open_list_and_the_card_are_for_everyone(opened: Callable[..., Watched], scheme: str) -> None:
    page = opened(color_scheme=scheme).open()
    write(page, LECTURE.replace("d * f", "d * gel"))
    expect(page.locator(".editor-card")).to_be_visible()
    page.keyboard.press("Control+Space")
    expect(page.get_by_role("option")).not_to_have_count(0)
    still(page)
    assert violations(page) == []


def test_a_finger_drags_a_number_and_a_tap_sets_the_caret(opened: Callable[..., Watched]) -> None:
    watched = opened(width=390, height=844, has_touch=True, is_mobile=True)
    page = watched.open()
    page.get_by_role("button", name="Code").click()
    page.locator(".editor-number").nth(2).tap(trial=True)  # the sheet has come to rest
    x, y = place_of(page, 2, "10")
    page.touchscreen.tap(x, y)
    expect(page.locator("#program")).to_be_focused()
    page.locator(".editor-number").nth(2).tap(trial=True)
    assert program(page) == LECTURE
    x, y = place_of(page, 2, "10")
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 11):
        session.send(
            "Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x + 3 * step, "y": y}]}
        )
        drawn(page)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    drawn(page)
    written = re.search(r"c = (\S+);", program(page))
    assert written is not None
    assert 11 < float(written[1]) <= 13.1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_a_phone_the_fixes_come_into_sight(opened: Callable[..., Watched]) -> None:
    watched = opened(width=390, height=844, has_touch=True, is_mobile=True)
    page = watched.open()
    page.get_by_role("button", name="Code").click()
    write(page, LECTURE.replace("d * f", "d * g"))
    expect(page.get_by_role("button", name="Did you mean f?")).to_be_visible()
    page.wait_for_function(
        """() => document.querySelector("#problem button").getBoundingClientRect().bottom
        <= document.querySelector("#controls").getBoundingClientRect().top"""
    )


def test_an_input_method_composes_and_nothing_is_lost(studio: Watched) -> None:
    """Letters under composition stay while the page answers them; what is chosen in the end is typed."""
    page = studio.page
    page.locator("#program").click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    session = page.context.new_cdp_session(page)
    for letters in ("べ", "べー", "べーた"):
        session.send(
            "Input.imeSetComposition",
            {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)},
        )
        holds(page, f"{LECTURE}\n{letters}")
        settled(page)
    session.send("Input.insertText", {"text": "β"})
    holds(page, f"{LECTURE}\nβ")
    page.keyboard.type(" = L + a")
    holds(page, f"{LECTURE}\nβ = L + a")
    expect(page.locator("#stage .node")).to_have_count(8)
    for _ in range(12):
        if program(page) == LECTURE:
            break
        page.keyboard.press("Control+z")
        drawn(page)
    holds(page, LECTURE)
