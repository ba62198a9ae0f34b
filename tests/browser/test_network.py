"""The network page in a real browser: it shows a network at once, trains it, and keeps the run in the address."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

NODES = "#stage .node"


@pytest.fixture
def network(opened: Callable[..., Watched]) -> Page:
    return show(opened())


def show(watched: Watched, fragment: str = "") -> Page:
    watched.page.goto(f"{watched.address}network{fragment}")
    watched.page.wait_for_selector(NODES)
    return watched.page


def test_the_lectures_network_is_there_at_once(opened: Callable[..., Watched]) -> None:
    watched = opened()
    page = show(watched)
    expect(page.locator(f"{NODES}.neuron")).to_have_count(9)
    expect(page.locator("#parameters")).to_have_text("41")
    expect(page.locator("#loss-now")).to_have_text("6.005")
    expect(page.locator("#inset-stage .node.parameter")).to_have_count(4)
    assert not [url for url in watched.requests if "/api/" in url]


def test_eight_steps_and_a_reload(network: Page) -> None:
    for _ in range(8):
        network.locator("#one-step").click()
    expect(network.locator("#loss-now")).to_have_text("1.297")
    expect(network).to_have_url(re.compile("step=8"))
    network.reload()
    expect(network.locator("#loss-now")).to_have_text("1.297")
    expect(network.locator(".beat-where")).to_contain_text("Step 8 of 40")
