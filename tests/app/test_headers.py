"""What every answer carries, on every route and every error; CORS; HEAD; compression."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import httpx
import pytest

from app.compress import ENCODINGS
from app.negotiation import preferred
from app.schema import ProblemDocument

Ask = Callable[..., httpx.Response]
Check = Callable[..., ProblemDocument]

ROUTES = [
    ("GET", "/"), ("GET", "/healthz"), ("GET", "/openapi.json"), ("GET", "/api/v1/ops"), ("GET", "/api/v1/examples"),
    ("POST", "/api/v1/graph"), ("OPTIONS", "/api/v1/graph"), ("GET", "/static/nothing.js"), ("GET", "/nothing"),
    ("TRACE", "/healthz"), ("GET", "/" + "a" * 9_000),
]  # fmt: skip
PROGRAM = {"program": "\n".join(f"a{at} = {at}*{at}" for at in range(40))}


@pytest.mark.parametrize(("method", "url"), ROUTES, ids=lambda word: word[:20])
def test_every_answer_is_strict(ask: Ask, method: str, url: str) -> None:
    headers = ask(method, url).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["base-uri"] == policy["form-action"] == policy["frame-ancestors"] == "'none'"
    assert policy["require-trusted-types-for"] == "'script'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in headers
    assert "access-control-allow-credentials" not in headers


@pytest.mark.parametrize(
    ("url", "is_open"),
    [("/api/v1/ops", True), ("/api/v1/nothing", True), ("/static/nothing.js", True), ("/openapi.json", True),
     ("/", False), ("/nothing", False)],
)  # fmt: skip
def test_api_and_static_are_open_to_every_origin_and_pages_are_not(ask: Ask, url: str, is_open: bool) -> None:
    headers = ask("GET", url, headers={"origin": "null"}).headers
    assert headers.get("access-control-allow-origin") == ("*" if is_open else None)
    assert headers["cross-origin-resource-policy"] == ("cross-origin" if is_open else "same-origin")


def test_a_preflight_allows_json_and_no_credentials(ask: Ask) -> None:
    asks = {
        "origin": "https://course.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,if-none-match",
    }
    response = ask("OPTIONS", "/api/v1/graph", headers=asks)
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["access-control-allow-origin"] == "*"
    assert "POST" in response.headers["access-control-allow-methods"]
    assert response.headers["access-control-allow-headers"] == "content-type, if-none-match"


def test_errors_are_open_too_so_that_a_page_can_read_them(ask: Ask, problem: Check) -> None:
    response = ask(
        "POST", "/api/v1/graph", json={"program": "a = b"}, headers={"origin": "https://course.example"}
    )
    problem(response, "unknown_name")
    assert response.headers["access-control-allow-origin"] == "*"


def test_head_is_get_without_the_body(ask: Ask) -> None:
    for url in ("/healthz", "/api/v1/ops"):
        get, head = ask("GET", url), ask("HEAD", url)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == get.headers["content-length"]


def test_wrong_methods(ask: Ask, problem: Check) -> None:
    for method, url in product(
        ("PUT", "PATCH", "DELETE", "TRACE", "FOO"), ("/api/v1/graph", "/healthz", "/")
    ):
        response = ask(method, url)
        problem(response, "method_not_allowed")
        assert response.headers["allow"] in ("POST", "GET")
    problem(ask("GET", "/api/v1/graph"), "method_not_allowed")


@pytest.mark.parametrize(
    "path",
    ["nothing", "api/", "api/v1", "api/v1/graph/", "api/v2/graph", "api/v1/graph/%00", "api/v1/graph/%F0%28%8C%28",
     "%2e%2e/%2e%2e/etc/passwd", "static/../app/main.py", "static/%2e%2e/%2e%2e/pyproject.toml", "static/..%2f..%2frun",
     "a%0d%0aset-cookie:x=1", "' OR 1=1--", "%3Cscript%3E", "docs", "redoc"],
)  # fmt: skip
def test_unknown_addresses(ask: Ask, path: str) -> None:
    response = ask("GET", f"/{path}")
    assert response.status_code in (404, 503)
    assert response.headers["content-type"] == "application/problem+json"
    assert "script" not in response.text.lower().replace("scripts", "")
    assert "passwd" not in response.text


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("", None), ("identity", None), ("br", "br"), ("gzip", "gzip"), ("gzip, deflate, br", "br"),
        ("gzip;q=1.0, br;q=0.5", "gzip"), ("br;q=0", None), ("br;q=0, gzip", "gzip"), ("*", "br"),
        ("*;q=0", None), ("br;q=high, gzip", "gzip"), ("BR", "br"), ("zstd", None), ("gzip;q=0, *", "br"),
    ],
)  # fmt: skip
def test_the_encoding_is_the_clients_choice(accepted: str, expected: str | None) -> None:
    assert preferred(accepted, ENCODINGS) == expected


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_answers_are_compressed(ask: Ask, encoding: str) -> None:
    plain = ask("POST", "/api/v1/graph", json=PROGRAM, headers={"accept-encoding": "identity"})
    packed = ask("POST", "/api/v1/graph", json=PROGRAM, headers={"accept-encoding": encoding})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == encoding
    assert plain.headers["vary"] == packed.headers["vary"] == "Accept, Accept-Encoding"
    assert int(packed.headers["content-length"]) < len(plain.content) / 4


def test_small_answers_are_not_compressed(ask: Ask) -> None:
    assert "content-encoding" not in ask("GET", "/healthz", headers={"accept-encoding": "br"}).headers
