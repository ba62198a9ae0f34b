"""Where we and PyTorch differ on purpose, each with its reason. A difference that none of these explains is a failure.

Each entry looks at a program, the numbers in it and what differs, and says whether its reason is at work there.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isnan

from benchmarks.truth.compare import Difference, same
from benchmarks.truth.programs import Program, replayed
from engine.ops import OPS

Present = Callable[[Program, Sequence[float], Sequence[Difference]], bool]

TINY = 5.6e-309
"""Below this 1 / x overflows."""
LOGARITHMS = ("log", "log2", "log10")
QUOTIENT = "div"


@dataclass(frozen=True, slots=True)
class Known:
    name: str
    reason: str
    present: Present


def _divided_number(program: Program, values: Sequence[float], found: Sequence[Difference]) -> bool:
    return any(
        op == QUOTIENT
        and operands[0] < len(program.leaves)
        and program.fixed[operands[0]]
        and not 1e-150 < abs(values[operands[1]]) < 1e150
        for op, operands in program.nodes
    )


def _root_of_minus_infinity(program: Program, values: Sequence[float], found: Sequence[Difference]) -> bool:
    return any(
        op == "pow"
        and operands[1] < len(program.leaves)
        and program.fixed[operands[1]]
        and abs(values[operands[1]]) == 0.5
        and values[operands[0]] == float("-inf")
        for op, operands in program.nodes
    )


def _several(program: Program, values: Sequence[float], found: Sequence[Difference]) -> bool:
    return all(isnan(d.theirs) for d in found) and any(
        OPS[op].variadic and len(operands) != 2 for op, operands in program.nodes
    )


def _overflowing_reciprocal(program: Program, values: Sequence[float], found: Sequence[Difference]) -> bool:
    return any(
        (op in LOGARITHMS or op == QUOTIENT) and 0 < abs(values[operands[-1]]) < TINY
        for op, operands in program.nodes
    )


def _flushed_log1p(program: Program, values: Sequence[float], found: Sequence[Difference]) -> bool:
    return any(op == "log1p" and 0 < abs(values[operands[0]]) < 2.3e-308 for op, operands in program.nodes)


def _masked_power(program: Program, values: Sequence[float], found: Sequence[Difference]) -> bool:
    return any(op == "pow" and values[operands[1]] == 0 for op, operands in program.nodes)


def _overflowing_square(program: Program, values: Sequence[float], found: Sequence[Difference]) -> bool:
    return any(
        op == "atan2" and not 1e-153 < max(abs(values[at]) for at in operands) < 1e153
        for op, operands in program.nodes
    )


def _rounding(program: Program, values: Sequence[float], found: Sequence[Difference]) -> bool:
    """Whether our own numbers there move as far when every operation rounds differently."""
    exact, draw = replayed(program), random.Random(1)
    moved = [replayed(program, draw) for _ in range(4)]
    return all(
        not all(
            same(shaken[side][d.node], exact[side][d.node], 1e-12, 1e-12)
            for shaken in moved
            for side in (("value", "grad").index(d.kind),)
        )
        for d in found
    )


KNOWN = (
    Known(
        "number / x",
        "PyTorch computes a Python number divided by a tensor as number × (1 / x), which overflows or underflows on "
        "the way for |x| beyond 1e±150; we divide.",
        _divided_number,
    ),
    Known(
        "(-inf) ** 0.5",
        "PyTorch turns a literal exponent ±0.5 into sqrt, which is NaN at minus infinity; we follow IEEE 754 `pow`, "
        "as PyTorch itself does for an exponent that is a tensor.",
        _root_of_minus_infinity,
    ),
    Known(
        "max or min of one, three or more operands",
        "PyTorch's `maximum` of two masks the gradient; its `amax` of several multiplies by 0 or a share, which is NaN "
        "where an operand is NaN or the gradient is not finite. We mask in both.",
        _several,
    ),
    Known(
        "1 / x overflows",
        "On the way back through log(x) or y / x PyTorch divides the gradient by x; we multiply it by 1 / x, as the "
        "chain rule is shown, and that is infinite for |x| below 5.6e-309.",
        _overflowing_reciprocal,
    ),
    Known(
        "log1p of a subnormal number",
        "PyTorch's vectorised log1p flushes subnormal numbers to 0; the C library's does not.",
        _flushed_log1p,
    ),
    Known(
        "x ** 0 under an infinite gradient",
        "PyTorch masks the gradient at exponent 0; we multiply by the partial 0, and infinity times 0 is NaN.",
        _masked_power,
    ),
    Known(
        "atan2 of huge or tiny numbers",
        "Beyond 1e±154 x² + y² overflows or underflows. PyTorch multiplies the gradient by y and by 1 / (x² + y²), "
        "which may be infinity times 0; we divide.",
        _overflowing_square,
    ),
    Known(
        "rounding decides",
        "The last digit, in which two libraries may differ, decides about a sign or a side.",
        _rounding,
    ),
)


def explain(program: Program, values: Sequence[float], found: Sequence[Difference]) -> Known | None:
    """The first reason that is at work."""
    return next((known for known in KNOWN if known.present(program, values, found)), None)
