"""Budgets of work per address: what they count, what they say, whom they stop and whom never."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from limits.storage import MemoryStorage

from app.errors import Problem
from app.examples import EXAMPLES
from app.main import create_app
from app.rates import NODES_PER_UNIT, Counters
from app.schema import ProblemDocument
from app.settings import Settings

Check = Callable[..., ProblemDocument]

GRAPH = "/api/v1/graph"
SMALL = {"program": "a = 2\nb = a*a"}
MLP = {"program": next(example.program for example in EXAMPLES if example.id == "mlp")}


@pytest.fixture(autouse=True)
def no_time_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a minute into a window: what is taken is not given back while a slow test runs."""
    monkeypatch.setattr("time.time", lambda: 1_800_000_030.0)


def ask(app: FastAPI, peer: str, url: str = GRAPH, json: Any = SMALL, method: str = "POST") -> httpx.Response:
    async def go() -> httpx.Response:
        transport = httpx.ASGITransport(app, client=(peer, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://seegrad.test") as client:
            return await client.request(method, url, json=json)

    return asyncio.run(go())


def left(response: httpx.Response) -> int:
    found = re.fullmatch(r'"work";r=(\d+);t=(\d+)', response.headers["ratelimit"])
    assert found
    assert 1 <= int(found[2]) <= 60
    return int(found[1])


def test_every_costly_answer_says_what_is_left() -> None:
    app = create_app(Settings(rate_units=1_000))
    first = ask(app, "192.0.2.1")
    assert first.headers["ratelimit-policy"] == '"work";q=1000;w=60'
    assert left(first) == 999
    assert left(ask(app, "192.0.2.1", json={"program": "a = ("})) == 998
    assert left(ask(app, "192.0.2.1", json=MLP)) == 996  # 362 nodes
    assert left(ask(app, "192.0.2.2")) == 999
    assert left(ask(app, "192.0.2.1", "/api/v1/explain", MLP)) == 994
    assert left(ask(app, "192.0.2.1", "/api/v1/check", SMALL)) == 993
    assert left(ask(app, "192.0.2.1", "/api/v1/links", SMALL)) < 900
    for url in ("/", "/healthz", "/api/v1/ops"):
        assert "ratelimit" not in ask(app, "192.0.2.1", url, method="GET").headers


def test_a_picture_costs_what_drawing_it_takes_and_what_was_drawn_costs_one() -> None:
    app = create_app(Settings(rate_units=1_000))
    svg = "/graph.svg?program=a%3D2%3Bb%3Da*a"
    first = ask(app, "192.0.2.1", svg, method="GET")
    assert first.status_code == 200
    after = left(first)
    assert after == 1_000 - len(first.content) // 1_000
    assert after < 999
    assert left(ask(app, "192.0.2.1", svg, method="GET")) == after - 1
    assert left(ask(app, "192.0.2.2", svg, method="GET")) == 999
    png = ask(app, "192.0.2.3", svg.replace("svg", "png"), method="GET")
    assert left(png) == 1_000 - len(png.content) // 250
    assert left(ask(app, "192.0.2.4", "/api/v1/page")) == 1_000 - 25


def test_a_picture_that_takes_too_long_costs_that_time(
    monkeypatch: pytest.MonkeyPatch, problem: Check
) -> None:
    def give_up(*_: object) -> str:
        raise Problem("too_large_to_draw", "This graph takes too long to draw.")

    monkeypatch.setattr("app.pictures.Pen.draw", give_up)
    app = create_app(Settings(rate_units=25_000))
    refused = ask(app, "192.0.2.1", "/graph.svg", method="GET")
    problem(refused, "too_large_to_draw")
    assert left(refused) == 5_000


@pytest.mark.parametrize(
    ("method", "url"), [("GET", "/graph.svg"), ("GET", "/graph.png"), ("POST", "/api/v1/page")]
)
def test_pictures_and_pages_wait_as_well(problem: Check, method: str, url: str) -> None:
    app = create_app(Settings(rate_units=1))
    ask(app, "192.0.2.1")
    stopped = ask(app, "192.0.2.1", url, method=method)
    problem(stopped, "too_many_requests")
    assert 1 <= int(stopped.headers["retry-after"]) <= 60
    assert left(stopped) == 0


def test_who_has_nothing_left_waits_and_others_do_not(problem: Check) -> None:
    app = create_app(Settings(rate_units=5))
    for _ in range(5):
        assert ask(app, "192.0.2.1").status_code == 200
    stopped = ask(app, "192.0.2.1")
    problem(stopped, "too_many_requests")
    assert 1 <= int(stopped.headers["retry-after"]) <= 60
    assert left(stopped) == 0
    assert stopped.headers["access-control-allow-origin"] == "*"
    assert "retry-after" in stopped.headers["access-control-expose-headers"]
    problem(ask(app, "192.0.2.1", "/api/v1/links"), "too_many_requests")
    assert ask(app, "192.0.2.2").status_code == 200
    assert ask(app, "192.0.2.1", "/api/v1/ops", method="GET").status_code == 200


def test_a_large_graph_costs_what_it_is_even_where_less_is_left() -> None:
    app = create_app(Settings(rate_units=20))
    large = {"program": "a = 1\n" + "a = a + 1\n" * 500 + "b = sum([a*i for i in range(2000)])"}
    assert left(ask(app, "192.0.2.1", json=large)) < 20 - 5_000 // NODES_PER_UNIT + 10
    assert left(ask(app, "192.0.2.3")) == 19
    for _ in range(3):
        answer = ask(app, "192.0.2.1", json=large)
    assert answer.status_code == 429


def test_a_class_of_300_behind_one_address_is_not_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five minutes of 300 students, each asking once a second, one in ten with the network of 362 nodes, each sharing
    a link a minute and each opening a page of twenty pictures, one of them their own: by the clock of the limiter, not
    by ours."""
    from app.rates import Rates, units_of

    now = 1_800_000_000.0
    monkeypatch.setattr("time.time", lambda: now)
    rates = Rates(Settings())
    assert rates.limit is not None
    for _ in range(300):
        now += 1
        for student in range(300):
            cost = units_of(362) if student % 10 == 0 else units_of(15)
            assert rates.limiter.hit(rates.limit, "203.0.113.1", cost=cost)
            if student % 60 == 0:
                assert rates.limiter.hit(rates.limit, "203.0.113.1", cost=150)
            if (student + int(now)) % 60 == 0:  # 19 kept ones, one SVG of 14 kB
                assert rates.limiter.hit(rates.limit, "203.0.113.1", cost=19 + 14)


def test_the_window_slides(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_800_000_000.0
    monkeypatch.setattr("time.time", lambda: now)
    app = create_app(Settings(rate_units=10))
    answers = [ask(app, "192.0.2.1").status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]
    now += 90
    answers = [ask(app, "192.0.2.1").status_code for _ in range(11)]
    assert 3 <= answers.count(200) <= 6
    now += 121
    assert [ask(app, "192.0.2.1").status_code for _ in range(10)] == [200] * 10


def test_an_ipv6_network_is_one_client() -> None:
    app = create_app(Settings(rate_units=100))
    assert left(ask(app, "2001:db8:1:2::1")) == 99
    assert left(ask(app, "2001:db8:1:2:ffff::9")) == 98
    assert left(ask(app, "2001:db8:1:3::1")) == 99


def test_it_can_be_switched_off() -> None:
    app = create_app(Settings(rate_units=0))
    assert "ratelimit" not in ask(app, "192.0.2.1").headers


def test_its_memory_is_bounded_and_who_was_seen_lately_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 1_800_000_000.0)
    counters = Counters(100)
    for at in range(5_000):
        assert counters.acquire_sliding_window_entry(f"address {at}", 9, 3600)
        assert counters.acquire_sliding_window_entry("somebody", 10_000, 3600)
    assert len(counters.counts) == 100
    assert counters.get_sliding_window("somebody", 3600)[2] == 5_000
    assert counters.get_sliding_window("address 0", 3600)[2] == 0


def test_it_counts_as_the_library_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same answers as limits' own storage, over hits of every size at times of every distance."""
    now = 1_800_000_000.0
    monkeypatch.setattr("time.time", lambda: now)
    draw = random.Random(1337)
    ours, theirs = Counters(10), MemoryStorage()
    outcomes = set()
    for _ in range(5_000):
        now += draw.choice((0, 0.3, 1, 7, 29, 61, 130)) * draw.random()
        key, amount = draw.choice("ab"), draw.choice((1, 1, 2, 9))
        answer = ours.acquire_sliding_window_entry(key, 20, 60, amount)
        assert answer == theirs.acquire_sliding_window_entry(key, 20, 60, amount)
        outcomes.add(answer)
        weighed = [
            last * weighs / 60 + this
            for last, weighs, this, _ in (each.get_sliding_window(key, 60) for each in (ours, theirs))
        ]
        assert weighed[0] == pytest.approx(weighed[1])
    assert outcomes == {True, False}
    theirs.timer.cancel()
