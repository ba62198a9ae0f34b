"""Random programs and the edges, ours beside live PyTorch, spread over the machine's cores."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context

from benchmarks.truth import edges
from benchmarks.truth.compare import Difference, Numbers, by_tape, by_torch, by_values, differences, worst
from benchmarks.truth.known import explain
from benchmarks.truth.programs import Program, draw_steady, draw_wild
from benchmarks.truth.spelled import torch_functions

SEED = 20240
BATCH = 1000
PROCESSES = 2


@dataclass(slots=True)
class Tally:
    """What a comparison found."""

    programs: int = 0
    nodes: int = 0
    redrawn: int = 0
    worst: float = 0.0
    known: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    ops: Counter[str] = field(default_factory=Counter)
    recorded: list[tuple[Program, Numbers]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.programs += other.programs
        self.nodes += other.nodes
        self.redrawn += other.redrawn
        self.worst = max(self.worst, other.worst)
        self.known += other.known
        self.failed += other.failed
        self.ops += other.ops
        self.recorded += other.recorded


def told(found: list[Difference], way: str) -> str:
    """A disagreement for a person."""
    lines = [
        f"  {d.kind} of n{d.node} ({d.op}): ours {d.ours!r} ({way}), PyTorch {d.theirs!r}" for d in found[:4]
    ]
    return "\n".join([found[0].program.text(), *lines])


WAYS = {"Value": by_values, "tape": by_tape}


def compare(tally: Tally, program: Program, torch_says: Numbers, rel: float, least: float) -> bool:
    """Adds one program to the tally; True when all our ways agree with PyTorch."""
    tally.programs += 1
    tally.nodes += program.size
    tally.ops.update(op for op, _ in program.nodes)
    for way, run in WAYS.items():
        ours = run(program)
        found = list(differences(program, ours, torch_says, rel, least))
        if found:
            known = explain(program, ours[0], found)
            if known and least:
                tally.known[known.name] += 1
            else:
                tally.failed.append(told(found, way))
            return False
        tally.worst = max(tally.worst, worst(ours, torch_says) if not least else 0.0)
    return True


def random_batch(task: tuple[int, int, int]) -> Tally:
    """`count` steered programs at rel 1e-12, of which the first `keep` are kept with PyTorch's answers."""
    batch, count, keep = task
    draw = random.Random(SEED * 1_000_000 + batch)
    functions, tally = torch_functions(), Tally()
    for _ in range(count):
        program, vain = draw_steady(draw)
        tally.redrawn += vain
        torch_says = by_torch(program, functions)
        compare(tally, program, torch_says, rel=1e-12, least=0.0)
        if len(tally.recorded) < keep:
            tally.recorded.append((program, torch_says))
    return tally


def random_programs(count: int, keep: int) -> Tally:
    batches = range(-(-count // BATCH))
    tasks = [
        (batch, min(BATCH, count - batch * BATCH), max(0, min(BATCH, keep - batch * BATCH)))
        for batch in batches
    ]
    return spread(random_batch, tasks)


def _wild(count: int) -> Iterator[Program]:
    draw = random.Random(SEED)
    for _ in range(count):
        yield draw_wild(draw)


def edge_batch(task: tuple[str, int, int, int]) -> Tally:
    """Every `step`-th program of a kind from `start` on, rel and abs 1e-12; one in `keep` is kept."""
    kind, start, step, keep = task
    programs: Iterable[Program] = {"grid": edges.grid, "pairs": edges.pairs, "wild": lambda: _wild(20_000)}[
        kind
    ]()
    functions, tally = torch_functions(), Tally()
    for number, program in enumerate(itertools.islice(programs, start, None, step)):
        torch_says = by_torch(program, functions)
        rel = 1e-9 if kind == "wild" else 1e-12
        agrees = compare(tally, program, torch_says, rel=rel, least=1e-12)
        if keep and agrees and number % keep == 0:
            tally.recorded.append((program, torch_says))
    return tally


def edge_programs(kind: str, keep: int) -> Tally:
    return spread(edge_batch, [(kind, start, PROCESSES, keep) for start in range(PROCESSES)])


def spread(run: object, tasks: list[tuple]) -> Tally:
    total = Tally()
    with get_context("spawn").Pool(min(PROCESSES, len(tasks))) as pool:
        for tally in pool.imap(run, tasks):  # type: ignore[arg-type]
            total.add(tally)
    return total
