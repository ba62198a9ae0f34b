"""A network and its examples to a tape.

Two examples are built from Values; further ones repeat the second, node by node, so they are stamped as arrays: an
operand that belongs to the example moves along with it, a weight is shared. 65,000 nodes cost milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from engine.limits import DEFAULT_LIMITS, Limits
from engine.losses import LOSSES, Loss, penalty
from engine.nn import ACTIVATIONS, LINEAR, MLP
from engine.record import Model, Path, Record
from engine.stamp import Pattern, stamp
from engine.tape import Tape
from engine.value import Value

Row = Sequence[float]
Where = tuple[str | int, ...]

LOSS: Path = ("loss",)
BUILT = 2
"""Examples that are built; what the second reads and where shows how all later ones go on."""


@dataclass(frozen=True, slots=True)
class NetworkSpec:
    """A multilayer perceptron: `nin` inputs, then layers of `nouts` neurons, weights drawn from `seed`.

    `output_activation` is the last layer's; None means the same as the others'.
    """

    nin: int
    nouts: Sequence[int]
    activation: str = "tanh"
    output_activation: str | None = None
    seed: int = 1337

    @property
    def parameters(self) -> int:
        """How many weights and biases it has."""
        return sum((nin + 1) * nout for nin, nout in pairwise([self.nin, *self.nouts]))

    @property
    def activations(self) -> list[str]:
        """Each layer's."""
        return [self.activation] * (len(self.nouts) - 1) + [self.output_activation or self.activation]

    def build(self, parameters: Sequence[float] | None = None) -> MLP:
        """The network, with its seed's weights or with the given ones, in the same order."""
        model = MLP(self.nin, self.nouts, self.activation, self.output_activation, self.seed)
        for parameter, number in zip(model.parameters(), parameters or (), strict=False):
            parameter.data = float(number)
        return model


