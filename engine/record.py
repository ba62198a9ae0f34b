"""What a tape knows and a Value does not: the order of building, the span in the text, the group.

Values stay micrograd's. A record watches from outside: after each call it takes in the Values that are new, in the
order in which they were made, and writes down where they belong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from engine.nn import MLP, Layer, Module, Neuron
from engine.tape import Group, Tape
from engine.value import Value

Span = tuple[int, int]


@dataclass(eq=False, slots=True)
class Model:
    """A module under record. The first one of a record needs no name of its own, the second is `model2`."""

    module: Module
    number: int
    calls: int = 0

    def layers(self) -> list[tuple[str, list[tuple[str, Neuron]]]]:
        """Its neurons by layer, with the names of their groups; a neuron on its own has no layer (`""`)."""
        if isinstance(self.module, Neuron):
            return [("", [("neuron1", self.module)])]
        layers = self.module.layers if isinstance(self.module, MLP) else [self.module]
        return [
            (f"layer{at}", [(f"neuron{slot}", neuron) for slot, neuron in enumerate(layer.neurons, start=1)])
            for at, layer in enumerate(layers, start=1)
            if isinstance(layer, Layer)
        ]

    @property
    def nin(self) -> int:
        """How many numbers it reads."""
        return len(self.layers()[0][1][0][1].w)

    @property
    def nodes_per_call(self) -> int:
        """How many nodes one call makes: a product and a sum per weight, and the activation."""
        neurons = [neuron for _, layer in self.layers() for _, neuron in layer]
        return sum(2 * len(neuron.w) + 1 for neuron in neurons)


@dataclass(frozen=True, slots=True)
class _Example:
    """The part of a group's path that names a model's call, once there is more than one."""

    model: Model
    number: int


_Found = tuple[float, Value, tuple[Value, ...]]
"""A Value with its serial, by which they are sorted, and its operands."""

Path = tuple["str | Model | _Example", ...]
"""A group, outermost part first; what a Model or an example is called is known only at the end."""


class Record:
    """The nodes of one tape in build order, each with its span and its group."""

    def __init__(self, limit: int, too_many: Callable[[], Exception]) -> None:
        self.nodes: list[Value] = []
        self.operands: list[tuple[int, ...]] = []
        self.spans: list[Span | None] = []
        self.paths: list[Path] = []
        self.seen: dict[int, int] = {}
        self.models: list[Model] = []
        self._limit = limit
        self._too_many = too_many
        self._sums: dict[Path, int] = {}

    def make_room(self, count: int) -> None:
        """Raises before `count` more nodes would pass the limit."""
        if len(self.nodes) + count > self._limit:
            raise self._too_many()

    def add(self, value: Value, span: Span | None = None, path: Path = ()) -> Value:
        """Takes in one Value whose operands are all here."""
        self._enter([(value.serial, value, value.operands)], span, path)
        return value

    def absorb(self, results: Iterable[Value], span: Span | None = None, path: Path = ()) -> None:
        """Takes in the results' ancestors that are not here yet, in the order in which they were made."""
        found: list[_Found] = []
        seen, stack = self.seen, list(results)
        while stack:
            value = stack.pop()
            if id(value) not in seen:
                seen[id(value)] = -1
                operands = value.operands
                found.append((value.serial, value, operands))
                stack += operands
        found.sort()
        self._enter(found, span, path)

    def _enter(self, found: list[_Found], span: Span | None, path: Path) -> None:
        """Writes down Values and their operands, in this order. Raises when that would pass the limit."""
        seen, first = self.seen, len(self.nodes)
        self.make_room(len(found))
        for place, (_, value, _) in enumerate(found, first):
            seen[id(value)] = place
        self.nodes += [value for _, value, _ in found]
        self.operands += [
            tuple([seen[id(operand)] for operand in operands]) if operands else () for *_, operands in found
        ]
        self.spans += [span] * len(found)
        self.paths += [path] * len(found)

    def mark_sum(self, total: Value, first: Value, path: Path = ()) -> None:
        """Groups the additions of a left fold: from `total` along the left operands to `first`."""
        if total is first:
            return
        number = self._sums[path] = self._sums.get(path, 0) + 1
        inner = (*path, "sum" if number == 1 else f"sum{number}")
        while total is not first:
            self.paths[self.seen[id(total)]] = inner
            total = total.operands[0]

    def model(self, module: Module, span: Span | None = None) -> Model:
        """Takes in a module's parameters."""
        model = Model(module, len(self.models) + 1)
        self.models.append(model)
        for layer, neurons in model.layers():
            for name, neuron in neurons:
                path: Path = (model, *([layer] if layer else []), name)
                self._enter([(leaf.serial, leaf, ()) for leaf in neuron.parameters()], span, path)
        return model

    def example(self, model: Model) -> Path:
        """Begins a call of a model: the group of what belongs to this call alone."""
        self.make_room(model.nodes_per_call)
        model.calls += 1
        return model, _Example(model, model.calls)

    def run(self, example: Path, x: Sequence[Value], span: Span | None = None) -> Value | list[Value]:
        """Calls the model of an example, neuron by neuron, and takes in what that makes."""
        model = example[0]
        assert isinstance(model, Model)
        for layer, neurons in model.layers():
            outs: list[Value] = []
            for name, neuron in neurons:
                path = (*example, *([layer] if layer else []), name)
                weighed = neuron.weigh(x)
                outs.append(neuron.activate(weighed))
                self.absorb(outs[-1:], span, path)
                self.mark_sum(weighed, neuron.b, path)
            x = outs
        return x[0] if len(x) == 1 else list(x)

    def tape(self, output: Value) -> Tape:
        """The tape of everything taken in, whose last word is `output`."""
        nodes, place = self.nodes, self.seen[id(output)]
        roles = [value.role for value in nodes]
        if output.operands:
            roles[place] = "output"
        tape = Tape(
            ops=[value.op for value in nodes],
            operands=self.operands,
            data=[value.data for value in nodes],
            roles=roles,
            names=[value.label or None for value in nodes],
            groups=[None] * len(nodes),
            spans=self.spans,
            output=place,
        )
        table: dict[str, Group] = {}
        rendered: dict[int, str | None] = {}
        for node, path in enumerate(self.paths):
            if id(path) not in rendered:
                rendered[id(path)] = _group(table, [text for part in path if (text := _text(part))])
            tape.groups[node] = rendered[id(path)]
        tape.group_table[:] = table.values()
        return tape


def _text(part: str | Model | _Example) -> str:
    if isinstance(part, Model):
        return "" if part.number == 1 else f"model{part.number}"
    if isinstance(part, _Example):
        return f"example{part.number}" if part.model.calls > 1 else ""
    return part


def _group(table: dict[str, Group], parts: list[str]) -> str | None:
    """The id of a group, after entering it and those around it into the table, outermost first."""
    around = None
    for end in range(1, len(parts) + 1):
        name = ".".join(parts[:end])
        if name not in table:
            table[name] = Group.named(name)
        around = name
    return around
