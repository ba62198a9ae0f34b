"""This engine: by operators, as micrograd's users write it, and by the network route, which replays one tape."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.workloads import NEURON, RATE, Workload
from engine.network import NetworkSpec, network_tape
from engine.nn import MLP
from engine.plan import Plan
from engine.replay import Replay
from engine.tape import Tape
from engine.value import Value


def neuron() -> tuple[float, list[float]]:
    """W1."""
    leaves = [Value(number) for number in NEURON]
    x1, w1, x2, w2, b = leaves
    o = (x1 * w1 + x2 * w2 + b).tanh()
    o.backward()
    return o.data, [leaf.grad for leaf in leaves]


class Operators:
    """W2 and W3 with Value and MLP, line for line what is timed with micrograd."""

    def __init__(self, work: Workload) -> None:
        self.work = work
        self.model = MLP(work.nin, list(work.nouts), "relu", "linear")
        for parameter, number in zip(self.model.parameters(), work.parameters, strict=True):
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


def network(work: Workload) -> Tape:
    """The workload's tape, by the network route."""
    spec = NetworkSpec(work.nin, list(work.nouts), "relu", "linear")
    return network_tape(spec, work.inputs, work.targets, work.loss, work.parameters, work.alpha)


class Network:
    """W3 and W4: the tape of all examples, its plan, every value and every gradient kept."""

    def __init__(self, work: Workload) -> None:
        self.work = work
        self.tape = network(work)
        plan = Plan.of(self.tape)
        assert plan
        self.plan = plan
        self.start = plan.data.copy()
        self.output = plan.place[self.tape.output]
        parameters = [node for node, role in enumerate(self.tape.roles) if role == "parameter"]
        self.places = plan.place[parameters]

    def reset(self) -> None:
        self.plan.data[:] = self.start

    def step(self) -> tuple[float, list[float]]:
        self.plan.forward()
        self.plan.backward()
        return float(self.plan.data[self.output]), self.plan.grad[self.places].tolist()

    def train(self, steps: int) -> Sequence[float]:
        plan, places = self.plan, self.places
        for _ in range(steps):
            plan.forward()
            plan.backward()
            plan.data[places] -= RATE * plan.grad[places]
        return plan.data[places].tolist()


def graph(work: Workload) -> tuple[float, list[float]]:
    """W3 from numbers to every value and gradient; nothing is kept from one graph to the next."""
    tape = network(work)
    replay = Replay(tape)
    replay.backward()
    parameters = tape.columns.role == 0
    return float(tape.columns.data[tape.output]), replay.grads(parameters).tolist()
