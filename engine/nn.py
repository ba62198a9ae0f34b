"""Neurons, layers and multilayer perceptrons, built from scalars as the lecture builds them."""

from __future__ import annotations

import random
from collections.abc import Sequence

from engine.initialisation import INITIALISATIONS
from engine.value import Value, apply

LINEAR = "linear"
ACTIVATIONS = ("tanh", "relu", "sigmoid", LINEAR)
"""The op that ends a neuron; `linear` ends it with the weighted sum itself."""

UNIFORM = "uniform"

Seed = int | random.Random | None
"""What weights are drawn from: a generator, a seed for a new one, or None for the module `random`."""


def _source(seed: Seed) -> random.Random:
    if isinstance(seed, int):
        return random.Random(seed)
    return seed or random  # type: ignore[return-value] - the module has a generator's methods


def _check_size(size: int, what: str) -> None:
    if size < 1:
        raise ValueError(f"{what} is at least 1, not {size}")


class Module:
    """Something with parameters."""

    def parameters(self) -> list[Value]:
        """Weights and biases, neuron by neuron: w…, then b."""
        return []

    def zero_grad(self) -> None:
        """Sets every parameter's grad to 0; `backward()` adds to what is there."""
        for parameter in self.parameters():
            parameter.grad = 0.0

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """The drawn graph of one call, every input 1, for a notebook where something that draws is installed."""
        from engine.display import call_tape, mimebundle

        drawn = mimebundle(call_tape(self)) if self.parameters() else None
        return {"text/plain": repr(self)} | (drawn or {})


class Neuron(Module):
    """`activation(b + w[0]*x[0] + w[1]*x[1] + …)`.

    Weights and b are drawn uniformly from -1 to 1 unless `initialisation` names another row of its table; `nout` is
    then the number of neurons side by side.
    """

    def __init__(
        self,
        nin: int,
        activation: str = "tanh",
        seed: Seed = None,
        initialisation: str = UNIFORM,
        nout: int = 1,
    ) -> None:
        if activation not in ACTIVATIONS:
            raise ValueError(f"activation is one of {', '.join(ACTIVATIONS)}")
        if initialisation not in INITIALISATIONS:
            raise ValueError(f"initialisation is one of {', '.join(INITIALISATIONS)}")
        _check_size(nin, "the number of inputs")
        weight, bias = INITIALISATIONS[initialisation].draws(_source(seed), nin, nout)
        self.w = [Value(weight(), label=f"w[{slot}]") for slot in range(nin)]
        self.b = Value(bias(), label="b")
        self.activation = activation

    def weigh(self, x: Sequence[Value | float]) -> Value:
        """The weighted sum: what the activation is applied to. ValueError when x has not `nin` numbers."""
        if len(x) != len(self.w):
            raise ValueError(f"a neuron of {len(self.w)} inputs got {len(x)} numbers")
        return sum((wi * xi for wi, xi in zip(self.w, x, strict=True)), self.b)

    def activate(self, weighed: Value) -> Value:
        return weighed if self.activation == LINEAR else apply(self.activation, weighed)

    def __call__(self, x: Sequence[Value | float]) -> Value:
        return self.activate(self.weigh(x))

    def parameters(self) -> list[Value]:
        return [*self.w, self.b]

    def __repr__(self) -> str:
        return f"Neuron({len(self.w)}, {self.activation})"


class Layer(Module):
    """`nout` neurons that read the same `nin` numbers. Called, it gives a list, or its one neuron's value."""

    def __init__(
        self,
        nin: int,
        nout: int,
        activation: str = "tanh",
        seed: Seed = None,
        initialisation: str = UNIFORM,
    ) -> None:
        _check_size(nout, "the number of neurons")
        source = _source(seed)
        self.neurons = [Neuron(nin, activation, source, initialisation, nout) for _ in range(nout)]

    def __call__(self, x: Sequence[Value | float]) -> Value | list[Value]:
        outs = [neuron(x) for neuron in self.neurons]
        return outs[0] if len(outs) == 1 else outs

    def parameters(self) -> list[Value]:
        return [parameter for neuron in self.neurons for parameter in neuron.parameters()]

    def __repr__(self) -> str:
        return f"Layer of {self.neurons}"


class MLP(Module):
    """Layers one after another: `MLP(3, [4, 4, 1])` reads 3 numbers and has 41 parameters.

    `output_activation` is the last layer's, where it is another than the rest's.
    """

    def __init__(
        self,
        nin: int,
        nouts: Sequence[int],
        activation: str = "tanh",
        output_activation: str | None = None,
        seed: Seed = None,
        initialisation: str = UNIFORM,
    ) -> None:
        if not hasattr(nouts, "__len__") or len(nouts) == 0:
            raise ValueError("nouts is a list with the size of every layer, as in MLP(3, [4, 4, 1])")
        source = _source(seed)
        sizes = [nin, *nouts]
        last = len(nouts) - 1
        self.layers = [
            Layer(
                sizes[at],
                sizes[at + 1],
                (at == last and output_activation) or activation,
                source,
                initialisation,
            )
            for at in range(len(nouts))
        ]

    def __call__(self, x: Sequence[Value | float]) -> Value | list[Value]:
        out: Value | list[Value] = []
        for layer in self.layers:
            out = layer(x)
            x = out if isinstance(out, list) else [out]
        return out

    def parameters(self) -> list[Value]:
        return [parameter for layer in self.layers for parameter in layer.parameters()]

    def __repr__(self) -> str:
        return f"MLP of {self.layers}"
