"""`seegrad show`: the nodes of a program as a table."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from app.commands import program
from app.commands.style import BOLD, DIM, styled
from engine.export.table import table_lines
from engine.tape import Tape


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
        sys.stdout.writelines(f"{line}\n" for line in styled_lines(tape))
    return 0


def styled_lines(tape: Tape) -> Iterator[str]:
    """The table's lines; header and output in bold, what does not reach the output dimmed."""
    for node, line in enumerate(table_lines(tape), start=-1):
        style = BOLD if node in (-1, tape.output) else "" if tape.reaches[node] else DIM
        yield styled(line, style) if style else line
