"""The command `seegrad`: reads the words, runs a command of `app/commands/`, says in a line what went wrong."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from app import __version__
from app.commands import check, export, serve, show
from app.commands.program import CommandError

COMMANDS: dict[str, ModuleType] = {"show": show, "check": check, "export": export, "serve": serve}
"""Each has MEANING, `add_arguments(parser)` and `run(arguments) -> exit code`."""

INTERRUPTED, BROKEN_PIPE = 130, 141  # 128 + the signal's number, as shells report it


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="seegrad", description="See what backpropagation does, one scalar at a time."
    )
    top.add_argument("--version", action="version", version=f"seegrad {__version__}")
    commands = top.add_subparsers(metavar="command", required=True)
    for name, command in COMMANDS.items():
        sub = commands.add_parser(name, help=command.MEANING, description=f"{command.MEANING}.".capitalize())
        command.add_arguments(sub)
        sub.set_defaults(run=command.run)
    return top


def main(words: Sequence[str] | None = None) -> int:
    """The console script. Returns the exit code: 0, 1 (a check failed, a server that cannot start), 2 (bad input)."""
    try:
        arguments = parser().parse_args(words)
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
