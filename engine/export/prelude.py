"""Operations that micrograd lacks, as source: each from its row of the op table, formula and partials as they stand."""

from __future__ import annotations

import ast

from engine.export.source import WIDTH
from engine.ops import OPS, PRIMITIVES, Op

_OP = '''\
def op(name, formula, slopes):
    """A function of Values, from its formula and its partial derivatives, one per operand."""

    def apply(*operands):
        numbers = [operand.data for operand in operands]
        out = Value(formula(*numbers), operands, name)

        def _backward():
            for operand, slope in zip(operands, slopes(out.data, *numbers)):
                operand.grad += slope * out.grad

        out._backward = _backward
        return out

    return apply
'''

_BUILTIN = {"max", "min", "abs", "pow", "round"}
_NUMPY = {
    "max": "maximum",
    "min": "minimum",
    "pow": "power",
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
    "atan2": "arctan2",
}


def prelude(own: set[str], ieee: bool) -> list[str]:
    """The lines that define these operations; `ieee` reads their formulas with NumPy instead of `math`."""
    if not own:
        return []
    return ["", _OP, "", *(definition(row, ieee) for name, row in OPS.items() if name in own), ""]


def definition(op: Op, ieee: bool) -> str:
    """The definition of an operation micrograd lacks: `tanh = op("tanh", lambda x: …, lambda out, x: (…,))`."""
    if op.variadic:
        fold = f"np.{op.name}(xs)" if ieee else f"{op.name}(xs)"
        slope = _formula(op.partials[0], ieee)
        formula, slopes = f"lambda *xs: {fold}", f"lambda out, *xs: [{slope} for x in xs]"
    else:
        operands = ", ".join(op.operands)
        partials = [_formula(partial, ieee) for partial in op.partials]
        formula = f"lambda {operands}: {_formula(op.formula, ieee)}"
        slopes = f"lambda out, {operands}: ({', '.join(partials)}{',' if len(partials) == 1 else ''})"
    line = f'{_name(op)} = op("{op.name}", {formula}, {slopes})'
    if len(line) > WIDTH:
        line = f'{_name(op)} = op(\n    "{op.name}",\n    {formula},\n    {slopes},\n)'
    return line


def _name(op: Op) -> str:
    return f"{op.name}_" if op.name in _BUILTIN else op.name


def call(op: Op) -> str:
    """The template of a call of such an operation."""
    return f"{_name(op)}({{*}})"


def _formula(text: str, ieee: bool) -> str:
    """A text of the op table as Python over plain numbers."""
    return ast.unparse(_Reading(ieee).visit(_parsed(text)))


def _parsed(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


class _Reading(ast.NodeTransformer):
    """The table's functions respelled: `where` is a conditional expression, the rest live in a library."""

    def __init__(self, ieee: bool) -> None:
        self.ieee = ieee

    def visit_Call(self, node: ast.Call) -> ast.expr:
        arguments = [self.visit(argument) for argument in node.args]
        match node.func:
            case ast.Name(id="where"):
                return ast.IfExp(*arguments)
            case _:
                return ast.Call(_parsed(self.spell(ast.unparse(node.func))), arguments, [])

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return _parsed("xs.count(out)") if node.id == "ties" else node

    def spell(self, name: str) -> str:
        if name not in PRIMITIVES or (name in _BUILTIN and not self.ieee):
            return name
        return f"np.{_NUMPY.get(name, name)}" if self.ieee else f"math.{name}"