class NetworkError(ValueError):
    """A network, or its data, that cannot be built. `where` is the path of what is wrong: ("inputs", 2, 0)."""

    def __init__(self, code: str, message: str, where: Where, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message[:200]
        self.hint = hint
        self.where = where


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
    _check(spec, inputs, parameters, alpha, limits)
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
    _check(spec, inputs, parameters, alpha, limits)
    examples, width = len(inputs), spec.nouts[-1]
    row = find_loss(loss, width)
    rows = target_rows(targets, examples, width, row)
    _check_nodes(spec, examples, True, alpha, limits)
    record = _record(limits)
    model = record.model(spec.build(parameters))
    pattern = Pattern(examples, [len(record.nodes)], [])
    outputs: list[list[Value]] = []
    for x in inputs[:BUILT]:
        outputs.append(_predict(record, model, x))
        pattern.starts.append(len(record.nodes))
    terms: list[Value] = []
    targets_read: list[list[Value]] = []
    total: Value | None = None
    for outs, numbers in zip(outputs, rows, strict=False):
        leaves: list[Value] = []
        targets_read.append(leaves)
        terms.append(row.term(outs, _leaves(numbers, leaves)))
        total = terms[-1] if total is None else total + terms[-1]
        record.absorb([total], path=LOSS)
        pattern.terms.append(len(record.nodes))
    assert total is not None
    record.mark_sum(total, terms[0], LOSS)
    if row.mean:
        total = total / float(examples * (1 if row.targets == "class" else width))
    if alpha:
        squares = penalty(model.module.parameters())
        total = total + squares * float(alpha)
        record.absorb([total], path=LOSS)
        record.mark_sum(squares, _first_term(squares, spec.parameters), LOSS)
    record.absorb([total], path=LOSS)
    tape = record.tape(total)
    if examples > BUILT:
        tape = stamp(tape, pattern, inputs, rows)
    ids = [[record.seen[id(leaf)] for leaf in each] for each in outputs]
    answers = [[record.seen[id(leaf)] for leaf in each] for each in targets_read]
    starts = [[start + slot for slot in range(spec.nin)] for start in pattern.starts[:-1]]
    return Network(
        tape,
        spec.parameters,
        pattern.example_ids(starts),
        pattern.example_ids(ids),
        pattern.term_ids(answers),
    )


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
    """Raises before a graph is begun that would pass the limit; a loss adds at least three nodes per output."""
    shape = list(zip(pairwise([spec.nin, *spec.nouts]), spec.activations, strict=True))
    per_example = spec.nin + sum(nout * (2 * nin + (kind != LINEAR)) for (nin, nout), kind in shape)
    nodes = spec.parameters + examples * (per_example + (3 * spec.nouts[-1] if loss else 0))
    if nodes + (2 * spec.parameters if alpha else 0) > limits.network_nodes:
        raise _too_many_nodes(limits)


# --- what may come in


def _check(spec: NetworkSpec, inputs: object, parameters: object, alpha: object, limits: Limits) -> None:
    check_spec(spec, limits)
    check_rows(inputs, spec.nin, "inputs")
    if parameters is not None:
        check_numbers(parameters, spec.parameters, "parameters")
    if not is_number(alpha):
        raise NetworkError("not_a_number", "alpha is not a number.", ("alpha",))


def check_spec(spec: NetworkSpec, limits: Limits = DEFAULT_LIMITS) -> None:
    """Raises NetworkError unless the network can be built."""
    _check_size(spec.nin, ("network", "nin"))
    if isinstance(spec.nouts, str) or not isinstance(spec.nouts, Sequence) or not spec.nouts:
        message = "nouts is a list with the size of every layer."
        raise NetworkError("bad_size", message, ("network", "nouts"), "As in [4, 4, 1].")
    for at, nout in enumerate(spec.nouts):
        _check_size(nout, ("network", "nouts", at))
        # Before the next size is even looked at: a list of a million layers stops here too.
        if at >= limits.parameters or nout > limits.parameters:
            raise _too_many_parameters(limits)
    if spec.parameters > limits.parameters:
        raise _too_many_parameters(limits)
    for field in ("activation", "output_activation"):
        activation = getattr(spec, field)
        if activation is None and field == "output_activation":
            continue
        if not isinstance(activation, str) or activation not in ACTIVATIONS:
            message = f"{field} is one of {', '.join(ACTIVATIONS)}."
            raise NetworkError("unknown_activation", message, ("network", field))
    if not isinstance(spec.seed, int) or isinstance(spec.seed, bool) or not 0 <= spec.seed < 2**53:
        message = "seed is a whole number from 0 to 2**53 - 1."
        raise NetworkError("bad_seed", message, ("network", "seed"), "As in 1337.")


def _check_size(size: object, where: Where) -> None:
    if not isinstance(size, int) or isinstance(size, bool) or size < 1:
        raise NetworkError("bad_size", f"{_spell(where)} is not a whole number of at least 1.", where)


def _too_many_parameters(limits: Limits) -> NetworkError:
    message = f"The network would have more than {limits.parameters:,} parameters."
    return NetworkError("too_many_parameters", message, ("network", "nouts"), "Use fewer or smaller layers.")


def check_rows(rows: object, width: int, field: str) -> None:
    """Raises NetworkError unless `rows` is a list of at least one row of `width` numbers."""
    if isinstance(rows, (str, Mapping)) or not isinstance(rows, Sequence):
        raise NetworkError("not_a_list", f"{field} is a list of rows.", (field,))
    if not rows:
        raise NetworkError("no_examples", f"{field} holds at least one row.", (field,))
    for at, row in enumerate(rows):
        check_numbers(row, width, field, at)


def check_numbers(row: object, width: int, *where: str | int) -> None:
    """Raises NetworkError unless `row` is a list of `width` numbers."""
    if isinstance(row, (str, Mapping)) or not isinstance(row, Sequence):
        raise NetworkError("not_a_list", f"{_spell(where)} is not a list of numbers.", where)
    if len(row) != width:
        message = f"{_spell(where)} has {len(row):,} numbers; {width:,} are needed."
        raise NetworkError("wrong_width", message, where)
    for slot, number in enumerate(row):
        if not is_number(number):
            raise NetworkError("not_a_number", f"{_spell((*where, slot))} is not a number.", (*where, slot))


def find_loss(name: object, width: int) -> Loss:
    """The row of a loss that fits a network with `width` outputs. Raises NetworkError."""
    row = LOSSES.get(name) if isinstance(name, str) else None
    if row is None:
        raise NetworkError("unknown_loss", f"loss is one of {', '.join(LOSSES)}.", ("loss",))
    if row.targets == "class" and width < 2:
        message = f"{row.name} chooses among outputs; this network has one."
        raise NetworkError("loss_mismatch", message, ("loss",), "Use binary_cross_entropy, or two outputs.")
    return row


def target_rows(targets: object, examples: int, width: int, loss: Loss) -> list[list[float]]:
    """A row of numbers per example: for classes, a 1 at the index among 0s. Raises NetworkError."""
    if isinstance(targets, (str, Mapping)) or not isinstance(targets, Sequence):
        raise NetworkError("not_a_list", "targets is a list.", ("targets",))
    if len(targets) != examples:
        message = f"There are {len(targets):,} targets for {examples:,} examples."
        raise NetworkError("wrong_width", message, ("targets",), "Give one target per example.")
    rows: list[list[float]] = []
    for at, target in enumerate(targets):
        where = ("targets", at)
        if loss.targets == "class":
            if not is_number(target) or not float(target).is_integer() or not 0 <= target < width:
                message = f"targets[{at}] is not a class from 0 to {width - 1}."
                raise NetworkError("bad_target", message, where)
            rows.append([float(slot == int(target)) for slot in range(width)])
            continue
        row: Sequence[Any] = [target] if width == 1 and is_number(target) else target
        check_numbers(row, width, *where)
        for slot, number in enumerate(row):
            if not _fits(number, loss.targets):
                wanted = "-1 or 1" if loss.targets == "sign" else "from 0 to 1"
                message = (
                    f"{_spell((*where, slot) if width > 1 else where)} is not {wanted}, as {loss.name} needs."
                )
                raise NetworkError("bad_target", message, where)
        rows.append([float(number) for number in row])
    return rows


def _fits(number: float, kind: str) -> bool:
    return kind == "number" or (abs(number) == 1 if kind == "sign" else 0 <= number <= 1)


def is_number(thing: object) -> bool:
    """A real number that float64 holds; NaN and the infinities are numbers, True is none."""
    if not isinstance(thing, (int, float)) or isinstance(thing, bool):
        return False
    try:
        float(thing)
    except OverflowError:
        return False
    return True


def _spell(where: Where) -> str:
    """("inputs", 2, 0) as `inputs[2][0]`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where)[1:]
