"""Ops written by other ops: the column iterated; value and gradient agree with the op's own."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import pytest

from engine.ops import LEAF, OPS, Op
from engine.readings.apart import Step, apart_steps
from engine.value import Value, apply

APART = [op for op in OPS.values() if op.apart]
each_apart = pytest.mark.parametrize("op", APART, ids=lambda op: op.name)


def run(op: Op, operands: list[Value]) -> Value:
    """The program of `op.apart` over these operands."""
    known: list[Value | float] = [*operands]
    for name, references, number in apart_steps(op):
        if number is not None:
            assert name == LEAF
            known.append(number)
        else:
            known.append(apply(name, *(known[k] for k in references)))
    last = known[-1]
    return last if isinstance(last, Value) else Value(last)


def both_ways(op: Op, numbers: list[float]) -> tuple[list[float], list[float]]:
    """Value and operand gradients: as one op, and taken apart."""
    answers = []
    for way in ("whole", "apart"):
        operands = [Value(number) for number in numbers]
        out = apply(op.name, *operands) if way == "whole" else run(op, operands)
        out.backward()
        answers.append([out.data, *(operand.grad for operand in operands)])
    return answers[0], answers[1]


@each_apart
def test_value_and_gradients_agree(op: Op) -> None:
    draw = random.Random(op.name)
    compared = 0
    for _ in range(400):
        numbers = [draw.uniform(-3.0, 3.0) for _ in op.operands]
        whole, apart = both_ways(op, numbers)
        if not all(map(math.isfinite, whole)):
            continue
        compared += 1
        assert apart == pytest.approx(whole, rel=1e-11, abs=1e-13), numbers
    assert compared >= 100


@each_apart
def test_an_op_is_not_written_by_itself(op: Op) -> None:
    used = {name for name, _, number in apart_steps(op) if number is None}
    seen: set[str] = set()
    while used - seen:
        name = (used - seen).pop()
        seen.add(name)
        used |= {other for other, _, number in apart_steps(OPS[name]) if number is None}
    assert op.name not in seen


@each_apart
def test_every_step_is_used(op: Op) -> None:
    steps: tuple[Step, ...] = apart_steps(op)
    used = {k for _, references, _ in steps for k in references}
    width = len(op.operands)
    assert used >= set(range(width + len(steps) - 1))
    assert all(k < width + at for at, (_, references, _) in enumerate(steps) for k in references)


def test_equal_parts_are_one_step() -> None:
    names = [name for name, _, _ in apart_steps(OPS["tanh"])]
    assert names.count("exp") == 1
    assert names.count(LEAF) == 3


def test_what_the_note_in_the_table_promises_to_differ_differs() -> None:
    """Overflow on the way, and the share of a tie at a kink."""
    whole, apart = both_ways(OPS["tanh"], [400.0])
    assert whole == [1.0, 0.0]
    assert math.isnan(apart[0])
    assert math.isnan(apart[1])
    assert both_ways(OPS["relu"], [0.0]) == ([0.0, 0.0], [0.0, 0.5])


def test_ops_without_others_have_no_steps() -> None:
    assert apart_steps(OPS["mul"]) == ()
    assert apart_steps(OPS["exp"]) == ()


def test_only_rows_may_write_a_row() -> None:
    with pytest.raises(ValueError, match="not written by rows"):
        apart_steps(replace(OPS["tanh"], apart="open(x)"))
