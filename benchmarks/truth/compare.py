"""One program run by the engine and by PyTorch, node by node."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from benchmarks.truth.programs import Program
from benchmarks.truth.spelled import Function
from engine.ops import LEAF
from engine.replay import backward, forward
from engine.tape import Tape
from engine.value import Value, apply

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

Numbers = tuple[list[float], list[float | None]]
"""Values, and gradients of the last node: 0 where no path leads, None where none is kept (constants)."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One number of a program that PyTorch computes otherwise."""

    program: Program
    node: int
    kind: str
    ours: float
    theirs: float

    @property
    def op(self) -> str:
        at = self.node - len(self.program.leaves)
        return self.program.nodes[at][0] if at >= 0 else "leaf"


def by_values(program: Program) -> Numbers:
    """With `Value` and its backward, as micrograd's users write it."""
    leaves = zip(program.leaves, program.fixed, strict=True)
    values = [Value(number, role="constant" if fixed else "parameter") for number, fixed in leaves]
    for op, operands in program.nodes:
        values.append(apply(op, *(values[at] for at in operands)))
    values[-1].backward()
    return [value.data for value in values], [value.grad for value in values]


def by_tape(program: Program) -> Numbers:
    """With the tape's plain loop: every value computed again, every gradient."""
    tape = tape_of(program)
    data = list(tape.data)
    forward(tape, data)
    return data, backward(tape, data)[0]


def tape_of(program: Program) -> Tape:
    """The tape with the program's own node numbers; computed values are still to come."""
    count, size = len(program.leaves), program.size
    roles = ["constant" if fixed else "parameter" for fixed in program.fixed]
    return Tape(
        ops=[LEAF] * count + [op for op, _ in program.nodes],
        operands=[()] * count + [operands for _, operands in program.nodes],
        data=program.leaves + [0.0] * len(program.nodes),
        roles=[*roles, *["intermediate"] * (len(program.nodes) - 1), "output"],
        names=[None] * size,
        groups=[None] * size,
        spans=[None] * size,
        output=size - 1,
    )


def by_torch(program: Program, functions: Mapping[str, Function]) -> Numbers:
    """With PyTorch, eager, float64; constants are Python floats where PyTorch takes them."""
    tensors: list[Tensor | float] = [
        number if fixed else torch.tensor(number, requires_grad=True)
        for number, fixed in zip(program.leaves, program.fixed, strict=True)
    ]
    for op, operands in program.nodes:
        out = functions[op](*(tensors[at] for at in operands))
        if out.requires_grad:
            out.retain_grad()
        tensors.append(out)
    output = tensors[-1]
    assert isinstance(output, Tensor)
    if output.requires_grad:
        output.backward()
    values: list[float] = []
    grads: list[float | None] = []
    for tensor in tensors:
        values.append(tensor.item() if isinstance(tensor, Tensor) else tensor)
        if isinstance(tensor, Tensor) and tensor.requires_grad:
            grads.append(0.0 if tensor.grad is None else tensor.grad.item())
        else:
            grads.append(
                None
            )  # a constant, or what hangs on steps and constants alone: PyTorch keeps no gradient
    return values, grads


def same(ours: float, theirs: float, rel: float, least: float = 0.0) -> bool:
    """Equal, both NaN, or within `rel`; numbers below `least` count as equal."""
    if ours == theirs or (math.isnan(ours) and math.isnan(theirs)):
        return True
    return abs(ours - theirs) <= max(rel * abs(theirs), least)


def differences(
    program: Program, ours: Numbers, theirs: Numbers, rel: float, least: float = 0.0
) -> Iterator[Difference]:
    """Where the two disagree; a gradient that one side does not keep is not compared."""
    for node in range(program.size):
        if not same(ours[0][node], theirs[0][node], rel, least):
            yield Difference(program, node, "value", ours[0][node], theirs[0][node])
        a, b = ours[1][node], theirs[1][node]
        if a is not None and b is not None and not same(a, b, rel, least):
            yield Difference(program, node, "grad", a, b)


def worst(ours: Numbers, theirs: Numbers) -> float:
    """The largest relative difference between finite numbers."""
    found = 0.0
    for side in (0, 1):
        for a, b in zip(ours[side], theirs[side], strict=True):
            if a is not None and b is not None and a != b and math.isfinite(a) and math.isfinite(b):
                found = max(found, abs(a - b) / max(abs(b), 1e-300))
    return found
