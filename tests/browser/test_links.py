"""A stored link opened in a real browser: what it shows, what its address does, and the way back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect
from written import holds, program, write

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

TEXT = "w = 1.5; x = data(2)\nz = w * x\no = tanh(z)"


@pytest.fixture
def save(address: str) -> Callable[..., str]:
    """`save(program="a = 2", node=0)`: the path of the stored link, without its first slash."""

    def post(**state: Any) -> str:
        request = Request(
            f"{address}api/v1/links", json.dumps(state).encode(), {"content-type": "application/json"}
        )
        with urlopen(request) as answer:
            return "g/" + json.load(answer)["id"]

    return post


def stands_at(page: Page, address: str) -> None:
    """The address bar holds this, and still does after the state has rested."""
    page.wait_for_timeout(500)
    expect(page).to_have_url(address)


def test_a_link_shows_its_state_without_asking_and_keeps_its_address(
    opened: Callable[..., Watched], save: Callable[..., str]
) -> None:
    watched = opened()
    path = save(program=TEXT, node=0, step=4, local=False, theme="dark")
    page = watched.open(path)
    holds(page, TEXT)
    expect(page.locator("#controls")).to_contain_text("Step 4 of")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    stands_at(page, watched.address + path)
    assert not [url for url in watched.requests if "/api/" in url]


def test_what_is_changed_goes_into_the_plain_address_and_back_again(
    opened: Callable[..., Watched], save: Callable[..., str]
) -> None:
    watched = opened()
    path = save(program=TEXT)
    page = watched.open(path)
    stands_at(page, watched.address + path)
    page.get_by_role("slider", name="w, slider").focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"^http://[^/]+/#v=1&program="))
    changed, text = page.url, program(page)
    assert text != TEXT
    page.keyboard.press("ArrowLeft")
    stands_at(page, watched.address + path)
    page.reload()
    holds(page, TEXT)
    again = opened().page
    again.goto(changed)
    again.wait_for_selector("#stage .node")
    holds(again, text)


EARLY = """new MutationObserver((_, observer) => {
  const slider = document.querySelector("#parameters .slider");
  if (slider === null || document.querySelector("#stage .node") === null) return;
  observer.disconnect();
  slider.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
}).observe(document, { childList: true, subtree: true })"""


def test_what_is_changed_at_once_is_not_the_link_any_more(
    opened: Callable[..., Watched], save: Callable[..., str]
) -> None:
    """By a hand that is there as soon as the page is, before its address has ever rested."""
    watched = opened()
    watched.page.add_init_script(EARLY)
    page = watched.open(save(program=TEXT))
    expect(page).to_have_url(re.compile(r"^http://[^/]+/#v=1&program="))
    holds(page, TEXT.replace("1.5", "1.51"))


def test_back_from_an_example_shows_the_link_again(
    opened: Callable[..., Watched], save: Callable[..., str]
) -> None:
    watched = opened()
    path = save(program=TEXT, step=2)
    page = watched.open(path)
    stands_at(page, watched.address + path)
    page.locator("#examples").get_by_role("button", name="Lecture graph").click()
    stands_at(page, watched.address)
    expect(page.locator("#title")).to_have_text("Lecture graph")
    page.go_back()
    holds(page, TEXT)
    expect(page.locator("#controls")).to_contain_text("Step 2 of")
    stands_at(page, watched.address + path)
    page.go_forward()
    expect(page.locator("#title")).to_have_text("Lecture graph")
    stands_at(page, watched.address)


def test_a_link_to_a_text_with_a_problem_shows_the_problem(
    opened: Callable[..., Watched], save: Callable[..., str]
) -> None:
    page = opened().open(save(program="a = 2\nb = a *"))
    holds(page, "a = 2\nb = a *")
    expect(page.locator("#stage")).to_be_visible()
    expect(page.locator("#editor .problem-count")).to_be_visible()
    write(page, "a = 2\nb = a * 3")
    expect(page.locator("#editor .problem-count")).to_have_count(0)


def test_a_link_to_an_example(opened: Callable[..., Watched], save: Callable[..., str]) -> None:
    watched = opened()
    path = save(example="used-twice")
    page = watched.open(path)
    expect(page.locator("#title")).to_have_text("Used twice")
    holds(page, "a = 3\nb = a + a")
    stands_at(page, watched.address + path)


def test_a_link_to_a_network(opened: Callable[..., Watched], save: Callable[..., str]) -> None:
    watched = opened()
    path = save(page="network", fields={"step": "4", "theme": "dark"})
    page = watched.page
    page.goto(watched.address + path)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_text("Step 4 of 40")).to_be_visible()
    stands_at(page, watched.address + path)
    page.locator("#theme").click()
    expect(page).to_have_url(re.compile(r"^http://[^/]+/network#v=1&step=4&theme=light$"))
    changed = page.url
    again = opened().page
    again.goto(changed)
    expect(again.locator("html")).to_have_attribute("data-theme", "light")
    again.goto(watched.address + path)
    expect(again.locator("html")).to_have_attribute("data-theme", "dark")
