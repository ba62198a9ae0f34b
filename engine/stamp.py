"""A network of many examples for the price of arrays.

One neuron of every layer is built from Values, and the loss over two examples with the penalty on two parameters; all
the rest is copies of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np

from engine.arrangement import Layout
from engine.repeat import Stretch, repeat
from engine.tape import ROLES, Columns, Group, GroupPattern, Tape
from engine.template import Ints, Part, Placed, Row, Template

Rows = Sequence[Sequence[float]]
Layers = Sequence[tuple[int, int]]
"""Of each layer how many numbers it reads, and how many neurons it has."""
_DATA, _OUTPUT = map(ROLES.index, ("data", "output"))


class Shape:
    """A network's parameters and its first example: what is the same however many examples there are.

    An example has `size` nodes, the first one's from `start` on; `inputs` and `outputs` are ids in the first.
    """

    def __init__(self, layers: Layers, neurons: Sequence[Template]) -> None:
        """`neurons` has a template for each of the layers."""
        self.names: dict[str | None, int] = {}
        calls = [Placed(neuron, self.names) for neuron in neurons]
        self.groups: list[str] = []
        self._parameters = Row()
        for number, ((nin, nout), call) in enumerate(zip(layers, calls, strict=True), start=1):
            part = call.part(0, nin + 1, self._parameters.end, len(self.groups) + 1, 1, nout)
            call.give(0, self._parameters.put(part) + np.arange(nin + 1), nin + 1)
            self.groups += _names(f"layer{number}", nout, [""])
        self.start = self._parameters.end
        self.inputs = self.start + np.arange(layers[0][0])
        self.tails = [""]
        example = Row(self.start)
        self.outputs = self._call(layers, calls, example)
        self._example = example.columns()
        self._example.group += len(self.groups)
        self.size = example.end - self.start

    def _call(self, layers: Layers, calls: Sequence[Placed], example: Row) -> Ints:
        """Puts down an example: its inputs, and what every neuron makes of them. The ids of its outputs."""
        nin = len(self.inputs)
        # Within the neuron they are in no group, -1; within the example in its first, 1 more.
        example.put(calls[0].part(nin + 1, 2 * nin + 1, self.start, 1))
        read = self.inputs
        for number, ((nin, nout), call) in enumerate(zip(layers, calls, strict=True), start=1):
            call.give(nin + 1, read)
            inner = [group.removeprefix("neuron1") for group in call.template.groups]
            start, end = call.template.ends
            at = example.put(call.part(start, end, example.end, len(self.tails) + 1, len(inner), nout))
            self.tails += _names(f".layer{number}", nout, inner)
            read = at + (end - start) * np.arange(1, nout + 1) - 1
        return read

    def row(self, examples: int) -> Row:
        """The parameters and so many examples."""
        moves = (self._example.operand >= self.start) * self.size
        return Row(0, [*self._parameters.parts, Part(self._example, moves, len(self.tails), examples)])


class Sheet:
    """The nodes of a network with its examples and the loss over them, before they have numbers.

    `inputs`, `outputs` and `targets` are ids, a row per example. Behind all examples the second one's part of the loss
    has `width` nodes from `term` on, and so has each after it. Arrays are made when `columns` are asked for.
    """

    def __init__(self, shape: Shape, loss: Template, examples: int) -> None:
        """At least two examples."""
        self.shape, self.examples = shape, examples
        self._loss = loss
        along = np.arange(examples)[:, None] * shape.size
        self.inputs, self.outputs = shape.inputs + along, shape.outputs + along
        self._names = dict(shape.names)
        self._row = shape.row(examples)
        self._put_loss(Placed(loss, self._names))

    def __len__(self) -> int:
        return self._row.end

    @cached_property
    def columns(self) -> Columns:
        columns = self._row.columns()
        columns.names = list(self._names)
        columns.role[-1] = _OUTPUT
        return columns

    def _put_loss(self, loss: Placed) -> None:
        """Puts down the parts of the loss: one term, the other terms, and what comes once or for every parameter."""
        first, second = self.outputs[:2]
        loss.give(0, first)
        loss.give(len(first), second, self.shape.size)
        loss.give(2 * len(first), np.array([0]))
        loss.give(2 * len(first) + 1, np.array([1]), 1)
        starts = []
        copies = [1, self.examples - 1, 1, 1, self.shape.start - 1, 1]
        group = len(self.shape.groups) + self.examples * len(self.shape.tails)
        for (start, end), times in zip(pairwise(self._loss.ends), copies, strict=False):
            starts.append(self._row.put(loss.part(start, end, self._row.end, group, copies=times)))
        given, one, two, *_ = self._loss.ends
        self.term, self.width = starts[1], two - one
        is_target = self._loss.columns.role == _DATA
        self.targets = (
            self.term
            + np.flatnonzero(is_target[one:two])
            + self.width * np.arange(-1, self.examples - 1)[:, None]
        )
        self.targets[0] = starts[0] + np.flatnonzero(is_target[given:one])

    def tape(self, parameters: Sequence[float], inputs: Rows, targets: Rows) -> Tape:
        """The tape with these numbers in its leaves; nothing is computed yet."""
        data = self.columns.data
        data[: self.shape.start] = parameters
        data[self.inputs] = inputs
        data[self.targets] = targets
        tape = Tape.from_columns(self.columns, len(self) - 1, self._group_pattern)
        tape.arrange = lambda: self._layout(Sheet(self.shape, self._loss, 2))
        return tape

    def _layout(self, two: Sheet) -> Layout | None:
        """The plan's layout, from that of two examples."""
        more = np.arange(self.examples - 1)
        size, width = self.shape.size, self.width
        behind, after = self.shape.start + 2 * size, two.term + width
        examples, terms = more[-1] * size, more[-1] * width
        return repeat(
            Tape.from_columns(two.columns, len(two) - 1),
            self.columns,
            lambda nodes: nodes + (nodes >= behind) * examples + (nodes >= after) * terms,
            Stretch(behind - size, size, size, more * size),
            Stretch(two.term, width - 1, width - 1, examples + more * width),
        )

    def _group_pattern(self) -> GroupPattern:
        """The parameters' groups, every example's, the loss's; an example's are the first one's renamed."""
        told = [
            (tail, group.kind, group.label, (group.parent or "").removeprefix("example1"))
            for tail in self.shape.tails[1:]
            for group in [Group.named(f"example1{tail}")]
        ]

        def example(number: str) -> list[Group]:
            name = f"example{number}"
            inner = [Group(name + tail, kind, label, name + around) for tail, kind, label, around in told]
            return [Group(name, "example", f"example {number}", None), *inner]

        before, after = (list(map(Group.named, names)) for names in (self.shape.groups, self._loss.groups))
        return GroupPattern(before, example, range(1, self.examples + 1), after)


def _names(layer: str, neurons: int, inner: list[str]) -> list[str]:
    """A layer, and its neurons with what is in each."""
    return [layer, *[f"{layer}.neuron{slot}{tail}" for slot in range(1, neurons + 1) for tail in inner]]
