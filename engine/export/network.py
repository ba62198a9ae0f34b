"""A tape as the network it came from: layers of weights, rows of inputs and targets, a loss.

The groups say where to look; whether it is really that network is decided by the network itself: one call of an `MLP`
of the sizes found, and the losses of the table, are built once from Values and compared with the tape, node by node.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.export.source import identifiers, listing, literal, rows
from engine.losses import LOSSES, Loss, penalty, total
from engine.nn import ACTIVATIONS, LINEAR, MLP
from engine.ops import LEAF
from engine.value import Value

if TYPE_CHECKING:
    from engine.tape import Tape

Known = dict[Value, int]
"""Values of the expected graph and the nodes they stand for."""


@dataclass(slots=True)
class Network:
    """A multilayer perceptron read from a tape, its calls, and what is made of them.

    weights       per layer, per neuron: the ids of its weights, then of its bias
    activations   per layer: an op's name, or "linear"
    calls         per call: the ids of its inputs and of its outputs
    inside        the nodes that the calls are made of
    loss, targets, alpha   set when the output is a loss of the table over all calls: a row of targets per call
    """

    weights: list[list[list[int]]]
    activations: list[str]
    calls: list[tuple[list[int], list[int]]] = field(default_factory=list)
    inside: set[int] = field(default_factory=set)
    loss: Loss | None = None
    targets: list[list[float]] = field(default_factory=list)
    alpha: float = 0.0

    @property
    def nin(self) -> int:
        return len(self.weights[0][0]) - 1

    @property
    def nouts(self) -> list[int]:
        return [len(layer) for layer in self.weights]

    def numbers(self, tape: Tape) -> list[list[list[float]]]:
        """The weights themselves."""
        return [[[tape.data[node] for node in neuron] for neuron in layer] for layer in self.weights]

    def inputs(self, tape: Tape) -> list[list[float]]:
        """A row per call."""
        return [[tape.data[node] for node in nodes] for nodes, _ in self.calls]

    def target(self, classes: bool = False) -> str:
        """The targets as a list in Python: flat where the network has one output, indices for `classes`."""
        if classes:
            return listing("[", [str(row.index(1.0)) for row in self.targets], "]")
        if self.nouts[-1] == 1:
            return listing("[", [literal(number) for (number,) in self.targets], "]")
        return rows("", self.targets, "")


def spellings(network: Network, weight: str, bias: str, prediction: str) -> dict[int, str]:
    """How a network's nodes are spelled where the rest of a program reads them.

    `weight`, `bias` and `prediction` are templates over `{layer}` (from 1), `{at}` (from 0), `{neuron}`, `{slot}` and
    `{call}`. Nodes inside the calls are "": whoever reads one of those asks for more than a network gives.
    """
    given = dict.fromkeys(network.inside, "")
    for at, layer in enumerate(network.weights):
        for neuron, ids in enumerate(layer):
            place = {"layer": at + 1, "at": at, "neuron": neuron}
            for slot, node in enumerate(ids):
                given[node] = (weight if slot < len(ids) - 1 else bias).format(**place, slot=slot)
    for call, (_, outputs) in enumerate(network.calls):
        for slot, node in enumerate(outputs):
            given[node] = prediction.format(call=call, slot=slot)
    return given


def loss_name(tape: Tape, taken: Iterable[str]) -> str:
    """What to call the loss: the program's own name for it, if it has one."""
    return identifiers(tape, taken)[tape.output] if tape.names[tape.output] else "loss"


def find_network(tape: Tape) -> Network | None:
    """The network that a tape is a graph of; None unless all its parameters belong to one and its inputs are leaves."""
    groups = {group.id: group for group in tape.group_table}
    neurons: dict[str, list[int]] = {}
    for node, role in enumerate(tape.roles):
        if role == "parameter":
            group = groups.get(tape.groups[node] or "")
            if group is None or group.kind != "neuron" or group.parent is None or groups[group.parent].parent:
                return None
            neurons.setdefault(group.id, []).append(node)
    layers: dict[str, list[list[int]]] = {}
    for name, ids in neurons.items():
        layers.setdefault(name.rpartition(".")[0], []).append(ids)
    network = Network(list(layers.values()), [])
    if not layers or not _fits_together(network):
        return None
    if not all(tape.receives[node] for ids in neurons.values() for node in ids):
        return None
    ends = list(_neuron_ends(tape))
    network.activations = _activations(network, [tape.ops[node] for node in ends])
    if not network.activations or not _find_calls(tape, network, ends):
        return None
    _find_loss(tape, network)
    return network


