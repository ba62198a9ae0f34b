"""The table read as methods: `engine/methods.py`, what `Value`'s operators are, and how each hands its grad back.

Value and partials of an op stand written out where they are used: calls that every scalar of a graph would pay for.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from engine.ops import OPS, Op
from engine.readings.python import can_raise, floats, is_number, partial_names

HEADER = '''"""Generated from engine/ops.py by `python3 run gen`: change the table, not this file.

For the ops of one or two operands
    method_OP       the method of `engine.value.Value`: the path that every scalar takes, with the value written out.
                    What is not a plain Value or number goes to `Value._general`.
    back_OP         adds a Value's grad times the partials to its operands' grads, the last operand first. A partial is
                    computed then, from the operands' data as they are; `back_OP_0` and `back_OP_1` are for a Value
                    whose other operand is a number, and leave that one out.
"""

# fmt: off
# ruff: noqa

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from engine.kernel import {imports}

next_serial = count().__next__
_new = object.__new__
_FLOAT, _INT = float, int
'''

PLACES = ("_x", "_y")
"""Where a Value keeps its operands."""


def methods_py() -> str:
    """The source of `engine/methods.py`."""
    rows = [op for op in OPS.values() if len(op.operands) <= 2 and not op.variadic]
    functions = [function for op in rows for function in (_method(op), *_backs(op))]
    methods = "".join(f'    "{op.name}": method_{op.name},\n' for op in rows)
    backs = "".join(f'    "{op.name}": {_back_names(op)},\n' for op in rows if not op.decides)
    body = "\n\n".join(
        [
            *functions,
            f'METHODS: dict[str, Callable[..., Any]] = {{\n{methods}}}\n"""By name of the op."""\n\n'
            f"BACKS: dict[str, tuple[Callable[[Any], None], ...]] = {{\n{backs}}}\n"
            '"""By name of the op: for all operands, for the first alone, for the second alone."""\n',
        ]
    )
    kernel = {
        name
        for op in rows
        for name in (f"value_{op.name}", *(f"partial_{op.name}_{slot}" for slot in range(len(op.operands))))
    }
    own = {"_abs", "_floor", "_max", "_min", "_round"}
    names = sorted(name for name in kernel | own if f"{name}(" in body)
    return HEADER.format(imports="(\n    " + ",\n    ".join(names) + ",\n)") + "\n\n" + body


def _method(op: Op) -> str:
    return _unary_method(op) if len(op.operands) == 1 else _binary_method(op)


def _unary_method(op: Op) -> str:
    (name,) = op.operands
    return (
        f"def method_{op.name}(self: Any) -> Any:\n"
        f'    """{_titled(op)}"""\n'
        f"    {name} = self.data\n"
        f"    value = _new(self.__class__)\n"
        f"    value.data = {_call_or_text(op.formula, 'value_' + op.name, op.operands)}\n"
        f"    value._x = self\n"
        f"    value._y = None\n"
        f"    value._back = back_{op.name}\n" + _rest()
    )


def _binary_method(op: Op) -> str:
    x, y = op.operands
    value = _call_or_text(op.formula, "value_" + op.name, op.operands)
    if op.decides:  # no way back: both operands are out of its reach
        kept, kept_number, first = "value._y = (self, other)", f"value._y = (self, {y})", "value._x = None"
        back, back_number = f'value._back = "{op.name}"', f'value._back = "{op.name}"'
    else:
        kept, kept_number, first = "value._y = other", f"value._y = {y}", "value._x = self"
        back, back_number = f"value._back = back_{op.name}", f"value._back = back_{op.name}_0"
    return (
        f"def method_{op.name}(self: Any, other: Any) -> Any:\n"
        f'    """{_titled(op)}"""\n'
        f"    kind = self.__class__\n"
        f"    {x} = self.data\n"
        f"    if other.__class__ is kind:\n"
        f"        {y} = other.data\n"
        f"        value = _new(kind)\n"
        f"        {kept}\n"
        f"        {back}\n"
        f"    elif other.__class__ is _FLOAT or other.__class__ is _INT:\n"
        f"        {y} = _FLOAT(other)\n"
        f"        value = _new(kind)\n"
        f"        {kept_number}\n"
        f"        {back_number}\n"
        f"    else:\n"
        f'        return self._general("{op.name}", other)\n'
        f"    value.data = {value}\n"
        f"    {first}\n" + _rest()
    )


def _titled(op: Op) -> str:
    return f"{op.title[0].upper()}{op.title[1:]}."


def _rest() -> str:
    return (
        "    value.grad = 0.0\n    value.serial = next_serial()\n    value._mark = None\n    return value\n"
    )


def _back_names(op: Op) -> str:
    if len(op.operands) == 1:
        return f"(back_{op.name},)"
    return f"(back_{op.name}, back_{op.name}_0, back_{op.name}_1)"


def _backs(op: Op) -> list[str]:
    if op.decides:
        return []
    slots = range(len(op.operands))
    alone = [_back(op, f"back_{op.name}_{slot}", (slot,)) for slot in slots] if len(slots) > 1 else []
    return [_back(op, f"back_{op.name}", slots), *alone]


def _back(op: Op, name: str, slots: Sequence[int]) -> str:
    """The function that hands back along `slots`; in the other slot there is a number."""
    slopes = {
        slot: _call_or_text(op.partials[slot], f"partial_{op.name}_{slot}", partial_names(op))
        for slot in slots
    }
    read = _names(slopes.values())
    lines = [f"def {name}(value: Any) -> None:"]
    for slot, operand in enumerate(op.operands):
        if slot in slots:
            lines.append(f"    to_{operand} = value.{PLACES[slot]}")
            lines += [f"    {operand} = to_{operand}.data"] if operand in read else []
        elif operand in read:
            lines.append(f"    {operand} = value.{PLACES[slot]}")
    lines += ["    out = value.data"] if "out" in read else []
    lines += ["    grad = value.grad"] if len(slots) > 1 else []
    grad = "grad" if len(slots) > 1 else "value.grad"
    for slot in reversed(slots):
        lines += _hand_over(op, slot, slopes[slot], grad)
    return "\n".join(lines) + "\n"


def _hand_over(op: Op, slot: int, slope: str, grad: str) -> list[str]:
    to = f"to_{op.operands[slot]}"
    if is_number(op.partials[slot]):
        number = float(floats(op.partials[slot]))
        if op.gate and number == 0.0:
            return ["    pass"]
        sign = {1.0: "+=", -1.0: "-="}.get(number)
        return [f"    {to}.grad {sign} {grad}" if sign else f"    {to}.grad += {grad} * {number!r}"]
    if op.gate:  # NaN is true, as it should be
        return [f"    if slope := {slope}:", f"        {to}.grad += {grad} * slope"]
    return [f"    {to}.grad += {grad} * {slope}"]


def _names(texts: Iterable[str]) -> set[str]:
    trees = [ast.parse(text, mode="eval") for text in texts]
    return {node.id for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _call_or_text(text: str, function: str, names: tuple[str, ...]) -> str:
    """A text written out where it cannot raise, by calling its function elsewhere."""
    expression = floats(text)
    if not can_raise(expression) and len(expression) < 60:
        return expression if is_number(text) or expression.isidentifier() else f"({expression})"
    return f"{function}({', '.join(names)})"
