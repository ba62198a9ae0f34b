"""An op taken apart: the table's `apart` text as a short program of other ops.

A program is a tuple of steps, the last of which is the op's value. A step is ``(op, references, number)``: reference
k below the row's number of operands is operand k, else step k minus that number. A literal is a step of its own, the
op `LEAF` with its number; every other step has None. Equal parts of the text are one step, so that `exp(2 * x)` written
twice is computed once and used twice; a literal is a constant of its own at each place, as in a program.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache

from engine.ops import LEAF, OPS, Op

Step = tuple[str, tuple[int, ...], float | None]

_SIGNS: Mapping[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
    ast.USub: "-x",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_BY_SIGN: Mapping[str, str] = {op.infix: op.name for op in OPS.values() if op.infix}


@cache
def apart_steps(op: Op) -> tuple[Step, ...]:
    """The program of `op.apart`; empty where the op is not written by others.

    Raises ValueError for text beyond the grammar, or a function that is not a row.
    """
    if not op.apart:
        return ()
    reader = _Reader(op)
    reader.read(ast.parse(op.apart, mode="eval").body)
    return tuple(reader.steps)


class _Reader:
    def __init__(self, op: Op) -> None:
        self.operands = op.operands
        self.steps: list[Step] = []
        self._known: dict[str, int] = {}

    def read(self, node: ast.expr) -> int:
        """The reference of an expression's value."""
        match node:
            case ast.Name(id=name) if name in self.operands:
                return self.operands.index(name)
            case ast.Constant(value=int() | float() as number):
                return self._step(LEAF, (), float(number))
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
                return self._step(LEAF, (), -float(number))
        text = ast.dump(node)
        if text not in self._known:
            name, parts = self._call(node)
            self._known[text] = self._step(name, tuple(self.read(part) for part in parts), None)
        return self._known[text]

    @staticmethod
    def _call(node: ast.expr) -> tuple[str, list[ast.expr]]:
        match node:
            case ast.BinOp(left=left, op=sign, right=right):
                return _BY_SIGN[_SIGNS[type(sign)]], [left, right]
            case ast.UnaryOp(op=ast.USub() as sign, operand=operand):
                return _BY_SIGN[_SIGNS[type(sign)]], [operand]
            case ast.Compare(left=left, ops=[sign], comparators=[right]):
                return _BY_SIGN[_SIGNS[type(sign)]], [left, right]
            case ast.Call(func=ast.Name(id=name), args=parts) if name in OPS:
                return name, parts
        raise ValueError(f"not written by rows of the table: {ast.unparse(node)}")

    def _step(self, op: str, references: tuple[int, ...], number: float | None) -> int:
        self.steps.append((op, references, number))
        return len(self.operands) + len(self.steps) - 1
