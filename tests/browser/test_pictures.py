"""The server's picture of a state is the one that the page saves, to the last character."""

from __future__ import annotations

import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import Watched

STATES = {
    "start": {},
    "stepping": {"step": "10"},
    "another node": {"node": "0", "local": "off"},
    "own text": {"program": "x = 0.5\ny = tanh(x*3) + x", "node": "0"},
    "a network": {"example": "mlp"},
    "dark": {"example": "softmax", "theme": "dark"},
}


@pytest.mark.parametrize("state", STATES, ids=lambda name: name.replace(" ", "-"))
def test_the_same_picture(opened: Callable[..., Watched], state: str) -> None:
    fields = STATES[state]
    watched = opened(color_scheme="light")
    page = watched.open(f"#v=1&{urlencode(fields)}" if fields else "")
    page.locator("#picture").get_by_role("button", name="Save picture").click()
    with page.expect_download() as download:
        page.locator("#picture").get_by_role("button", name="The whole graph as SVG").click()
    saved = Path(download.value.path()).read_text("utf-8")
    query = urlencode({key: {"off": "false"}.get(value, value) for key, value in fields.items()})
    with urllib.request.urlopen(f"{watched.address}graph.svg?{query}") as answer:
        assert answer.read().decode() == saved
