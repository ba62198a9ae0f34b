"""Gradients against central differences, for every node: leaves and intermediates alike.

A node's value is moved up and down by a small step, everything computed from it is recomputed, and the output's change
over the step is the estimate. Two steps, h and h/2, give a better one (Richardson: the error falls from h² to h⁴), the
distance between the two says how far to trust it, and the two one-sided slopes tell a kink from an error; a jump is
told by its height, which no step makes smaller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import isfinite
from typing import Literal

from engine.replay import backward, forward
from engine.tape import CONSTANT, Tape

Verdict = Literal["agrees", "differs", "kink", "undefined"]
EPSILON = 2.0**-52
STEP = EPSILON ** (1 / 5)  # balances rounding, eps/h, against what Richardson leaves, h⁴


@dataclass(frozen=True, slots=True)
class Check:
    """One node's gradient beside its estimate.

    kink       the output's slope is not the same on both sides, or the output jumps: no single number is right there
    undefined  the gradient, or the output beside the node's value, is not a finite number
    """

    node: int
    grad: float
    estimate: float
    error: float
    verdict: Verdict


def gradcheck(tape: Tape, nodes: Iterable[int] | None = None, tolerance: float = 1e-6) -> list[Check]:
    """Checks the grads of `nodes`, by default of all that are not constants, in id order.

    `tolerance` is relative to the larger of 1, the grad and the estimate; what rounding and the step can account for is
    allowed on top. Takes time proportional to the nodes times what is computed from each.
    """
    data = list(tape.data)
    forward(tape, data)
    grads, _ = backward(tape, data)
    if nodes is None:
        nodes = [node for node, role in enumerate(tape.roles) if role != CONSTANT]
    users = _users(tape)
    return [
        _check(tape, data, node, grad, users, tolerance)
        for node in nodes
        if (grad := grads[node]) is not None
    ]


def _check(
    tape: Tape, data: list[float], node: int, grad: float, users: list[list[int]], tolerance: float
) -> Check:
    after = _computed_from(node, users)
    value = data[node]

    def moved(by: float) -> float:
        trial = list(data)
        trial[node] = value + by
        forward(tape, trial, after)
        return trial[tape.output]

    best = Check(node, grad, float("nan"), float("nan"), "undefined")
    if not (isfinite(grad) and isfinite(data[tape.output])):
        return best
    for shrink in (
        1,
        16,
        256,
        4096,
    ):  # a smaller step where the first one leaves the domain, or the curve bends much
        check = _compare(node, grad, data[tape.output], value, STEP / shrink, tolerance, moved)
        if check.verdict == "agrees":
            return check
        if best.verdict == "undefined" or check.error < best.error:
            best = check
    return best


def _compare(
    node: int,
    grad: float,
    output: float,
    value: float,
    relative_step: float,
    tolerance: float,
    moved: Callable[[float], float],
) -> Check:
    """The check with one step."""
    step = relative_step * max(1.0, abs(value))
    up, down, half_up, half_down = moved(step), moved(-step), moved(step / 2), moved(-step / 2)
    # The distance really travelled: value + step is rounded.
    coarse = (up - down) / ((value + step) - (value - step))
    fine = (half_up - half_down) / ((value + step / 2) - (value - step / 2))
    estimate = fine + (fine - coarse) / 3
    error = abs(estimate - grad)
    if not isfinite(estimate):
        return Check(node, grad, estimate, error, "undefined")
    scale = max(1.0, abs(grad), abs(estimate))
    rounding = 16 * EPSILON * max(abs(up), abs(down), abs(output)) / step
    if error <= tolerance * scale + rounding + min(abs(fine - coarse) / 3, 1e-3 * scale):
        return Check(node, grad, estimate, error, "agrees")
    gap = abs((up - output) - (output - down)) / step
    half_gap = abs((half_up - output) - (output - half_down)) / (step / 2)
    kink = half_gap > 0.75 * gap and half_gap > tolerance * scale + 4 * rounding
    # Across a jump the output changes by as much however small the step; elsewhere half the step changes half as much.
    kink = kink or abs(half_up - half_down) > 0.75 * abs(up - down) > rounding * step
    return Check(node, grad, estimate, error, "kink" if kink else "differs")


def _users(tape: Tape) -> list[list[int]]:
    """For every node, the nodes that read it."""
    users: list[list[int]] = [[] for _ in tape.ops]
    for node, operands in enumerate(tape.operands):
        for operand in set(operands):
            users[operand].append(node)
    return users


def _computed_from(node: int, users: list[list[int]]) -> list[int]:
    """The ids, ascending, of everything that depends on a node, itself not included."""
    found: set[int] = set()
    stack = [node]
    while stack:
        for user in users[stack.pop()]:
            if user not in found:
                found.add(user)
                stack.append(user)
    return sorted(found)
