"""Forward and backward over a tape.

One meaning, two ways to run it: the plain loop of this file, node by node over lists, and for large and wide tapes the
plan of `engine/plan.py`, level by level over arrays. Sums of contributions follow the trace: nodes by falling id, each
node's slots from the last to the first.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.kernel import PARTIAL, VALUE
from engine.ops import CODE, OPS
from engine.tape import CONSTANT, Tape

Partials = tuple[float | None, ...]


def forward(tape: Tape, data: list[float], nodes: Sequence[int] | None = None) -> None:
    """Recomputes every computed entry of `data` in place; with `nodes` (ascending ids) only those."""
    ops, all_operands = tape.ops, tape.operands
    for node in range(len(ops)) if nodes is None else nodes:
        operands = all_operands[node]
        if operands:
            data[node] = VALUE[CODE[ops[node]]](*[data[operand] for operand in operands])


def backward(tape: Tape, data: Sequence[float]) -> tuple[list[float | None], list[Partials]]:
    """Grads and partials of every node, for the values in `data`.

    `grads[i]` is d(output)/d(node i): None for a constant, 0.0 without a path to the output. `partials[i][s]` is
    d(node i)/d(operand s), None towards a constant; a constant's partial is never computed.
    """
    size = len(tape.ops)
    roles, reaches = tape.roles, tape.reaches
    partials: list[Partials] = [()] * size
    # -0.0 is what a sum starts from: adding to it keeps the sign of a first contribution of -0.0, as PyTorch does.
    grads: list[float | None] = [None if role == CONSTANT else -0.0 for role in roles]
    grads[tape.output] = 1.0 if roles[tape.output] != CONSTANT else None
    for node in range(size - 1, -1, -1):
        operands = tape.operands[node]
        if not operands:
            if not reaches[node] and grads[node] is not None:
                grads[node] = 0.0
            continue
        row = partials[node] = node_partials(tape, data, node)
        if not reaches[node]:
            grads[node] = 0.0
            continue
        grad = grads[node]
        gate = OPS[tape.ops[node]].gate
        for operand, partial in zip(reversed(operands), reversed(row), strict=True):
            if partial is not None:
                grads[operand] += 0.0 if gate and partial == 0.0 else grad * partial  # type: ignore[operator]
    return grads, partials


def node_partials(tape: Tape, data: Sequence[float], node: int) -> Partials:
    """The partials of one node, slot by slot; None towards a constant."""
    operands, op = tape.operands[node], OPS[tape.ops[node]]
    numbers = [data[operand] for operand in operands]
    out = data[node]
    slopes = PARTIAL[CODE[op.name]]
    if op.variadic:
        slope, ties = slopes[0], sum(number == out for number in numbers)
        assert callable(slope)
        return tuple(
            None if tape.roles[operand] == CONSTANT else slope(number, out, ties)
            for operand, number in zip(operands, numbers, strict=True)
        )
    return tuple(
        None if tape.roles[operand] == CONSTANT else slope(*numbers, out) if callable(slope) else slope
        for operand, slope in zip(operands, slopes, strict=True)
    )


def contribution(op: str, grad: float, partial: float) -> float:
    """What an operand edge adds to its operand's grad: grad × partial, and 0 through a closed gate."""
    return 0.0 if partial == 0.0 and OPS[op].gate else grad * partial
