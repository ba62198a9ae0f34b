"""A network as it is asked for: its shape, its examples, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from engine.initialisation import INITIALISATIONS
from engine.limits import DEFAULT_LIMITS, Limits
from engine.losses import LOSSES, Loss
from engine.nn import ACTIVATIONS, MLP, UNIFORM

Row = Sequence[float]
Where = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class NetworkSpec:
    """A multilayer perceptron: `nin` inputs, then layers of `nouts` neurons, weights drawn from `seed`.

    `output_activation` is the last layer's; None means the same as the others'. `initialisation` is a row of its table.
    """

    nin: int
    nouts: Sequence[int]
    activation: str = "tanh"
    output_activation: str | None = None
    seed: int = 1337
    initialisation: str = UNIFORM

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
        model = MLP(
            self.nin, self.nouts, self.activation, self.output_activation, self.seed, self.initialisation
        )
        for parameter, number in zip(model.parameters(), parameters or (), strict=False):
            parameter.data = float(number)
        return model

    def numbers(self, parameters: Sequence[float] | None = None) -> list[float]:
        """The weights and biases alone, in that order."""
        if parameters is not None:
            return [float(number) for number in parameters]
        return [parameter.data for parameter in self.build().parameters()]


class NetworkError(ValueError):
    """A network, or its data, that cannot be built. `where` is the path of what is wrong: ("inputs", 2, 0)."""

    def __init__(self, code: str, message: str, where: Where, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message[:200]
        self.hint = hint
        self.where = where


def check_network(
    spec: NetworkSpec, inputs: object, parameters: object, alpha: object, limits: Limits = DEFAULT_LIMITS
) -> None:
    """Raises NetworkError unless the network can be built and read the inputs."""
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
    if not isinstance(spec.initialisation, str) or spec.initialisation not in INITIALISATIONS:
        message = f"initialisation is one of {', '.join(INITIALISATIONS)}."
        raise NetworkError("unknown_initialisation", message, ("network", "initialisation"))
    if not isinstance(spec.seed, int) or isinstance(spec.seed, bool) or not 0 <= spec.seed < 2**53:
        message = "seed is a whole number from 0 to 2**53 - 1."
        raise NetworkError("bad_seed", message, ("network", "seed"), "As in 1337.")


def _check_size(size: object, where: Where) -> None:
    if not isinstance(size, int) or isinstance(size, bool) or size < 1:
        raise NetworkError("bad_size", f"{spell(where)} is not a whole number of at least 1.", where)


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
        raise NetworkError("not_a_list", f"{spell(where)} is not a list of numbers.", where)
    if len(row) != width:
        message = f"{spell(where)} has length {len(row):,}; it must be {width:,}."
        raise NetworkError("wrong_width", message, where)
    if set(map(type, row)) <= {float}:  # as a rule, and quickly seen
        return
    for slot, number in enumerate(row):
        if not is_number(number):
            raise NetworkError("not_a_number", f"{spell((*where, slot))} is not a number.", (*where, slot))


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
        message = f"targets has length {len(targets):,}, inputs {examples:,}."
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
                wanted = "-1 or 1" if loss.targets == "plus_minus" else "from 0 to 1"
                message = (
                    f"{spell((*where, slot) if width > 1 else where)} is not {wanted}, as {loss.name} needs."
                )
                raise NetworkError("bad_target", message, where)
        rows.append([float(number) for number in row])
    return rows


def _fits(number: float, kind: str) -> bool:
    return kind == "number" or (abs(number) == 1 if kind == "plus_minus" else 0 <= number <= 1)


def is_number(thing: object) -> bool:
    """A real number that float64 holds; NaN and the infinities are numbers, True is none."""
    if not isinstance(thing, (int, float)) or isinstance(thing, bool):
        return False
    try:
        float(thing)
    except OverflowError:
        return False
    return True


def spell(where: Where) -> str:
    """("inputs", 2, 0) as `inputs[2][0]`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where)[1:]
