"""`seegrad train`: a small network on a small data set, a line per step; its weights and its history as files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, TextIO

from app.commands import CommandError
from app.commands.program import LIMITS
from app.commands.style import BOLD, styled
from app.network_file import NetworkFile, read_network, write_network
from engine.datasets import DATASETS, check_fit, dataset
from engine.export import export
from engine.export.history import HISTORY_HEAD, history_line
from engine.export.labels import short
from engine.initialisation import INITIALISATIONS
from engine.losses import LOSSES
from engine.network import NetworkError, NetworkSpec, network_tape
from engine.nn import ACTIVATIONS
from engine.optim import OPTIMIZERS, SCHEDULES
from engine.spec import find_loss
from engine.tape import Tape
from engine.training import Recipe, Step, train

DEFAULT_LOSS = "hinge"
SHAPE: dict[str, Any] = {
    "nouts": [16, 16, 1],
    "activation": "relu",
    "output_activation": "linear",
    "initialisation": "micrograd",
}
"""What a loaded file says itself."""
LINES = 20
"""About as many steps are printed unless --every says otherwise."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The defaults are micrograd's demo: two moons, relu, max-margin loss, a rate that falls from 1 to 0.1."""
    option = parser.add_argument
    option("--data", choices=DATASETS, metavar="NAME", help=_one_of(DATASETS, "moons"))
    option("--count", type=int, metavar="N", help="its examples, where it is drawn at random")
    option("--noise", type=float, metavar="X", help="how far its points are moved at random")
    option("--nouts", type=_sizes, metavar="N,…", help="neurons per layer (default: 16,16,1)")
    option("--activation", choices=ACTIVATIONS, metavar="NAME", help=_one_of(ACTIVATIONS, "relu"))
    option("--output-activation", choices=ACTIVATIONS, metavar="NAME", help="(default: linear)")
    option(
        "--initialisation",
        choices=INITIALISATIONS,
        metavar="NAME",
        help=_one_of(INITIALISATIONS, "micrograd"),
    )
    option(
        "--loss",
        choices=LOSSES,
        metavar="NAME",
        help=_one_of(LOSSES, "hinge, for numbers mean_squared_error"),
    )
    option("--alpha", type=float, metavar="X", help="weight of the L2 penalty (default: 0.0001)")
    option("--steps", type=int, default=100, metavar="N", help="(default: 100)")
    option("--rate", type=float, metavar="X", help="of the first step (default: 1 with hinge, else 0.05)")
    option(
        "--schedule", choices=SCHEDULES, default="linear", metavar="NAME", help=_one_of(SCHEDULES, "linear")
    )
    option("--optimizer", choices=OPTIMIZERS, default="sgd", metavar="NAME", help=_one_of(OPTIMIZERS, "sgd"))
    option("--batch", type=int, metavar="N", help="examples per step (default: all)")
    option("--forget-zero-grad", action="store_true", help="let gradients add up from step to step")
    option("--seed", type=int, default=1337, metavar="N", help="of weights, data and batches (default: 1337)")
    option("--every", type=_every, metavar="N", help=f"print every Nth step (default: about {LINES} lines)")
    option("--json", action="store_true", help="every step as a JSON object on a line of its own")
    option(
        "--load",
        metavar="FILE",
        help="go on from the network in this file: its shape, loss, data and weights",
    )
    option("--save", metavar="FILE", help="write the trained network: shape, loss, data and weights as JSON")
    option("--csv", metavar="FILE", help="write the history: step, loss, accuracy, rate")
    option("--torch", metavar="FILE", help="write the trained network as a PyTorch module with its weights")


def run(arguments: argparse.Namespace) -> int:
    start = _start(arguments)
    for path in (arguments.save, arguments.torch):
        if path:
            _opened(path, "a").close()  # better now than after an hour
    try:
        steps, tape_of = _steps(start, arguments)
    except NetworkError as error:
        raise CommandError(" ".join(part for part in (error.message, error.hint) if part)) from None
    with ExitStack() as files:
        if arguments.csv:
            steps = _written(steps, files.enter_context(_opened(arguments.csv)))
        last = (_print_json if arguments.json else _print_lines)(steps, arguments)
    parameters = (last.data if last.diverged else last.after).tolist()
    if arguments.save:
        trained = replace(start, parameters=parameters, trained=(last.step + 1, last.loss))
        with _opened(arguments.save) as file:
            file.write(write_network(trained))
    if arguments.torch:
        with _opened(arguments.torch) as file:
            file.write(export(tape_of(parameters), "torch"))
    if last.diverged is None:
        return 0
    found = last.diverged
    print(
        f"Step {last.step}, {found.phase}: node {found.node} is {found.value}. The run ends here.",
        file=sys.stderr,
    )
    return 1


