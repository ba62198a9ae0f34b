"""Groups closed into cards, ops taken apart: what is drawn stands for what is computed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

MLP = "#v=1&example=mlp"
NODES = "#stage .node"


def spoken(page: Page) -> list[str]:
    return page.eval_on_selector_all(NODES, "nodes => nodes.map(node => node.getAttribute('aria-label'))")


def test_a_network_opens_to_the_neurons_of_its_first_example(opened: Callable[..., Watched]) -> None:
    page = opened().open(MLP)
    expect(page.locator(f"{NODES}.neuron")).to_have_count(9)
    expect(page.locator(f"{NODES}.box")).to_have_count(3)
    assert page.locator(NODES).count() <= 60
    said = spoken(page)
    assert any(
        re.match(r"example 1, layer 1, neuron 1, closed, 4 parameters, data .+, gradient .+", name)
        for name in said
    )
    assert sum("closed, 9 neurons, 41 parameters" in name for name in said) == 3
    expect(page.locator(f"{NODES}.output .operator")).to_have_text("Σ")


def test_double_click_opens_a_neuron_and_the_inspector_closes_it(opened: Callable[..., Watched]) -> None:
    page = opened().open(MLP)
    page.locator(f"{NODES}.neuron").first.dblclick()
    expect(page.locator(f"{NODES}.neuron")).to_have_count(8)
    assert sum(re.match(r"w\[\d\], parameter", name) is not None for name in spoken(page)) == 3
    expect(page.locator(f"{NODES}[aria-current=true]")).to_be_focused()
    page.get_by_role("button", name="Close neuron 1", exact=True).click()
    expect(page.locator(f"{NODES}.neuron")).to_have_count(9)


def test_enter_opens_what_has_the_focus(opened: Callable[..., Watched]) -> None:
    page = opened().open(MLP)
    page.locator(f"{NODES}.box").first.click()
    page.keyboard.press("Enter")
    expect(page.locator(f"{NODES}.box")).to_have_count(2)


def test_what_is_open_stands_in_the_link(opened: Callable[..., Watched]) -> None:
    watched = opened()
    page = watched.open(MLP)
    page.locator(f"{NODES}.neuron").first.dblclick()
    page.wait_for_url(re.compile(r"fold=example1\.layer1\.neuron1"))
    again = opened().open(page.url.removeprefix(watched.address))
    expect(again.locator(f"{NODES}.neuron")).to_have_count(8)


def test_stepping_opens_nothing_and_moves_nothing(opened: Callable[..., Watched]) -> None:
    page = opened().open(f"{MLP}&step=420")
    expect(page.locator("#controls")).to_contain_text("Step 420")
    places = "nodes => nodes.map(node => [node.dataset.key, node.style.transform])"
    before = page.eval_on_selector_all(NODES, places)
    expect(page.locator(f"{NODES}.now-grad")).to_have_count(1)
    waiting = page.locator(f"{NODES}.neuron.waiting")
    assert waiting.count() == 8  # the last one's output has what it gets from the first example
    assert all(
        "gradient not computed yet" in (node.get_attribute("aria-label") or "") for node in waiting.all()
    )
    page.locator(f"{NODES}[tabindex='0']").focus()
    for _ in range(40):
        page.keyboard.press(".")
    expect(page.locator("#controls")).to_contain_text("Step 460")
    assert page.eval_on_selector_all(NODES, places) == before


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_op_taken_apart_keeps_its_boundary(opened: Callable[..., Watched], scheme: str) -> None:
    page = opened(color_scheme=scheme).open("#v=1&example=neuron")
    page.locator(NODES, has_text="tanh").last.click()
    page.get_by_role("button", name="Take tanh apart").click()
    expect(page.locator(".pinned li").first).to_contain_text("same")
    assert page.locator(".pinned li").count() == 2
    assert any(name.startswith(("exp(", "result of exp")) for name in spoken(page))
    page.get_by_role("button", name="Put tanh back together").click()
    expect(page.locator(NODES)).to_have_count(10)


def test_where_the_two_ways_differ_both_numbers_are_shown(opened: Callable[..., Watched]) -> None:
    page = opened().open("#v=1&program=x+%3D+400%0Ay+%3D+tanh%28x%29&node=1&open=1")
    expect(page.locator(".pinned li", has_text="NaN").first).to_contain_text("✗")


def test_a_phone_shows_the_network_too(opened: Callable[..., Watched]) -> None:
    page = opened(390, 844).open(MLP)
    expect(page.locator(f"{NODES}.neuron")).to_have_count(9)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
