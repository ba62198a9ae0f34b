"""`seegrad train`: a small network on a small data set, a line per step."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.commands import CommandError
from app.commands.program import LIMITS
from app.commands.style import BOLD, styled
from engine.datasets import DATASETS, Dataset, dataset
from engine.export.labels import short
from engine.losses import LOSSES
from engine.network import NetworkError, NetworkSpec
from engine.nn import ACTIVATIONS
from engine.optim import OPTIMIZERS, SCHEDULES
from engine.training import Recipe, Step, train

DEFAULT_LOSS = "hinge"
LINES = 20
"""About as many steps are printed unless --every says otherwise."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The defaults are micrograd's demo: two moons, relu, max-margin loss, a rate that falls from 1 to 0.1."""
    option = parser.add_argument
    option("--data", choices=DATASETS, default="moons", metavar="NAME", help=_one_of(DATASETS, "moons"))
    option("--count", type=int, metavar="N", help="its examples, where it is drawn at random")
    option("--noise", type=float, metavar="X", help="how far its points are moved at random")
    option(
        "--nouts",
        type=_sizes,
        default=[16, 16, 1],
        metavar="N,…",
        help="neurons per layer (default: 16,16,1)",
    )
    option(
        "--activation", choices=ACTIVATIONS, default="relu", metavar="NAME", help=_one_of(ACTIVATIONS, "relu")
    )
    option(
        "--output-activation", choices=ACTIVATIONS, default="linear", metavar="NAME", help="(default: linear)"
    )
    option(
        "--loss",
        choices=LOSSES,
        metavar="NAME",
        help=_one_of(LOSSES, "hinge, for numbers mean_squared_error"),
    )
    option(
        "--alpha", type=float, default=1e-4, metavar="X", help="weight of the L2 penalty (default: 0.0001)"
    )
    option("--steps", type=int, default=100, metavar="N", help="(default: 100)")
    option("--rate", type=float, metavar="X", help="of the first step (default: 1 with hinge, else 0.05)")
    option(
        "--schedule", choices=SCHEDULES, default="linear", metavar="NAME", help=_one_of(SCHEDULES, "linear")
    )
    option("--optimizer", choices=OPTIMIZERS, default="sgd", metavar="NAME", help=_one_of(OPTIMIZERS, "sgd"))
    option("--batch", type=int, metavar="N", help="examples per step (default: all)")
    option("--seed", type=int, default=1337, metavar="N", help="of weights, data and batches (default: 1337)")
    option("--every", type=_every, metavar="N", help=f"print every Nth step (default: about {LINES} lines)")
    option("--json", action="store_true", help="every step as a JSON object on a line of its own")


def run(arguments: argparse.Namespace) -> int:
    steps = steps_of(arguments)
    if arguments.json:
        sys.stdout.writelines(f"{_json(step)}\n" for step in steps)
        return 0
    every = arguments.every or max(1, arguments.steps // LINES)
    print(styled("  step        loss  accuracy", BOLD))
    for step in steps:
        if step.step % every == 0 or step.step == arguments.steps - 1:
            accuracy = "" if step.accuracy is None else f"{step.accuracy:.1%}"
            print(f"{step.step:6d}  {short(step.loss):>10}  {accuracy:>8}".rstrip(), flush=True)
    return 0


def steps_of(arguments: argparse.Namespace) -> Iterator[Step]:
    """The steps, made one by one. Raises CommandError when the options do not go together."""
    data = _data(arguments)
    loss = arguments.loss or (DEFAULT_LOSS if data.classes else "mean_squared_error")
    spec = NetworkSpec(
        len(data.inputs[0]),
        arguments.nouts,
        arguments.activation,
        arguments.output_activation,
        arguments.seed,
    )
    recipe = Recipe(
        arguments.steps,
        (1.0 if loss == DEFAULT_LOSS else 0.05) if arguments.rate is None else arguments.rate,
        arguments.optimizer,
        arguments.schedule,
        arguments.batch,
        arguments.seed,
    )
    limits = replace(LIMITS, training_cost=10**15, training_steps=10**9)
    try:
        return train(
            spec, data.inputs, data.targets(LOSSES[loss]), recipe, loss, alpha=arguments.alpha, limits=limits
        )
    except NetworkError as error:
        raise CommandError(" ".join(part for part in (error.message, error.hint) if part)) from None


def _data(arguments: argparse.Namespace) -> Dataset:
    try:
        return dataset(arguments.data, arguments.count, arguments.noise, arguments.seed)
    except NetworkError as error:
        raise CommandError(error.message) from None


def _one_of(table: Iterable[str], default: str) -> str:
    return f"{', '.join(table)} (default: {default})"


def _every(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is no whole number of at least 1")
    return int(text)


def _sizes(text: str) -> list[int]:
    try:
        sizes = [int(part) for part in text.split(",")]
    except ValueError:
        sizes = []
    if not sizes or min(sizes) < 1:
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is no list of sizes, as in 16,16,1")
    return sizes


def _json(step: Step) -> str:
    import orjson

    from app.answers import wire_number

    row = {"step": step.step, "loss": wire_number(step.loss), "accuracy": step.accuracy, "rate": step.rate}
    return orjson.dumps(row).decode()
