"""A network and its examples to a tape.

Two examples are built from Values; further ones repeat the second, node by node, so they are stamped as arrays: an
operand that belongs to the example moves along with it, a weight is shared. 65,000 nodes cost milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from engine.limits import DEFAULT_LIMITS, Limits
from engine.losses import Loss, penalty
from engine.nn import LINEAR, MLP
from engine.record import Model, Path, Record
from engine.replay import compute, forward
from engine.spec import NetworkError, NetworkSpec, Row, check_network, find_loss, target_rows
from engine.tape import Tape
from engine.value import Value

__all__ = ["Network", "NetworkError", "NetworkSpec", "build_network", "network_tape"]

LOSS: Path = ("loss",)
BUILT = 2
"""Examples that are built; what the second reads and where shows how all later ones go on."""
KEPT, KEPT_PARAMETERS = 32, 500
"""How many built structures are kept for the next request of the same shape, and up to which size: about 10 MB."""


@dataclass(slots=True)
class Pattern:
    """Where the built examples stand on a tape.

    Example k of the built ones is nodes starts[k] to starts[k + 1], its inputs first. Its term of the loss, with the
    addition to the terms before it as the last node, ends at terms[k]. What comes after terms[-1] comes once.
    """

    examples: int
    starts: list[int]
    terms: list[int]

    def example_ids(self, built: list[list[int]]) -> list[list[int]]:
        """Ids of nodes of the built examples (a row each), gone on with for all the others."""
        size = self.starts[-1] - self.starts[-2]
        return _continued(built, self.examples - len(self.terms), size, 0)

    def term_ids(self, built: list[list[int]]) -> list[list[int]]:
        """The same for nodes of the loss's terms."""
        copies = self.examples - len(self.terms)
        width = self.terms[-1] - self.terms[-2] if copies else 0
        return _continued(built, copies, width, copies * (self.starts[-1] - self.starts[-2]))


def _continued(built: list[list[int]], copies: int, size: int, behind: int) -> list[list[int]]:
    moved = [[node + behind for node in row] for row in built]
    return moved + [[node + copy * size for node in moved[-1]] for copy in range(1, copies + 1)]


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
    return record.tape(_predict(record, record.model(spec.build(parameters)), inputs[0])[0])


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
    build = _kept if spec.parameters <= KEPT_PARAMETERS else _built
    kinds = (spec.activation, spec.output_activation)
    built = build((spec.nin, *spec.nouts), kinds, row, examples, BUILT, float(alpha), limits)
    data, pattern = built.leaves(spec.numbers(parameters), inputs, rows), built.pattern
    if examples > BUILT:
        from engine.stamp import stamp  # a small network needs no NumPy

        tape = stamp(built.tape.with_data(data), pattern, inputs, rows)
        compute(tape)
    else:
        forward(built.tape, data)
        tape = built.tape.with_data(data)
    return Network(
        tape,
        spec.parameters,
        pattern.example_ids(built.inputs),
        pattern.example_ids(built.outputs),
        pattern.term_ids(built.targets),
    )


@dataclass(frozen=True, slots=True)
class _Built:
    """What all requests of one shape have in common: the tape of the built examples, whose numbers mean nothing yet."""

    tape: Tape
    pattern: Pattern
    inputs: list[list[int]]
    outputs: list[list[int]]
    targets: list[list[int]]

    def leaves(self, parameters: list[float], inputs: Sequence[Row], targets: Sequence[Row]) -> list[float]:
        """The data of the tape in one request, as far as it is given."""
        data = [*parameters, *self.tape.data[len(parameters) :]]
        for ids, numbers in (
            *zip(self.inputs, inputs, strict=False),
            *zip(self.targets, targets, strict=False),
        ):
            for node, number in zip(ids, numbers, strict=True):
                data[node] = float(number)
        return data


def _built(
    sizes: tuple[int, ...],
    kinds: tuple[str, str | None],
    row: Loss,
    examples: int,
    most: int,
    alpha: float,
    limits: Limits,
) -> _Built:
    """The structure of a network's tape: nothing in it depends on weights, inputs or targets.

    At `most` so many of the examples are built.
    """
    nin, *nouts = sizes
    record = _record(limits)
    model = record.model(MLP(nin, nouts, *kinds, seed=0))
    parameters = len(record.nodes)
    pattern = Pattern(examples, [parameters], [])
    outputs: list[list[Value]] = []
    for _ in range(min(examples, most)):
        outputs.append(_predict(record, model, [0.0] * nin))
        pattern.starts.append(len(record.nodes))
    terms: list[Value] = []
    targets: list[list[Value]] = []
    total: Value | None = None
    for outs in outputs:
        leaves: list[Value] = []
        targets.append(leaves)
        terms.append(row.term(outs, _leaves([0.0] * nouts[-1], leaves)))
        summed: Value = terms[-1] if total is None else total + terms[-1]
        record.absorb([summed], path=LOSS)
        total = summed
        pattern.terms.append(len(record.nodes))
    assert total is not None
    output: Value = total
    record.mark_sum(output, terms[0], LOSS)
    if row.mean:
        output = output / float(examples * (1 if row.targets == "class" else nouts[-1]))
    if alpha:
        squares = penalty(model.module.parameters())
        output = output + squares * alpha
        record.absorb([output], path=LOSS)
        record.mark_sum(squares, _first_term(squares, parameters), LOSS)
    record.absorb([output], path=LOSS)
    tape = record.tape(output)
    if examples > most:
        tape.columns  # noqa: B018 - made once, for all that are stamped from it
    return _Built(
        tape,
        pattern,
        [list(range(start, start + nin)) for start in pattern.starts[:-1]],
        [[record.seen[id(leaf)] for leaf in each] for each in outputs],
        [[record.seen[id(leaf)] for leaf in each] for each in targets],
    )


_kept = lru_cache(maxsize=KEPT)(_built)


def _predict(record: Record, model: Model, x: Row) -> list[Value]:
    """One example's outputs; its inputs are leaves of its own, shared by all that read them."""
    path = record.example(model)
    leaves = [record.add(Value(number, f"x[{slot}]", "data"), None, path) for slot, number in enumerate(x)]
    out = record.run(path, leaves)
    return out if isinstance(out, list) else [out]


def _leaves(numbers: Row, made: list[Value]) -> Iterator[Value]:
    """A target's leaves, each made when the loss asks for it."""
    for slot, number in enumerate(numbers):
        made.append(Value(number, f"y[{slot}]", "data"))
        yield made[-1]


def _first_term(total: Value, terms: int) -> Value:
    """The first of the terms that a left fold added up."""
    for _ in range(terms - 1):
        total = total.operands[0]
    return total


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