def _fits_together(network: Network) -> bool:
    reads = [network.nin, *network.nouts]
    return all(
        len(neuron) == nin + 1 for nin, layer in zip(reads, network.weights, strict=False) for neuron in layer
    )


def _neuron_ends(tape: Tape) -> Iterator[int]:
    """The last node of every neuron in every call: where a neuron's group, or a sum in it, gives way to another."""
    kinds = {group.id: (group.kind, group.parent) for group in tape.group_table}

    def neuron(node: int) -> str | None:
        name = tape.groups[node]
        while name is not None and kinds[name][0] != "neuron":
            name = kinds[name][1]
        return name

    here = None
    for node in range(len(tape.ops)):
        there = neuron(node) if tape.ops[node] != LEAF else None
        if here is not None and there != here:
            yield node - 1
        here = there
    if here is not None:
        yield len(tape.ops) - 1


def _activations(network: Network, ops: Sequence[str]) -> list[str]:
    """What ends the neurons of each layer, from those of the first call."""
    found, at = [], 0
    for nout in network.nouts:
        if at >= len(ops):
            return []
        found.append(ops[at] if ops[at] in ACTIVATIONS else LINEAR)
        at += nout
    return found


def _find_calls(tape: Tape, network: Network, ends: Sequence[int]) -> bool:
    """Whether every call is what an MLP of this shape makes, of leaves."""
    hidden = network.activations[0] if len(network.activations) > 1 else network.activations[-1]
    model = MLP(network.nin, network.nouts, hidden, network.activations[-1], 0)
    ids = [node for layer in network.weights for neuron in layer for node in neuron]
    weights = dict(zip(model.parameters(), ids, strict=True))
    inputs = [Value(0.0, role="data") for _ in range(network.nin)]
    outputs = model(inputs)
    outputs = outputs if isinstance(outputs, list) else [outputs]
    size, last = sum(network.nouts), network.nouts[-1]
    if not ends or len(ends) % size:
        return False
    for start in range(0, len(ends), size):
        nodes = list(ends[start + size - last : start + size])
        known = dict(weights)
        if not all(matches(tape, value, node, known) for value, node in zip(outputs, nodes, strict=True)):
            return False
        network.calls.append(([known[value] for value in inputs], nodes))
        network.inside.update(node for node in known.values() if tape.ops[node] != LEAF)
    return True


def _find_loss(tape: Tape, network: Network) -> None:
    """Sets loss, targets and alpha when the output is a loss of the table over all calls."""
    known: Known = {}
    outputs = [[Value(0.0, role="data") for _ in nodes] for _, nodes in network.calls]
    for values, (_, nodes) in zip(outputs, network.calls, strict=True):
        known.update(zip(values, nodes, strict=True))
    weights = {Value(0.0): node for layer in network.weights for neuron in layer for node in neuron}
    for loss in LOSSES.values():
        targets = [[Value(0.0, role="data") for _ in row] for row in outputs]
        error = total(loss.term(row, iter(wanted)) for row, wanted in zip(outputs, targets, strict=True))
        if loss.mean:
            error = error / float(len(outputs) * (1 if loss.targets == "class" else network.nouts[-1]))
        alpha = Value(0.0, role="data")
        for whole in (error, error + penalty(weights) * alpha, error + alpha * penalty(weights)):
            found: Known = {**known, **weights}
            if not matches(tape, whole, tape.output, found):
                continue
            rows = [[tape.data[found[value]] for value in row] for row in targets]
            if loss.targets == "class" and not all(
                sorted(row) == [0.0] * (len(row) - 1) + [1.0] for row in rows
            ):
                continue
            network.loss, network.targets = loss, rows
            network.alpha = tape.data[found[alpha]] if alpha in found else 0.0
            return


def matches(tape: Tape, expected: Value, node: int, known: Known) -> bool:
    """Whether the graph under a Value is the tape's under a node. What is met is entered into `known`.

    A leaf that is not known stands for any leaf of role data or constant, the same wherever it is read; a constant for
    a constant of that value. Walks with a stack: a loss over many examples is deep.
    """
    stack = [(expected, node)]
    while stack:
        value, node = stack.pop()
        if value in known:
            if known[value] != node:
                return False
            continue
        if value.op != tape.ops[node]:
            return False
        if value.op == LEAF:
            role = tape.roles[node]
            if role == "parameter" or (
                value.role == "constant" and (role, value.data) != (value.role, tape.data[node])
            ):
                return False
        elif len(value.operands) != len(tape.operands[node]):
            return False
        known[value] = node
        stack.extend(zip(value.operands, tape.operands[node], strict=True))
    return True
