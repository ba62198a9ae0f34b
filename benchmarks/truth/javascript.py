"""The browser's kernel beside the engine, on the same programs, in node."""

from __future__ import annotations

import itertools
import json
import random
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

from benchmarks.truth import edges
from benchmarks.truth.against_torch import SEED, Tally, told
from benchmarks.truth.compare import Numbers, by_tape, differences, worst
from benchmarks.truth.golden import on_the_wire
from benchmarks.truth.programs import Program, draw_steady

SCRIPT = Path(__file__).with_name("javascript.mjs")


class NodeMissingError(Exception):
    """No node on this machine."""


def by_javascript(programs: list[Program]) -> Iterator[Numbers]:
    node = shutil.which("node")
    if not node:
        raise NodeMissingError(
            "JavaScript is run by node, which is not on this machine; `python3 run test` installs it."
        )
    with subprocess.Popen(
        [node, SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        sender = threading.Thread(target=_send, args=(running, programs))
        sender.start()
        for line in running.stdout:
            values, grads = json.loads(line)
            yield [float(v) for v in values], [None if g is None else float(g) for g in grads]
        sender.join()
    if running.returncode:
        raise RuntimeError(f"node ended with {running.returncode}")


def _send(running: subprocess.Popen[str], programs: list[Program]) -> None:
    assert running.stdin is not None
    for program in programs:
        row = [
            [on_the_wire(number) for number in program.leaves],
            [int(f) for f in program.fixed],
            program.nodes,
        ]
        running.stdin.write(json.dumps(row) + "\n")
    running.stdin.close()


def javascript(count: int) -> Tally:
    """`count` random programs at rel 1e-12, and all edges (rel and abs 1e-12)."""
    draw, tally = random.Random(SEED), Tally()
    steady = [draw_steady(draw)[0] for _ in range(count)]
    corners = list(itertools.chain(edges.grid(), edges.pairs()))
    programs = steady + corners
    for number, (program, theirs) in enumerate(zip(programs, by_javascript(programs), strict=True)):
        least = 0.0 if number < count else 1e-12
        ours = by_tape(program)
        found = list(differences(program, ours, theirs, 1e-12, least))
        if found:
            tally.failed.append(told(found, "tape").replace("PyTorch", "JavaScript"))
        elif not least:
            tally.worst = max(tally.worst, worst(ours, theirs))
        tally.programs += 1
        tally.nodes += program.size
    return tally
