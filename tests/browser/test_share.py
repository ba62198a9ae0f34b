"""The panel that gives a state away: what it copies opens, and the graph stays in sight and in use."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from accessibility import violations
from playwright.sync_api import Page, expect
from still import still

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.fixture
def sharing(opened: Callable[..., Watched]) -> Watched:
    """The studio with c = 5, at step 9."""
    watched = opened(permissions=CLIPBOARD)
    watched.open("#v=1&program=a+%3D+2%0Ac+%3D+5%0AL+%3D+a*c&step=4")
    return watched


def clipboard(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def test_share_link_copies_the_state_and_says_so(sharing: Watched) -> None:
    page = sharing.page
    page.get_by_role("button", name="Share link").click()
    expect(page.locator(".share-said")).to_have_text("The link is copied.")
    assert "step=4" in clipboard(page)
    other = page.context.new_page()
    other.goto(clipboard(page))
    expect(other.locator(".where")).to_contain_text("Step 4 of 6")
    other.close()


def test_a_short_link_is_made_when_asked_and_made_anew_for_another_state(sharing: Watched) -> None:
    page = sharing.page
    page.get_by_role("button", name="Share link").click()
    page.get_by_role("button", name="Make a short link").click()
    expect(page.locator(".share-said")).to_have_text("The short link is copied.")
    first = clipboard(page)
    assert re.fullmatch(r".*/g/[0-9a-z]{26}", first)
    other = page.context.new_page()
    other.goto(first)
    expect(other.locator(".where")).to_contain_text("Step 4 of 6")
    other.close()
    page.get_by_role("button", name="One step back").click()
    page.get_by_role("button", name="Make a short link").click()
    expect(page.locator("#share-short")).not_to_have_value(first)


def test_the_frame_in_the_panel_is_the_frame_that_is_copied(sharing: Watched) -> None:
    page = sharing.page
    page.get_by_role("button", name="Embed").click()
    preview = page.frame_locator(".share-preview iframe")
    expect(preview.locator(".embed-where")).to_have_text("4 of 6")
    page.locator("#share-theme").select_option("dark")
    page.get_by_label("chips").check()
    page.locator("#share-height").fill("300")
    expect(preview.locator(".embed[data-theme=dark]")).to_be_visible()
    page.get_by_role("button", name="Copy: The code").click()
    expect(page.locator(".share-said")).to_have_text("The code is copied.")
    code = clipboard(page)
    assert page.locator(".share-preview iframe").get_attribute("src") in code.replace("&amp;", "&")
    assert "height:300px" in code
    page.get_by_text("Element", exact=True).click()
    expect(page.locator("#share-code")).to_have_value(re.compile("<seegrad-graph program="))
    page.get_by_label("By a short link").check()
    expect(page.locator("#share-code")).to_have_value(
        re.compile('<seegrad-graph link="[0-9a-z]{26}" theme="dark"')
    )


def test_what_is_copied_is_what_was_chosen_a_moment_ago(opened: Callable[..., Watched]) -> None:
    """Before the panel has had the time to draw it."""
    page = opened(permissions=CLIPBOARD).hold()
    page.get_by_role("button", name="Embed").click()
    page.locator("#share-code").wait_for()
    page.locator("#share-height").fill("300")
    page.get_by_role("button", name="Copy: The code").click()
    expect(page.locator(".share-said")).to_have_text("The code is copied.")
    assert "height:300px" in clipboard(page)


def test_the_panel_is_in_nobodys_way(sharing: Watched) -> None:
    page = sharing.page
    page.get_by_role("button", name="Embed").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".share")).to_be_visible()
    panel, stage = page.locator(".share").bounding_box(), page.locator("#stage").bounding_box()
    assert panel is not None
    assert stage is not None
    assert panel["x"] >= stage["x"] + stage["width"] - 1
    page.locator("#stage .node[data-node='0']").click()
    expect(page.locator("#stage .node[aria-current=true]")).to_have_attribute("data-node", "0")
    expect(page.locator("#share-code")).to_have_value(re.compile("node=0"))
    page.get_by_role("radio", name="Link").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".share")).to_be_hidden()
    expect(page.get_by_role("button", name="Embed")).to_be_focused()


def test_on_the_network_page_there_are_links(opened: Callable[..., Watched]) -> None:
    watched = opened(permissions=CLIPBOARD)
    page = watched.page
    page.goto(f"{watched.address}network")
    page.get_by_role("button", name="Share link").click()
    expect(page.locator(".share-said")).to_have_text("The link is copied.")
    assert urlsplit(clipboard(page)).path == "/network"
    page.get_by_role("button", name="Make a short link").click()
    expect(page.locator(".share-said")).to_have_text("The short link is copied.")


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (390, 844)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_of_the_panel_is_out_of_reach(
    opened: Callable[..., Watched], width: int, height: int, scheme: str
) -> None:
    watched = opened(width=width, height=height, color_scheme=scheme)
    page = watched.open()
    page.locator("#embed").evaluate("button => button.click()")
    expect(page.frame_locator(".share-preview iframe").locator(".node").first).to_be_attached()
    still(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page, ".share") == []


def test_the_web_page_that_is_downloaded_shows_the_state(sharing: Watched, tmp_path: Path) -> None:
    page = sharing.page
    page.get_by_role("button", name="Share link").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as web page").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    expect(page.locator(".share-said")).to_have_text("The page is downloaded.")
    assert file.name == "seegrad.html"
    context = page.context.browser.new_context(offline=True)
    other = context.new_page()
    other.goto(file.as_uri())
    expect(other.locator(".embed-where")).to_have_text("4 of 6")
    expect(other.locator(".stage .node").nth(1)).to_contain_text("data 5")
    context.close()


@pytest.mark.parametrize(
    ("path", "button"), [("", "Share link"), ("network", "Share link"), ("network", "Weights (JSON)")]
)
def test_what_a_press_could_not_load_is_said_and_comes_with_the_next(
    opened: Callable[..., Watched], path: str, button: str
) -> None:
    watched = opened(permissions=CLIPBOARD)
    page = watched.page
    page.goto(watched.address + path)
    page.wait_for_selector("#stage .node")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("alert").filter(has_text="did not load")).to_be_visible()
    watched.errors.clear()
    page.context.set_offline(False)
    if button == "Share link":
        page.get_by_role("button", name=button).click()
        expect(page.locator(".share-said")).to_have_text("The link is copied.")
    else:
        with page.expect_download():
            page.get_by_role("button", name=button).click()
    expect(page.get_by_text("did not load")).to_have_count(0)
