"""The training loop: the lecture's and the demo's numbers, batches, and what is refused."""

import math
import random
from itertools import pairwise

import numpy as np
import pytest

from engine import replay
from engine.datasets import dataset
from engine.limits import Limits
from engine.losses import LOSSES
from engine.network import NetworkError, NetworkSpec
from engine.training import Recipe, train

LECTURE = dataset("lecture")
YS = LECTURE.targets(LOSSES["squared_error"])


def run(recipe, spec=None, data=LECTURE, loss="squared_error", **more):
    return list(
        train(
            spec or NetworkSpec(3, [4, 4, 1]), data.inputs, data.targets(LOSSES[loss]), recipe, loss, **more
        )
    )


def moons_run(steps=100):
    """micrograd's demo: two hidden layers of relu, biases at 0, max-margin loss and a penalty, a falling rate."""
    source = random.Random(1337)
    parameters = []
    for nin, nout in ((2, 16), (16, 16), (16, 1)):
        for _ in range(nout):
            parameters += [source.uniform(-1, 1) for _ in range(nin)] + [0.0]
    recipe = Recipe(steps=steps, rate=1.0, schedule="linear")
    spec = NetworkSpec(2, [16, 16, 1], "relu", "linear")
    return run(recipe, spec, dataset("moons"), "hinge", parameters=parameters, alpha=1e-4)


def test_the_moons_demo():
    steps = moons_run()
    printed = {
        0: (0.8958441028683222, 50),
        1: (1.7235905336972022, 81),
        2: (0.7429006313851131, 77),
        24: (0.1261571261277045, 95),
        99: (0.010978370135492717, 100),
    }
    for step, (loss, accuracy) in printed.items():
        assert steps[step].loss == pytest.approx(loss, rel=1e-9)
        assert steps[step].accuracy * 100 == pytest.approx(accuracy)
    assert len(steps[0].data) == 337


@pytest.mark.parametrize(
    ("rate", "step", "loss"),
    [(0.01, 0, 6.005402783252284), (0.01, 19, 2.545339), (0.05, 19, 0.059642), (0.1, 19, 0.017782)],
)
def test_table_d(rate, step, loss):
    steps = run(Recipe(rate=rate))
    assert steps[step].loss == pytest.approx(loss, abs=5e-7)
    assert steps[0].grad[0] == pytest.approx(-0.4536648933083657, rel=1e-14)


def test_a_step_says_what_it_used():
    steps = run(Recipe(steps=3, rate=0.1))
    for before, after in pairwise(steps):
        assert np.array_equal(before.after, after.data)
        assert before.after == pytest.approx(before.data - 0.1 * before.grad, rel=1e-15)
    assert [step.step for step in steps] == [0, 1, 2]
    assert steps[0].examples == [0, 1, 2, 3]
    assert steps[0].data[0] == 0.23550571390294128


@pytest.mark.parametrize("planned", [1, 10**9])
@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam"])
def test_arrays_and_lists_train_alike(planned, optimizer, monkeypatch):
    wanted = run(Recipe(steps=10, rate=0.02, optimizer=optimizer))
    monkeypatch.setattr(replay, "PLAN_FROM", planned)
    monkeypatch.setattr("engine.levels.NARROW", 1)
    for mine, other in zip(run(Recipe(steps=10, rate=0.02, optimizer=optimizer)), wanted, strict=True):
        assert mine.loss == pytest.approx(other.loss, rel=1e-12)
        assert mine.after == pytest.approx(other.after, rel=1e-11)


@pytest.mark.parametrize("batch", [1, 3])
def test_batches_are_what_the_same_examples_alone_give(batch):
    data = dataset("xor")
    spec = NetworkSpec(2, [3, 1])
    steps = run(Recipe(steps=8, rate=0.1, batch=batch), spec, data)
    targets = data.targets(LOSSES["squared_error"])
    for step in steps:
        alone = train(
            spec,
            [data.inputs[at] for at in step.examples],
            [targets[at] for at in step.examples],
            Recipe(steps=1, rate=0.1),
            parameters=step.data.tolist(),
        )
        one = next(alone)
        assert step.loss == pytest.approx(one.loss, rel=1e-13)
        assert step.grad == pytest.approx(one.grad, rel=1e-12)
    if batch == 1:
        assert sorted(at for step in steps[:4] for at in step.examples) == [0, 1, 2, 3]
    assert [step.examples for step in steps] == [
        step.examples for step in run(Recipe(8, 0.1, batch=batch), spec, data)
    ]


