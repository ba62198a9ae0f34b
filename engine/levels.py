"""Levels of a graph: what can be computed together.

A *unit* is one computed node, or a whole left-fold sum (`((b + x) + y) + z`, whose partial sums nobody else reads):
its additions follow one another, but run as one. A unit's level is one more than the highest level it reads from;
leaves are below level 0. Everything here is arrays; nothing runs per node.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy import int64
from numpy.typing import NDArray

from engine.ops import OPS
from engine.tape import Columns

Ints = NDArray[int64]
_IS_SUM = np.array([False, *(op.partials == ("1", "1") for op in OPS.values())])
NARROW = 24
"""Units per level below which arrays do not pay: NumPy's cost per call is then that of a loop's nodes."""


@dataclass(slots=True)
class Units:
    """Which unit each node belongs to, and the levels of units; -1 for leaves and for nodes that lead no unit.

    A unit goes by the id of its first node; `position[i]` is node i's place in it, 0 but in a sum.
    """

    node: Ints  # (e,) the node whose slot each edge is
    uses: Ints  # (n,) how many edges read a node
    unit: Ints  # (n,)
    position: Ints  # (n,)
    length: Ints  # (n,) additions of the sum that node leads, 1 for any other computed node
    level: Ints  # (n,)
    depth: int


def find_units(columns: Columns, output: int, least: int | None = None) -> Units | None:
    """The units and their levels; None with fewer than `least` (NARROW) units per level."""
    least = NARROW if least is None else least
    code, first, operand = columns.code, columns.first, columns.operand
    size = len(code)
    computed = code != 0
    leading = np.flatnonzero(computed)
    node = np.zeros(len(operand), dtype=np.int64)
    node[first[leading]] = np.diff(leading, prepend=0)
    node = np.cumsum(node)
    uses = np.bincount(operand, minlength=size)
    unit, position = _chains(columns, uses, output)
    unit[~computed] = -1
    length = np.bincount(unit[computed], minlength=size)
    source, target = unit[operand], unit[node]
    between = (source >= 0) & (source != target)
    level = _levels(source[between], target[between], np.flatnonzero(length), size, least)
    if level is None:
        return None
    return Units(node, uses, unit, position, length, level, int(level.max(initial=-1)) + 1)


def _chains(columns: Columns, uses: Ints, output: int) -> tuple[Ints, Ints]:
    """For every node the first node of its sum (itself if it is in none) and its position there."""
    size = len(columns.code)
    unit, position = np.arange(size), np.zeros(size, dtype=np.int64)
    is_sum = _IS_SUM[columns.code]
    added = np.flatnonzero(is_sum)
    before = columns.operand[columns.first[added]]
    # The output's grad is the seed: it stands for itself, and is not the inside of a sum.
    linked = is_sum[before] & (uses[before] == 1) & (before != output)
    # Pointer doubling: after r rounds every node points 2^r additions back.
    unit[added[linked]] = before[linked]
    position[added[linked]] = 1
    inside = added[linked]
    while len(inside):
        back = unit[inside]
        position[inside] += position[back]
        unit[inside] = unit[back]
        inside = inside[unit[back] != back]
    return unit, position


def _levels(source: Ints, target: Ints, units: Ints, size: int, least: int) -> Ints | None:
    """Levels by peeling: all units whose operands are done are the next level."""
    level = np.full(size, -1, dtype=np.int64)
    waiting = np.bincount(target, minlength=size)
    order = np.argsort(source, kind="stable")
    users = target[order]
    start = np.concatenate([[0], np.cumsum(np.bincount(source, minlength=size))])
    seen = np.empty(size, dtype=np.int64)
    ready = units[waiting[units] == 0]
    done = depth = 0
    while len(ready):
        level[ready] = depth
        done += len(ready)
        depth += 1
        if depth % 64 == 0 and done < least * depth:
            return None
        reached = users[_stretches(start[ready], start[ready + 1])]
        count = np.arange(len(reached))
        np.subtract.at(waiting, reached, 1)
        seen[reached] = count  # of a unit reached twice, the last time stands
        ready = reached[(waiting[reached] == 0) & (seen[reached] == count)]
    return None if done < least * depth else level


def _stretches(start: Ints, end: Ints) -> Ints:
    """All numbers from start[i] to end[i] - 1, one stretch after the other."""
    counts = end - start
    longest = int(counts.max())
    if longest == int(counts.min()):
        return (start[:, None] + np.arange(longest)).ravel()
    return np.repeat(start - np.cumsum(counts) + counts, counts) + np.arange(int(counts.sum()))
