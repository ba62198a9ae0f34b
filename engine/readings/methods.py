"""The table read as methods: `engine/methods.py`, what `Value`'s operators are.

Value and partials of an op stand written out in one function: three calls less for every scalar of a graph.
"""

from __future__ import annotations

from engine.ops import OPS, Op
from engine.readings.python import can_raise, floats, is_number, partial_names

HEADER = '''"""Generated from engine/ops.py by `python3 run gen`: change the table, not this file.

The methods of `engine.value.Value` for ops of one or two operands: the path that every scalar takes, with value and
partials written out. What is not a plain Value or number goes to `Value._general`.
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


def methods_py() -> str:
    """The source of `engine/methods.py`."""
    rows = [op for op in OPS.values() if len(op.operands) <= 2 and not op.variadic]
    methods = [_unary_method(op) if len(op.operands) == 1 else _binary_method(op) for op in rows]
    table = "".join(f'    "{op.name}": method_{op.name},\n' for op in rows)
    body = "\n\n".join(
        [*methods, f'METHODS: dict[str, Callable[..., Any]] = {{\n{table}}}\n"""By name of the op."""\n']
    )
    called = {
        name
        for op in rows
        for name in (f"value_{op.name}", *(f"partial_{op.name}_{slot}" for slot in range(len(op.operands))))
        if f"{name}(" in body
    }
    own = {name for name in ("_abs", "_floor", "_max", "_min", "_round") if f"{name}(" in body}
    names = sorted(own) + sorted(called)
    return HEADER.format(imports="(\n    " + ",\n    ".join(names) + ",\n)") + "\n\n" + body


def _unary_method(op: Op) -> str:
    (name,) = op.operands
    return (
        f"def method_{op.name}(self: Any) -> Any:\n"
        f'    """{_titled(op)}"""\n'
        f"    {name} = self.data\n"
        f"    value = _new(self.__class__)\n"
        f"    value.data = out = {_call_or_text(op, op.formula, 'value_' + op.name, op.operands)}\n"
        f"    value._x = self\n"
        f"    value._y = 0.0\n"
        f"    value._p = {_kept_partial(op, 0)}\n"
        f"    value._q = None\n" + _rest(op)
    )


def _binary_method(op: Op) -> str:
    x, y = op.operands
    return (
        f"def method_{op.name}(self: Any, other: Any) -> Any:\n"
        f'    """{_titled(op)}"""\n'
        f"    kind = self.__class__\n"
        f"    {x} = self.data\n"
        f"    if other.__class__ is kind:\n"
        f"        {y} = other.data\n"
        f"        value = _new(kind)\n"
        f"        value.data = out = {_call_or_text(op, op.formula, 'value_' + op.name, op.operands)}\n"
        f"        value._y = other\n"
        f"        value._q = {_kept_partial(op, 1)}\n"
        f"    elif other.__class__ is _FLOAT or other.__class__ is _INT:\n"
        f"        {y} = _FLOAT(other)\n"
        f"        value = _new(kind)\n"
        f"        value.data = out = {_call_or_text(op, op.formula, 'value_' + op.name, op.operands)}\n"
        f"        value._y = {y}\n"
        f"        value._q = None\n"
        f"    else:\n"
        f'        return self._general("{op.name}", other)\n'
        f"    value._x = self\n"
        f"    value._p = {_kept_partial(op, 0)}\n" + _rest(op)
    )


def _titled(op: Op) -> str:
    return f"{op.title[0].upper()}{op.title[1:]}."


def _rest(op: Op) -> str:
    return (
        f'    value.op = "{op.name}"\n'
        "    value.grad = 0.0\n"
        "    value.serial = next_serial()\n"
        "    value._mark = None\n"
        "    return value\n"
    )


def _kept_partial(op: Op, slot: int) -> str:
    """The partial a Value keeps: None where it is 0 because a gate is closed."""
    text = op.partials[slot]
    if is_number(text):
        return "None" if op.gate and float(floats(text)) == 0.0 else floats(text)
    names = partial_names(op)
    call = _call_or_text(op, text, f"partial_{op.name}_{slot}", names)
    return f"{call} or None" if op.gate else call  # NaN is true, as it should be


def _call_or_text(op: Op, text: str, function: str, names: tuple[str, ...]) -> str:
    """A text written out where it cannot raise, by calling its function elsewhere."""
    expression = floats(text)
    if not can_raise(expression) and len(expression) < 60:
        return f"({expression})" if " if " in expression else expression
    return f"{function}({', '.join(names)})"
