"""The API page in a real browser: what is tried there is really asked, and what is shown is really answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from accessibility import violations
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURES = ROOT / "test-results"


def api_page(opened: Callable[..., Watched], **options: object) -> Page:
    watched = opened(**options)
    watched.page.goto(f"{watched.address}api")
    expect(watched.page.locator("#create_graph .spelling code")).to_contain_text("curl -s http")
    return watched.page


def test_a_graph_is_asked_for_and_answered(opened: Callable[..., Watched]) -> None:
    page = api_page(opened)
    graph = page.locator("#create_graph")
    with page.expect_response("**/api/v1/graph") as seen:
        graph.get_by_role("button", name="Try it").click()
    assert seen.value.request.post_data_json == {
        "program": "a = 2; b = -3\nc = 10; f = -2\ne = a*b\nd = e + c\nL = d * f"
    }
    expect(graph.locator(".reply-head")).to_contain_text("✓ 200")
    shown = json.loads(graph.locator(".reply code").inner_text())
    assert [(node["name"], node["grad"]) for node in shown["nodes"]][:2] == [("a", 6), ("b", -4)]


def test_what_is_edited_is_spelled_and_asked(opened: Callable[..., Watched]) -> None:
    page = api_page(opened)
    graph = page.locator("#create_graph")
    graph.locator("textarea").fill('{"program": "a = 3; b = a + a"}')
    graph.get_by_role("combobox", name="shape").select_option("columns")
    graph.get_by_role("combobox", name="answer as").select_option("text/plain")
    spelled = graph.locator(".spelling code")
    expect(spelled).to_contain_text("shape=columns")
    expect(spelled).to_contain_text("accept: text/plain")
    expect(spelled).to_contain_text("a = 3; b = a + a")
    page.locator("#explain_graph").get_by_role("button", name="Python").click()
    expect(spelled).to_contain_text("httpx.post(")  # one reader, one language
    graph.get_by_role("button", name="Try it").click()
    expect(graph.locator(".reply code")).to_contain_text("a + a")


def test_an_error_is_shown_as_the_problem_it_is(opened: Callable[..., Watched]) -> None:
    watched = opened()
    watched.page.goto(f"{watched.address}api")
    graph = watched.page.locator("#create_graph")
    graph.locator("textarea").fill('{"program": "a = 2\\nL = a * g"}')
    graph.get_by_role("button", name="Try it").click()
    expect(graph.locator(".reply-head")).to_contain_text("✗ 422")
    assert json.loads(graph.locator(".reply code").inner_text())["column"] == 9
    watched.errors.clear()  # Chromium logs every 4xx; this one was asked for


def test_a_path_parameter_and_a_get(opened: Callable[..., Watched]) -> None:
    page = api_page(opened)
    export = page.locator("#export_graph")
    export.get_by_role("combobox", name="format").select_option("mermaid")
    export.get_by_role("button", name="Try it").click()
    expect(export.locator(".reply code")).to_contain_text("flowchart")
    health = page.locator("#get_health")
    health.get_by_role("button", name="Try it").click()
    expect(health.locator(".reply code")).to_contain_text('"status": "ok"')


def test_by_keyboard_alone(opened: Callable[..., Watched]) -> None:
    page = api_page(opened)
    page.locator("#check_gradients textarea").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#check_gradients .reply code")).to_contain_text('"agrees": true')


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 1024, 390, 320])
def test_every_width_in_both_themes(
    opened: Callable[..., Watched], width: int, theme: Literal["light", "dark"]
) -> None:
    page = api_page(opened, width=width, color_scheme=theme)
    page.locator("#create_graph").get_by_role("button", name="Try it").click()
    expect(page.locator("#create_graph .reply-head")).to_contain_text("200")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    if width in (1440, 390):
        assert violations(page) == []
        smallest = page.evaluate(
            "Math.min(...Array.from(document.querySelectorAll('body *'),"
            " (one) => one.firstChild?.nodeType === 3 ? parseFloat(getComputedStyle(one).fontSize) : 99))"
        )
        assert smallest >= 11
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"api-{width}-{theme}.png")
