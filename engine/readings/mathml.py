"""The op table as formulas: the text of a row turned into the nested arrays that `static/src/math.js` draws as MathML.

A tree is ``("mfrac", ("mn", "1"), ("operand", 0))``: an element's name, an optional dict of attributes, then children.
Leaves stand for what differs from node to node: ``("operand", k)``, with a third entry `"tight"` where something
negative or composed needs brackets; ``("operands",)``, all of a variadic row's, with commas; ``("out",)``.

Setting is not simplifying: a division becomes a fraction, `where` a case distinction, equal factors a power. The terms
stay the row's own, in its order.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby

from engine.ops import Op

Tree = tuple[object, ...]

# What a number of the table stands for, where it has a name.
_NAMED_NUMBERS: Mapping[float, Tree] = {
    0.6931471805599453: ("mrow", ("mi", "log"), ("mn", "2")),
    2.302585092994046: ("mrow", ("mi", "log"), ("mn", "10")),
    0.7978845608028654: ("msqrt", ("mfrac", ("mn", "2"), ("mi", "π"))),
}
_COMPARE: Mapping[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "≤",
    ast.Gt: ">",
    ast.GtE: "≥",
    ast.Eq: "=",
    ast.NotEq: "≠",
}
_SUM, _PRODUCT, _ATOM = range(3)


def formula_math(op: Op) -> Tree:
    """The value of `op`, without the ``out =`` before it."""
    return _Setter(op).set(op.formula)


def partial_math(op: Op, slot: int) -> Tree:
    """d(out)/d(operand `slot`). A variadic row has one partial, whose ``("operand", 0)`` is the operand of the slot."""
    return _Setter(op).set(op.partials[slot])


def filled(tree: Tree, operands: Sequence[Tree], out: Tree) -> Tree:
    """A formula with its leaves replaced; a tight one gets brackets when it starts with a sign."""
    match tree:
        case ("operand", int(slot), *tight):
            return _brackets(operands[slot]) if tight and _is_signed(operands[slot]) else operands[slot]
        case ("out", *tight):
            return _brackets(out) if tight and _is_signed(out) else out
        case ("operands",):
            return ("mrow", *_between(list(operands), ("mo", ",")))
    return tuple(filled(part, operands, out) if isinstance(part, tuple) else part for part in tree)


def mathml(tree: Tree, alttext: str = "") -> str:
    """A formula without open leaves as a `<math>` element."""
    attributes = f' alttext="{escape(alttext)}"' if alttext else ""
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML"{attributes}>{_markup(tree)}</math>'


def _is_signed(tree: Tree) -> bool:
    match tree:
        case ("mrow", ("mo", *_, "−"), *_):
            return True
    return False


def _markup(tree: object) -> str:
    if not isinstance(tree, tuple):
        return escape(str(tree), quote=False)
    name, *parts = tree
    attributes = "".join(
        f' {key}="{escape(value)}"' for part in parts if isinstance(part, dict) for key, value in part.items()
    )
    inner = "".join(_markup(part) for part in parts if not isinstance(part, dict))
    return f"<{name}{attributes}>{inner}</{name}>"


class _Setter:
    """Python's syntax tree to a formula, with brackets only where precedence asks for them."""

    def __init__(self, op: Op) -> None:
        self.operands = {name: slot for slot, name in enumerate(op.operands)}

    def set(self, text: str) -> Tree:
        return self._at(ast.parse(text, mode="eval").body, _SUM)

    def _at(self, node: ast.expr, around: int) -> Tree:
        tree, own = self._tree(node, around)
        return _brackets(tree) if own < around else tree

    def _tree(self, node: ast.expr, around: int) -> tuple[Tree, int]:
        match node:
            case ast.Constant(value=int() | float() as number):
                return _NAMED_NUMBERS.get(number, ("mn", repr(number))), _ATOM
            case ast.Name(id="out"):
                return ("out",) if around == _SUM else ("out", "tight"), _ATOM
            case ast.Name(id=name) if name in self.operands:
                leaf = ("operand", self.operands[name])
                return leaf if around == _SUM else (*leaf, "tight"), _ATOM
            case ast.Name(id=name):
                return ("mi", name), _ATOM
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return ("mrow", ("mo", "−"), self._at(operand, _PRODUCT)), _SUM
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
                sign = "+" if isinstance(op, ast.Add) else "−"
                return ("mrow", self._at(left, _SUM), ("mo", sign), self._at(right, _PRODUCT)), _SUM
            case ast.BinOp(op=ast.Mult()):
                return self._product(node), _PRODUCT
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                return ("mfrac", self._at(left, _SUM), self._at(right, _SUM)), _ATOM
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                sign = ("mo", _COMPARE[type(op)])
                return ("mrow", self._at(left, _SUM), sign, self._at(right, _SUM)), _SUM
            case ast.Call(func=ast.Name(id="where")):
                return self._cases(node), _SUM
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self._call(name, arguments)
        raise ValueError(f"not in the grammar of the table: {ast.unparse(node)}")

    def _product(self, node: ast.expr) -> Tree:
        """Factors with dots between them; equal neighbours as a power."""
        factors: list[ast.expr] = []
        while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            factors.insert(0, node.right)
            node = node.left
        factors.insert(0, node)
        powers: list[Tree] = []
        for _, group in groupby(factors, key=ast.dump):
            factor, *more = list(group)
            alone = _PRODUCT if len(factors) > 1 else _SUM
            base = self._at(factor, _ATOM if more else alone)
            powers.append(("msup", base, ("mn", str(len(more) + 1))) if more else base)
        return powers[0] if len(powers) == 1 else ("mrow", *_between(powers, ("mo", "·")))

    def _call(self, name: str, arguments: Sequence[ast.expr]) -> tuple[Tree, int]:
        match name, arguments:
            case "exp", [x]:
                return ("msup", ("mi", "e"), self._at(x, _SUM)), _ATOM
            case "pow", [x, y]:
                return ("msup", self._at(x, _ATOM), self._at(y, _SUM)), _ATOM
            case "sqrt", [x]:
                return ("msqrt", self._at(x, _SUM)), _ATOM
            case "abs", [x]:
                return _fenced("|", self._at(x, _SUM), "|"), _ATOM
            case "floor", [x]:
                return _fenced("⌊", self._at(x, _SUM), "⌋"), _ATOM
            case "log2" | "log10", [x]:
                head: Tree = ("msub", _function("log"), ("mn", name.removeprefix("log")))
                return ("mrow", head, _brackets(self._at(x, _SUM))), _ATOM
            case _, [ast.Starred()]:
                return ("mrow", _function(name), _brackets(("operands",))), _ATOM
        listed = _between([self._at(argument, _SUM) for argument in arguments], ("mo", ","))
        return ("mrow", _function(name), _brackets(*listed)), _ATOM

    def _cases(self, node: ast.expr) -> Tree:
        """``{ a if c; b otherwise``; a `where` in the last place adds its rows to the same brace."""
        rows: list[Tree] = []
        while True:
            match node:
                case ast.Call(func=ast.Name(id="where"), args=[condition, yes, node]):
                    rows.append(_case(self._at(yes, _SUM), ("mtext", "if "), self._at(condition, _SUM)))
                case _:
                    rows.append(_case(self._at(node, _SUM), ("mtext", "otherwise")))
                    return (
                        "mrow",
                        ("mo", "{"),
                        ("mtable", {"columnalign": "left"}, *rows),
                    )


def _case(value: Tree, *when: Tree) -> Tree:
    return ("mtr", ("mtd", value), ("mtd", *when))


def _function(name: str) -> Tree:
    return ("mi", {"mathvariant": "normal"}, name)


def _brackets(*inner: Tree) -> Tree:
    return _fenced("(", *inner, ")")


def _fenced(left: str, *inner: Tree | str) -> Tree:
    *trees, right = inner
    return ("mrow", ("mo", left), *trees, ("mo", right))


def _between(trees: Sequence[Tree], sign: Tree) -> list[Tree]:
    joined: list[Tree] = []
    for tree in trees:
        joined += [sign, tree] if joined else [tree]
    return joined
