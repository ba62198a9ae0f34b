"""Initialisations: what they draw, in which order, how widely, and what the field says they are for."""

import math
import random
import statistics

import pytest

from engine.initialisation import INITIALISATIONS
from engine.network import NetworkError, NetworkSpec, network_tape
from engine.nn import MLP, Neuron
from engine.program import read_program
from engine.spec import check_spec


def numbers(name, nin=3, nouts=(4, 4, 1), seed=1337):
    return [parameter.data for parameter in MLP(nin, nouts, seed=seed, initialisation=name).parameters()]


def test_uniform_is_the_lectures():
    source = random.Random(1337)
    assert numbers("uniform") == [source.uniform(-1, 1) for _ in range(41)]
    assert numbers("uniform") == [p.data for p in MLP(3, [4, 4, 1], seed=1337).parameters()]


def test_micrograd_draws_no_biases():
    """`nn.py` of the repository: each neuron's weights, one after the other, then a bias of 0."""
    source, wanted = random.Random(1337), []
    for nin, nout in ((3, 4), (4, 4), (4, 1)):
        for _ in range(nout):
            wanted += [source.uniform(-1, 1) for _ in range(nin)] + [0.0]
    assert numbers("micrograd") == wanted


# Spread of the weights of a layer of 60 neurons that read 40 numbers, from the papers' formulas.
SPREADS = {
    "xavier_uniform": math.sqrt(2 / (40 + 60)),
    "xavier_normal": math.sqrt(2 / (40 + 60)),
    "he_uniform": math.sqrt(2 / 40),
    "he_normal": math.sqrt(2 / 40),
    "normal": 0.01,
}


@pytest.mark.parametrize("name", SPREADS)
def test_spreads(name):
    drawn = numbers(name, 40, [60])
    weights = [number for at, number in enumerate(drawn) if at % 41 != 40]
    assert all(bias == 0.0 for bias in drawn[40::41])
    spread = SPREADS[name]
    assert statistics.fmean(weights) == pytest.approx(0, abs=4 * spread / math.sqrt(len(weights)))
    assert statistics.pstdev(weights) == pytest.approx(spread, rel=0.05)
    if name.endswith("uniform"):
        assert 0.98 < max(map(abs, weights)) / (spread * math.sqrt(3)) <= 1
    else:
        within = sum(abs(number) < spread for number in weights) / len(weights)
        assert within == pytest.approx(0.683, abs=0.03)


def test_zeros_stay_equal():
    """All weights 0: with relu nothing learns; the gradients of equal neurons are equal."""
    assert set(numbers("zeros")) == {0.0}
    assert {math.copysign(1, number) for number in numbers("zeros")} == {1.0}


def test_the_spread_of_activations_is_kept_by_the_one_made_for_them():
    """Eight layers of relu: He keeps the size of the signal, small normal weights lose it, as the papers say."""
    source = random.Random(2)
    rows = [[source.gauss(0, 1) for _ in range(20)] for _ in range(5)]

    def size_after(name):
        values = [MLP(20, [20] * 8, "relu", seed=1, initialisation=name)(row) for row in rows]
        return math.sqrt(statistics.fmean(value.data**2 for row in values for value in row))

    assert 0.2 < size_after("he_normal") < 5
    assert size_after("xavier_normal") < 0.3 * size_after("he_normal")
    assert size_after("normal") < 1e-6


@pytest.mark.parametrize("name", INITIALISATIONS)
def test_the_same_everywhere(name):
    """Spec, program and module draw the same numbers; another seed others, unless nothing is drawn."""
    drawn = numbers(name, 2, [3, 1])
    spec = NetworkSpec(2, [3, 1], initialisation=name)
    assert network_tape(spec, [[1.0, 2.0]]).data[:13] == drawn
    program = read_program(f"n = MLP(2, [3, 1], initialisation='{name}')\nL = n([1, 2])")
    assert program.data[:13] == drawn
    assert (numbers(name, 2, [3, 1], seed=2) == drawn) == (name == "zeros")


def test_unknown_names_are_refused():
    with pytest.raises(ValueError, match="initialisation is one of uniform"):
        Neuron(2, initialisation="glorot")
    with pytest.raises(NetworkError, match="initialisation is one of uniform") as caught:
        check_spec(NetworkSpec(2, [1], initialisation="glorot"))
    assert caught.value.where == ("network", "initialisation")
