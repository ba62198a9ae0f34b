"""Where training starts from: how the first weights are drawn, as text.

A row's two texts are expressions in Python's grammar, as an optimizer's lines are: the student reads them, and they are
what runs, once per number, neuron by neuron: its weights, then its bias. Names in them: `nin`, how many numbers the
neuron reads, and `nout`, how many neurons its layer has. `uniform(low, high)` and `normal(mean, deviation)` are
`uniform` and `gauss` of Python's `random.Random`; a text without them draws nothing.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from engine.optim import Reading, read


@dataclass(frozen=True)
class Initialisation:
    """One way to start. `weight` and `bias` are the texts."""

    name: str
    title: str
    weight: str
    bias: str
    note: str

    @cached_property
    def _readings(self) -> tuple[Reading, Reading]:
        return read(self.weight), read(self.bias)

    def draws(self, source: random.Random, nin: int, nout: int) -> tuple[Callable[[], float], ...]:
        """What gives the next weight, and what gives the next bias, of neurons of one layer."""
        names = {"nin": nin, "nout": nout, "uniform": source.uniform, "normal": source.gauss}
        weight, bias = self._readings
        return (lambda: float(weight(names))), (lambda: float(bias(names)))


_ROWS = (
    Initialisation(
        "uniform",
        "between -1 and 1",
        "uniform(-1, 1)",
        "uniform(-1, 1)",
        "The lecture's. It takes no notice of how many inputs a neuron has, so wide layers start saturated.",
    ),
    Initialisation(
        "micrograd",
        "between -1 and 1, biases 0",
        "uniform(-1, 1)",
        "0",
        "As the micrograd repository and its two-moons demo start.",
    ),
    Initialisation(
        "xavier_uniform",
        "Xavier (Glorot), uniform",
        "uniform(-sqrt(6 / (nin + nout)), sqrt(6 / (nin + nout)))",
        "0",
        "Values and gradients keep about their size from layer to layer. Made for tanh.",
    ),
    Initialisation(
        "xavier_normal",
        "Xavier (Glorot), normal",
        "normal(0, sqrt(2 / (nin + nout)))",
        "0",
        "The same spread, drawn from a bell curve.",
    ),
    Initialisation(
        "he_uniform",
        "He (Kaiming), uniform",
        "uniform(-sqrt(6 / nin), sqrt(6 / nin))",
        "0",
        "Wider than Xavier, because relu lets only half of the values through.",
    ),
    Initialisation(
        "he_normal",
        "He (Kaiming), normal",
        "normal(0, sqrt(2 / nin))",
        "0",
        "The same spread, drawn from a bell curve.",
    ),
    Initialisation(
        "normal",
        "small, normal",
        "normal(0, 0.01)",
        "0",
        "Almost 0: signals and gradients shrink with every layer, and a deep network hardly starts.",
    ),
    Initialisation(
        "zeros",
        "all 0",
        "0",
        "0",
        "Neurons of a layer stay equal for ever: equal weights get equal gradients, if they get any.",
    ),
)
INITIALISATIONS: Mapping[str, Initialisation] = MappingProxyType({row.name: row for row in _ROWS})
