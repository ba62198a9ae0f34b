"""Training runs beside PyTorch: the same network and optimizer there, on whole tensors, loss for loss."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from benchmarks.truth.exports import check
from benchmarks.truth.spelled import load
from engine.datasets import dataset
from engine.losses import LOSSES
from engine.network import NetworkSpec, network_tape
from engine.training import Recipe, train

OPTIMIZERS = {
    "sgd": lambda weights, rate: torch.optim.SGD(weights, lr=rate),
    "momentum": lambda weights, rate: torch.optim.SGD(weights, lr=rate, momentum=0.9),
    "adam": lambda weights, rate: torch.optim.Adam(weights, lr=rate),
}
ACTIVATIONS = {"tanh": torch.tanh, "relu": torch.relu, "sigmoid": torch.sigmoid, "linear": lambda x: x}


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    spec: NetworkSpec
    data: str
    loss: str
    recipe: Recipe


def cases() -> Iterator[Case]:
    lecture = NetworkSpec(3, [4, 4, 1])
    for rate in (0.01, 0.05, 0.1, 0.3, 1.0):
        yield Case(f"lecture, rate {rate}", lecture, "lecture", "squared_error", Recipe(20, rate))
    for rate in (0.01, 0.05):
        forgotten = Recipe(10, rate, zero_grad=False)
        yield Case(f"lecture, rate {rate}, grads not zeroed", lecture, "lecture", "squared_error", forgotten)
    for optimizer in OPTIMIZERS:
        for loss in LOSSES:
            spec = NetworkSpec(2, [6, 2 if LOSSES[loss].targets == "class" else 1], "sigmoid", "linear")
            recipe = Recipe(30, 0.05, optimizer)
            yield Case(f"circles, {optimizer}, {loss}", spec, "circles", loss, recipe)
    moons = NetworkSpec(2, [16, 16, 1], "relu", "linear", initialisation="micrograd")
    yield Case("moons", moons, "moons", "hinge", Recipe(30, 0.1))


def torch_losses(case: Case) -> tuple[list[float], list[float]]:
    """Every step's loss and the weights at the end, from tensors and PyTorch's own optimizer."""
    torch.set_default_dtype(torch.float64)
    data, loss = dataset(case.data), LOSSES[case.loss]
    inputs = torch.tensor(data.inputs)
    classes = loss.targets == "class"
    target = torch.tensor([int(each) if classes else each for each in data.targets(loss)])
    layers: list[Any] = []
    for layer in case.spec.build().layers:
        weight = torch.tensor([[w.data for w in neuron.w] for neuron in layer.neurons], requires_grad=True)
        bias = torch.tensor([neuron.b.data for neuron in layer.neurons], requires_grad=True)
        layers.append((weight, bias, ACTIVATIONS[layer.neurons[0].activation]))
    optimizer = OPTIMIZERS[case.recipe.optimizer](
        [each for weight, bias, _ in layers for each in (weight, bias)], case.recipe.rate
    )
    spelled = load(f"import torch\ndef loss(prediction, target): return {loss.torch}\n", "spelled_loss")
    losses = []
    for _ in range(case.recipe.steps):
        x = inputs
        for weight, bias, activation in layers:
            x = activation(x @ weight.T + bias)
        prediction = x if classes else x.squeeze(-1)
        value = spelled.loss(prediction, target)
        if case.recipe.zero_grad:
            optimizer.zero_grad()
        value.backward()
        losses.append(value.item())
        optimizer.step()
    flat = [number for weight, bias, _ in layers for row, b in zip(weight, bias, strict=True)
            for number in (*row.tolist(), b.item())]  # fmt: skip
    return losses, flat


def worst_difference(case: Case) -> float:
    """Of all losses and the final weights, relative, to 1e-3 for small numbers."""
    data = dataset(case.data)
    steps = list(train(case.spec, data.inputs, data.targets(LOSSES[case.loss]), case.recipe, case.loss))
    losses, weights = torch_losses(case)
    ours: Sequence[float] = [*(step.loss for step in steps), *steps[-1].after.tolist()]
    return max(abs(a - b) / max(1e-3, abs(b)) for a, b in zip(ours, [*losses, *weights], strict=True))


def trained_export() -> float:
    """The PyTorch module of a trained network, run: how far its loss and gradients are from the next step's."""
    data = dataset("circles")
    spec = NetworkSpec(2, [8, 1], "tanh", "linear")
    targets = data.targets(LOSSES["hinge"])
    *_, last = train(spec, data.inputs, targets, Recipe(50, 0.5), "hinge", alpha=1e-3)
    tape = network_tape(spec, data.inputs, targets, "hinge", last.after.tolist(), 1e-3)
    _, off = check(tape, "torch")
    return off
