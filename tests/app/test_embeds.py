"""What the server says about embedded graphs: the page, who may frame it, the options' table."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from app.embed_options import OPTIONS
from app.main import create_app
from app.settings import Settings
from tests.app.conftest import ask_app

Ask = Callable[..., httpx.Response]


def first(response: httpx.Response) -> Any:
    """What the page starts from."""
    found = re.search(r'<script type="application/json" id="first">(.*?)</script>', response.text, re.S)
    assert found
    return json.loads(found[1])


def ancestors(response: httpx.Response) -> str:
    policy = dict(part.split(" ", 1) for part in response.headers["content-security-policy"].split("; "))
    return policy["frame-ancestors"]


def test_the_plain_page_shows_the_first_example(ask: Ask) -> None:
    response = ask("GET", "/embed")
    assert response.status_code == 200
    nodes = first(response)["graph"]["nodes"]
    assert [(node["name"], node["data"], node["grad"]) for node in nodes] == [
        ("a", 2, 6), ("b", -3, -4), ("c", 10, -2), ("f", -2, 4), ("e", -6, -2), ("d", 4, -2), ("L", -8, 1),
    ]  # fmt: skip
    assert "<title>The graph of L · SeeGrad</title>" in response.text


def test_a_program_in_the_query_comes_with_its_graph(ask: Ask) -> None:
    response = ask("GET", "/embed", params={"program": "a = 3\nb = a * a"})
    answer = first(response)
    assert answer["program"] == "a = 3\nb = a * a"
    assert answer["graph"]["nodes"][0]["grad"] == 6


def test_an_example_in_the_query_too_and_an_unknown_one_is_the_first(ask: Ask) -> None:
    assert first(ask("GET", "/embed?example=parabola"))["program"] == "x = 3\ny = x**2"
    assert first(ask("GET", "/embed?example=nonsense")) == first(ask("GET", "/embed"))


def test_a_broken_program_is_a_page_that_says_so(ask: Ask) -> None:
    response = ask("GET", "/embed", params={"program": "</script><b>a = q"})
    assert response.status_code == 200
    assert first(response)["problem"]["status"] == 422
    assert "</script><b>" not in response.text


def test_a_known_page_is_not_sent_again(ask: Ask) -> None:
    etag = ask("GET", "/embed?program=a%3D1").headers["etag"]
    again = ask("GET", "/embed?program=a%3D1", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    other = ask("GET", "/embed?program=a%3D2", headers={"if-none-match": etag})
    assert other.status_code == 200


def test_only_the_embed_may_be_framed(ask: Ask) -> None:
    assert ancestors(ask("GET", "/embed")) == "*"
    assert "x-frame-options" not in ask("GET", "/embed").headers
    for url in ("/", "/embed/other", "/embedded", "/api/v1/ops", "/static/element.js"):
        assert ancestors(ask("GET", url)) == "'none'"


def test_who_may_frame_it_is_a_setting() -> None:
    sources = "'self' https://*.example.edu"
    app = create_app(Settings(embed_ancestors=sources))
    assert ancestors(ask_app(app, "GET", "/embed")) == sources
    assert ancestors(ask_app(app, "GET", "/")) == "'none'"


@pytest.mark.parametrize("value", ["*; script-src *", "https://a.example\nx: y", "", "https://a.example, *"])
def test_the_setting_cannot_say_anything_else(value: str) -> None:
    with pytest.raises(ValueError, match="embed_ancestors"):
        Settings(embed_ancestors=value)


def test_the_page_asks_for_nothing_inline_and_sets_no_cookie(ask: Ask) -> None:
    response = ask("GET", "/embed")
    assert "set-cookie" not in response.headers
    assert response.headers["access-control-allow-origin"] == "*"
    assert not re.search(r"<style|style=|onload=|<script(?![^>]*(?:src=|application/json))", response.text)


def test_the_elements_address_lasts_and_what_it_imports_is_named_by_content(ask: Ask) -> None:
    response = ask("GET", "/static/element.js")
    assert response.headers["cache-control"] == "no-cache"
    assert response.headers["access-control-allow-origin"] == "*"
    for name in re.findall(r'"\./([^"]+)"', response.text):
        assert ask("GET", f"/static/{name}").headers["cache-control"].endswith("immutable")


def test_every_default_is_a_value_of_its_option() -> None:
    assert len({option.name for option in OPTIONS}) == len(OPTIONS)
    for option in OPTIONS:
        if option.kind == "choice":
            assert option.default in option.values
            assert option.bare in ("", *option.values)
        else:
            assert option.absent
        if option.kind == "number":
            assert option.least < option.most
