"""The browser's replay against the engine's: the same graphs, the same numbers, the same trace.

Three kinds of graphs, each with values, partials, grads and every single contribution compared:
- every op at the edges: 0, -0, ties, kinks, NaN, infinities, the largest and smallest floats; rel 1e-12, since exp,
  log, pow and sin differ in the last place between C and JavaScript; signs of zero and what is not finite exactly;
- random graphs of the ops that IEEE 754 rounds exactly, fed the same edge values: equal bit for bit;
- random graphs of all ops at ordinary values: rel 1e-12. A node that would magnify its operands' last digits more than
  tenfold, or whose operands lie at a jump, is drawn again: there no two libraries agree, nor should they.
"""

from __future__ import annotations

import json
import math
import random
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from engine.ops import LEAF, OPS, PRIMITIVES, Op
from engine.replay import backward, forward
from engine.tape import Tape, check_tape
from engine.trace import events

ROOT = Path(__file__).resolve().parent.parent.parent
REL = 1e-12
NAN, INF = math.nan, math.inf
EDGES = (
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    -2.5,
    3.0,
    6.0,
    20.0,
    -20.0,
    710.0,
    -746.0,
    1e-200,
    1e200,
    5e-324,
    INF,
    -INF,
    NAN,
)


def blank_tape() -> Tape:
    return Tape([], [], [], [], [], [], [], output=0)


def add_node(tape: Tape, op: str, operands: tuple[int, ...] = (), data: float = 0.0, role: str = "") -> int:
    tape.ops.append(op)
    tape.operands.append(operands)
    tape.data.append(data)
    tape.roles.append(role or ("intermediate" if operands else "parameter"))
    for column in (tape.names, tape.groups, tape.spans):
        column.append(None)
    return len(tape) - 1


def finish(tape: Tape, output: int) -> Tape:
    tape.output = output
    if tape.operands[output]:
        tape.roles[output] = "output"
    check_tape(tape)
    forward(tape, tape.data)
    return tape


def random_tape(rng: random.Random, size: int, rows: list[Op], values: Sequence[float], tame: bool) -> Tape:
    """A graph of `size` nodes after its leaves; its output is one of the last, so some nodes lead nowhere."""
    tape = blank_tape()
    for role in ("parameter", "parameter", "data", "parameter", "constant", "constant"):
        add_node(tape, LEAF, data=rng.choice(values), role=role)
    while len(tape) < size:
        op = rng.choice(rows)
        recent = range(max(0, len(tape) - 12), len(tape))
        count = rng.randint(1, 5) if op.variadic else len(op.operands)
        operands = tuple(rng.choice(recent) for _ in range(count))
        numbers = [tape.data[operand] for operand in operands]
        if not tame or is_tame(op, numbers):
            add_node(tape, op.name, operands, value_and_partials(op, numbers)[0])
    return finish(tape, len(tape) - 1 - rng.randrange(3))


def op_tape(op: Op, numbers: Sequence[float]) -> Tape:
    """One op over leaves of its own."""
    tape = blank_tape()
    leaves = tuple(add_node(tape, LEAF, data=number) for number in numbers)
    return finish(tape, add_node(tape, op.name, leaves))


def value_and_partials(op: Op, numbers: Sequence[float]) -> list[float]:
    tape = op_tape(op, numbers)
    _, partials = backward(tape, tape.data)
    return [tape.data[-1], *(partial for partial in partials[-1] if partial is not None)]


def is_tame(op: Op, numbers: list[float]) -> bool:
    """Whether a change of an operand by a relative 1e-9 stays one: value and partials move by 1e-8 at the most."""
    still = value_and_partials(op, numbers)
    if not 1e-3 < abs(still[0]) < 1e3:
        return False
    for slot in range(len(numbers)):
        for factor in (1 - 1e-9, 1 + 1e-9):
            moved = value_and_partials(op, [x * factor if k == slot else x for k, x in enumerate(numbers)])
            if any(abs(a - b) > 1e-8 * abs(a) for a, b in zip(still, moved, strict=True)):
                return False
    return True


def is_exact(op: Op) -> bool:
    """Whether IEEE 754 defines the op, partials included, to the last bit."""
    words = set(re.findall(r"[a-z]\w+", " ".join((op.formula, *op.partials))))
    return not words & (set(PRIMITIVES) - {"where", "max", "min", "abs", "floor", "round", "sqrt"})


def every_op_at_the_edges() -> Iterator[Tape]:
    """Each op with each pair of edge values: one graph per op and value of its first operand."""
    for op in OPS.values():
        for first in EDGES:
            for rest in EDGES if len(op.operands) > 1 or op.variadic else (0.0,):
                count = 3 if op.variadic else len(op.operands)
                yield op_tape(op, (first, rest, -rest)[:count])


