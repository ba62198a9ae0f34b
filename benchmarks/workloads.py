"""The workloads as numbers, so that every peer computes the same thing.

W1  the lecture's neuron, tanh(x1*w1 + x2*w2 + b): leaves made, forward, backward
W2  MLP(3, [4, 4, 1]), relu and a linear output as micrograd ships it, 4 examples, squared errors added up
W3  MLP(2, [16, 16, 1]), 100 examples, mean hinge loss plus 1e-4 L2, as micrograd's moons demo: every scalar a node
W4  100 steps of gradient descent on W3
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

NEURON = (2.0, -3.0, 0.0, 1.0, 6.8813735870195432)
"""x1, w1, x2, w2, b"""

STEPS = 100
RATE = 0.05


@dataclass(frozen=True, slots=True)
class Workload:
    """A network, its weights in drawing order (neuron by neuron: w…, then b), its examples and its loss."""

    name: str
    nin: int
    nouts: tuple[int, ...]
    parameters: tuple[float, ...]
    inputs: tuple[tuple[float, ...], ...]
    targets: tuple[float, ...]
    loss: str
    alpha: float = 0.0


def _weights(nin: int, nouts: tuple[int, ...], draw: random.Random) -> tuple[float, ...]:
    sizes = (nin, *nouts)
    count = sum((sizes[at] + 1) * sizes[at + 1] for at in range(len(nouts)))
    return tuple(draw.uniform(-1, 1) for _ in range(count))


def _moons(count: int, draw: random.Random) -> tuple[tuple[tuple[float, ...], ...], tuple[float, ...]]:
    """Two interleaved half circles, noise 0.1, labels -1 and 1."""
    inputs, targets = [], []
    for at in range(count):
        angle = math.pi * (at // 2) / (count // 2 - 1)
        upper = at % 2 == 0
        x = math.cos(angle) if upper else 1 - math.cos(angle)
        y = math.sin(angle) if upper else 0.5 - math.sin(angle)
        inputs.append((x + draw.gauss(0, 0.1), y + draw.gauss(0, 0.1)))
        targets.append(1.0 if upper else -1.0)
    return tuple(inputs), tuple(targets)


def small() -> Workload:
    """W2."""
    inputs = ((2.0, 3.0, -1.0), (3.0, -1.0, 0.5), (0.5, 1.0, 1.0), (1.0, 1.0, -1.0))
    weights = _weights(3, (4, 4, 1), random.Random(1337))
    return Workload("W2", 3, (4, 4, 1), weights, inputs, (1.0, -1.0, -1.0, 1.0), "squared_error")


def large() -> Workload:
    """W3."""
    draw = random.Random(1337)
    inputs, targets = _moons(100, draw)
    return Workload("W3", 2, (16, 16, 1), _weights(2, (16, 16, 1), draw), inputs, targets, "hinge", 1e-4)
