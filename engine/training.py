"""Training: the loop as a generator of steps, each with every number it used.

    for step in train(NetworkSpec(2, [8, 1]), inputs, targets, Recipe(steps=100, rate=0.1)):
        print(step.loss, step.accuracy)

The graph is built once. A step writes parameters (and, for a batch, its examples) into the tape's leaves and replays.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

import numpy as np
from numpy import float64
from numpy.typing import NDArray

from engine.divergence import Divergence, find_divergence
from engine.limits import DEFAULT_LIMITS, Limits
from engine.losses import Loss
from engine.network import Network, build_network, least_nodes
from engine.optim import OPTIMIZERS, SCHEDULES, Updater
from engine.replay import Replay
from engine.spec import (
    NetworkError,
    NetworkSpec,
    Row,
    check_numbers,
    check_rows,
    check_spec,
    find_loss,
    is_number,
    spell,
    target_rows,
)

Floats = NDArray[float64]


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `loss`, `accuracy`, `data` and `grad` are from before its update, `after` is what the update made.

    Parameters come in the network's order. `accuracy` is the share of the step's examples that are put into the right
    class, None where targets are no classes. `examples` are the rows that were used. `grad` is what the optimizer got:
    of this step alone, or added to that of all steps before. `diverged` says where numbers ended, on a run's last step.
    """

    step: int
    loss: float
    accuracy: float | None
    rate: float
    data: Floats
    grad: Floats
    after: Floats
    examples: list[int]
    diverged: Divergence | None = None


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train. `batch` is the number of examples of a step, None for all; 1 trains on one at a time.

    Batches are drawn without replacement, anew when fewer than a batch are left, shuffled by `seed`.
    `settings` are the optimizer's (momentum, beta1 …) and the schedule's (decay). Without `zero_grad` every step's
    gradients are added to those of the steps before, as happens to who forgets to zero them.
    """

    steps: int = 20
    rate: float = 0.05
    optimizer: str = "sgd"
    schedule: str = "constant"
    batch: int | None = None
    seed: int = 1337
    settings: dict[str, float] = field(default_factory=dict)
    zero_grad: bool = True


@dataclass(frozen=True, slots=True)
class Run:
    """A training run that is ready to go: its network, and its steps, each made when it is asked for."""

    network: Network
    steps: Iterator[Step]


def train(
    spec: NetworkSpec,
    inputs: Sequence[Row],
    targets: Sequence[float | Row],
    recipe: Recipe,
    loss: str = "squared_error",
    parameters: Row | None = None,
    alpha: float = 0.0,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Step]:
    """The steps of a training run, one by one. All checks are made before the first. Raises NetworkError.

    A run ends early with the step whose numbers are no longer finite.
    """
    return prepare(spec, inputs, targets, recipe, loss, parameters, alpha, limits).steps


def prepare(
    spec: NetworkSpec,
    inputs: Sequence[Row],
    targets: Sequence[float | Row],
    recipe: Recipe,
    loss: str = "squared_error",
    parameters: Row | None = None,
    alpha: float = 0.0,
    limits: Limits = DEFAULT_LIMITS,
) -> Run:
    """The same with the network that is trained. Raises NetworkError."""
    check_spec(spec, limits)
    check_rows(inputs, spec.nin, "inputs")
    row = find_loss(loss, spec.nouts[-1])
    rows = target_rows(targets, len(inputs), spec.nouts[-1], row)
    check_recipe(recipe, len(inputs), limits)
    _check_finite(inputs, "inputs")
    _check_finite(targets, "targets")
    if parameters is not None:
        check_numbers(parameters, spec.parameters, "parameters")
        _check_finite(parameters, "parameters")
    if is_number(alpha) and not isfinite(alpha):
        raise NetworkError("not_finite", "alpha is not finite.", ("alpha",))
    size = recipe.batch or len(inputs)
    _check_cost(least_nodes(spec, size), recipe, limits)
    network = build_network(spec, inputs[:size], targets[:size], loss, parameters, alpha, limits)
    _check_cost(len(network.tape), recipe, limits)
    return Run(network, _steps(network, recipe, np.array(inputs, dtype=np.float64), np.array(rows), row))


def _check_cost(nodes: int, recipe: Recipe, limits: Limits) -> None:
    """Raises NetworkError when a run costs more than the limit."""
    if nodes * recipe.steps > limits.training_cost:
        message = (
            f"{recipe.steps:,} steps of {nodes:,} nodes are more than {limits.training_cost:,} nodes in all."
        )
        raise NetworkError(
            "too_much_training", message, ("steps",), "Use fewer steps, or a smaller network or batch."
        )


def _check_finite(numbers: Iterable[float | Row], *where: str | int) -> None:
    """Raises NetworkError where a number is NaN or infinite: every loss after it would be, too."""
    for at, number in enumerate(numbers):
        if isinstance(number, Sequence):
            _check_finite(number, *where, at)
        elif not isfinite(number):
            place = (*where, at)
            raise NetworkError(
                "not_finite", f"{spell(place)} is not finite; nothing can be learned from it.", place
            )


def check_recipe(recipe: Recipe, examples: int, limits: Limits = DEFAULT_LIMITS) -> None:
    """Raises NetworkError unless a run can follow the recipe."""
    _check_whole(recipe.steps, "steps", 1, "of at least 1")
    if recipe.steps > limits.training_steps:
        message = f"{recipe.steps:,} steps are more than {limits.training_steps:,}."
        raise NetworkError("too_much_training", message, ("steps",))
    if recipe.batch is not None:
        _check_whole(recipe.batch, "batch", 1, "of at least 1")
        if recipe.batch > examples:
            message = f"A batch of {recipe.batch:,} needs as many examples; there are {examples:,}."
            raise NetworkError("bad_batch", message, ("batch",))
    _check_whole(recipe.seed, "seed", 0, "from 0 to 2**53 - 1")
    if not is_number(recipe.rate) or not 0 < recipe.rate < float("inf"):
        raise NetworkError("bad_rate", "rate is a number above 0.", ("rate",), "As in 0.05.")
    for name, table, kind in (
        (recipe.optimizer, OPTIMIZERS, "optimizer"),
        (recipe.schedule, SCHEDULES, "schedule"),
    ):
        if not isinstance(name, str) or name not in table:
            raise NetworkError(f"unknown_{kind}", f"{kind} is one of {', '.join(table)}.", (kind,))
    known = {**OPTIMIZERS[recipe.optimizer].settings, **SCHEDULES[recipe.schedule].settings}
    for name, number in recipe.settings.items():
        if name not in known:
            message = f"{recipe.optimizer} and {recipe.schedule} have no such setting."
            raise NetworkError(
                "unknown_setting", message, ("settings",), f"There are: {', '.join(known) or 'none'}."
            )
        # A mean of which nothing is ever let in has no bias to correct: Adam divides by 1 - beta.
        below, kind = (1, "from 0 to below 1") if name.startswith("beta") else (float("inf"), "not negative")
        if not is_number(number) or not 0 <= number < below:
            raise NetworkError("bad_setting", f"{name} is a number, {kind}.", ("settings", name))


def _check_whole(number: object, name: str, least: int, kind: str) -> None:
    if not isinstance(number, int) or isinstance(number, bool) or not least <= number < 2**53:
        raise NetworkError(f"bad_{name}", f"{name} is a whole number {kind}.", (name,))


def _steps(network: Network, recipe: Recipe, inputs: Floats, targets: Floats, loss: Loss) -> Iterator[Step]:
    replay = Replay(network.tape)
    optimizer, schedule = OPTIMIZERS[recipe.optimizer], SCHEDULES[recipe.schedule]
    updater = Updater(optimizer, **_settings(optimizer.settings, recipe))
    decay = _settings(schedule.settings, recipe)
    parameters, x, y, out = map(
        np.array, (range(network.parameters), network.inputs, network.targets, network.outputs)
    )
    right = _judge(loss, targets)
    batches = _batches(len(inputs), len(x), random.Random(recipe.seed))  # noqa: S311
    data = replay.data(parameters)
    summed: Floats | float = 0.0
    for step in range(recipe.steps):
        examples = next(batches)
        if len(x) < len(inputs):
            replay.set(x.ravel(), inputs[examples].ravel())
            replay.set(y.ravel(), targets[examples].ravel())
        replay.forward()
        replay.backward()
        rate = schedule.rate(recipe.rate, step, recipe.steps, **decay)
        grad = replay.grads(parameters)
        with np.errstate(all="ignore"):
            if not recipe.zero_grad:
                grad = summed = summed + grad
            after = updater.update(data, grad, rate)
        accuracy = None if right is None else float(right(replay.data(out), targets[examples]).mean())
        value = float(replay.data(network.tape.output))
        # Every gradient goes into the update, so what is wrong in one shows in it.
        wrong = None if isfinite(value) and np.isfinite(after).all() else find_divergence(replay, grad, after)
        yield Step(step, value, accuracy, rate, data, grad, after, examples, wrong)
        if wrong:
            return
        replay.set(parameters, after)
        data = after


def _settings(known: Mapping[str, float], recipe: Recipe) -> dict[str, float]:
    return {name: float(number) for name, number in recipe.settings.items() if name in known}


def _batches(count: int, size: int, source: random.Random) -> Iterator[list[int]]:
    """Rows for one step after the other: all of them, in order, or `size` of a shuffled deck."""
    deck: list[int] = []
    while True:
        if size == count:
            yield list(range(count))
            continue
        if len(deck) < size:
            deck = source.sample(range(count), count)
        yield deck[:size]
        deck = deck[size:]


def _judge(loss: Loss, targets: Floats) -> Callable[[Floats, Floats], Any] | None:
    """Which examples are put into the right class, from outputs and targets; None when targets are no classes."""
    if loss.targets == "class":
        return lambda outputs, answers: np.equal(outputs.argmax(axis=1), answers.argmax(axis=1))
    off = 0.0 if loss.targets == "probability" else -1.0
    if not np.isin(targets, (off, 1.0)).all():
        return None
    return lambda outputs, answers: np.equal(outputs > 0, answers > 0).all(axis=1)
