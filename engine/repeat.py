"""The layout of a network's tape, from that of its first two examples.

Equal examples are laid out equally: a group that holds an example's node twice, side by side or one example after the
other, holds it as often as there are examples. So a few thousand nodes are arranged, and the rest is counting.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.arrangement import Block, Layout, arrange
from engine.grids import Bools, Places
from engine.levels import NARROW, find_units
from engine.plan import receives
from engine.tape import Columns, Tape

Moved = Callable[[Places], Places]


@dataclass(frozen=True, slots=True)
class Stretch:
    """`size` nodes from `start` on that are copied. The first example's stand `back` nodes before them."""

    start: int
    size: int
    back: int
    steps: Places  # from a node to where it stands in the large tape: once, and for every copy

    def holds(self, nodes: Places) -> Bools:
        return (nodes >= self.start) & (nodes < self.start + self.size)


def repeat(small: Tape, columns: Columns, moved: Moved, example: Stretch, term: Stretch) -> Layout | None:
    """The layout of `columns`; None where a group mixes what repeats with what does not, or where no plan pays.

    `moved` says where a node that comes once stands in the large tape. `term` is the last example's part of the loss;
    the addition to the terms before it follows.
    """
    units = find_units(small.columns, small.output, least=0)
    assert units is not None
    layout = Layout(columns)
    for block in arrange(small.columns, units, receives(small)).blocks:
        rows = _rows(block, moved, example, term)
        if rows is None:
            return None
        layout.put(rows.reshape(-1), len(rows), block.constants, block.receives)
    wide = sum(block.width for block in layout.blocks) >= NARROW * units.depth
    return layout if wide else None


def _rows(block: Block, moved: Moved, example: Stretch, term: Stretch) -> Places | None:
    """A group's nodes in the large tape, a row for every position of its sums."""
    rows = block.nodes.reshape(block.length, -1)
    for stretch in (example, term):
        copied = stretch.holds(rows)
        if copied.all():
            return (rows[:, None, :] + stretch.steps[:, None]).reshape(len(rows), -1)
        if copied.any():
            return _pairs(rows, copied, moved, stretch)
    addition = term.start + term.size
    at = np.flatnonzero(rows == addition)
    if len(at) and rows.shape[1] > 1:
        return None
    if len(at):  # the terms are one sum, with an addition for every further example
        sums = np.split(rows[:, 0], [at[0], at[0] + 1])
        return np.concatenate([moved(sums[0]), addition + term.steps, moved(sums[2])])[:, None]
    return moved(rows)


def _pairs(rows: Places, copied: Bools, moved: Moved, stretch: Stretch) -> Places | None:
    """Rows in which both built examples stand: neighbours, or one half and the other."""
    half = rows.shape[1] // 2
    for axis, first, second in (
        (2, slice(0, None, 2), slice(1, None, 2)),
        (1, slice(0, half), slice(half, None)),
    ):
        ours, theirs = rows[:, first], rows[:, second]
        if (
            not copied[:, first].any()
            and ours.shape == theirs.shape
            and (ours + stretch.back == theirs).all()
        ):
            steps = stretch.steps if axis == 2 else stretch.steps[:, None]
            both = [np.expand_dims(moved(ours), axis), np.expand_dims(theirs, axis) + steps]
            return np.concatenate(both, axis=axis).reshape(len(rows), -1)
    return None
