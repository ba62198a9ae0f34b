"""Random programs: leaves, then operations over what is there already, the last node being the output.

A program is data, so that the engine, PyTorch and JavaScript can each run it. `draw` steers: an operation that leaves
its domain, overflows, or stands next to a kink or a jump is drawn again, and so is a program whose results move more
than rounding should move them. What is left is compared at rel 1e-12. `draw_wild` steers nothing.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from engine.kernel import PARTIAL, VALUE
from engine.ops import CODE, OPS

NAMES = [name for name, row in OPS.items() for _ in range(1 if set(row.partials) == {"0"} else 4)]
"""What is drawn from. Steps and comparisons, through which no gradient passes, come up a quarter as often."""

LEAST, LARGEST = 1e-5, 1e6
NEAR, JUMP, ROUGH = 2e-8, 1e-3, 3e-13
"""How far around a point is looked, what change there is a jump, what unevenness (relative) is lost digits."""
EDGES = (
    *(0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.0, 3.0, -3.0, 6.0, 2.5, 20.0, -20.0, 1000.0, -1000.0),
    *(0.1, 1e10, 1e308, -1e308, float("inf"), float("-inf"), float("nan")),
)


@dataclass(slots=True)
class Program:
    """`leaves` are numbers, `fixed` says which of them are constants; node ids go on after the leaves."""

    leaves: list[float]
    fixed: list[bool]
    nodes: list[tuple[str, tuple[int, ...]]]

    @property
    def size(self) -> int:
        return len(self.leaves) + len(self.nodes)

    def text(self) -> str:
        """For a person: one line per node."""
        lines = [
            f"n{at} = {number!r}{' (constant)' if self.fixed[at] else ''}"
            for at, number in enumerate(self.leaves)
        ]
        lines += [
            f"n{at} = {op}({', '.join(f'n{o}' for o in operands)})"
            for at, (op, operands) in enumerate(self.nodes, start=len(self.leaves))
        ]
        return "\n".join(lines)


def partials(op: str, numbers: Sequence[float], out: float) -> list[float]:
    row, readings = OPS[op], PARTIAL[CODE[op]]
    if row.variadic:
        (reading,) = readings
        assert callable(reading)
        ties = float(list(numbers).count(out))
        return [reading(number, out, ties) for number in numbers]
    return [reading(*numbers, out) if callable(reading) else reading for reading in readings]


def is_smooth(op: str, numbers: Sequence[float], out: float) -> bool:
    """Of moderate size, value and partials neither jumping nearby nor rough with a cancellation inside the op."""
    here = [out, *partials(op, numbers, out)]
    if not all(number == 0 or (isfinite(number) and LEAST <= abs(number) <= LARGEST) for number in here):
        return False
    for slot, number in enumerate(numbers):
        step = NEAR * max(1.0, abs(number))
        below = _at(op, [*numbers[:slot], number - step, *numbers[slot + 1 :]])
        above = _at(op, [*numbers[:slot], number + step, *numbers[slot + 1 :]])
        for a, b, c in zip(below, here, above, strict=True):
            if not max(abs(a - b), abs(c - b)) <= JUMP * (1.0 + abs(b)):
                return False
            if not abs(a + c - b - b) <= ROUGH * abs(b):
                return False
    return True


def _at(op: str, numbers: Sequence[float]) -> list[float]:
    """The value and the partials."""
    out = VALUE[CODE[op]](*numbers)
    return [out, *partials(op, numbers, out)]


def operands_for(op: str, size: int, unread: list[int], draw: random.Random) -> tuple[int, ...]:
    row = OPS[op]
    count = draw.randint(2, 4) if row.variadic else len(row.operands)
    picked = []
    for _ in range(count):
        if unread and draw.random() < 0.5:
            picked.append(unread[draw.randrange(len(unread))])
        else:
            picked.append(draw.randrange(size))
    return tuple(picked)


def draw_program(draw: random.Random) -> Program | None:
    """One attempt; None when steering gave up on it."""
    count = draw.randint(2, 5)
    leaves = [round(draw.uniform(-3, 3), 3) for _ in range(count)]
    fixed = [at > 0 and draw.random() < 0.2 for at in range(count)]
    values, nodes, unread = list(leaves), [], list(range(count))
    goal, refused = draw.randint(8, 20), 0
    while len(nodes) < goal or (len(unread) > 1 and len(nodes) < 22):
        op = NAMES[draw.randrange(len(NAMES))]
        operands = operands_for(op, len(values), unread, draw)
        numbers = [values[at] for at in operands]
        out = VALUE[CODE[op]](*numbers)
        if not is_smooth(op, numbers, out):
            refused += 1
            if refused > 200:
                return None
            continue
        nodes.append((op, operands))
        unread = [at for at in unread if at not in operands]
        unread.append(len(values))
        values.append(out)
    return Program(leaves, fixed, nodes)


def replayed(program: Program, shaken: random.Random | None = None) -> tuple[list[float], list[float]]:
    """Values and gradients by the kernel alone, each result off by up to 1e-15 when `shaken`."""

    def rounded(number: float) -> float:
        return number * (1.0 + shaken.uniform(-1e-15, 1e-15)) if shaken else number

    values = list(program.leaves)
    for op, operands in program.nodes:
        values.append(rounded(VALUE[CODE[op]](*(values[at] for at in operands))))
    grads = [0.0] * len(values)
    grads[-1] = 1.0
    for at in range(len(values) - 1, len(program.leaves) - 1, -1):
        op, operands = program.nodes[at - len(program.leaves)]
        slopes = partials(op, [values[o] for o in operands], values[at])
        for operand, slope in zip(operands, slopes, strict=True):
            grads[operand] += rounded(grads[at] * rounded(slope))
    return values, grads


def is_steady(program: Program, draw: random.Random) -> bool:
    """Whether rounding differently in every operation leaves all results where they were, to 4e-13."""
    exact = replayed(program)
    for _ in range(4):
        shaken = replayed(program, draw)
        for a, b in zip(exact[0] + exact[1], shaken[0] + shaken[1], strict=True):
            if not abs(a - b) <= 4e-13 * abs(a):
                return False
    return True


def draw_steady(draw: random.Random) -> tuple[Program, int]:
    """A program and how many were drawn in vain before it."""
    vain = 0
    while True:
        program = draw_program(draw)
        if program and is_steady(program, draw):
            return program, vain
        vain += 1


def draw_wild(draw: random.Random) -> Program:
    """A short program over the numbers at which arithmetic changes its mind: infinities, NaN, ties, kinks, overflow."""
    count = draw.randint(1, 3)
    leaves = [draw.choice(EDGES) for _ in range(count)]
    fixed = [at > 0 and draw.random() < 0.3 for at in range(count)]
    nodes: list[tuple[str, tuple[int, ...]]] = []
    unread = list(range(count))
    for _ in range(draw.randint(2, 6)):
        op = NAMES[draw.randrange(len(NAMES))]
        operands = operands_for(op, count + len(nodes), unread, draw)
        unread = [at for at in unread if at not in operands] + [count + len(nodes)]
        nodes.append((op, operands))
    return Program(leaves, fixed, nodes)
