"""A tape as a table of text: one line per node, columns aligned."""

from __future__ import annotations

from collections.abc import Sequence

from engine.export.labels import short
from engine.export.source import Piece, constant, expression, identifiers
from engine.ops import LEAF, OPS
from engine.replay import backward
from engine.tape import Tape

HEADER = ("id", "name", "formula", "data", "grad", "partials")
NUMERIC = {0, 3, 4}


def table_lines(tape: Tape) -> list[str]:
    """The header, then the nodes in id order: line `id + 1` is a node's."""
    grads, partials = backward(tape, tape.data)
    names = identifiers(tape)
    rows: list[tuple[str, ...]] = [HEADER]
    for node, op in enumerate(tape.ops):
        operands = tape.operands[node]
        rows.append(
            (
                str(node),
                names[node] if tape.roles[node] != "constant" else "",
                formula(tape, names, node) if op != LEAF else tape.roles[node],
                short(tape.data[node]),
                "" if (grad := grads[node]) is None else short(grad),
                "  ".join(
                    f"{names[operand]} {short(partial)}"
                    for operand, partial in zip(operands, partials[node], strict=True)
                    if partial is not None
                ),
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADER))]
    return [_aligned(row, widths) for row in rows]


def formula(tape: Tape, names: Sequence[str], node: int) -> str:
    """One operation over its operands' names: `a * b`, `tanh(n)`."""
    op = OPS[tape.ops[node]]
    template = "-{0}" if op.infix == "-x" else f"{{0}} {op.infix} {{1}}" if op.infix else f"{op.name}({{*}})"
    operands = [
        constant(tape.data[operand]) if tape.roles[operand] == "constant" else Piece(names[operand])
        for operand in tape.operands[node]
    ]
    return expression(template, operands, lambda number: constant(number).text).text


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [
        cell.rjust(width) if column in NUMERIC else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()
