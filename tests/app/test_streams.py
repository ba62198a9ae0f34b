"""Training streams on a running server: many at once, clients that leave or do not read, the end of the server."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from time import thread_time
from typing import Any

import httpx
import pytest

from app.api.train import EventStream, begin
from app.runs import Runs, Work
from app.settings import Settings
from engine.datasets import dataset
from engine.network import NetworkSpec
from engine.training import Recipe, train

SEEGRAD = Path(sys.executable).with_name("seegrad")
STREAM = {"accept": "text/event-stream"}
LONG: dict[str, Any] = {
    "network": {"nin": 3, "nouts": [4, 4, 1]},
    "dataset": {"name": "lecture"},
    "recipe": {"steps": 100_000, "rate": 0.001},
}
"""A run that would take a minute."""


@contextmanager
def serving(**environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server of its own and the address of its training route."""
    process = subprocess.Popen(
        [SEEGRAD, "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | environment,
    )
    try:
        assert process.stdout is not None
        yield process, f"{process.stdout.readline().split()[3]}api/v1/train"
    finally:
        process.kill()
        process.communicate()


def small(seed: int) -> dict[str, Any]:
    return {
        "network": {"nin": 2, "nouts": [3, 1], "seed": seed},
        "dataset": {"name": "xor"},
        "recipe": {"steps": 60, "rate": 0.1},
    }


def test_fifty_streams_lose_nothing_and_keep_their_order() -> None:
    xor = dataset("xor")

    async def one(client: httpx.AsyncClient, url: str, seed: int) -> None:
        events: list[tuple[str, dict[str, Any]]] = []
        async with client.stream("POST", url, json=small(seed), headers=STREAM) as response:
            assert response.status_code == 200
            async for line in response.aiter_lines():
                if line.startswith("event: "):
                    events.append((line.removeprefix("event: "), {}))
                elif line.startswith("data: "):
                    events[-1][1].update(json.loads(line.removeprefix("data: ")))
        steps = train(NetworkSpec(2, [3, 1], seed=seed), xor.inputs, [-1, 1, 1, -1], Recipe(60, 0.1))
        assert [name for name, _ in events] == ["step"] * 60 + ["done"]
        assert [data["loss"] for _, data in events[:-1]] == [step.loss for step in steps]

    async def all_at_once(url: str) -> None:
        limits = httpx.Limits(max_connections=60)
        async with httpx.AsyncClient(limits=limits, timeout=60) as client:
            await asyncio.gather(*(one(client, url, seed) for seed in range(50)))

    with serving() as (_, url):
        asyncio.run(all_at_once(url))


def test_beyond_the_limit_it_says_so_until_a_client_leaves() -> None:
    with (
        serving(SEEGRAD_TRAINING_RUNS="2", SEEGRAD_STALL_SECONDS="600") as (_, url),
        httpx.Client(timeout=20) as client,
    ):
        with client.stream("POST", url, json=LONG, headers=STREAM) as first:
            lines = first.iter_lines()
            assert next(lines) == "event: step"
            with client.stream("POST", url, json=LONG, headers=STREAM) as second:
                assert next(second.iter_lines()) == "event: step"
                refused = client.post(url, json=small(1))
                assert (refused.status_code, refused.json()["code"]) == (503, "busy")
                assert int(refused.headers["retry-after"]) >= 1
            left = time.monotonic()
            while client.post(url, json=small(1)).status_code == 503:
                assert time.monotonic() - left < 20  # the run itself takes a minute
                time.sleep(0.05)
            assert next(lines) == "id: 0"
        # One that wanted a single answer leaves, too: then both places are free again.
        with pytest.raises(httpx.ReadTimeout):
            client.post(url, json=LONG, timeout=httpx.Timeout(20, read=0.3))
        left = time.monotonic()
        with client.stream("POST", url, json=LONG, headers=STREAM) as third:
            assert third.status_code == 200
            while client.post(url, json=small(1)).status_code == 503:
                assert time.monotonic() - left < 20  # the run itself takes a minute
                time.sleep(0.05)


def test_a_server_that_stops_tells_its_streams_and_is_gone() -> None:
    with serving() as (process, url), httpx.Client(timeout=60) as client:
        with client.stream("POST", url, json=LONG, headers=STREAM) as response:
            lines = response.iter_lines()
            next(lines)
            process.send_signal(signal.SIGTERM)
            *_, event, data, _ = lines
        process.wait(timeout=60)
        assert event == "event: error"
        assert json.loads(data.removeprefix("data: "))["code"] == "stopping"
        _, errors = process.communicate()
        assert errors == ""


class Reader:
    """The other end of a stream: takes `reads` pieces, then nothing more."""

    def __init__(self, reads: int) -> None:
        self.reads = reads
        self.taken: list[bytes] = []

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.body":
            if len(self.taken) >= self.reads:
                await asyncio.Event().wait()
            self.taken.append(message["body"])

    async def receive(self) -> Any:
        await asyncio.Event().wait()


@pytest.mark.parametrize("reads", [0, 3])
def test_what_is_not_read_is_not_computed(reads: int) -> None:
    """The run stands still while its reader does, whose place is free again after `stall_seconds`."""

    async def go() -> tuple[int, int, int]:
        settings = Settings(stall_seconds=0.3)
        runs = Runs(settings)
        place = runs.enter()
        _, work, _ = await runs.in_turn(
            lambda: begin(LONG | {"include": ["grads"]}, place, settings, streams=True)
        )
        slices = 0
        one_slice = work.slice

        async def counted() -> Any:
            nonlocal slices
            slices += 1
            return await one_slice()

        work.slice = counted
        reader = Reader(reads)
        assert (runs.open, runs.nodes) == (1, 364)
        await EventStream(work, settings.stall_seconds)({"type": "http"}, reader.receive, reader.send)
        return slices, len(reader.taken), runs.open + runs.nodes

    slices, taken, left = asyncio.run(go())
    assert (slices, taken, left) == (reads + 1, reads, 0)


def test_runs_take_turns() -> None:
    """Of two runs at once, neither takes a second slice while the other waits for its first."""
    order: list[int] = []

    async def go() -> None:
        settings = Settings()
        runs = Runs(settings)

        async def one(number: int) -> None:
            place = runs.enter()
            _, work, _ = await runs.in_turn(lambda: begin(LONG, place, settings, streams=True))
            for _ in range(20):
                assert await work.slice()
                order.append(number)

        await asyncio.gather(one(0), one(1))

    asyncio.run(go())
    both = order[order.index(1) - 1 : -1]
    assert all(mine != other for mine, other in pairwise(both))
    assert len(both) > 30


def test_brief_steps_give_way_to_whoever_is_there_and_long_ones_leave_the_loop_alone() -> None:
    """After its first slice, which shows how long its steps are, a run of brief ones lets others go on after each."""

    async def go(cpu_seconds: float) -> tuple[list[str], list[int]]:
        passes = 0
        threads: list[str] = []
        seen: list[int] = []

        def steps() -> Iterator[list[int]]:
            while True:
                until = thread_time() + cpu_seconds
                threads.append(threading.current_thread().name)
                seen.append(passes)
                while thread_time() < until:
                    pass
                yield [len(seen)]

        async def other() -> None:
            nonlocal passes
            while True:
                passes += 1
                await asyncio.sleep(0)

        work = Work(Runs(Settings()).enter(), steps())
        others = asyncio.create_task(other())
        first = await work.slice()
        assert first
        del threads[:], seen[:]
        for _ in range(3):
            assert await work.slice()
        others.cancel()
        return threads, seen

    threads, seen = asyncio.run(go(0.0))
    assert set(threads) == {threading.main_thread().name}
    assert len(threads) > 3
    assert all(after - before >= 2 for before, after in pairwise(seen))
    threads, _ = asyncio.run(go(0.002))
    assert {name.partition("_")[0] for name in threads} == {"training"}


def test_the_graphs_of_all_runs_together_are_bounded() -> None:
    settings = Settings(training_nodes=500)

    async def go() -> list[int | str]:
        runs = Runs(settings)
        found: list[int | str] = []
        for _ in range(2):
            place = runs.enter()
            try:
                await runs.in_turn(lambda place=place: begin(LONG, place, settings, streams=True))
                found.append(runs.nodes)
            except Exception as error:
                found.append(str(error))
        return found

    assert asyncio.run(go()) == [364, "busy"]
