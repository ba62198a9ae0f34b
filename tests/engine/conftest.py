"""Expressions for the engine's tests: a text of operators and calls as Values, and numbers as JSON writes them."""

import ast
import math
import operator
from collections.abc import Callable

import pytest

from engine.ops import OPS
from engine.value import Value, apply

OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
COMPARISONS = {ast.Gt: ">", ast.GtE: ">=", ast.Lt: "<", ast.LtE: "<=", ast.Eq: "==", ast.NotEq: "!="}
INFIX = {op.infix: op.name for op in OPS.values() if op.infix}

Build = Callable[[str, dict], tuple[Value, dict[str, Value]]]


def build_node(node: ast.expr, leaves: dict[str, Value]) -> Value | float:
    match node:
        case ast.Constant():
            return float(node.value)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=number)):
            return -float(number)
        case ast.UnaryOp(op=ast.USub()):
            return apply("neg", build_node(node.operand, leaves))
        case ast.Name():
            return leaves[node.id]
        case ast.Call():
            return apply(node.func.id, *(build_node(argument, leaves) for argument in node.args))
        case ast.Compare():
            name = INFIX[COMPARISONS[type(node.ops[0])]]
            return apply(name, build_node(node.left, leaves), build_node(node.comparators[0], leaves))
        case ast.BinOp():
            left, right = build_node(node.left, leaves), build_node(node.right, leaves)
            if isinstance(left, float) and isinstance(right, float):
                left = Value(left, role="constant")
            return OPERATORS[type(node.op)](left, right)
    raise AssertionError(f"no such expression in these tests: {ast.dump(node)}")


@pytest.fixture(scope="session")
def build() -> Build:
    """build(text, {"x": 1.0}) -> the root Value and the leaves by name."""

    def run(text: str, at: dict) -> tuple[Value, dict[str, Value]]:
        leaves = {name: Value(float(data), label=name) for name, data in at.items()}
        root = build_node(ast.parse(text, mode="eval").body, leaves)
        assert isinstance(root, Value)
        return root, leaves

    return run


@pytest.fixture(scope="session")
def same() -> Callable[..., bool]:
    """same(got, wanted, tolerance): equal as float64 goes, NaN and the sign of a zero included."""

    def compare(got: float, wanted: float | str, tolerance: float = 1e-12) -> bool:
        wanted = float(wanted)
        if math.isnan(wanted) or math.isnan(got):
            return math.isnan(wanted) and math.isnan(got)
        if wanted == 0.0 or math.isinf(wanted) or math.isinf(got):
            return got == wanted and math.copysign(1.0, got) == math.copysign(1.0, wanted)
        return math.isclose(got, wanted, rel_tol=tolerance, abs_tol=0.0)

    return compare
