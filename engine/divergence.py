"""Where a training step stops being numbers: the first node that is NaN or infinite, in the order of the step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy import float64
from numpy.typing import NDArray

from engine.replay import Replay
from engine.tape import CONSTANT, ROLES

Floats = NDArray[float64]


@dataclass(frozen=True, slots=True)
class Divergence:
    """The first number that is not finite.

    `phase` says when: "forward" (a node's data, in build order), "backward" (a grad, from the output back) or "update"
    (what the optimizer makes of a parameter that was finite, with a gradient that was). `value` is the number.
    """

    phase: str
    node: int
    value: float


def find_divergence(replay: Replay, grad: Floats, after: Floats) -> Divergence | None:
    """The first non-finite number of a step that has run forward and backward; None when all are finite.

    `grad` and `after` are the parameters' gradients as the optimizer got them, and what it made of the parameters,
    which are nodes 0, 1, 2 …
    """
    data = replay.data()
    if (first := _first(~np.isfinite(data))) is not None:
        return Divergence("forward", first, float(data[first]))
    grads = replay.grads()
    constant = replay.tape.columns.role == ROLES.index(CONSTANT)
    last = _first((~np.isfinite(grads) & ~constant)[::-1])
    if last is not None:
        node = len(grads) - 1 - last
        return Divergence("backward", node, float(grads[node]))
    for phase, numbers in (("backward", grad), ("update", after)):
        if (first := _first(~np.isfinite(numbers))) is not None:
            return Divergence(phase, first, float(numbers[first]))
    return None


def _first(wrong: NDArray[np.bool_]) -> int | None:
    """Where the first True stands."""
    at = int(wrong.argmax())
    return at if wrong[at] else None
