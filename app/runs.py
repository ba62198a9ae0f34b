"""Training runs at work, many at once, so that nobody else feels them.

All arithmetic is done a slice of about two milliseconds at a time, each run in turn: long steps, which NumPy takes
without Python's lock, in one thread; brief ones, which would fight over the lock with whoever is being answered, by the
event loop itself, which sees to everybody else after each. What a run has to tell is taken up before its next slice: a
slow reader slows its own run, and memory holds one slice's events.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from itertools import chain
from math import inf
from time import perf_counter, thread_time
from typing import Generic, TypeVar

from app.errors import Problem
from app.settings import Settings

SLICE_SECONDS = 0.002
BRIEF_SECONDS = 0.0005
"""CPU seconds of a step that the event loop takes itself: less than an answer, so nobody waits for long."""
RETRY_SECONDS = 5

Made = TypeVar("Made")
Told = TypeVar("Told")


class Runs:
    """The runs of one server. `nodes` of all graphs together bound their memory."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.open = 0
        self.nodes = 0
        self.stopping = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="training")
        self._turn = asyncio.Semaphore(1)

    def stop(self) -> None:
        """Ends every run at its next slice, and lets no more begin."""
        self.stopping = True

    def enter(self) -> Place:
        """A place for one run. Raises Problem: busy, stopping."""
        self.check()
        if self.open >= self.settings.training_runs:
            raise _busy()
        self.open += 1
        return Place(self)

    def check(self) -> None:
        """Raises Problem (stopping) once the server stops."""
        if self.stopping:
            raise Problem(
                "stopping",
                "The server stops.",
                hint="Ask again: the same request gives the same run.",
                headers={"retry-after": str(RETRY_SECONDS)},
            )

    async def in_turn(self, work: Callable[[], Made]) -> Made:
        """What `work` gives, done in the thread when it is its turn."""
        async with self.turn():
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """While it is open, no other run is at work. Raises Problem: stopping."""
        async with self._turn:
            self.check()
            yield


class Place:
    """One run's place; to be left, whatever happens."""

    def __init__(self, runs: Runs) -> None:
        self.runs: Runs | None = runs
        self._nodes = 0

    def weigh(self, nodes: int) -> None:
        """Takes room for a graph. Raises Problem: busy."""
        assert self.runs is not None
        if self.runs.open > 1 and self.runs.nodes + nodes > self.runs.settings.training_nodes:
            raise _busy()
        self.runs.nodes += nodes
        self._nodes = nodes

    def leave(self) -> None:
        """Frees the place; a second time does nothing."""
        if self.runs is not None:
            self.runs.open -= 1
            self.runs.nodes -= self._nodes
            self.runs = None

    def __enter__(self) -> Place:
        return self

    def __exit__(self, *_: object) -> None:
        self.leave()


class Work(Generic[Told]):
    """A run in its place: what its steps tell, a slice at a time."""

    def __init__(self, place: Place, steps: Iterator[list[Told]]) -> None:
        self.place = place
        self._steps = steps
        self._ended = False
        self._step_seconds = inf

    async def slice(self) -> list[Told] | None:
        """What the next few steps tell, at least one step's; None after the last. Raises Problem: stopping."""
        runs = self.place.runs
        if self._ended or runs is None:
            return None
        if self._step_seconds > BRIEF_SECONDS:
            return await runs.in_turn(lambda: list(chain.from_iterable(self._some())))
        told: list[Told] = []
        async with runs.turn():
            for step in self._some():
                told += step
                await asyncio.sleep(0)  # takes in what has arrived
                await asyncio.sleep(0)  # answers it
        return told

    def _some(self) -> Iterator[list[Told]]:
        """What each of the next steps tells, as many as fit into a slice."""
        until = perf_counter() + SLICE_SECONDS
        while not self._ended:
            began = thread_time()
            step = next(self._steps, None)
            self._step_seconds = thread_time() - began
            if step is None:
                self._ended = True
                return
            yield step
            if perf_counter() >= until:
                return


def _busy() -> Problem:
    return Problem(
        "busy",
        "As many training runs are going on as this server allows.",
        hint=f"Try again in {RETRY_SECONDS} seconds.",
        headers={"retry-after": str(RETRY_SECONDS)},
    )
