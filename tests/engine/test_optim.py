"""Optimizers and schedules: their texts run, and do what the papers say."""

import math

import numpy as np
import pytest

from engine.optim import OPTIMIZERS, SCHEDULES, Updater, read

GRADS = [0.5, -2.0, 1e-3, 0.0, 3.0]


def test_sgd():
    updater = Updater(OPTIMIZERS["sgd"])
    assert updater.update(1.0, 0.5, 0.1) == 0.95


def test_momentum_is_pytorchs():
    updater, data, velocity, mine = Updater(OPTIMIZERS["momentum"], momentum=0.8), 1.0, 0.0, 1.0
    for grad in GRADS:
        velocity = 0.8 * velocity + grad
        data -= 0.1 * velocity
        mine = updater.update(mine, grad, 0.1)
        assert mine == pytest.approx(data, rel=1e-15)


def test_adam_is_the_papers():
    updater, data, m, v, mine = Updater(OPTIMIZERS["adam"]), 1.0, 0.0, 0.0, 1.0
    for t, grad in enumerate(GRADS, start=1):
        m = 0.9 * m + 0.1 * grad
        v = 0.999 * v + 0.001 * grad**2
        data -= 0.01 * (m / (1 - 0.9**t)) / (math.sqrt(v / (1 - 0.999**t)) + 1e-8)
        mine = updater.update(mine, grad, 0.01)
        assert mine == pytest.approx(data, rel=1e-12)


def test_the_first_step_of_adam_is_the_rate():
    after = Updater(OPTIMIZERS["adam"]).update(np.zeros(3), np.array([1e-3, -5.0, 200.0]), 0.01)
    assert after == pytest.approx([-0.01, 0.01, -0.01], rel=1e-4)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_array_is_updated_as_its_numbers_are(name):
    data = np.array([1.0, -2.0, 0.5])
    whole, single = Updater(OPTIMIZERS[name]), [Updater(OPTIMIZERS[name]) for _ in data]
    parts = data
    for step in range(5):
        grad = np.array([0.3, -1.0, 2.0]) * (step - 2)
        data = whole.update(data, grad, 0.1)
        parts = [each.update(float(x), float(g), 0.1) for each, x, g in zip(single, parts, grad, strict=True)]
        assert data.tolist() == pytest.approx(parts, rel=1e-14)


@pytest.mark.parametrize("row", OPTIMIZERS.values(), ids=lambda row: row.name)
def test_every_name_in_a_rule_is_known(row):
    known = {"data", "grad", "rate", "step", *row.settings, *row.memory}
    assert row.lines[-1][0] == "data"
    assert {name for name, _ in row.lines[:-1]} <= set(row.memory)
    for _, text in row.lines:
        assert read(text)(dict.fromkeys(known, 0.5)) is not None


def test_schedules():
    assert [SCHEDULES["constant"].rate(0.5, step, 10) for step in (0, 9)] == [0.5, 0.5]
    linear = SCHEDULES["linear"]
    assert [linear.rate(1.0, step, 100) for step in (0, 1, 50, 99)] == [
        1.0 - 0.9 * k / 100 for k in (0, 1, 50, 99)
    ]
    assert linear.rate(2.0, 5, 10, decay=1.0) == 1.0


def test_unknown_settings_and_texts_are_refused():
    with pytest.raises(ValueError, match="no setting momentum"):
        Updater(OPTIMIZERS["sgd"], momentum=0.9)
    for text in ("data if grad else rate", "[data]", "not data"):
        with pytest.raises(ValueError, match="a rule cannot say"):
            read(text)
