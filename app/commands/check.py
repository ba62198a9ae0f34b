"""`seegrad check`: every gradient of a program against central differences."""

from __future__ import annotations

import argparse
from collections import Counter

from app.commands import program
from app.commands.style import GREEN, RED, styled
from engine.export.labels import short
from engine.export.source import identifiers
from engine.gradcheck import Check, gradcheck


def add_arguments(parser: argparse.ArgumentParser) -> None:
    program.add_arguments(parser)
    parser.add_argument(
        "--tolerance",
        type=_positive,
        default=1e-6,
        metavar="T",
        help="relative error allowed (default: 1e-6)",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object with every node's check")


def run(arguments: argparse.Namespace) -> int:
    tape = program.tape_of(arguments)
    checks = gradcheck(tape, tolerance=arguments.tolerance)
    names = identifiers(tape)
    differing = [check for check in checks if check.verdict == "differs"]
    if arguments.json:
        from app.answers import check_answer

        print(check_answer(tape, checks, arguments.tolerance).decode())
        return 1 if differing else 0
    count = Counter(check.verdict for check in checks)
    for check in checks:
        if check.verdict != "agrees":
            print(styled(_line(check, names[check.node]), RED if check.verdict == "differs" else ""))
    agreeing = [check for check in checks if check.verdict == "agrees"]
    if agreeing:
        worst = max(agreeing, key=lambda check: check.error / max(1.0, abs(check.grad)))
        print(f"worst that agrees: {_line(worst, names[worst.node])}")
    parts = [f"{count[verdict]} {word}" for verdict, word in _WORDS.items() if count[verdict]]
    print(
        styled(f"{len(checks)} grads: {', '.join(parts) or 'nothing to check'}", RED if differing else GREEN)
    )
    return 1 if differing else 0


_WORDS = {"agrees": "agree", "differs": "differ", "kink": "at a kink", "undefined": "undefined"}


def _line(check: Check, name: str) -> str:
    """What the check of one node found."""
    words = f"{name} (id {check.node}): grad {short(check.grad)}"
    if check.verdict == "undefined":
        return f"{words}, no finite difference here"
    kink = ", a kink: no single slope is right here" if check.verdict == "kink" else ""
    return f"{words}, central difference {short(check.estimate)}, error {check.error:.1e}{kink}"


def _positive(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is no number above 0")
    return number
