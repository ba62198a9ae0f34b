"""Where a run ends: the first node whose number is not finite, found again by replaying the step from its weights."""

import math

import pytest

from engine import replay
from engine.datasets import dataset
from engine.losses import LOSSES
from engine.network import NetworkSpec, network_tape
from engine.replay import backward
from engine.training import Recipe, train

LECTURE = dataset("lecture")
YS = LECTURE.targets(LOSSES["squared_error"])


def run(spec, recipe, inputs=LECTURE.inputs, targets=YS, loss="squared_error", **more):
    return list(train(spec, inputs, targets, recipe, loss, **more))


def first_wrong(spec, step, inputs=LECTURE.inputs, targets=YS, loss="squared_error"):
    """The plain way: build the step's graph from its weights, look at each node in turn."""
    tape = network_tape(spec, inputs, targets, loss, step.data.tolist())
    for node, value in enumerate(tape.data):
        if not math.isfinite(value):
            return "forward", node
    grads, _ = backward(tape, tape.data)
    for node in range(len(tape) - 1, -1, -1):
        if grads[node] is not None and not math.isfinite(grads[node]):
            return "backward", node
    return "update", None


@pytest.mark.parametrize("planned", [1, 10**9])
@pytest.mark.parametrize("rate", [0.3, 1e10, 1e100, 1e200, 1e300])
def test_the_first_node_that_is_not_finite(rate, planned, monkeypatch):
    monkeypatch.setattr(replay, "PLAN_FROM", planned)
    monkeypatch.setattr("engine.levels.NARROW", 1)
    spec = NetworkSpec(3, [4, 4, 1], "linear")
    *before, last = run(spec, Recipe(steps=200, rate=rate))
    assert last.diverged is not None
    assert all(step.diverged is None and math.isfinite(step.loss) for step in before)
    assert first_wrong(spec, last)[0] == last.diverged.phase
    if last.diverged.phase != "update":
        assert first_wrong(spec, last)[1] == last.diverged.node
    assert not math.isfinite(last.diverged.value)
    assert all(map(math.isfinite, last.data))


def test_it_can_begin_on_the_way_back():
    """Two outputs near 1e200 and their targets: every loss is finite, a product on the way back is not."""
    spec = NetworkSpec(1, [1, 1], "linear")
    inputs, targets = [[1e150]], [0.0]
    parameters = [1e-150, 0.0, 1e150, 0.0]
    last = run(spec, Recipe(steps=3, rate=1e-300), inputs, targets, parameters=parameters)[-1]
    assert last.step == 0
    assert math.isfinite(last.loss)
    assert last.diverged.phase == "backward"
    assert first_wrong_of(spec, inputs, targets, parameters) == last.diverged.node


def first_wrong_of(spec, inputs, targets, parameters):
    tape = network_tape(spec, inputs, targets, "squared_error", parameters)
    grads, _ = backward(tape, tape.data)
    return max(n for n, grad in enumerate(grads) if grad is not None and not math.isfinite(grad))


def test_it_can_begin_with_the_update():
    last = run(NetworkSpec(3, [1], "linear"), Recipe(steps=3, rate=1e308))[-1]
    assert (last.step, last.diverged.phase) == (0, "update")
    assert math.isfinite(last.loss)
    assert all(map(math.isfinite, last.grad))
    node = last.diverged.node
    assert last.after[node] == last.diverged.value
    assert all(map(math.isfinite, last.after[:node]))


def test_gradients_that_add_up_to_infinity_end_on_the_way_back():
    """No step's own gradient is infinite; their sum is."""
    spec = NetworkSpec(1, [1], "linear")
    steps = run(spec, Recipe(10, 5e-324, zero_grad=False), [[1e154]], [0.0], parameters=[0.3, 0.0])
    last = steps[-1]
    assert last.diverged.phase == "backward"
    assert last.diverged.node == 0
    assert len(steps) > 1


def test_infinite_values_that_do_no_harm_go_on():
    """tanh of a huge number is 1: nothing is wrong as long as loss and weights are finite."""
    steps = run(NetworkSpec(3, [4, 1]), Recipe(steps=5, rate=1e307))
    assert len(steps) == 5
    assert steps[-1].diverged is None
