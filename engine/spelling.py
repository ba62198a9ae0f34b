"""What a node is called, and how an operation on it is written: in a line of text, in code, in numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.numbers import MINUS, code_number, factor_number, short_number
from engine.ops import OPS
from engine.tape import Tape

_LONGEST_FORMULA = 24
_LONGEST_NAME = 12
_DEEPEST = 3
# Signs of a one-line formula that are set otherwise than the operator's symbol.
_SIGNS = {"*": "·", "/": " / ", "**": "^"}


def name_of(tape: Tape, node: int) -> str:
    """A node's name; a constant's number; a short formula; v and its id."""
    name, operands = tape.names[node], tape.operands[node]
    if name is not None:
        return name
    if not operands:
        return short_number(tape.data[node])
    formula = _formula(tape, node, _DEEPEST)
    return formula if formula is not None and len(formula) <= _LONGEST_NAME else f"v{node}"


def in_code(tape: Tape, node: int) -> str:
    """A node's name where code stands: a formula in brackets, in signs of the language."""
    name = tape.names[node]
    if name is not None:
        return name
    if not tape.operands[node]:
        return code_number(tape.data[node])
    formula = _formula(tape, node, _DEEPEST)
    if formula is None or len(formula) > _LONGEST_FORMULA:
        return f"v{node}"
    for sign, spelled in (("^", "**"), ("·", "*"), (" / ", "/"), (MINUS, "-")):
        formula = formula.replace(sign, spelled)
    return f"({formula})"


def in_numbers(op: str, numbers: Sequence[float]) -> str:
    """`2 × (−3)`, `tanh(0.8814)`."""
    last = len(numbers) - 1
    bracketed = OPS[op].infix is not None
    parts = [
        factor_number(x) if bracketed and at == last else short_number(x) for at, x in enumerate(numbers)
    ]
    return written(op, parts)


def written(op: str, parts: Sequence[str], code: bool = False) -> str:
    """An op applied to written operands: in a line of text, or as code."""
    row = OPS[op]
    if row.infix is None:
        return f"{row.name}({', '.join(parts)})"
    if len(parts) == 1:
        return ("-" if code else row.symbol) + parts[0]
    return f" {row.infix if code or len(row.symbol) > 1 else row.symbol} ".join(parts)


def _formula(tape: Tape, node: int, depth: int) -> str | None:
    """A node in one line, its unnamed operands written out: `(a·b) + c`. None when it grows too long or too deep."""
    operands, op = tape.operands[node], OPS.get(tape.ops[node])
    if op is None:
        return tape.names[node] or short_number(tape.data[node])
    if depth == 0:
        return None
    parts: list[str] = []
    for operand in operands:
        name = tape.names[operand]
        part = name or _formula(tape, operand, depth - 1)
        if part is None or len(part) > _LONGEST_FORMULA:
            return None
        loose = op.infix is not None and name is None and re.search(r"[ ·^]|^−", part)
        parts.append(f"({part})" if loose else part)
    if op.infix is None:
        return f"{op.name}({', '.join(parts)})"
    if len(parts) == 1:
        return op.symbol + parts[0]
    return _SIGNS.get(op.infix, f" {op.symbol} ").join(parts)
