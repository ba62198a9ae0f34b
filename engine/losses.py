"""Losses over all examples: what training lowers.

Each is a term per example, added up over the examples from the left and, where the row says so, divided by their
number. Terms are ordinary expressions over Values, so every scalar of a loss is a node.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from types import MappingProxyType

from engine.value import Value, apply

Term = Callable[[Sequence[Value], Iterable[Value]], Value]


@dataclass(frozen=True, slots=True)
class Loss:
    """One loss.

    `term(outputs, targets)` reads the targets one by one, as it needs them. `mean` divides the sum of the terms by
    the number of examples (times outputs, where every output has a term of its own). `targets` says what a target is:
    "number", "plus_minus" (-1 or 1), "probability" (0 to 1) or "class" (an index, read as one 1 among 0s).

    `torch`, `jax` and `micrograd` are the whole loss as those spell it. `prediction` and `target` are arrays there, in
    micrograd lists of rows; `pairs` are its outputs with their targets, `(p, y)`. A class is an index for PyTorch, a
    row of one 1 among 0s for the others.
    """

    name: str
    title: str
    term: Term
    mean: bool
    targets: str = "number"
    torch: str = ""
    jax: str = ""
    micrograd: str = ""


def total(terms: Iterable[Value]) -> Value:
    """Added up from the left, starting with the first."""
    return reduce(lambda left, right: left + right, terms)


def _squared(outputs: Sequence[Value], targets: Iterable[Value]) -> Value:
    return total((output - target) ** 2 for output, target in zip(outputs, targets, strict=False))


def _hinge(outputs: Sequence[Value], targets: Iterable[Value]) -> Value:
    return total((1 - target * output).relu() for output, target in zip(outputs, targets, strict=False))


def _binary(outputs: Sequence[Value], targets: Iterable[Value]) -> Value:
    """-y log(sigmoid(z)) - (1 - y) log(1 - sigmoid(z)) = log(exp(z) + 1) - y z, without overflow or lost digits."""
    return total(
        apply("logaddexp", output, 0.0) - target * output
        for output, target in zip(outputs, targets, strict=False)
    )


def _softmax(outputs: Sequence[Value], targets: Iterable[Value]) -> Value:
    """-sum(t log(softmax(z))) = logsumexp(z) - sum(t z) for targets that add up to 1."""
    whole = reduce(lambda left, right: apply("logaddexp", left, right), outputs)
    return whole - total(target * output for output, target in zip(outputs, targets, strict=False))


_ROWS = (
    Loss(
        "squared_error",
        "sum of squared errors",
        _squared,
        mean=False,
        torch="((prediction - target) ** 2).sum()",
        jax="jnp.sum((prediction - target) ** 2)",
        micrograd="sum((p - y) ** 2 for p, y in pairs)",
    ),
    Loss(
        "mean_squared_error",
        "mean squared error",
        _squared,
        mean=True,
        torch="((prediction - target) ** 2).mean()",
        jax="jnp.mean((prediction - target) ** 2)",
        micrograd="sum((p - y) ** 2 for p, y in pairs) / len(pairs)",
    ),
    Loss(
        "hinge",
        "max-margin loss, mean of relu(1 - y*score)",
        _hinge,
        mean=True,
        targets="plus_minus",
        torch="torch.relu(1 - target * prediction).mean()",
        jax="jnp.mean(jax.nn.relu(1 - target * prediction))",
        micrograd="sum((1 - y * p).relu() for p, y in pairs) / len(pairs)",
    ),
    Loss(
        "binary_cross_entropy",
        "binary cross-entropy of logits",
        _binary,
        mean=True,
        targets="probability",
        torch="torch.nn.functional.binary_cross_entropy_with_logits(prediction, target)",
        jax="jnp.mean(jnp.logaddexp(prediction, 0) - target * prediction)",
        micrograd="sum(logaddexp(p, Value(0.0)) - y * p for p, y in pairs) / len(pairs)",
    ),
    Loss(
        "softmax_cross_entropy",
        "softmax cross-entropy of logits",
        _softmax,
        mean=True,
        targets="class",
        torch="torch.nn.functional.cross_entropy(prediction, target)",
        jax="jnp.mean(jax.nn.logsumexp(prediction, axis=1) - jnp.sum(target * prediction, axis=1))",
        micrograd="(sum(reduce(logaddexp, row) for row in prediction) - sum(y * p for p, y in pairs)) / len(target)",
    ),
)
LOSSES = MappingProxyType({row.name: row for row in _ROWS})


def penalty(parameters: Iterable[Value]) -> Value:
    """The L2 penalty before its weight: the sum of the squared parameters."""
    return total(parameter * parameter for parameter in parameters)
