"""The engine beside what PyTorch answered: recorded by `python3 run oracle`, so that no PyTorch is needed here.

Random programs away from kinks (rel 1e-12), and every op at its edges: zeros of both signs, ties, ends of domains,
infinities, NaN, the smallest and largest numbers (rel and abs 1e-12). An op that is not recorded yet is held by the
central differences here and in `test_ops.py`, until `python3 run oracle` records it.
"""

from __future__ import annotations

import gzip
import json
import math
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from engine.ops import LEAF, OPS
from engine.plan import Plan
from engine.replay import backward, forward
from engine.tape import Tape, check_tape
from engine.value import Value, apply

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "oracle"
ADDITION = next(name for name, row in OPS.items() if row.infix == "+")
Numbers = tuple[list[float], list[float | None]]


class Program:
    """A recorded row: leaves, which of them are constants, computed nodes, and PyTorch's values and grads."""

    def __init__(self, row: list[Any]) -> None:
        leaves, self.fixed, self.nodes, values, grads = row
        self.leaves = [float(number) for number in leaves]
        self.values = self.leaves + [float(number) for number in values]
        self.grads = [None if number is None else float(number) for number in grads]


@cache
def recorded(name: str) -> list[Program]:
    document = json.loads(gzip.decompress((FOLDER / f"{name}.json.gz").read_bytes()))
    assert document["about"]["torch"]
    return [Program(row) for row in document["programs"]]


def by_values(program: Program) -> Numbers:
    made = [
        Value(number, role="constant" if fixed else "parameter")
        for number, fixed in zip(program.leaves, program.fixed, strict=True)
    ]
    for op, operands in program.nodes:
        made.append(apply(op, *(made[at] for at in operands)))
    made[-1].backward()
    return [value.data for value in made], [value.grad for value in made]


def by_tape(program: Program) -> Numbers:
    count, size = len(program.leaves), len(program.values)
    tape = Tape(
        ops=[LEAF] * count + [op for op, _ in program.nodes],
        operands=[()] * count + [tuple(operands) for _, operands in program.nodes],
        data=program.leaves + [0.0] * (size - count),
        roles=[
            *("constant" if fixed else "parameter" for fixed in program.fixed),
            *["intermediate"] * (size - count - 1),
            "output",
        ],
        names=[None] * size,
        groups=[None] * size,
        spans=[None] * size,
        output=size - 1,
    )
    check_tape(tape)
    data = list(tape.data)
    forward(tape, data)
    return data, backward(tape, data)[0]


WAYS: dict[str, Callable[[Program], Numbers]] = {"Value": by_values, "tape": by_tape}


def same(ours: float, theirs: float, least: float) -> bool:
    if ours == theirs or (math.isnan(ours) and math.isnan(theirs)):
        return True
    return abs(ours - theirs) <= max(1e-12 * abs(theirs), least)


def compare(program: Program, ours: Numbers, least: float) -> None:
    for node, (a, b) in enumerate(zip(ours[0], program.values, strict=True)):
        assert same(a, b, least), f"value of node {node}: {a!r}, PyTorch {b!r}\n{told(program)}"
    for node, (a, b) in enumerate(zip(ours[1], program.grads, strict=True)):
        if a is not None and b is not None:
            assert same(a, b, least), f"grad of node {node}: {a!r}, PyTorch {b!r}\n{told(program)}"


def told(program: Program) -> str:
    return "\n".join([f"leaves {program.leaves}, constant {program.fixed}", *map(str, program.nodes)])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("part", range(10))
def test_random_programs(part: int, way: str) -> None:
    """2,000 of the live comparison's 100,000: every value and every gradient at rel 1e-12."""
    programs = recorded("programs")
    assert len(programs) == 2000
    for program in programs[part::10]:
        compare(program, WAYS[way](program), least=0.0)


