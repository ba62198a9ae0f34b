"""Training runs at work, many at once, so that nobody else feels them.

All arithmetic is done in one thread, a slice of about two milliseconds at a time, each run in turn. The event loop
hands the slices out, one after the other, and between two of them answers everybody else. What a run has to tell is
taken up before its next slice: a slow reader slows its own run, and memory holds one slice's events.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from typing import Generic, TypeVar

from app.errors import Problem
from app.settings import Settings

SLICE_SECONDS = 0.002
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
        async with self._turn:
            self.check()
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)


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

    async def slice(self) -> list[Told] | None:
        """What the next few steps tell, at least one step's; None after the last. Raises Problem: stopping."""
        if self._ended or self.place.runs is None:
            return None
        return await self.place.runs.in_turn(self._run)

    def _run(self) -> list[Told]:
        until = perf_counter() + SLICE_SECONDS
        told: list[Told] = []
        for step in self._steps:
            told += step
            if perf_counter() >= until:
                return told
        self._ended = True
        return told


def _busy() -> Problem:
    return Problem(
        "busy",
        "As many training runs are going on as this server allows.",
        hint=f"Try again in {RETRY_SECONDS} seconds.",
        headers={"retry-after": str(RETRY_SECONDS)},
    )