def _start(arguments: argparse.Namespace) -> NetworkFile:
    """The network, its loss and its data set: what the options say, and for the rest the file or the demo."""
    given = {name: getattr(arguments, name) for name in SHAPE if getattr(arguments, name) is not None}
    if arguments.load:
        for name in given:
            raise CommandError(f"{arguments.load[:80]} says itself what --{name.replace('_', '-')} is.")
        start = _read(arguments.load)
        data = dict(start.data or {})
    else:
        data = {"name": "moons", "seed": arguments.seed}
        start = NetworkFile(NetworkSpec(0, [], seed=arguments.seed), None, "", 1e-4, None)
    if arguments.data not in (None, data.get("name")):
        data = {"name": arguments.data, "seed": arguments.seed}
    if not data:
        raise CommandError("The file names no data set. Name one with --data.")
    row = DATASETS.get(data["name"])
    if row is None:
        raise CommandError(f"The data set is one of {', '.join(DATASETS)}.")
    for name in ("count", "noise"):
        asked = getattr(arguments, name)
        data[name] = asked if asked is not None else data.get(name, getattr(row, name))
    spec = start.spec if arguments.load else NetworkSpec(row.nin, seed=arguments.seed, **SHAPE | given)
    loss = arguments.loss or start.loss or (DEFAULT_LOSS if row.classes else "mean_squared_error")
    alpha = start.alpha if arguments.alpha is None else arguments.alpha
    return NetworkFile(spec, start.parameters, loss, alpha, data)


def _steps(
    start: NetworkFile, arguments: argparse.Namespace
) -> tuple[Iterator[Step], Callable[[list[float]], Tape]]:
    """The steps, made one by one, and the tape of the network with other parameters. Raises NetworkError."""
    assert start.data is not None
    data, loss = dataset(**start.data), find_loss(start.loss, start.spec.nouts[-1])
    check_fit(start.data["name"], start.spec, loss)
    targets = data.targets(loss)
    rate = arguments.rate
    recipe = Recipe(
        arguments.steps,
        (1.0 if start.loss == DEFAULT_LOSS else 0.05) if rate is None else rate,
        arguments.optimizer,
        arguments.schedule,
        arguments.batch,
        arguments.seed,
        zero_grad=not arguments.forget_zero_grad,
    )
    limits = replace(LIMITS, training_cost=10**15, training_steps=10**9)
    steps = train(start.spec, data.inputs, targets, recipe, start.loss, start.parameters, start.alpha, limits)
    return steps, lambda parameters: network_tape(
        start.spec, data.inputs, targets, start.loss, parameters, start.alpha, limits
    )


def _print_json(steps: Iterator[Step], _: argparse.Namespace) -> Step:
    """Prints every step as JSON; the last one."""
    import orjson

    from app.answers import wire_number

    step = None
    for step in steps:
        row = {
            "step": step.step,
            "loss": wire_number(step.loss),
            "accuracy": step.accuracy,
            "rate": step.rate,
        }
        print(orjson.dumps(row).decode())
    assert step is not None
    return step


def _print_lines(steps: Iterator[Step], arguments: argparse.Namespace) -> Step:
    """Prints every Nth step; the last one."""
    every = arguments.every or max(1, arguments.steps // LINES)
    print(styled("  step        loss  accuracy", BOLD))
    step = None
    for step in steps:
        if step.step % every == 0 or step.step == arguments.steps - 1 or step.diverged:
            accuracy = "" if step.accuracy is None else f"{step.accuracy:.1%}"
            print(f"{step.step:6d}  {short(step.loss):>10}  {accuracy:>8}".rstrip(), flush=True)
    assert step is not None
    return step


def _written(steps: Iterator[Step], file: TextIO) -> Iterator[Step]:
    """The same steps, each written as a line of the history."""
    file.write(HISTORY_HEAD)
    for step in steps:
        file.write(history_line(step))
        yield step


def _read(path: str) -> NetworkFile:
    """Raises CommandError."""
    from app.errors import Problem

    try:
        return read_network(Path(path).read_bytes())
    except Problem as problem:
        said = " ".join(part for part in (problem.detail, problem.hint) if part)
        raise CommandError(f"{path[:80]}: {said}") from None
    except OSError as error:
        raise CommandError(f"Cannot read {path[:80]}: {error.strerror}.") from None


def _opened(path: str, mode: Literal["a", "w"] = "w") -> TextIO:
    """A file to write. Raises CommandError."""
    try:
        return open(path, mode, encoding="utf-8", newline="")
    except OSError as error:
        raise CommandError(f"Cannot write {path[:80]}: {error.strerror}.", 1) from None


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
