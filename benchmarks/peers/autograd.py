"""HIPS autograd: gradients of ordinary functions of floats, one traced box per scalar."""

from __future__ import annotations

import autograd.numpy as anp
from autograd import value_and_grad

from benchmarks.workloads import NEURON, Workload


def _neuron(leaves: list[float]) -> float:
    x1, w1, x2, w2, b = leaves
    return anp.tanh(x1 * w1 + x2 * w2 + b)


_neuron_and_grad = value_and_grad(_neuron)


def neuron() -> tuple[float, list[float]]:
    value, grads = _neuron_and_grad(list(NEURON))
    return float(value), [float(grad) for grad in grads]


class Network:
    """W2 and W3."""

    def __init__(self, work: Workload) -> None:
        self.work = work
        self.value_and_grad = value_and_grad(self.loss)

    def output(self, parameters: list[float], row: tuple[float, ...]) -> float:
        values, at = list(row), 0
        for layer, width in enumerate(self.work.nouts):
            outs = []
            for _ in range(width):
                total = parameters[at + len(values)]
                for slot, value in enumerate(values):
                    total = total + parameters[at + slot] * value
                at += len(values) + 1
                outs.append(anp.maximum(total, 0.0) if layer < len(self.work.nouts) - 1 else total)
            values = outs
        return values[0]

    def loss(self, parameters: list[float]) -> float:
        work = self.work
        parameters = [parameters[at] for at in range(len(work.parameters))]
        scores = [self.output(parameters, row) for row in work.inputs]
        if work.loss == "squared_error":
            return sum((score - target) ** 2 for score, target in zip(scores, work.targets, strict=True))
        losses = [anp.maximum(1 + -t * score, 0.0) for score, t in zip(scores, work.targets, strict=True)]
        return sum(losses) * (1.0 / len(losses)) + work.alpha * sum(p * p for p in parameters)

    def step(self) -> tuple[float, list[float]]:
        value, grads = self.value_and_grad(list(self.work.parameters))
        return float(value), [float(grad) for grad in grads]
