"""ETags: the same question gives the same tag, and a client that has the answer is not sent it again."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from app.etag import matches

Ask = Callable[..., httpx.Response]
PROGRAM = {"program": "a = 2; b = -3\nL = a * b"}
QUESTIONS = [
    ("GET", "/api/v1/ops", None),
    ("GET", "/api/v1/examples", None),
    ("GET", "/openapi.json", None),
    ("POST", "/api/v1/graph", PROGRAM),
    ("POST", "/api/v1/check", PROGRAM),
    ("POST", "/api/v1/explain", PROGRAM),
    ("POST", "/api/v1/export/torch", PROGRAM),
]


@pytest.mark.parametrize(("method", "url", "body"), QUESTIONS, ids=lambda each: str(each)[:24])
@pytest.mark.parametrize("encoding", ["identity", "gzip", "br"])
def test_asked_again_the_answer_is_304_and_empty(
    ask: Ask, method: str, url: str, body: dict[str, str] | None, encoding: str
) -> None:
    headers = {"accept-encoding": encoding}
    first = ask(method, url, json=body, headers=headers)
    assert first.status_code == 200
    tag = first.headers["etag"]
    again = ask(method, url, json=body, headers=headers | {"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"].removeprefix("W/") == tag.removeprefix("W/")
    assert again.headers["access-control-allow-origin"] == "*"
    assert "content-encoding" not in again.headers
    other = ask(method, url, json=body, headers=headers | {"if-none-match": '"other"'})
    assert (other.status_code, other.content) == (200, first.content)


def test_another_answer_has_another_tag(ask: Ask) -> None:
    def tag(program: str, **headers: str) -> str:
        response = ask("POST", "/api/v1/graph", json={"program": program}, headers=headers)
        return response.headers["etag"]

    tags = [tag("a = 2"), tag("a = 3"), tag("b = 2"), tag("a = 2", accept="text/plain")]
    assert len(set(tags)) == 4
    assert tag("a = 2") == tags[0]


def test_head_tells_the_tag_of_get(ask: Ask) -> None:
    assert ask("HEAD", "/api/v1/ops").headers["etag"] == ask("GET", "/api/v1/ops").headers["etag"]


def test_no_problem_has_a_tag(ask: Ask) -> None:
    for url in ("/api/v1/graph", "/api/v1/graph?problems=inline"):
        response = ask("POST", url, json={"program": "a = b"}, headers={"if-none-match": "*"})
        assert response.headers["content-type"] == "application/problem+json"
        assert "etag" not in response.headers
    assert "etag" not in ask("GET", "/healthz").headers


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ('"a"', True),
        ('W/"a"', True),
        ('"b", "a"', True),
        ("*", True),
        ("", False),
        ('"b"', False),
        ("a", False),
    ],
)
def test_tags_are_compared_weakly(known: str, expected: bool) -> None:
    assert matches(known.encode(), b'"a"') is expected
