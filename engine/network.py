"""A network and its examples to a tape.

One or two examples are built from Values. Of more, a neuron of every layer and two terms of the loss are, and the rest
is stamped from these (`engine/stamp.py`): 65,000 nodes cost milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from engine.examples import predict, record_loss
from engine.limits import DEFAULT_LIMITS, Limits
from engine.losses import Loss
from engine.nn import LINEAR, MLP
from engine.record import Record
from engine.replay import compute, forward
from engine.spec import NetworkError, NetworkSpec, Row, check_network, find_loss, target_rows
from engine.tape import Tape
from engine.value import Value

__all__ = ["Network", "NetworkError", "NetworkSpec", "build_network", "network_tape"]

BUILT = 2
"""Up to so many examples a network is built whole, without NumPy; more are stamped."""
KEPT, KEPT_PARAMETERS = 32, 500
"""How many built structures are kept for the next request of the same shape, and up to which size: about 10 MB."""


@dataclass(frozen=True, slots=True)
class Network:
    """A tape of examples, and where on it things stand: node ids, a row per example.

    The parameters are nodes 0 to `parameters` - 1, in the order in which they were drawn.
    """

    tape: Tape
    parameters: int
    inputs: list[list[int]]
    outputs: list[list[int]]
    targets: list[list[int]]


def network_tape(
    spec: NetworkSpec,
    inputs: Sequence[Row],
    targets: Sequence[float | Row] | None = None,
    loss: str = "squared_error",
    parameters: Row | None = None,
    alpha: float = 0.0,
    limits: Limits = DEFAULT_LIMITS,
) -> Tape:
    """The tape of all examples' predictions and their loss, its output.

    `targets` holds one number per example, a row where the network has several outputs, a class index for
    `softmax_cross_entropy`. Without targets: one example and one output, which is the tape's output. `parameters`
    replaces the seed's weights. `alpha` times the sum of the squared parameters is added to the loss.
    Raises NetworkError.
    """
    if targets is not None:
        return build_network(spec, inputs, targets, loss, parameters, alpha, limits).tape
    check_network(spec, inputs, parameters, alpha, limits)
    # Not used, and a mistake all the same; which losses take classes matters with targets only.
    find_loss(loss, 2)
    if len(inputs) > 1 or spec.nouts[-1] > 1:
        message = "Without targets there is one example and one output."
        raise NetworkError("missing_targets", message, ("targets",), "Add one target per example.")
    _check_nodes(spec, 1, False, alpha, limits)
    record = _record(limits)
    return record.tape(predict(record, record.model(spec.build(parameters)), inputs[0])[0])


def build_network(
    spec: NetworkSpec,
    inputs: Sequence[Row],
    targets: Sequence[float | Row],
    loss: str = "squared_error",
    parameters: Row | None = None,
    alpha: float = 0.0,
    limits: Limits = DEFAULT_LIMITS,
) -> Network:
    """The same tape with the ids of inputs, outputs and targets. Raises NetworkError."""
    check_network(spec, inputs, parameters, alpha, limits)
    examples, width = len(inputs), spec.nouts[-1]
    row = find_loss(loss, width)
    rows = target_rows(targets, examples, width, row)
    _check_nodes(spec, examples, True, alpha, limits)
    numbers = spec.numbers(parameters)
    if examples > BUILT:
        return _stamped(spec, row, numbers, inputs, rows, float(alpha), limits)
    sizes, kinds = (spec.nin, *spec.nouts), (spec.activation, spec.output_activation)
    build = _kept if spec.parameters <= KEPT_PARAMETERS else _built
    built = build(sizes, kinds, row, examples, float(alpha), limits)
    data = [*numbers, *built.tape.data[len(numbers) :]]
    for ids, given in (*zip(built.inputs, inputs, strict=True), *zip(built.targets, rows, strict=True)):
        for node, number in zip(ids, given, strict=True):
            data[node] = float(number)
    forward(built.tape, data)
    return replace(built, tape=built.tape.with_data(data))


def _stamped(
    spec: NetworkSpec,
    row: Loss,
    parameters: list[float],
    inputs: Sequence[Row],
    targets: list[list[float]],
    alpha: float,
    limits: Limits,
) -> Network:
    from engine.stamp import Shape, Sheet  # a small network needs no NumPy
    from engine.template import Template

    examples, layers = len(inputs), list(pairwise([spec.nin, *spec.nouts]))
    neurons = [Template.of_neuron(nin, kind) for (nin, _), kind in zip(layers, spec.activations, strict=True)]
    loss = Template.of_loss(row, spec.nouts[-1], examples, alpha)
    sheet = Sheet(Shape(layers, neurons), loss, examples)
    if len(sheet) > limits.network_nodes:
        raise _too_many_nodes(limits)
    tape = sheet.tape(parameters, inputs, targets)
    compute(tape)
    return Network(
        tape, len(parameters), sheet.inputs.tolist(), sheet.outputs.tolist(), sheet.targets.tolist()
    )


def _built(
    sizes: tuple[int, ...],
    kinds: tuple[str, str | None],
    row: Loss,
    examples: int,
    alpha: float,
    limits: Limits,
) -> Network:
    """A network whose numbers mean nothing yet: no node depends on weights, inputs or targets."""
    nin, *nouts = sizes
    record = _record(limits)
    model = record.model(MLP(nin, nouts, *kinds, seed=0))
    parameters = len(record.nodes)
    inputs: list[list[int]] = []
    outputs: list[list[Value]] = []
    for _ in range(examples):
        inputs.append(list(range(len(record.nodes), len(record.nodes) + nin)))
        outputs.append(predict(record, model, [0.0] * nin))
    loss = record_loss(record, row, outputs, examples, alpha, model.module.parameters())
    ids = [[[record.seen[id(value)] for value in each] for each in rows] for rows in (outputs, loss.targets)]
    return Network(record.tape(loss.output), parameters, inputs, *ids)


_kept = lru_cache(maxsize=KEPT)(_built)


def _record(limits: Limits) -> Record:
    return Record(limits.network_nodes, lambda: _too_many_nodes(limits))


def _too_many_nodes(limits: Limits) -> NetworkError:
    message = f"The graph would have more than {limits.network_nodes:,} nodes."
    return NetworkError("too_many_nodes", message, ("inputs",), "Use fewer examples or a smaller network.")


def _check_nodes(spec: NetworkSpec, examples: int, loss: bool, alpha: float, limits: Limits) -> None:
    """Raises before a graph is begun that would pass the limit."""
    if least_nodes(spec, examples, loss, alpha) > limits.network_nodes:
        raise _too_many_nodes(limits)


def least_nodes(spec: NetworkSpec, examples: int, loss: bool = True, alpha: float = 0.0) -> int:
    """About how many nodes the graph has, never more than it has; a loss adds at least three per output."""
    shape = list(zip(pairwise([spec.nin, *spec.nouts]), spec.activations, strict=True))
    per_example = spec.nin + sum(nout * (2 * nin + (kind != LINEAR)) for (nin, nout), kind in shape)
    nodes = spec.parameters + examples * (per_example + (3 * spec.nouts[-1] if loss else 0))
    return nodes + (2 * spec.parameters if alpha else 0)
