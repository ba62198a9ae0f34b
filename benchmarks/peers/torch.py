"""PyTorch on the CPU, one thread, float64: one tensor per scalar, and the whole batch as matrices."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from benchmarks.workloads import NEURON, RATE, Workload

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)


def neuron() -> tuple[float, list[float]]:
    leaves = [torch.tensor(number, requires_grad=True) for number in NEURON]
    x1, w1, x2, w2, b = leaves
    o = torch.tanh(x1 * w1 + x2 * w2 + b)
    o.backward()
    return o.item(), [leaf.grad.item() for leaf in leaves if leaf.grad is not None]


class Scalars:
    """W2 and W3 with a tensor for every scalar: what a student's loop in PyTorch does."""

    def __init__(self, work: Workload) -> None:
        self.work = work
        self.parameters = [torch.tensor(number, requires_grad=True) for number in work.parameters]

    def output(self, row: Sequence[float]) -> Tensor:
        values: list[Tensor] = [torch.tensor(number) for number in row]
        at = 0
        for layer, width in enumerate(self.work.nouts):
            outs = []
            for _ in range(width):
                total = self.parameters[at + len(values)]
                for slot, value in enumerate(values):
                    total = total + self.parameters[at + slot] * value
                at += len(values) + 1
                outs.append(torch.relu(total) if layer < len(self.work.nouts) - 1 else total)
            values = outs
        return values[0]

    def step(self) -> tuple[float, list[float]]:
        work = self.work
        for parameter in self.parameters:
            parameter.grad = None
        pairs = [(self.output(row), target) for row, target in zip(work.inputs, work.targets, strict=True)]
        if work.loss == "squared_error":
            loss = sum(((score - target) ** 2 for score, target in pairs), torch.tensor(0.0))
        else:
            losses = [torch.relu(1 + -target * score) for score, target in pairs]
            penalty = sum((p * p for p in self.parameters), torch.tensor(0.0))
            loss = sum(losses, torch.tensor(0.0)) * (1.0 / len(losses)) + work.alpha * penalty
        loss.backward()
        return loss.item(), [p.grad.item() for p in self.parameters if p.grad is not None]


class Tensors:
    """W4 as PyTorch's users write it: matrices, a few nodes, no value kept per scalar."""

    def __init__(self, work: Workload) -> None:
        self.work = work
        self.inputs = torch.tensor(work.inputs)
        self.targets = torch.tensor(work.targets)
        self.reset()

    def reset(self) -> None:
        self.weights: list[tuple[Tensor, Tensor]] = []
        at, nin = 0, self.work.nin
        flat = torch.tensor(self.work.parameters)
        for width in self.work.nouts:
            block = flat[at : at + width * (nin + 1)].reshape(width, nin + 1)
            weight, bias = block[:, :nin].clone(), block[:, nin].clone()
            self.weights.append((weight.requires_grad_(), bias.requires_grad_()))
            at, nin = at + width * (nin + 1), width

    def train(self, steps: int) -> Sequence[float]:
        work = self.work
        parameters = [part for layer in self.weights for part in layer]
        for _ in range(steps):
            x = self.inputs
            for at, (weight, bias) in enumerate(self.weights):
                x = torch.nn.functional.linear(x, weight, bias)
                if at < len(self.weights) - 1:
                    x = torch.relu(x)
            losses = torch.relu(1 - self.targets * x[:, 0])
            loss = losses.mean() + work.alpha * sum((p * p).sum() for p in parameters)
            for p in parameters:
                p.grad = None
            loss.backward()
            with torch.no_grad():
                for p in parameters:
                    assert p.grad is not None
                    p -= RATE * p.grad
        return self.flat()

    def flat(self) -> list[float]:
        return [
            number
            for weight, bias in self.weights
            for number in torch.cat([weight, bias[:, None]], 1).detach().reshape(-1).tolist()
        ]
