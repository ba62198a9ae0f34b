"""`seegrad show`: the nodes of a program as a table."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from app.commands import program
from app.commands.style import BOLD, DIM, styled
from engine.export.labels import short
from engine.export.source import Piece, constant, expression, identifiers
from engine.ops import LEAF, OPS
from engine.replay import backward
from engine.tape import Tape

HEADER = ("id", "name", "formula", "data", "grad", "partials")
NUMERIC = {0, 3, 4}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    program.add_arguments(parser)
    parser.add_argument(
        "--json", action="store_true", help="the graph as the API answers it, numbers in full"
    )


def run(arguments: argparse.Namespace) -> int:
    tape = program.tape_of(arguments)
    if arguments.json:
        from app.answers import graph_answer

        print(graph_answer(tape, columns=False).decode())
    else:
        sys.stdout.writelines(f"{line}\n" for line in table(tape))
    return 0


def table(tape: Tape) -> list[str]:
    """The table's lines, columns aligned; the output in bold, what does not reach it dimmed."""
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
    lines = []
    for at, row in enumerate(rows, start=-1):
        line = _aligned(row, widths)
        style = BOLD if at in (-1, tape.output) else "" if tape.reaches[at] else DIM
        lines.append(styled(line, style) if style else line)
    return lines


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
