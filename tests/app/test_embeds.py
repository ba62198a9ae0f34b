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
    assert answer["link"]["program"] == "a = 3\nb = a * a"
    assert answer["graph"]["nodes"][0]["grad"] == 6


def test_an_example_in_the_query_too_and_an_unknown_one_is_the_first(ask: Ask) -> None:
    assert first(ask("GET", "/embed?example=parabola"))["link"] == {"program": "x = 3\ny = x**2"}
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


def test_a_stored_link_comes_with_its_graph_and_its_state(ask: Ask) -> None:
    state = {"program": "a = x * 2", "values": {"x": 4.0}, "step": 1, "node": 0}
    saved = ask("POST", "/api/v1/links", json=state).json()
    answer = first(ask("GET", f"/embed?link={saved['id']}"))
    assert answer["link"] == state
    assert [node["data"] for node in answer["graph"]["nodes"]] == [4, 2, 8]
    example = ask("POST", "/api/v1/links", json={"example": "parabola"}).json()
    assert first(ask("GET", f"/embed?link={example['id']}"))["link"] == {"program": "x = 3\ny = x**2"}


def test_an_unknown_link_and_one_of_a_network_say_so(ask: Ask) -> None:
    network = ask("POST", "/api/v1/links", json={"page": "network", "fields": {"rate": "0.1"}}).json()
    for name in ("nothing", network["id"]):
        response = ask("GET", f"/embed?link={name}")
        assert response.status_code == 200
        assert first(response)["problem"]["code"] == "unknown_link"


# --- oEmbed


PUBLIC = "https://course.example/tools/seegrad"


def public_ask(url: str, **options: Any) -> httpx.Response:
    """Asked at whatever the client calls us; the setting says what we are called."""
    return ask_app(create_app(Settings(public_url=PUBLIC)), "GET", url, **options)


def oembed(url: str, **words: Any) -> httpx.Response:
    return public_ask("/oembed", params={"url": url, **words})


@pytest.mark.parametrize(
    ("url", "source"),
    [
        (f"{PUBLIC}/", f"{PUBLIC}/embed"),
        (PUBLIC, f"{PUBLIC}/embed"),
        (f"{PUBLIC}/#v=1&program=a+%3D+2&step=1", f"{PUBLIC}/embed#v=1&program=a+%3D+2&step=1"),
        (
            f"{PUBLIC}/embed?program=a%3D1&theme=dark#step=2",
            f"{PUBLIC}/embed?program=a%3D1&theme=dark#step=2",
        ),
        (f'{PUBLIC}/#v=1&program="><script>', f"{PUBLIC}/embed#v=1&program=%22%3E%3Cscript%3E"),
    ],
)
def test_oembed_frames_what_a_link_shows(url: str, source: str) -> None:
    response = oembed(url)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.headers["access-control-allow-origin"] == "*"
    answer = response.json()
    assert {key: answer[key] for key in ("version", "type", "width", "height", "provider_name")} == {
        "version": "1.0", "type": "rich", "width": 720, "height": 420, "provider_name": "SeeGrad",
    }  # fmt: skip
    found = re.fullmatch(r'<iframe src="([^"]*)"( [a-z]+="[^"<>]*")+></iframe>', answer["html"])
    assert found
    assert found[1].replace("&amp;", "&") == source


def test_oembed_keeps_within_the_sites_bounds() -> None:
    answer = oembed(f"{PUBLIC}/", maxwidth=500, maxheight="300").json()
    assert (answer["width"], answer["height"]) == (500, 300)
    assert 'width="500" height="300"' in answer["html"]
    answer = oembed(f"{PUBLIC}/", maxwidth="5000", maxheight="no").json()
    assert (answer["width"], answer["height"]) == (720, 420)
    assert oembed(f"{PUBLIC}/", maxwidth=1).json()["width"] == 240


@pytest.mark.parametrize(
    "url",
    ["", "nonsense", "https://other.example/tools/seegrad/", "https://course.example/", f"{PUBLIC}/privacy",
     f"{PUBLIC}ful/", f"{PUBLIC}/g/nothing", "https://course.example:8443/tools/seegrad/", "http://[::1",
     f"{PUBLIC}/network", "javascript:alert(1)", "https://course.example@other.example/tools/seegrad/"],
)  # fmt: skip
def test_oembed_knows_no_other_address(url: str) -> None:
    assert oembed(url).status_code == 404


def test_oembed_of_a_stored_link(ask: Ask) -> None:
    saved = ask("POST", "/api/v1/links", json={"program": "a = 2"}).json()
    answer = ask(
        "GET", "http://localhost:8000/oembed", params={"url": f"http://127.0.0.1:8000/g/{saved['id']}"}
    )
    assert f'src="http://localhost:8000/embed?link={saved["id"]}"' in answer.json()["html"]


def test_oembed_has_no_xml() -> None:
    response = oembed(f"{PUBLIC}/", format="xml")
    assert (response.status_code, response.json()["code"]) == (501, "format_not_offered")


def test_pages_say_where_their_oembed_is(ask: Ask) -> None:
    saved = ask("POST", "/api/v1/links", json={"program": "a = 2"}).json()
    for path in ("/", f"/g/{saved['id']}"):
        response = public_ask(path, headers={"host": "evil.example"})
        found = re.search(
            r'<link rel="alternate" type="application/json\+oembed" href="([^"]*)">', response.text
        )
        assert found, path
        href = found[1].replace("&amp;", "&")
        assert href.startswith(f"{PUBLIC}/oembed?")
        again = public_ask(href.removeprefix(PUBLIC)).json()
        assert ("?link=" in again["html"]) == (path != "/")


def test_a_host_header_makes_no_address(ask: Ask) -> None:
    """Without the setting the server does not know what it is called, but on the machine it runs on."""
    evil = {"host": "evil.example"}
    assert "oembed" not in ask("GET", "/", headers=evil).text
    assert ask("GET", "/oembed", params={"url": "http://evil.example/"}, headers=evil).status_code == 404
    assert "json+oembed" in ask("GET", "http://127.0.0.1:8000/").text
