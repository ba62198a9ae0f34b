"""Measuring on a machine that others use too.

Contenders take turns inside one process (A B C A B C …), in CPU seconds, so that whatever slows the machine slows all
of them alike. A ratio is the median over rounds of the quotient *within* a round, not the quotient of two medians.
"""

from __future__ import annotations

import gc
import math
import platform
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Work = Callable[[], object]
Clock = Callable[[int], float]


@dataclass(slots=True)
class Contender:
    """One way to do the work.

    `scale` multiplies the time, for work that is a known fraction of the whole (2 training steps of 100). `collector`
    says whether Python's garbage collector runs meanwhile. A contender that has used `budget` CPU seconds sits out
    the rounds that are left. `clock(times)`, where given, does the work itself and answers with its CPU seconds: for
    work in another process.
    """

    name: str
    work: Work | None = None
    scale: float = 1.0
    collector: bool = True
    budget: float = 20.0
    clock: Clock | None = None
    times: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.times)


def clocked(work: Work, times: int) -> float:
    """CPU seconds of this process, all threads, for doing the work that many times."""
    began = time.process_time()
    for _ in range(times):
        work()
    return time.process_time() - began


def interleave(contenders: Sequence[Contender], rounds: int = 9, least: float = 0.02) -> dict[str, Contender]:
    """Run all contenders in turn, `rounds` times; each turn repeats the work until it takes about `least` seconds."""
    repeats: dict[str, int] = {}
    for contender in contenders:
        taken = one_turn(contender, 1)  # warms caches, compiles
        if taken < contender.budget / 4:
            taken = one_turn(contender, 1)
        repeats[contender.name] = max(1, math.ceil(least / max(taken, 1e-7)))
    for _ in range(rounds):
        for contender in contenders:
            if sum(contender.times) <= contender.budget * contender.scale or not contender.times:
                times = repeats[contender.name]
                contender.times.append(one_turn(contender, times) / times * contender.scale)
    return {contender.name: contender for contender in contenders}


def one_turn(contender: Contender, times: int) -> float:
    gc.collect()
    (gc.enable if contender.collector else gc.disable)()
    try:
        if contender.clock:
            return contender.clock(times)
        assert contender.work
        return clocked(contender.work, times)
    finally:
        gc.enable()


def ratio(ours: Contender, peer: Contender) -> float:
    """The median of ours / peer over the rounds in which both took part."""
    return statistics.median(a / b for a, b in zip(ours.times, peer.times, strict=False))


def close(ours: Sequence[float | None], theirs: Sequence[float], bound: float = 1e-9) -> float:
    """The worst relative difference (relative to 1 for numbers below 1); raises when it is over the bound."""
    if len(ours) != len(theirs):
        raise AssertionError(f"{len(ours)} numbers beside {len(theirs)}")
    worst = 0.0
    for a, b in zip(ours, theirs, strict=True):
        worst = max(worst, abs((a or 0.0) - b) / max(1.0, abs(b)))
    if not worst <= bound:
        raise AssertionError(f"results differ by {worst:.3g}, more than {bound:g}")
    return worst


# --- telling ------------------------------------------------------------------------------------------------------


def seconds(value: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= size:
            return f"{value / size:.3g} {unit}"
    return f"{value / 1e-9:.3g} ns"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, first column left, the others right."""
    lines = ["| " + " | ".join(head) + " |", "|" + "|".join(["---"] + ["--:"] * (len(head) - 1)) + "|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def machine() -> str:
    """The processor and the interpreter, without names that tell one machine from another."""
    model = platform.processor() or platform.machine()
    about = Path("/proc/cpuinfo")
    if about.is_file():
        for line in about.read_text().splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    return f"{model}, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def versions(names: Sequence[str]) -> Mapping[str, str]:
    from importlib.metadata import version

    return {name: version(name) for name in names}
