"""`seegrad export`: a program as source for other tools."""

from __future__ import annotations

import argparse
import sys

from app.commands import program
from engine.export import EXPORTS, export

FORMATS = (*EXPORTS, "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    program.add_arguments(parser)
    parser.add_argument("--to", required=True, choices=FORMATS, help="the format")


def run(arguments: argparse.Namespace) -> int:
    tape = program.tape_of(arguments)
    if arguments.to == "json":
        from app.answers import graph_answer

        print(graph_answer(tape, columns=False).decode())
    else:
        sys.stdout.write(export(tape, arguments.to))
    return 0
