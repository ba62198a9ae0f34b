"""Behind a proxy: whom it is believed, and where the service then stands."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from app.main import create_app
from app.proxy import PREFIX, Proxied
from app.settings import Settings

LINK = {"program": "proxied = 1"}


def ask(
    method: str,
    path: str,
    headers: dict[str, str],
    peer: str = "127.0.0.1",
    body: Any = None,
    **settings: Any,
) -> httpx.Response:
    async def go() -> httpx.Response:
        transport = httpx.ASGITransport(create_app(Settings(**settings)), client=(peer, 5))
        async with httpx.AsyncClient(transport=transport, base_url="http://inside:8000") as client:
            return await client.request(method, path, headers=headers, json=body)

    return asyncio.run(go())


def seen(
    headers: dict[str, str], peer: str = "127.0.0.1", path: str = "/x", **settings: Any
) -> dict[str, Any]:
    """The scope as the app gets it."""
    found: dict[str, Any] = {}

    async def app(scope: Any, receive: Any, send: Any) -> None:
        found.update(scope)

    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "client": (peer, 5),
        "headers": [(b"host", b"inside:8000"), *((k.encode(), v.encode()) for k, v in headers.items())],
    }
    asyncio.run(Proxied(app, Settings(**settings))(scope, None, None))  # type: ignore[arg-type]
    return found


FORWARDED = {
    "x-forwarded-for": "203.0.113.7",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "course.example",
    "x-forwarded-prefix": "/tools/seegrad",
}


def test_a_trusted_proxy_is_believed_and_nobody_else() -> None:
    scope = seen(FORWARDED)
    assert scope["client"][0] == "203.0.113.7"
    assert scope["scheme"] == "https"
    assert dict(scope["headers"])[b"host"] == b"course.example"
    assert (scope["root_path"], scope["path"], scope["raw_path"]) == (
        "/tools/seegrad",
        "/tools/seegrad/x",
        b"/tools/seegrad/x",
    )
    scope = seen(FORWARDED, peer="198.51.100.9")
    assert scope["client"][0] == "198.51.100.9"
    assert scope["scheme"] == "http"
    assert dict(scope["headers"])[b"host"] == b"inside:8000"
    assert "root_path" not in scope
    assert seen(FORWARDED, peer="198.51.100.9", trusted_proxies="198.51.100.0/24")["scheme"] == "https"
    assert seen(FORWARDED, peer="198.51.100.9", trusted_proxies="*")["scheme"] == "https"
    assert seen(FORWARDED, trusted_proxies="")["scheme"] == "http"
    assert seen(FORWARDED, peer="::ffff:127.0.0.1")["scheme"] == "https"


@pytest.mark.parametrize(
    ("header", "client"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("6.6.6.6, 203.0.113.7", "203.0.113.7"),  # whatever the client wrote itself counts for nothing
        ("203.0.113.7, 10.0.0.1, 127.0.0.1", "203.0.113.7"),
        ("203.0.113.7:4711", "203.0.113.7"),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1"),
        ("203.0.113.7, unknown", "127.0.0.1"),
        ("", "127.0.0.1"),
        ("<script>", "127.0.0.1"),
        (", ".join(["10.0.0.1"] * 500), "10.0.0.1"),
    ],
)
def test_the_client_is_the_nearest_address_that_is_no_proxy(header: str, client: str) -> None:
    scope = seen({"x-forwarded-for": header}, trusted_proxies="127.0.0.1, 10.0.0.0/8")
    assert scope["client"][0] == client


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-proto": "javascript"},
        {"x-forwarded-host": "evil.example/<script>"},
        {"x-forwarded-host": 'a"b'},
        {"x-forwarded-prefix": "tools"},
        {"x-forwarded-prefix": "//evil.example"},
        {"x-forwarded-prefix": "/a/../b"},
        {"x-forwarded-prefix": '/"><script>'},
        {"x-forwarded-prefix": "/"},
    ],
)
def test_nonsense_is_passed_over(headers: dict[str, str]) -> None:
    scope = seen(headers)
    assert (scope["scheme"], scope["path"], scope.get("root_path", "")) == ("http", "/x", "")
    assert dict(scope["headers"])[b"host"] == b"inside:8000"


def test_a_long_prefix_is_read_in_no_time() -> None:
    assert not PREFIX.fullmatch("/a" * 4_000 + "!")


@pytest.mark.parametrize("path", ["/api/v1/links", "/tools/seegrad/api/v1/links"])
@pytest.mark.parametrize(
    ("headers", "settings"),
    [({"x-forwarded-prefix": "/tools/seegrad/"}, {}), ({}, {"base_path": "/tools/seegrad/"})],
)
def test_the_folder_may_be_taken_away_or_not(
    path: str, headers: dict[str, str], settings: dict[str, str]
) -> None:
    made = ask("POST", path, headers, body=LINK, **settings)
    assert made.status_code in (200, 201)
    assert made.json()["url"] == f"http://inside:8000/tools/seegrad/g/{made.json()['id']}"
    assert made.headers["access-control-allow-origin"] == "*"


def test_the_public_address_is_the_set_one_whatever_the_request_says() -> None:
    made = ask("POST", "/api/v1/links", FORWARDED, body=LINK, public_url="https://set.example/grad/")
    assert made.json()["url"] == f"https://set.example/grad/g/{made.json()['id']}"
    made = ask("POST", "/api/v1/links", {"host": 'a"><script>'}, body=LINK)
    assert made.json()["url"] == f"/g/{made.json()['id']}"


def test_a_page_in_a_folder_names_nothing_outside_it(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(
        json.dumps({"studio.js": "s-A.js", "studio.css": "s-B.css", "layout-worker.js": "w-C.js"})
    )
    (tmp_path / "s-A.js").write_text("1")

    async def go() -> list[httpx.Response]:
        app = create_app(Settings(base_path="/tools/seegrad"), static=tmp_path)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://inside") as client:
            return [
                await client.get("/tools/seegrad"),
                await client.get("/tools/seegrad/static/s-A.js"),
                await client.get("/tools/seegrad/nowhere", headers={"accept": "text/html"}),
                await client.get("/tools/seegrad/api/v1/nowhere", headers={"accept": "text/html"}),
                await client.get("/tools/seegrad/openapi.json"),
                await client.get("/readyz"),
            ]

    page, script, nowhere, api, openapi, ready = asyncio.run(go())
    for html in (page, nowhere):
        assert 'src="/tools/seegrad/static/s-A.js"' in html.text or html is nowhere
        assert 'href="/tools/seegrad/"' in html.text
        assert not [word for word in ('href="/"', 'src="/static', 'href="/static') if word in html.text]
    assert script.text == "1"
    assert script.headers["cache-control"].endswith("immutable")
    assert nowhere.status_code == 404
    assert api.headers["content-type"] == "application/problem+json"
    assert openapi.json()["servers"] == [{"url": "/tools/seegrad"}]
    assert ready.status_code == 200


@pytest.mark.parametrize(
    "setting",
    [
        {"trusted_proxies": "everyone"},
        {"base_path": "tools"},
        {"base_path": "/a/../b"},
        {"public_url": "course"},
    ],
)
def test_settings_that_make_no_sense_are_refused(setting: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Settings(**setting)  # type: ignore[arg-type]
