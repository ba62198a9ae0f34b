"""Data sets: their shapes, their seeds, their order."""

import math

import pytest

from engine.datasets import DATASETS, dataset, moons
from engine.losses import LOSSES
from engine.network import NetworkError


@pytest.mark.parametrize("name", DATASETS)
def test_the_same_for_the_same_seed(name):
    first, second, other = dataset(name), dataset(name), dataset(name, seed=2)
    assert first == second
    assert len(first.inputs) == len(first.answers) == DATASETS[name].count
    assert len({len(row) for row in first.inputs}) == 1
    assert all(isinstance(number, float) for row in [*first.inputs, first.answers] for number in row)
    assert (first == other) == (name in ("lecture", "and", "xor"))


@pytest.mark.parametrize("name", ["moons", "circles", "spirals", "line"])
def test_size_and_noise(name):
    data = dataset(name, count=7, noise=0.0)
    assert len(data.inputs) == 7
    if data.classes:
        assert sorted(data.answers) == [0.0] * 3 + [1.0] * 4
    for count, noise in ((1, 0.1), (10, -0.1), (10, math.nan), (10, math.inf)):
        with pytest.raises(NetworkError, match=r"at least 2 examples|not negative"):
            dataset(name, count=count, noise=noise)


def test_moons_lie_on_two_half_circles():
    data = moons(50, noise=0.0)
    for (x, y), answer in zip(data.inputs, data.answers, strict=True):
        centre, side = ((0.0, 0.0), 1) if answer == 0 else ((1.0, 0.5), -1)
        assert math.hypot(x - centre[0], y - centre[1]) == pytest.approx(1)
        assert side * (y - centre[1]) >= -1e-12
    assert data.answers[:10] != sorted(data.answers[:10])


def test_moons_are_scikit_learns():
    """`make_moons(n_samples=100, noise=0.1, random_state=1337)`, printed once from scikit-learn."""
    data = moons()
    assert data.inputs[0] == pytest.approx([1.1221146075409685, 0.08147717341718697], rel=1e-15)
    assert data.inputs[99] == pytest.approx([0.12108297264758441, 1.0655522522437006], rel=1e-15)
    assert data.answers[:5] == [0, 0, 1, 0, 1]


def test_circles_and_spirals():
    for (x, y), answer in zip(dataset("circles", noise=0.0).inputs, dataset("circles").answers, strict=True):
        assert math.hypot(x, y) == pytest.approx(0.5 if answer else 1.0)
    data = dataset("spirals", noise=0.0)
    for (x, y), answer in zip(data.inputs, data.answers, strict=True):
        radius = math.hypot(x, y)
        turned = math.atan2(y, x) - 3 * math.pi * radius - math.pi * answer
        assert math.cos(turned) == pytest.approx(1)
        assert 0.1 <= radius <= 1.0 + 1e-12


def test_xor_and_and():
    for name, gate in (("xor", lambda x, y: x != y), ("and", lambda x, y: x and y)):
        data = dataset(name)
        assert [bool(answer) for answer in data.answers] == [bool(gate(*row)) for row in data.inputs]


def test_targets_fit_the_loss():
    data = dataset("lecture")
    assert data.targets(LOSSES["squared_error"]) == [1, -1, -1, 1]
    assert data.targets(LOSSES["hinge"]) == [1, -1, -1, 1]
    assert data.targets(LOSSES["binary_cross_entropy"]) == [1, 0, 0, 1]
    assert data.targets(LOSSES["softmax_cross_entropy"]) == [1, 0, 0, 1]
    line = dataset("line")
    assert line.targets(LOSSES["squared_error"]) == line.answers
