"""The table, iterated: a new row is tested by being there."""

import ast
import cmath
import itertools
import math
import random

import numpy as np
import pytest

from engine.kernel import FILL, PARTIAL, SLOPE, VALUE
from engine.ops import CODE, LEAF, NAMES, OPS, PRIMITIVES, Op
from engine.value import Value, apply
from tools import gen

ROWS = list(OPS.values())
each_op = pytest.mark.parametrize("op", ROWS, ids=lambda op: op.name)
EDGES = [0.0, -0.0, 1.0, -1.0, 0.5, 2.5, -3.0, 6.0, 20.0, 25.0, 710.0, -746.0, 1e-320, 1e200, -1e200]
EDGES += [math.inf, -math.inf, math.nan]


def arity(op: Op) -> int:
    return 3 if op.variadic else len(op.operands)


def partials_of(op: Op, numbers: list[float], out: float) -> list[float]:
    if op.variadic:
        return [PARTIAL[CODE[op.name]][0](x, out, sum(y == out for y in numbers)) for x in numbers]
    return [slope(*numbers, out) if callable(slope) else slope for slope in PARTIAL[CODE[op.name]]]


def points(op: Op, wanted: int) -> list[tuple[list[float], float, list[float]]]:
    """Random points where value and partials are finite: operands, value, partials."""
    draw = random.Random(op.name)
    found = []
    for _ in range(40 * wanted):
        numbers = [draw.uniform(-3.0, 3.0) for _ in range(arity(op))]
        out = VALUE[CODE[op.name]](*numbers)
        partials = partials_of(op, numbers, out)
        if all(math.isfinite(number) for number in (out, *partials)):
            found.append((numbers, out, partials))
            if len(found) == wanted:
                return found
    # pow with a negative base has no partial towards the exponent; asin and log live on part of the line
    assert len(found) >= 20, f"{op.name} is finite at {len(found)} points only"
    return found


@each_op
def test_row_is_well_formed(op):
    assert NAMES[CODE[op.name]] == op.name
    assert op.name.isidentifier()
    assert op.name != LEAF
    assert len(op.partials) == len(op.operands)
    assert op.note.endswith(".")
    assert op.title
    assert op.symbol
    for text in (op.formula, *op.partials):
        names = {*op.operands} if text is op.formula else {*op.operands, "out", "ties"}
        for node in ast.walk(ast.parse(text, mode="eval")):
            if isinstance(node, ast.Call):
                assert node.func.id in PRIMITIVES
            elif isinstance(node, ast.Name):
                assert node.id in names | set(PRIMITIVES)
            else:
                assert isinstance(
                    node,
                    ast.Expression
                    | ast.BinOp
                    | ast.UnaryOp
                    | ast.Constant
                    | ast.Compare
                    | ast.Starred
                    | ast.operator
                    | ast.unaryop
                    | ast.cmpop
                    | ast.expr_context,
                )


@each_op
def test_export_spellings_take_the_operands(op):
    names = [f"v{slot}" for slot in range(arity(op))]
    for template in (op.torch, op.jax):
        spelled = template.replace("{*}", ", ".join(names)).format(*names)
        assert all(name in spelled for name in names)


@each_op
def test_partials_agree_with_central_differences(op):
    step = 1e-4
    compared = 0
    for numbers, out, partials in points(op, 60):
        for slot, partial in enumerate(partials):

            def along(by: float, slot: int = slot, numbers: list[float] = numbers) -> float:
                moved = list(numbers)
                moved[slot] += by
                return VALUE[CODE[op.name]](*moved)

            ends = [along(step), along(-step), along(step / 2), along(-step / 2)]
            if not all(map(math.isfinite, ends)):
                continue
            coarse, fine = (ends[0] - ends[1]) / (2 * step), (ends[2] - ends[3]) / step
            slopes = (ends[0] - out) / step, (out - ends[1]) / step
            if abs(slopes[0] - slopes[1]) > 0.1 * max(1.0, abs(coarse)):
                continue  # a kink, or a jump, within the step
            compared += 1
            estimate = fine + (fine - coarse) / 3
            assert math.isclose(partial, estimate, rel_tol=1e-6, abs_tol=1e-8), (numbers, slot)
    assert compared >= 20


@pytest.mark.parametrize("op", [op for op in ROWS if op.analytic], ids=lambda op: op.name)
def test_partials_agree_with_the_complex_step(op):
    for numbers, out, partials in points(op, 60):
        for slot, partial in enumerate(partials):
            point = {name: complex(number) for name, number in zip(op.operands, numbers, strict=True)}
            point[op.operands[slot]] += 1e-30j
            answer = complex_value(ast.parse(op.formula, mode="eval").body, point)
            assert math.isclose(answer.real, out, rel_tol=1e-12, abs_tol=1e-14)
            assert math.isclose(answer.imag / 1e-30, partial, rel_tol=1e-11, abs_tol=1e-13), (numbers, slot)