@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_learns_and(loss):
    outputs = 2 if loss == "softmax_cross_entropy" else 1
    spec = NetworkSpec(2, [4, outputs], "tanh", "linear")
    steps = run(Recipe(steps=150, rate=0.1, optimizer="momentum"), spec, dataset("and"), loss)
    assert steps[-1].loss < 0.2 * steps[0].loss
    assert steps[-1].accuracy == 1.0


def test_a_line_has_no_accuracy_and_is_found():
    steps = run(
        Recipe(steps=200, rate=0.2),
        NetworkSpec(1, [1], "linear"),
        dataset("line", noise=0.0),
        "mean_squared_error",
    )
    assert steps[-1].accuracy is None
    assert steps[-1].after == pytest.approx([2.0, 0.5], rel=1e-6)


def test_a_run_that_explodes_ends_where_numbers_do():
    steps = run(Recipe(steps=30, rate=1e300), NetworkSpec(3, [4, 1], "linear"))
    *before, last = steps
    assert before
    assert all(math.isfinite(step.loss) and step.diverged is None for step in before)
    assert not math.isfinite(last.loss)
    assert last.diverged.phase == "forward"


REFUSED = [
    ({"steps": 0}, "bad_steps", ("steps",)),
    ({"steps": 1.5}, "bad_steps", ("steps",)),
    ({"steps": "10"}, "bad_steps", ("steps",)),
    ({"steps": True}, "bad_steps", ("steps",)),
    ({"steps": 10**12}, "too_much_training", ("steps",)),
    ({"rate": 0}, "bad_rate", ("rate",)),
    ({"rate": -1}, "bad_rate", ("rate",)),
    ({"rate": None}, "bad_rate", ("rate",)),
    ({"rate": math.nan}, "bad_rate", ("rate",)),
    ({"rate": math.inf}, "bad_rate", ("rate",)),
    ({"optimizer": "lion"}, "unknown_optimizer", ("optimizer",)),
    ({"optimizer": ["sgd"]}, "unknown_optimizer", ("optimizer",)),
    ({"schedule": "cosine"}, "unknown_schedule", ("schedule",)),
    ({"batch": 0}, "bad_batch", ("batch",)),
    ({"batch": 5}, "bad_batch", ("batch",)),
    ({"batch": 1.0}, "bad_batch", ("batch",)),
    ({"seed": -1}, "bad_seed", ("seed",)),
    ({"settings": {"momentum": 0.9}}, "unknown_setting", ("settings",)),
    ({"optimizer": "momentum", "settings": {"momentum": -1}}, "bad_setting", ("settings", "momentum")),
    ({"optimizer": "momentum", "settings": {"momentum": "1"}}, "bad_setting", ("settings", "momentum")),
]


@pytest.mark.parametrize(("changed", "code", "where"), REFUSED, ids=lambda part: str(part)[:40])
def test_refused(changed, code, where):
    with pytest.raises(NetworkError) as caught:
        train(NetworkSpec(3, [2, 1]), LECTURE.inputs, YS, Recipe(**changed))
    assert caught.value.code == code
    assert caught.value.where == where


def test_rows_beyond_the_first_batch_are_checked_too():
    inputs = [[1.0, 2.0, 3.0], [1.0, 2.0]]
    with pytest.raises(NetworkError, match="length 2; it must be 3"):
        train(NetworkSpec(3, [1]), inputs, [1, 1], Recipe(batch=1))
    with pytest.raises(NetworkError, match="-1 or 1"):
        train(NetworkSpec(3, [1]), LECTURE.inputs, [1, 1, 1, 0.5], Recipe(batch=1), "hinge")
    with pytest.raises(NetworkError, match="targets"):
        train(NetworkSpec(3, [1]), LECTURE.inputs, [1, 1, 1], Recipe(batch=1))
    for inputs in ([], "abc", None):
        with pytest.raises(NetworkError):
            train(NetworkSpec(3, [1]), inputs, [1], Recipe())


def test_the_cost_is_a_setting():
    with pytest.raises(NetworkError, match="more than 1,000"):
        train(NetworkSpec(3, [2, 1]), LECTURE.inputs, YS, Recipe(), limits=Limits(training_cost=1_000))
