"""A program on its way in: from a file, the command line or standard input; and its errors on their way out."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from app.commands import CommandError
from engine.limits import Limits
from engine.program import ProgramError, read_program
from engine.tape import Tape

# One's own machine: far beyond what the server allows; depth is still bounded, because Python's parser needs it.
LIMITS = Limits(
    program_characters=2_000_000,
    program_nodes=2_000_000,
    network_nodes=2_000_000,
    program_steps=20_000_000,
    parameters=500_000,
)
# Code points of a source line shown around an error
_WINDOW = 100


@dataclass(frozen=True, slots=True)
class Program:
    """A text and what to call it in messages: a file's name, `<expression>` or `<stdin>`."""

    name: str
    text: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    source = parser.add_mutually_exclusive_group()
    source.add_argument("program", nargs="?", metavar="PROGRAM", help="a file, or - for standard input")
    source.add_argument("-e", "--expression", metavar="TEXT", help="the program itself: -e 'a = 2; a*a'")
    parser.add_argument(
        "--value",
        action="append",
        default=[],
        type=_value,
        metavar="NAME=NUMBER",
        help="give a leaf this value; may be repeated",
    )


def tape_of(arguments: argparse.Namespace) -> Tape:
    """The tape of the program the arguments name. Raises CommandError with the place of what is wrong."""
    program = read(arguments.program, arguments.expression)
    try:
        return read_program(program.text, dict(arguments.value), LIMITS)
    except ProgramError as error:
        raise CommandError(located(program, error)) from None


def read(path: str | None, expression: str | None) -> Program:
    """The program's text. Raises CommandError when there is none."""
    if expression is not None:
        return Program("<expression>", expression)
    if path is None and sys.stdin.isatty():
        raise CommandError("Which program? Name a file, or give it with -e 'a = 2; b = a*a'.")
    try:
        if path is None or path == "-":
            return Program("<stdin>", _decoded(sys.stdin.buffer.read()))
        return Program(path, _decoded(Path(path).read_bytes()))
    except FileNotFoundError:
        path = str(path)
        hint = f" To read it as a program: -e {path!r}" if any(letter in path for letter in "=+*/ (") else ""
        raise CommandError(f"There is no file {_printable(path[:80])}.{hint}") from None
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "it is not UTF-8 text"
        raise CommandError(f"Cannot read {_printable(str(path)[:80])}: {reason}.") from None


def located(program: Program, error: ProgramError) -> str:
    """`file:line:column: message`, the line, carets under what is meant, and the hint."""
    hint = f"\n{error.hint}" if error.hint else ""
    if error.line is None or error.column is None:  # it lies in the values given, not in the text
        return f"{program.name}: {error.message}{hint}"
    lines = program.text.split("\n")
    line = lines[error.line - 1] if error.line <= len(lines) else ""
    start = max(0, error.column - 1 - _WINDOW // 2)
    shown = _printable(line[start : start + _WINDOW])
    at = error.column - 1 - start
    indent = "".join("\t" if letter == "\t" else " " for letter in shown[:at])
    carets = "^" * max(1, min(error.length or 1, len(shown) - at))
    place = f"{program.name}:{error.line}:{error.column}"
    below = f"\n  {shown}\n  {indent}{carets}" if shown.strip() else ""
    return f"{place}: {error.message}{below}{hint}"


def _value(text: str) -> tuple[str, float]:
    name, equals, number = text.partition("=")
    try:
        if not equals or not name.strip():
            raise ValueError
        return name.strip(), float(number)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is not NAME=NUMBER") from None


def _decoded(text: bytes) -> str:
    """UTF-8, with or without a byte order mark, any line ends."""
    return text.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() or letter == "\t" else "\ufffd" for letter in text)