def complex_value(node: ast.expr, at: dict[str, complex]) -> complex:
    """A third reading of the formula, over complex numbers: choices follow the real parts."""
    match node:
        case ast.Constant():
            return complex(node.value)
        case ast.Name():
            return at[node.id]
        case ast.UnaryOp():
            return -complex_value(node.operand, at)
        case ast.BinOp():
            x, y = complex_value(node.left, at), complex_value(node.right, at)
            match node.op:
                case ast.Add():
                    return x + y
                case ast.Sub():
                    return x - y
                case ast.Mult():
                    return x * y
                case ast.Div():
                    return x / y
        case ast.Call(func=ast.Name(id="where")):
            test, chosen, other = node.args
            assert isinstance(test, ast.Compare)
            x, y = complex_value(test.left, at).real, complex_value(test.comparators[0], at).real
            holds = {
                ast.Gt: x > y,
                ast.GtE: x >= y,
                ast.Lt: x < y,
                ast.LtE: x <= y,
                ast.Eq: x == y,
                ast.NotEq: x != y,
            }[type(test.ops[0])]
            return complex_value(chosen if holds else other, at)
        case ast.Call(func=ast.Name(id=name)):
            return COMPLEX[name](*(complex_value(argument, at) for argument in node.args))
    raise AssertionError(ast.dump(node))


def complex_log1p(z: complex) -> complex:
    return complex(math.log1p(z.real), z.imag / (1 + z.real))  # exact to first order, all the step needs


def complex_expm1(z: complex) -> complex:
    return complex(math.expm1(z.real), math.exp(z.real) * z.imag)


COMPLEX = {
    name: getattr(cmath, name)
    for name in ("exp", "log", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh")
}
COMPLEX |= {
    "log1p": complex_log1p,
    "expm1": complex_expm1,
    "log2": lambda z: cmath.log(z) / math.log(2),
    "log10": lambda z: cmath.log(z) / math.log(10),
    "pow": lambda x, y: cmath.exp(y * cmath.log(x)),
    "hypot": lambda x, y: cmath.sqrt(x * x + y * y),
    "atan2": lambda y, x: complex(math.atan2(y.real, x.real), cmath.atan(y / x).imag),
    "abs": lambda z: z if z.real >= 0 else -z,
    "max": lambda x, y: x if x.real >= y.real else y,
    "min": lambda x, y: x if x.real <= y.real else y,
}


@each_op
def test_floats_and_arrays_are_one_reading(op, same):
    """NumPy's own exp, pow, sin … may differ in the last digits; infinities, NaN and zeros may not."""
    draw = random.Random(op.name)
    drawn = [[draw.uniform(-4.0, 4.0) for _ in range(arity(op))] for _ in range(200)]
    edges = (
        itertools.product(EDGES, repeat=arity(op))
        if arity(op) < 3
        else itertools.product(EDGES[::2], repeat=3)
    )
    grid = [*map(list, edges), *drawn]
    columns = np.array(grid).T
    out = np.empty(len(grid))
    with np.errstate(all="ignore"):
        FILL[CODE[op.name]](out, *columns)
        if op.variadic:
            ties = (columns == out).sum(axis=0).astype(float)
            rows = [SLOPE[CODE[op.name]][0](column, out, ties) for column in columns]
        else:
            rows = [slope(*columns, out) if callable(slope) else slope for slope in SLOPE[CODE[op.name]]]
        slopes = [np.broadcast_to(row, out.shape) for row in rows]
    for place, numbers in enumerate(grid):
        value = VALUE[CODE[op.name]](*numbers)
        assert type(value) is float
        # 1 + tanh cancels in gelu far below 0: there the last digits of tanh are all that is left
        assert same(float(out[place]), value, 1e-13) or abs(out[place] - value) < 1e-15, numbers
        for slot, partial in enumerate(partials_of(op, numbers, float(out[place]))):
            assert type(partial) is float
            got = float(slopes[slot][place])
            assert same(got, partial, 1e-12) or abs(got - partial) < 1e-15, (numbers, slot)


@each_op
def test_method_and_function_are_the_same_op(op):
    values = [Value(0.25 + 0.5 * slot) for slot in range(arity(op))]
    by_function, by_method = apply(op.name, *values), getattr(values[0], op.name)(*values[1:])
    assert by_function.op == by_method.op == op.name
    assert by_function.operands == by_method.operands == tuple(values)
    assert by_function.data == by_method.data


def test_generated_files_are_fresh():
    assert [path for path in gen.TARGETS if gen.is_stale(path)] == [], "run `python3 run gen`"


@pytest.mark.parametrize("op", [op for op in ROWS if not op.variadic], ids=lambda op: op.name)
def test_a_wrong_number_of_operands_is_named(op):
    with pytest.raises(TypeError, match=f"{op.name} takes {len(op.operands)} operands, got 5"):
        apply(op.name, 1.0, 2.0, 3.0, 4.0, 5.0)


def test_no_operand_at_all():
    with pytest.raises(TypeError, match="max takes at least 1"):
        apply("max")
