"""One formula of the table as a JavaScript expression, and plain data as a JavaScript literal."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from engine.ops import PRIMITIVES


def expression(text: str, names: Mapping[str, str] | None = None) -> str:
    """A formula of the table as a JavaScript expression; `names` respells its names."""
    return _Printer(names or {}).print(ast.parse(text, mode="eval").body)


def literal(value: object) -> str:
    """A JavaScript literal for plain data: dicts, sequences, strings, numbers, booleans, None."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value).replace("inf", "Infinity").replace("nan", "NaN")
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key}: {literal(item)}" for key, item in value.items()) + " }"
    if isinstance(value, Sequence):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    raise TypeError(f"no literal for {type(value).__name__}")


class _Printer:
    """Python's syntax tree to JavaScript text, with brackets only where precedence asks for them."""

    CONDITIONAL, COMPARISON, SUM, PRODUCT, PREFIX, ATOM = range(6)
    BINARY: Mapping[type[ast.operator], tuple[str, int]] = {
        ast.Add: ("+", SUM),
        ast.Sub: ("-", SUM),
        ast.Mult: ("*", PRODUCT),
        ast.Div: ("/", PRODUCT),
    }
    COMPARE: Mapping[type[ast.cmpop], str] = {
        ast.Lt: "<",
        ast.LtE: "<=",
        ast.Gt: ">",
        ast.GtE: ">=",
        ast.Eq: "===",
        ast.NotEq: "!==",
    }

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names

    def print(self, node: ast.expr, around: int = CONDITIONAL) -> str:
        text, own = self._text(node)
        return f"({text})" if own < around else text

    def _text(self, node: ast.expr) -> tuple[str, int]:
        match node:
            case ast.Constant(value=int() | float() as number):
                return repr(number), self.ATOM
            case ast.Name(id=name):
                return self.names.get(name, name), self.ATOM
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return f"-{self.print(operand, self.PREFIX + 1)}", self.PREFIX
            case ast.BinOp(left=left, op=op, right=right) if type(op) in self.BINARY:
                sign, level = self.BINARY[type(op)]
                return f"{self.print(left, level)} {sign} {self.print(right, level + 1)}", level
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                sides = self.print(left, self.SUM), self.print(right, self.SUM)
                return f" {self.COMPARE[type(op)]} ".join(sides), self.COMPARISON
            case ast.Call(func=ast.Name(id="where"), args=[condition, yes, no]):
                parts = self.print(condition, self.COMPARISON), self.print(yes, 1), self.print(no)
                return "{} ? {} : {}".format(*parts), self.CONDITIONAL
            case ast.Call(func=ast.Name(id=name), args=arguments) if name in PRIMITIVES:
                return f"{name}({', '.join(self.print(argument) for argument in arguments)})", self.ATOM
        raise ValueError(f"not in the grammar of the table: {ast.unparse(node)}")