def wire(tape: Tape) -> dict[str, Any]:
    nodes = [
        {
            "op": op,
            "operands": list(operands),
            "partials": [None] * len(operands),
            "role": role,
            "data": number(data),
            "grad": None,
        }
        for op, operands, role, data in zip(tape.ops, tape.operands, tape.roles, tape.data, strict=True)
    ]
    return {"output": tape.output, "nodes": nodes}


def number(x: float) -> float | str:
    return x if math.isfinite(x) else "NaN" if math.isnan(x) else "Infinity" if x > 0 else "-Infinity"


def replayed(tapes: list[Tape], name: str = "parity.js") -> list[dict[str, Any]]:
    node = shutil.which("node")
    assert node, "node is missing: start the tests with `python3 run test`, which brings one"
    lines = "\n".join(json.dumps(wire(tape), allow_nan=False) for tape in tapes)
    script = ROOT / "tests" / "js" / name
    done = subprocess.run(
        [node, script], input=lines, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(tapes)
    return answers


def close(ours: float | None, theirs: float | str | None, rel: float = REL, size: float = 0.0) -> bool:
    """Equal within `rel` of the larger of the two and `size`; signs of zero, infinities and NaN exactly."""
    if ours is None or theirs is None:
        return ours is theirs
    other = float(theirs)
    if math.isnan(ours) or math.isnan(other):
        return math.isnan(ours) and math.isnan(other)
    if math.isinf(ours) or math.isinf(other) or ours == other:
        return ours == other and math.copysign(1, ours) == math.copysign(1, other)
    return abs(ours - other) <= max(rel * max(abs(ours), abs(other), size), 5e-324 if rel else 0.0)


def assert_same(tape: Tape, answer: dict[str, Any], rel: float = REL) -> None:
    grads, partials = backward(tape, tape.data)
    trace = events(tape)
    # What cancels in a sum leaves rounding of its terms' size behind.
    size = [0.0] * len(tape)
    for event in trace:
        size[event.target] += abs(event.amount) if math.isfinite(event.amount) else 0.0
    assert [tuple(event[:4]) for event in answer["trace"]] == [
        (event.kind, event.node, -1 if event.slot is None else event.slot, event.target) for event in trace
    ]
    flat = [partial for row in partials for partial in row]
    pairs = [
        *((f"data {i}", *pair, 0.0) for i, pair in enumerate(zip(tape.data, answer["data"], strict=True))),
        *((f"partial {e}", *pair, 0.0) for e, pair in enumerate(zip(flat, answer["partial"], strict=True))),
        *((f"grad {i}", *pair, size[i]) for i, pair in enumerate(zip(grads, answer["grad"], strict=True))),
        *(
            (str(event), event.amount, row[4], size[event.node])
            for event, row in zip(trace, answer["trace"], strict=True)
        ),
    ]
    for what, ours, theirs, scale in pairs:
        assert close(ours, theirs, rel, scale), f"{what}: Python {ours}, JavaScript {theirs}\n{tape}"


def compare(tapes: list[Tape], rel: float = REL) -> None:
    for tape, answer in zip(tapes, replayed(tapes), strict=True):
        assert_same(tape, answer, rel)


def test_every_op_at_the_edges() -> None:
    compare(list(every_op_at_the_edges()))


def test_exactly_rounded_ops_agree_bit_for_bit() -> None:
    rows = [op for op in OPS.values() if is_exact(op)]
    assert len(rows) > 15
    rng = random.Random(1)
    compare([random_tape(rng, 40, rows, EDGES, tame=False) for _ in range(300)], rel=0.0)


def test_random_programs() -> None:
    rng = random.Random(2)
    values = [rng.uniform(-2, 2) for _ in range(200)]
    tapes = [random_tape(rng, 40, list(OPS.values()), values, tame=True) for _ in range(500)]
    seen = {op for tape in tapes for op in tape.ops}
    assert len(seen) > len(OPS) - 3, set(OPS) - seen
    compare(tapes)


def test_stepping_random_programs() -> None:
    """Every state, on and back, is that of the events played one by one; the last one's grads are the engine's."""
    rng = random.Random(3)
    values = [rng.uniform(-2, 2) for _ in range(200)]
    tapes = [random_tape(rng, rng.randint(7, 40), list(OPS.values()), values, tame=True) for _ in range(500)]
    for tape, answer in zip(tapes, replayed(tapes, "stepping.js"), strict=True):
        grads, _ = backward(tape, tape.data)
        trace = events(tape)
        size = [0.0] * len(tape)
        for event in trace:
            size[event.target] += abs(event.amount)
        assert answer["steps"] == len(trace)
        for i, (ours, theirs) in enumerate(zip(grads, answer["grad"], strict=True)):
            assert close(ours, theirs, REL, size[i]), f"{i}: Python {ours}, JavaScript {theirs}\n{tape}"