def test_all_random_programs_on_one_tape_by_the_plan() -> None:
    """Side by side, their outputs added up: wide enough for arrays, and as irregular as a graph can be."""
    programs = recorded("programs")
    tape = Tape([], [], [], [], [], [], [], output=0)
    starts: list[int] = []

    def put(op: str, operands: tuple[int, ...], data: float, role: str) -> None:
        tape.ops.append(op)
        tape.operands.append(operands)
        tape.data.append(data)
        tape.roles.append(role)

    for program in programs:
        start = len(tape.ops)
        starts.append(start)
        for number, fixed in zip(program.leaves, program.fixed, strict=True):
            put(LEAF, (), number, "constant" if fixed else "parameter")
        for op, operands in program.nodes:
            put(op, tuple(start + at for at in operands), 0.0, "intermediate")
    ends = [start + len(program.values) - 1 for start, program in zip(starts, programs, strict=True)]
    total = ends[0]
    for end in ends[1:]:
        put(ADDITION, (total, end), 0.0, "intermediate")
        total = len(tape.ops) - 1
    tape.roles[total] = "output"
    tape.output = total
    tape.names[:] = tape.groups[:] = tape.spans[:] = [None] * len(tape.ops)
    check_tape(tape)
    plan = Plan.of(tape)
    assert plan is not None, "not wide enough for a plan"
    plan.forward()
    plan.backward()
    data = plan.data[plan.place].tolist()
    grads = [None if math.isnan(grad) else grad for grad in plan.grads().tolist()]
    for start, program in zip(starts, programs, strict=True):
        there = slice(start, start + len(program.values))
        compare(program, (data[there], grads[there]), least=0.0)


def test_random_programs_use_every_op_that_is_recorded() -> None:
    """An op is recorded in both files or in none; the oracle itself demands all of the table."""
    used = {op for program in recorded("programs") for op, _ in program.nodes}
    assert used == set(GRIDS)
    assert used <= set(OPS)


def grids() -> dict[str, list[Program]]:
    """The recorded programs of every op at its edges; the test below holds a new op, which has none yet."""
    found: dict[str, list[Program]] = {}
    for program in recorded("grid"):
        found.setdefault(program.nodes[-1][0], []).append(program)
    return found


GRIDS = grids()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", GRIDS)
def test_op_at_its_edges(name: str, way: str) -> None:
    for program in GRIDS[name]:
        compare(program, WAYS[way](program), least=1e-12)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", OPS)
def test_op_beside_central_differences(name: str, way: str) -> None:
    """From 0.001 to 30, on both sides of 0; a point next to a kink, a jump or the end of a domain is left out."""
    row, draw, compared = OPS[name], random.Random(name), 0
    count = 3 if row.variadic else len(row.operands)

    def alone(numbers: list[float]) -> Program:
        blank = [math.nan]
        return Program([numbers, [0] * count, [(name, tuple(range(count)))], blank, blank * (count + 1)])

    for _ in range(40):
        numbers = [draw.choice((1, -1)) * 10 ** draw.uniform(-3, 1.5) for _ in range(count)]
        (*_, out), (*grads, _) = WAYS[way](alone(numbers))
        for slot, grad in enumerate(grads):
            step = 1e-5 * abs(numbers[slot])

            def moved(by: float, slot: int = slot, numbers: list[float] = numbers) -> float:
                changed = [*numbers[:slot], numbers[slot] + by, *numbers[slot + 1 :]]
                return WAYS[way](alone(changed))[0][-1]

            right, left = (moved(step) - out) / step, (out - moved(-step)) / step
            rounding = 4e-16 * max(map(abs, [out, *numbers])) / step
            if not abs(right - left) <= 1e-3 * (abs(right) + abs(left)) + 4 * rounding:
                continue
            compared += 1
            assert grad is not None
            estimate = (right + left) / 2
            assert abs(grad - estimate) <= 1e-6 * abs(grad) + 4 * rounding, (numbers, slot, grad, estimate)
    assert compared >= 10


@pytest.mark.parametrize("way", WAYS)
def test_op_after_op_at_the_edges(way: str) -> None:
    """What an infinite slope, a masked gradient and a NaN do one node further back."""
    for program in recorded("pairs"):
        compare(program, WAYS[way](program), least=1e-12)
