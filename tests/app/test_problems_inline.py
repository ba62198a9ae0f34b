"""`?problems=inline`: a problem answered with status 200, for a page that asks while someone types."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

Ask = Callable[..., httpx.Response]
BROKEN = {"program": "a = 2\nL = a * g"}


def test_the_same_problem_document_with_status_200(ask: Ask) -> None:
    plain = ask("POST", "/api/v1/graph", json=BROKEN)
    inline = ask("POST", "/api/v1/graph?problems=inline", json=BROKEN)
    assert (plain.status_code, inline.status_code) == (422, 200)
    assert inline.headers["content-type"] == "application/problem+json"
    assert inline.json() == plain.json()
    assert (inline.json()["line"], inline.json()["column"]) == (2, 9)


def test_a_graph_is_the_same_either_way(ask: Ask) -> None:
    good = {"program": "a = 3\nb = a + a"}
    inline = ask("POST", "/api/v1/graph?problems=inline", json=good)
    assert inline.status_code == 200
    assert inline.content == ask("POST", "/api/v1/graph", json=good).content


@pytest.mark.parametrize(
    ("content", "status"), [(b"{", 400), (b'{"program": 1}', 422), (b'{"unknown": 1}', 422)]
)
def test_a_request_that_is_none_keeps_its_status(ask: Ask, content: bytes, status: int) -> None:
    headers = {"content-type": "application/json"}
    answer = ask("POST", "/api/v1/graph?problems=inline", content=content, headers=headers)
    assert answer.status_code == status
