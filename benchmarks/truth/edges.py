"""Every op at the points where arithmetic changes its mind, alone and one after another.

Zeros of both signs, ones, ties, kinks, infinities, NaN, the smallest and the largest numbers, ends of domains: each op
over the grid (all operands parameters; each operand a constant in turn; the same node in every slot), each
one-operand op after each other one, and each two-operand op over what a one-operand op made of its own operand.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from benchmarks.truth.programs import Program
from engine.ops import OPS

INF, NAN = float("inf"), float("nan")
LINE = (
    *(0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.0, 3.0, -3.0, 1.5, -1.5, 2.5, -2.5, 6.0, -6.0, 0.1, -0.1),
    *(1.0000000000000002, 0.9999999999999999, -0.9999999999999999, 5.999999999999999, 6.000000000000001),
    *(1.5707963267948966, 3.141592653589793, 19.0, -19.0, 19.5, 20.0, 20.000000000000004, -20.0, 37.0, -37.0),
    *(25.0, 400.0, -400.0, 709.0, 709.782712893384, 710.0, 710.5, -708.4, -745.0, -746.0, 1000.0, -1000.0),
    *(5e-324, -5e-324, 2.2250738585072014e-308, 1e-310, 1e-200, -1e-200, 1e-160, 1e-20, -1e-20, 1e-8),
    *(1e16, 1e22, -1e22, 1e155, 1e200, -1e200, 1e308, -1e308, 1.7976931348623157e308, INF, -INF, NAN),
)
PLANE = (
    *(0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.0, 3.0, -3.0, 1.0 / 3.0, -8.0, 1000.0, -1000.0),
    *(5e-324, -5e-324, 1e-200, 1e200, 1e308, -1e308, INF, -INF, NAN),
)
SPACE = (0.0, -0.0, 1.0, -1.0, 2.0, INF, -INF, NAN)
SHORT = (
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    2.0,
    -3.0,
    6.0,
    20.0,
    400.0,
    1000.0,
    -1000.0,
    5e-324,
    1e200,
    INF,
    -INF,
    NAN,
)


def grid() -> Iterator[Program]:
    """Each op alone."""
    for name, row in OPS.items():
        counts = (1, 2, 3) if row.variadic else (len(row.operands),)
        for count in counts:
            points = (LINE, PLANE, SPACE)[count - 1]
            for numbers in product(points, repeat=count):
                yield alone(name, numbers, (False,) * count)
                if count > 1:
                    for kept in range(count):
                        yield alone(name, numbers, tuple(slot != kept for slot in range(count)))
            if count > 1:
                for number in LINE:
                    yield Program([number], [False], [(name, (0,) * count)])


def alone(name: str, numbers: tuple[float, ...], fixed: tuple[bool, ...]) -> Program:
    return Program(list(numbers), list(fixed), [(name, tuple(range(len(numbers))))])


def pairs() -> Iterator[Program]:
    """Ops over ops: what happens to 0 times infinity on the way back."""
    ones = [name for name, row in OPS.items() if len(row.operands) == 1 and not row.variadic]
    twos = [name for name, row in OPS.items() if len(row.operands) == 2 or row.variadic]
    for inner in ones:
        for number in SHORT:
            for outer in ones:
                yield Program([number], [False], [(inner, (0,)), (outer, (1,))])
            for outer in twos:
                for operands in ((1, 0), (0, 1), (1, 1)):
                    yield Program([number], [False], [(inner, (0,)), (outer, operands)])
            for condition in (0.0, 1.0):
                yield Program(
                    [number, condition, 2.0], [False, True, True], [(inner, (0,)), ("where", (1, 3, 2))]
                )
