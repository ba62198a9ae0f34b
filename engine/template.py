"""Templates: nodes built once from Values, put down again and again as arrays.

A part of a template stands as often in a row as there are neurons, examples or parameters; what it reads moves along
from copy to copy, or is shared.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

import numpy as np
from numpy import int64
from numpy.typing import NDArray

from engine.examples import input_leaves, record_loss
from engine.losses import Loss
from engine.nn import Neuron
from engine.record import Record
from engine.tape import ROLES, Columns
from engine.value import Value

Ints = NDArray[int64]
_INTERMEDIATE, _OUTPUT = map(ROLES.index, ("intermediate", "output"))


@dataclass(frozen=True, slots=True)
class Template:
    """Nodes built once. The first, `ends[0]` many, stand for nodes elsewhere; the parts of the rest end at `ends`."""

    columns: Columns
    groups: list[str]
    ends: list[int]

    @classmethod
    def of(cls, record: Record, output: Value, ends: list[int]) -> Template:
        tape = record.tape(output)
        columns = tape.columns
        columns.role[columns.role == _OUTPUT] = _INTERMEDIATE
        return cls(columns, [group.id for group in tape.group_table], ends)

    @classmethod
    def of_neuron(cls, nin: int, activation: str) -> Template:
        """Parameters and inputs, and what one call makes of them."""
        record = Record(sys.maxsize, OverflowError)
        path = record.example(record.model(Neuron(nin, activation, seed=0)))
        leaves = input_leaves(record, [0.0] * nin, path)
        given = len(record.nodes)
        out = record.run(path, leaves)
        assert isinstance(out, Value)
        return cls.of(record, out, [given, len(record.nodes)])

    @classmethod
    def of_loss(cls, row: Loss, width: int, examples: int, alpha: float) -> Template:
        """The outputs of two examples, `width` of each, and two parameters; the loss, its mean that of `examples`."""
        record = Record(sys.maxsize, OverflowError)
        given = [record.add(Value(0.0)) for _ in range(2 * width + 2)]
        loss = record_loss(record, row, [given[:width], given[width:-2]], examples, alpha, given[-2:])
        return cls.of(record, loss.output, [len(given), *loss.ends])


@dataclass(frozen=True, slots=True)
class Part:
    """Nodes that stand `copies` times in a row: the first copy's columns, its operands ids of the whole tape.

    From copy to copy an operand edge moves by its entry of `moves`, and a group by `group_moves` in the table.
    """

    columns: Columns
    moves: Ints  # (e,)
    group_moves: int
    copies: int


class Row:
    """Parts in a row, from id `start` on."""

    def __init__(self, start: int = 0, parts: Sequence[Part] = ()) -> None:
        self.end = start
        self.parts: list[Part] = []
        for part in parts:
            self.put(part)

    def put(self, part: Part) -> int:
        """Puts a part behind the others; where it begins."""
        begin = self.end
        self.end += part.copies * len(part.columns.code)
        if begin < self.end:
            self.parts.append(part)
        return begin

    def columns(self) -> Columns:
        """All copies of all parts; the table of names is left empty."""
        parts, old = self.parts, [part.columns for part in self.parts]
        edges = [part.copies * len(each.operand) for part, each in zip(parts, old, strict=True)]

        def laid(
            columns: list[NDArray[Any]], moves: Sequence[Any] | None = None, more: int = 0
        ) -> NDArray[Any]:
            sizes = [part.copies * len(column) for part, column in zip(parts, columns, strict=True)]
            whole = np.empty(sum(sizes) + more, dtype=columns[0].dtype)
            for at, start in enumerate(accumulate(sizes[:-1], initial=0)):
                copies = whole[start : start + sizes[at]].reshape(parts[at].copies, -1)
                if moves:  # written in place: an array in between would cost more than all the rest
                    np.multiply(np.arange(len(copies))[:, None], moves[at], out=copies)
                    copies += columns[at]
                else:
                    copies[:] = columns[at]
            return whole

        starts = [
            each.first[:-1] + (start - each.first[0])
            for each, start in zip(old, accumulate(edges, initial=0), strict=False)
        ]
        first = laid(starts, [len(each.operand) for each in old], more=1)
        first[-1] = sum(edges)
        return Columns(
            code=laid([each.code for each in old]),
            first=first,
            operand=laid([each.operand for each in old], [part.moves for part in parts]),
            data=laid([each.data for each in old]),
            role=laid([each.role for each in old]),
            name=laid([each.name for each in old]),
            names=[],
            group=laid([each.group for each in old], [part.group_moves for part in parts]),
        )


class Placed:
    """A template and where its nodes are: the id of each, and how far it moves with every copy of what reads it."""

    def __init__(self, template: Template, names: dict[str | None, int]) -> None:
        self.template = template
        columns = template.columns
        self._ids, self._moves = np.zeros((2, len(columns.code)), dtype=np.int64)
        self._name = np.array(
            [names.setdefault(name, len(names)) for name in columns.names], dtype=columns.name.dtype
        )[columns.name]

    def give(self, start: int, ids: Ints, moves: int = 0) -> None:
        """Says where the nodes from `start` on are."""
        self._ids[start : start + len(ids)] = ids
        self._moves[start : start + len(ids)] = moves

    def part(self, start: int, end: int, at: int, group: int, group_moves: int = 0, copies: int = 1) -> Part:
        """The nodes from `start` to `end`, to stand `copies` times from id `at` on.

        The table has their groups from `group` on. What the first copy reads of the node before it, the others read of
        the copy before them.
        """
        old, size = self.template.columns, end - start
        own = np.arange(size)
        self.give(start, at + own, size)
        before = slice(max(start - 1, self.template.ends[0]), start)
        self._moves[before] = size
        operand = old.operand[old.first[start] : old.first[end]]
        columns = replace(
            old,
            code=old.code[start:end],
            first=old.first[start : end + 1],
            operand=self._ids[operand],
            data=old.data[start:end],
            role=old.role[start:end],
            name=self._name[start:end],
            group=old.group[start:end] + group,
        )
        part = Part(columns, self._moves[operand], group_moves, copies)
        self._moves[before] = 0
        self.give(start, at + own + (copies - 1) * size)
        return part
