"""The command `seegrad`: reads the words, runs a command of `app/commands/`, says in a line what went wrong."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper

from app import __version__
from app.commands import CommandError

COMMANDS: dict[str, str] = {
    "show": "print every node with its data, grad and partials",
    "check": "compare every grad with central differences; exit code 1 if one differs",
    "export": "write a program for PyTorch, JAX, micrograd, Graphviz, Mermaid, as CSV or JSON",
    "train": "train a small network and print loss and accuracy",
    "links": "list the stored links, delete some",
    "serve": "start the server and print its address",
}
"""Each is a module of `app/commands/`, imported when it is called: `show` needs no server and no NumPy."""

INTERRUPTED, BROKEN_PIPE = 130, 141  # 128 + the signal's number, as shells report it


def parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """What the words may be; of the commands' own options only those of the one that is called."""
    top = argparse.ArgumentParser(
        prog="seegrad", description="See what backpropagation does, one scalar at a time."
    )
    top.add_argument("--version", action="version", version=f"seegrad {__version__}")
    commands = top.add_subparsers(metavar="command", required=True)
    called = next((word for word in words if not word.startswith("-")), None)
    for name, meaning in COMMANDS.items():
        command = commands.add_parser(name, help=meaning, description=f"{meaning}.".capitalize())
        if name == called:
            module = import_module(f"app.commands.{name}")
            module.add_arguments(command)
            command.set_defaults(run=module.run)
    return top


def main(words: Sequence[str] | None = None) -> int:
    """The console script. Returns the exit code: 0, 1 (a check failed, a server that cannot start), 2 (bad input)."""
    words = sys.argv[1:] if words is None else words
    for stream in (sys.stdout, sys.stderr):
        if isinstance(
            stream, TextIOWrapper
        ):  # a terminal without Greek letters gets their escapes, not a traceback
            stream.reconfigure(errors="backslashreplace")
    try:
        arguments = parser(words).parse_args(words)
        code = arguments.run(arguments)
        sys.stdout.flush()
        return code
    except CommandError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read us has read enough; what is still buffered must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE


if __name__ == "__main__":
    sys.exit(main())
