"""Bounds on what a request may bring: bytes, time, address, headers."""

from __future__ import annotations

import asyncio
import tracemalloc
from collections.abc import AsyncIterator, Callable

import httpx
import pytest

from app.main import create_app
from app.schema import ProblemDocument
from app.settings import Settings

Ask = Callable[..., httpx.Response]
Check = Callable[..., ProblemDocument]

GRAPH = "/api/v1/graph"
JSON = {"content-type": "application/json"}


def program_of(size: int) -> bytes:
    """A valid body of exactly `size` bytes."""
    body = b'{"program": "a = 1"}'
    return body[:-1] + b" " * (size - len(body)) + body[-1:]


def test_the_body_limit_is_exact(ask: Ask, problem: Check) -> None:
    limit = Settings().body_bytes
    assert limit == 65_536
    assert ask("POST", GRAPH, content=program_of(limit), headers=JSON).status_code == 200
    problem(ask("POST", GRAPH, content=program_of(limit + 1), headers=JSON), "body_too_large")


def test_an_announced_length_is_refused_unread(ask: Ask, problem: Check) -> None:
    for length in ("65537", "99999999999", "9" * 5_000):
        problem(
            ask("POST", GRAPH, content=b"{}", headers=JSON | {"content-length": length}), "body_too_large"
        )


def test_a_body_that_grows_is_cut_off_where_the_limit_lies(ask: Ask, problem: Check) -> None:
    """Chunked, 200 MB if read to the end: the app stops taking chunks and its memory does not follow."""
    taken = 0

    async def chunks() -> AsyncIterator[bytes]:
        nonlocal taken
        for _ in range(200):
            taken += 1
            yield b"a" * 1_000_000

    tracemalloc.start()
    try:
        problem(ask("POST", GRAPH, content=chunks(), headers=JSON), "body_too_large")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken == 1
    assert peak < 8_000_000


def test_a_slow_body_is_given_up(problem: Check) -> None:
    app = create_app(Settings(body_seconds=0.05))

    async def never() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.sleep(30)

    async def go() -> httpx.Response:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://seegrad.test"
        ) as client:
            return await client.post(GRAPH, content=never(), headers=JSON)

    response = asyncio.run(go())
    problem(response, "body_timeout")
    assert response.headers["connection"] == "close"


def test_long_addresses(ask: Ask, problem: Check) -> None:
    problem(ask("GET", "/" + "a" * 8_192), "url_too_long")
    problem(ask("GET", "/healthz?" + "a" * 8_192), "url_too_long")
    assert ask("GET", "/healthz?" + "a" * 8_000).status_code == 200


def test_many_headers(ask: Ask, problem: Check) -> None:
    problem(ask("GET", "/healthz", headers={f"x-{at}": "b" for at in range(5_000)}), "headers_too_large")


@pytest.mark.parametrize(
    ("setting", "body", "code"),
    [
        ({"program_characters": 10}, {"program": "a = 1 # longer"}, "program_too_long"),
        ({"nesting": 3}, {"program": "a = ((((1))))"}, "too_deep"),
        ({"name_characters": 3}, {"program": "abcd = 1"}, "name_too_long"),
        ({"number_characters": 3}, {"program": "a = 1234"}, "number_too_long"),
        ({"program_nodes": 5}, {"program": "a = 1+1+1+1+1+1"}, "too_many_nodes"),
        (
            {"parameters": 5},
            {"network": {"nin": 9, "nouts": [1]}, "inputs": [[1] * 9]},
            "too_many_parameters",
        ),
        ({"network_nodes": 9}, {"network": {"nin": 9, "nouts": [1]}, "inputs": [[1] * 9]}, "too_many_nodes"),
        ({"body_bytes": 9}, {"program": "a = 1"}, "body_too_large"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_every_limit_is_a_setting_with_its_own_error(
    problem: Check, setting: dict[str, int], body: dict[str, object], code: str
) -> None:
    async def go() -> httpx.Response:
        transport = httpx.ASGITransport(create_app(Settings(**setting)))
        async with httpx.AsyncClient(transport=transport, base_url="http://seegrad.test") as client:
            return await client.post(GRAPH, json=body)

    problem(asyncio.run(go()), code)
