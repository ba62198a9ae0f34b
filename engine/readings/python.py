"""The table read as Python: `engine/kernel.py`, over floats and over NumPy arrays.

Each text of a row is parsed once with `ast`, rewritten node by node, and printed back with `ast.unparse`; the result is
ordinary source that is committed, read and imported. Two dialects share one rewriting:

floats   `where` becomes a conditional expression, so the side not chosen is not evaluated; functions come from `math`.
arrays   `where` becomes `np.where`; functions are NumPy's, under `errstate(all="ignore")` set by whoever calls them.
"""

from __future__ import annotations

import ast

from engine.ops import OPS, Op

_NUMPY_NAMES = {"asin": "arcsin", "acos": "arccos", "atan": "arctan", "atan2": "arctan2", "pow": "power"}
_OWN = {"max", "min", "abs", "floor", "round"}
_CHOICE = frozenset({"where"})
_EXTREME: dict[str, ast.cmpop] = {"max": ast.GtE(), "min": ast.LtE()}
_UFUNC = {ast.Add: "add", ast.Sub: "subtract", ast.Mult: "multiply", ast.Div: "divide"}

HEADER = '''"""Generated from engine/ops.py by `python3 run gen`: change the table, not this file.

For each op of the table
    value_OP(x, …) -> float              the value
    partial_OP_i(x, …, out) -> float     d(out)/d(operand i); a float in place of a function is that very number
    fill_OP(out, x, …) -> None           the values of a whole group of nodes, written into `out` (float64 arrays)
    slope_OP_i(x, …, out) -> array       their partials; a float is that number for every node of the group
Where Python raises (division by zero, overflow, domain), IEEE 754 has an answer: NumPy is asked for it, once, for
that op. NumPy is imported then and not before. Array functions expect `np.errstate(all="ignore")` around them.
"""

# fmt: off
# ruff: noqa

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from math import (
    acos, asin, atan, atan2, copysign, cos, cosh, exp, expm1, hypot, isfinite, log, log1p, log2, log10, pow, sin, sinh,
    sqrt, tan, tanh,
)
from math import floor as _math_floor
from typing import Any

_RAISES = (ZeroDivisionError, OverflowError, ValueError)
_FLOAT = float


class _LazyNumPy:
    """NumPy, imported when an attribute is first asked for."""

    def __getattr__(self, name: str) -> Any:
        import numpy

        globals()["np"] = numpy
        return getattr(numpy, name)


np: Any = _LazyNumPy()


def _ieee_value(fill: Callable[..., None], *numbers: float) -> float:
    """What IEEE 754 answers: the array reading of the same formula, on numbers."""
    out = np.empty(())
    with np.errstate(all="ignore"):
        fill(out, *(np.float64(number) for number in numbers))
    return float(out)


def _ieee_partial(slope: Callable[..., Any], *numbers: float) -> float:
    """The same for a partial."""
    with np.errstate(all="ignore"):
        return float(slope(*(np.float64(number) for number in numbers)))


def _max(x: float, y: float) -> float:
    return x if x >= y or x != x else y


def _min(x: float, y: float) -> float:
    return x if x <= y or x != x else y


def _abs(x: float) -> float:
    return copysign(x, 1.0)


def _floor(x: float) -> float:
    return copysign(float(_math_floor(x)), x) if isfinite(x) else x


def _round(x: float) -> float:
    return copysign(float(round(x)), x) if isfinite(x) else x


def _array_max(x: Any, y: Any) -> Any:
    return np.where((x >= y) | (x != x), x, y)


def _array_min(x: Any, y: Any) -> Any:
    return np.where((x <= y) | (x != x), x, y)
'''


class _Rewrite(ast.NodeTransformer):
    """The part both dialects share: whole numbers become floats."""

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        assert isinstance(node.value, int | float)
        return ast.Constant(float(node.value))

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        self.generic_visit(node)
        if isinstance(node.operand, ast.Constant):
            assert isinstance(node.operand.value, float)
            return ast.Constant(-node.operand.value)
        return node


class _Floats(_Rewrite):
    def visit_Call(self, node: ast.Call) -> ast.expr:
        name = _called(node)
        if isinstance(node.args[0], ast.Starred):
            return _call("reduce", _name(f"_{name}"), node.args[0].value)
        self.generic_visit(node)
        if name in _CHOICE:
            test, chosen, other = node.args
            return ast.IfExp(test, chosen, other)
        if name in _EXTREME and all(isinstance(arg, ast.Name | ast.Constant) for arg in node.args):
            # Written out: relu is one conditional, not a call.
            x, y = node.args
            test: ast.expr = ast.Compare(x, [_EXTREME[name]], [y])
            if isinstance(x, ast.Name):
                test = ast.BoolOp(ast.Or(), [test, ast.Compare(x, [ast.NotEq()], [x])])
            return ast.IfExp(test, x, y)
        return _call(f"_{name}" if name in _OWN else name, *node.args)


class _Arrays(_Rewrite):
    def visit_Call(self, node: ast.Call) -> ast.expr:
        name = _called(node)
        if isinstance(node.args[0], ast.Starred):
            return _call("reduce", _name(f"_array_{name}"), node.args[0].value)
        self.generic_visit(node)
        if name in _EXTREME:
            return _call(f"_array_{name}", *node.args)
        return _call(f"np.{_NUMPY_NAMES.get(name, name)}", *node.args)


def floats(text: str) -> str:
    """A row's text as a Python expression over floats."""
    return _print(_Floats(), text)


def arrays(text: str) -> str:
    """A row's text as a NumPy expression over float64 arrays."""
    return _print(_Arrays(), text)


