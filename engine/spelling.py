"""What a node is called, and how an operation on it is written: in a line of text, in code, in numbers."""

from __future__ import annotations

from collections.abc import Sequence

from engine.numbers import MINUS, code_number, factor_number, short_number
from engine.ops import OPS
from engine.tape import Tape, coded

_LONGEST_FORMULA = 24
_LONGEST_NAME = 12
_DEEPEST = 6
# How tightly a sign of the language binds, and how it is set in a one-line formula.
_INFIX = {
    "+": (2, " + "),
    "-": (2, f" {MINUS} "),
    "*": (3, "·"),
    "/": (3, " / "),
    "-x": (4, ""),
    "**": (5, "^"),
}
_CALL, _COMPARISON, _ATOM = 0, 1, 9


def name_of(tape: Tape, node: int) -> str:
    """A node's call; a constant's number; a short formula; v and its id."""
    name, operands = tape.calls[node], tape.operands[node]
    if name is not None:
        return name
    if not operands:
        return short_number(tape.data[node])
    formula = _short_formula(tape, node)
    return formula if formula is not None and len(formula) <= _LONGEST_NAME else f"v{node}"


def in_code(tape: Tape, node: int) -> str:
    """What a node is called where code stands: a formula in brackets, in signs of the language."""
    name = tape.calls[node]
    if name is not None:
        return coded(name)
    if not tape.operands[node]:
        return code_number(tape.data[node])
    formula = _short_formula(tape, node)
    if formula is None:
        return f"v{node}"
    for sign, spelled in (("^", "**"), ("·", "*"), (" / ", "/"), (MINUS, "-")):
        formula = formula.replace(sign, spelled)
    return f"({coded(formula)})"


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


def _short_formula(tape: Tape, node: int) -> str | None:
    formula = _formula(tape, node, _DEEPEST)
    return formula[0] if formula is not None and len(formula[0]) <= _LONGEST_FORMULA else None


def _formula(tape: Tape, node: int, depth: int) -> tuple[str, int] | None:
    """A node in one line, its unnamed operands written out, as `a·b + c`, and how tightly that line binds.

    None when it grows too long or too deep. The browser's `shortFormula` (static/src/labels.js) says the same.
    """
    operands, op = tape.operands[node], OPS.get(tape.ops[node])
    if op is None:
        return tape.calls[node] or short_number(tape.data[node]), _ATOM
    if depth == 0:
        return None
    binds, sign = (_CALL, "") if op.infix is None else _INFIX.get(op.infix, (_COMPARISON, f" {op.symbol} "))
    parts: list[str] = []
    for slot, operand in enumerate(operands):
        name = tape.calls[operand]
        part = (name, _ATOM) if name is not None else _formula(tape, operand, depth - 1)
        if part is None or len(part[0]) > _LONGEST_FORMULA:
            return None
        text, tight = part
        loose = tight < binds or (tight == binds and slot > 0) or (slot > 0 and text.startswith(MINUS))
        parts.append(f"({text})" if op.infix is not None and loose else text)
    if op.infix is None:
        return f"{op.name}({', '.join(parts)})", _ATOM
    return (op.symbol + parts[0] if len(parts) == 1 else sign.join(parts)), binds
