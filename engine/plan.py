"""The plan: a large, wide tape replayed over arrays, group by group.

Nodes of one level with the same op are a group, and a group is a few NumPy calls. Three things make that as fast as a
compiled loop over single nodes: a left-fold sum is one unit, not as many levels as it has terms; nodes are laid out so
that what is read together lies together; and operands whose places form a grid are views, not gathered copies.

Every node's value and grad is kept. Values are those of the plain loop: bit for bit where IEEE 754 fixes the result
(+ - * / sqrt, comparisons), within two units in the last place where NumPy's own exp, tanh … differ from the C
library's.
Grads are added up in another order than the trace's, and differ from it in the last digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy import float64

from engine.arrangement import CONSTANT_ROLE, ROWS, Block, Layout, arrange
from engine.grids import ADDED, WRITTEN, Adder, Bools, Floats, Marks, Places, Reader, merge, runs, shape_of
from engine.kernel import FILL, SLOPE
from engine.levels import find_units
from engine.tape import Tape, ends_in_one

_DECIDES = np.array([row is not None and bool(row.decides) for row in ROWS])
FEW = 96
"""Sums side by side below which one `accumulate` is quicker than an addition per term."""


class Plan:
    """A tape compiled for replay. `data` and `grad` are its working arrays, in the plan's own order of places.

    `place[i]` is where node i lies. Set leaves with `plan.data[plan.place[ids]] = numbers`, then `forward`, `backward`.
    """

    def __init__(self, tape: Tape, layout: Layout) -> None:
        self.columns = columns = tape.columns
        self.receives = receives(tape)
        self.place = layout.place
        self.data: Floats = np.empty(len(columns.code))
        self.grad: Floats = np.empty(len(columns.code))
        self.data[self.place] = columns.data
        self._output = int(self.place[tape.output])
        marks: Marks = np.zeros(len(columns.code), dtype=np.uint8)
        marks[self._output] = ADDED  # the seed
        backwards = [self._compile(layout, block, marks) for block in reversed(layout.blocks)]
        self._groups = backwards[::-1]
        self._backwards = [group for group in backwards if group.receives]
        bounds = [0, *(block.start for block in layout.blocks), len(marks)]
        self._unwritten = [
            self.grad[start:end] for start, end in pairwise(bounds) if not (marks[start:end] & WRITTEN).all()
        ]

    @classmethod
    def of(cls, tape: Tape) -> Plan | None:
        """The tape's plan; None when the tape is too narrow for one to pay."""
        if tape.arrange and (layout := tape.arrange()):
            return cls(tape, layout)
        units = find_units(tape.columns, tape.output)
        return None if units is None else cls(tape, arrange(tape.columns, units, receives(tape)))

    def _compile(self, layout: Layout, block: Block, marks: Marks) -> _Sums | _Nodes:
        return (_Sums if block.length > 1 or block.is_sum else _Nodes)(self, layout, block, marks)

    def set_all(self, data: Sequence[float] | Floats) -> None:
        """Takes over the value of every node, in id order; `forward` is to follow."""
        self.data[self.place] = data

    def load(self, data: Sequence[float] | Floats) -> None:
        """Takes over the value of every node, in id order, as if `forward` had computed it."""
        self.set_all(data)
        for group in self._groups:
            group.read()

    def values(self, nodes: Any = None) -> Floats:
        """The values of the nodes, by default of all in id order."""
        return self.data[self.place if nodes is None else self.place[nodes]]

    def forward(self) -> None:
        """Recomputes every node that is not a leaf."""
        with np.errstate(all="ignore"):
            for group in self._groups:
                group.forward()

    def backward(self) -> None:
        """Fills `grad`, after `forward` or `load`; entries of constants mean nothing."""
        for part in self._unwritten:
            part.fill(-0.0)
        self.grad[self._output] = 1.0
        with np.errstate(all="ignore"):
            for group in self._backwards:
                group.backward()

    def partials(self) -> Floats:
        """Every edge's partial in the order of `columns.operand`; NaN towards a constant."""
        partials = np.full(len(self.columns.operand), np.nan)
        with np.errstate(all="ignore"):
            for group in self._groups:
                group.write_partials(partials)
        partials[self.columns.role[self.columns.operand] == CONSTANT_ROLE] = np.nan
        return partials

    def grads(self, nodes: Any = None) -> Floats:
        """The grads of the nodes, by default of all; NaN for constants, 0 without a path to the output."""
        nodes = slice(None) if nodes is None else nodes
        grads = self.grad[self.place[nodes]]
        grads[~self.receives[nodes]] = 0.0
        grads[self.columns.role[nodes] == CONSTANT_ROLE] = np.nan
        return grads