def filling(text: str) -> str:
    """A row's formula as a statement that writes into the array `out`, without a temporary where it is one ufunc."""
    tree = _Arrays().visit(ast.parse(text, mode="eval").body)
    if isinstance(tree, ast.BinOp):
        return ast.unparse(_into_out(f"np.{_UFUNC[type(tree.op)]}", tree.left, tree.right))
    if isinstance(tree, ast.UnaryOp):
        return ast.unparse(_into_out("np.negative", tree.operand))
    if (
        isinstance(tree, ast.Call)
        and (name := ast.unparse(tree.func)).startswith("np.")
        and name != "np.where"
    ):
        return ast.unparse(_into_out(name, *tree.args))
    return f"out[...] = {ast.unparse(tree)}"


def kernel_py() -> str:
    """The source of `engine/kernel.py`."""
    parts = [HEADER]
    for op in OPS.values():
        parts += [_value(op), *_partials(op), _fill(op), *_slopes(op)]
    parts += [_tables()]
    return "\n\n".join(parts)


def _value(op: Op) -> str:
    signature = "*x: float" if op.variadic else ", ".join(f"{name}: float" for name in op.operands)
    names = "*x" if op.variadic else ", ".join(op.operands)
    body = _guarded(floats(op.formula), f"_ieee_value(fill_{op.name}, {names})")
    return f"def value_{op.name}({signature}) -> float:\n{body}\n"


def _partials(op: Op) -> list[str]:
    names = partial_names(op)
    signature = ", ".join(f"{name}: float" for name in names)
    functions: list[str] = []
    for slot, text in enumerate(op.partials):
        if not is_number(text):
            otherwise = f"_ieee_partial(slope_{op.name}_{slot}, {', '.join(names)})"
            body = _guarded(floats(text), otherwise)
            functions.append(f"def partial_{op.name}_{slot}({signature}) -> float:\n{body}\n")
    return functions


def _fill(op: Op) -> str:
    signature = (
        "out: Any, *x: Any" if op.variadic else ", ".join(f"{name}: Any" for name in ("out", *op.operands))
    )
    return f"def fill_{op.name}({signature}) -> None:\n    {filling(op.formula)}\n"


def _slopes(op: Op) -> list[str]:
    names = partial_names(op)
    signature = ", ".join(f"{name}: Any" for name in names)
    return [
        f"def slope_{op.name}_{slot}({signature}) -> Any:\n    return {arrays(text)}\n"
        for slot, text in enumerate(op.partials)
        if not is_number(text)
    ]


def _tables() -> str:
    def table(name: str, kind: str, entries: list[str], note: str) -> str:
        rows = "".join(f"    {entry},\n" for entry in entries)
        return f'{name}: {kind} = (\n{rows})\n"""{note}"""\n'

    def each(prefix: str, op: Op) -> str:
        entries = [
            floats(text) if is_number(text) else f"{prefix}_{op.name}_{slot}"
            for slot, text in enumerate(op.partials)
        ]
        return f"({', '.join(entries)},)"

    partial_kind = "tuple[tuple[Callable[..., float] | float, ...], ...]"
    slope_kind = "tuple[tuple[Callable[..., Any] | float, ...], ...]"
    rows = OPS.values()
    values = table(
        "VALUE",
        "tuple[Callable[..., float], ...]",
        ["_leaf", *(f"value_{op.name}" for op in rows)],
        "By code: the value of one node.",
    )
    partials = table(
        "PARTIAL",
        partial_kind,
        ["()", *(each("partial", op) for op in rows)],
        "By code and slot: a partial of one node.",
    )
    fills = table(
        "FILL",
        "tuple[Callable[..., None], ...]",
        ["_leaf", *(f"fill_{op.name}" for op in rows)],
        "By code: the values of a group of nodes.",
    )
    slopes = table(
        "SLOPE",
        slope_kind,
        ["()", *(each("slope", op) for op in rows)],
        "By code and slot: the partials of a group of nodes.",
    )
    leaf = 'def _leaf(*_: Any) -> Any:\n    raise TypeError("a leaf is not computed")\n\n'
    return "\n".join([leaf, values, partials, fills, slopes])


def is_number(text: str) -> bool:
    """Whether a partial is one number, the same everywhere."""
    return isinstance(_Rewrite().visit(ast.parse(text, mode="eval").body), ast.Constant)


def partial_names(op: Op) -> tuple[str, ...]:
    """The parameters of a partial's function."""
    return (*op.operands, "out", "ties") if op.variadic else (*op.operands, "out")


def _guarded(expression: str, otherwise: str) -> str:
    """The body of a scalar function; where the expression can raise, with NumPy's answer behind it."""
    if not can_raise(expression):
        return f"    return {expression}"
    return f"    try:\n        return {expression}\n    except _RAISES:\n        return {otherwise}"


def can_raise(expression: str) -> bool:
    """Whether Python's own arithmetic may raise there: a division, or a function of `math`."""
    own = {"_max", "_min", "_abs", "_floor", "_round", "reduce"}
    return any(
        isinstance(node, ast.Div) or (isinstance(node, ast.Call) and _called(node) not in own)
        for node in ast.walk(ast.parse(expression, mode="eval"))
    )


def _print(rewrite: _Rewrite, text: str) -> str:
    return ast.unparse(rewrite.visit(ast.parse(text, mode="eval").body))


def _called(node: ast.Call) -> str:
    assert isinstance(node.func, ast.Name)
    return node.func.id


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _call(name: str, *args: ast.expr) -> ast.Call:
    return ast.Call(_name(name), list(args), [])


def _into_out(name: str, *args: ast.expr) -> ast.Call:
    return ast.Call(_name(name), list(args), [ast.keyword("out", _name("out"))])
