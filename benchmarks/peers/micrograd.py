"""micrograd 0.1.0 as installed, with the lecture's tanh, which the package leaves out."""

from __future__ import annotations

import math
from collections.abc import Sequence

from micrograd.engine import Value
from micrograd.nn import MLP

from benchmarks.workloads import NEURON, RATE, Workload


def tanh(x: Value) -> Value:
    """The lecture's method, as a function."""
    t = math.tanh(x.data)
    out = Value(t, (x,), "tanh")

    def backward() -> None:
        x.grad += (1 - t * t) * out.grad

    out._backward = backward
    return out


def neuron() -> tuple[float, list[float]]:
    """W1: the value, and the leaves' gradients."""
    leaves = [Value(number) for number in NEURON]
    x1, w1, x2, w2, b = leaves
    o = tanh(x1 * w1 + x2 * w2 + b)
    o.backward()
    return o.data, [leaf.grad for leaf in leaves]


class Network:
    """W2 to W4: the model is made once, a step builds the graph, as micrograd's demo does."""

    def __init__(self, work: Workload) -> None:
        self.work = work
        self.model = MLP(work.nin, list(work.nouts))
        self.reset()

    def reset(self) -> None:
        for parameter, number in zip(self.model.parameters(), self.work.parameters, strict=True):
            parameter.data = number

    def loss(self) -> Value:
        work = self.work
        scores = [self.model(list(map(Value, row))) for row in work.inputs]
        if work.loss == "squared_error":
            return sum((score - target) ** 2 for score, target in zip(scores, work.targets, strict=True))
        losses = [(1 + -target * score).relu() for score, target in zip(scores, work.targets, strict=True)]
        data_loss = sum(losses) * (1.0 / len(losses))
        return data_loss + work.alpha * sum(p * p for p in self.model.parameters())

    def step(self) -> tuple[float, list[float]]:
        self.model.zero_grad()
        loss = self.loss()
        loss.backward()
        return loss.data, [p.grad for p in self.model.parameters()]

    def train(self, steps: int) -> Sequence[float]:
        for _ in range(steps):
            self.step()
            for p in self.model.parameters():
                p.data -= RATE * p.grad
        return [p.data for p in self.model.parameters()]