class _Nodes:
    """A group of equal ops."""

    def __init__(self, plan: Plan, layout: Layout, block: Block, marks: Marks) -> None:
        row = ROWS[block.code]
        assert row is not None
        self.receives = block.receives
        columns = layout.columns
        self._edges = columns.first.take(block.nodes)
        arity = int(columns.first[block.nodes[0] + 1] - self._edges[0])
        places = [layout.operand_places(self._edges + slot) for slot in range(arity)]
        spans, regular = _odometer(places, len(block.nodes))
        shape = shape_of(spans)
        here = slice(block.start, block.start + len(block.nodes))
        self._out = plan.data[here].reshape(shape)
        self._grad = plan.grad[here].reshape(shape)
        self._readers = [Reader(at, spans, grid, plan.data) for at, grid in zip(places, regular, strict=True)]
        self._fill = FILL[block.code]
        self._slopes = SLOPE[block.code] * (arity if row.variadic else 1)
        self._gate, self._variadic = row.gate, row.variadic
        self._slots = [slot for slot in range(arity) if not block.constants >> slot & 1]
        self._adders = [
            (slot, Adder(places[slot], spans, regular[slot], plan.grad, marks))
            for slot in reversed(self._slots)
            if block.receives and slot not in row.decides
        ]

    def read(self) -> None:
        for reader in self._readers:
            reader.read()

    def forward(self) -> None:
        self._fill(self._out, *[reader.read() for reader in self._readers])

    def backward(self) -> None:
        ties = self._ties()
        for slot, adder in self._adders:
            slope = self._slope(slot, ties)
            if not self._gate:
                adder.add_product(self._grad, slope)
            else:
                adder.add(np.where(slope == 0.0, 0.0, self._grad * slope))

    def write_partials(self, partials: Floats) -> None:
        ties = self._ties()
        for slot in self._slots:
            slope = self._slope(slot, ties)
            partials[self._edges + slot] = slope if isinstance(slope, float) else slope.reshape(-1)

    def _ties(self) -> Any:
        if not self._variadic:
            return 0.0
        return np.sum([reader.out == self._out for reader in self._readers], axis=0, dtype=float64)

    def _slope(self, slot: int, ties: Any) -> Any:
        slope = self._slopes[slot]
        if not callable(slope):
            return slope
        if self._variadic:
            return slope(self._readers[slot].out, self._out, ties)
        return slope(*[reader.out for reader in self._readers], self._out)


class _Sums:
    """A group of left-fold sums of equal length: ((first + term 0) + term 1) + …, every partial sum a node."""

    def __init__(self, plan: Plan, layout: Layout, block: Block, marks: Marks) -> None:
        self.receives = block.receives
        self._edges = layout.columns.first.take(block.nodes)
        length, width = block.length, block.width
        first = layout.operand_places(self._edges[:width])
        terms = layout.operand_places(self._edges + 1)
        spans, (first_regular, terms_regular) = self._spans(first, terms, length, width)
        within = [span for span in spans if span <= width] if width > 1 else [1]
        shape = (length, *shape_of(within))
        here = slice(block.start, block.start + len(block.nodes))
        self._out = plan.data[here].reshape(shape)
        self._grad = plan.grad[here].reshape(shape)
        self._first = Reader(first, within, first_regular, plan.data)
        whole = [*within, length * width]
        self._terms = Reader(terms, whole, terms_regular, plan.data)
        if block.receives:
            marks[here][:-width] |= WRITTEN  # inside a sum: nothing else reads it
            self._add_terms = Adder(terms, whole, terms_regular, plan.grad, marks)
            self._add_first = Adder(first, within, first_regular, plan.grad, marks)
        self._shape = shape
        self._buffer = np.empty((length + 1, width)) if length > 1 and width < FEW else None
        self._additions: list[tuple[Floats, Floats, Floats]] = []
        if self._buffer is None:
            totals = [self._first.out, *self._out[:-1]]
            self._additions = [*zip(totals, self._terms.out, self._out, strict=True)]
        self._inside, self._top = self._grad[:-1], self._grad[-1]
        self._spread = np.broadcast_to(self._top, shape)

    @staticmethod
    def _spans(first: Places, terms: Places, length: int, width: int) -> tuple[list[int], tuple[bool, bool]]:
        """One odometer over a row of sums, and whether first operands and terms fit it; a row's end is a turn of it."""
        found = [runs(first), runs(terms)]
        fits = [spans for spans in found if spans is not None]
        spans = merge([*fits, [width]], length * width)
        if spans is not None and sum(span > width for span in spans) <= 1:
            return spans, (found[0] is not None, found[1] is not None)
        return [width, length * width], (found[0] == [width] or width == 1, False)

    def read(self) -> None:
        """Nothing to gather: the partials are 1."""

    def forward(self) -> None:
        first, terms = self._first.read(), self._terms.read()
        if self._buffer is not None:
            buffer = self._buffer
            buffer[0] = first.reshape(-1)
            buffer[1:] = terms.reshape(len(terms), -1)
            if buffer.shape[1] == 1:
                np.add.accumulate(buffer[:, 0], out=buffer[:, 0])
            else:
                np.add.accumulate(buffer, axis=0, out=buffer)
            self._out[...] = buffer[1:].reshape(self._shape)
            return
        for total, term, row in self._additions:
            np.add(total, term, out=row)

    def backward(self) -> None:
        self._inside[...] = self._top
        self._add_terms.add(self._spread)
        self._add_first.add(self._top)

    def write_partials(self, partials: Floats) -> None:
        partials[self._edges] = 1.0
        partials[self._edges + 1] = 1.0


def _odometer(places: Sequence[Places], size: int) -> tuple[list[int], list[bool]]:
    """One odometer over a group for all its slots, and which slots fit it; the others are gathered."""
    found = [runs(at) for at in places]
    spans = merge([spans for spans in found if spans is not None], size)
    if spans is not None:
        return spans, [grid is not None for grid in found]
    return [size], [grid == [size] for grid in found]


def receives(tape: Tape) -> Bools:
    """`tape.receives` as an array."""
    if ends_in_one(tape) and not _DECIDES[tape.columns.code].any():
        return np.ones(len(tape), dtype=bool)
    return np.array(tape.receives, dtype=bool)
