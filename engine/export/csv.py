"""CSV (RFC 4180): one row per node, numbers in full, names that a spreadsheet does not take for formulas."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from engine.replay import backward

if TYPE_CHECKING:
    from engine.tape import Tape

COLUMNS = ("id", "name", "op", "role", "operands", "partials", "data", "grad", "group")


def csv_source(tape: Tape) -> str:
    """The table of nodes. `operands` and `partials` are JSON lists in one cell; a constant has no grad.

    A name or group that begins with `= + - @` or a tab is written with an apostrophe before it.
    """
    grads, partials = backward(tape, tape.data)
    rows = [",".join(COLUMNS)]
    for node, op in enumerate(tape.ops):
        grad = grads[node]
        cells = (
            str(node),
            harmless(tape.names[node] or ""),
            op,
            tape.roles[node],
            _list(str(operand) for operand in tape.operands[node]),
            _list("null" if partial is None else number(partial, '"') for partial in partials[node]),
            number(tape.data[node]),
            "" if grad is None else number(grad),
            harmless(tape.groups[node] or ""),
        )
        rows.append(",".join(_cell(text) for text in cells))
    return "\r\n".join([*rows, ""])


def number(value: float, quote: str = "") -> str:
    """Shortest digits that give the same float64; the contract's words for the numbers JSON cannot write."""
    if math.isfinite(value):
        return repr(value)
    word = "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return f"{quote}{word}{quote}"


def harmless(text: str) -> str:
    """Text that no spreadsheet evaluates."""
    return f"'{text}" if text.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text


def _list(items: Iterable[str]) -> str:
    return f"[{', '.join(items)}]"


def _cell(text: str) -> str:
    if any(letter in text for letter in ',"\r\n'):
        doubled = text.replace('"', '""')
        return f'"{doubled}"'
    return text
