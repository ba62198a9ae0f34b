"""JAX on the CPU, float64: the scalar program compiled by jit, and the batch as matrices."""

from __future__ import annotations

from collections.abc import Sequence

import jax
import jax.numpy as jnp

from benchmarks.workloads import NEURON, RATE, Workload

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_platforms", "cpu")


@jax.jit
@jax.value_and_grad
def _neuron(leaves: list[jax.Array]) -> jax.Array:
    x1, w1, x2, w2, b = leaves
    return jnp.tanh(x1 * w1 + x2 * w2 + b)


def neuron() -> tuple[float, list[float]]:
    """W1, compiled: tracing and compiling are paid in the first call."""
    value, grads = _neuron(list(NEURON))
    return float(value), [float(grad) for grad in grads]


class Tensors:
    """W4 as JAX's users write it: matrices, a jitted step."""

    def __init__(self, work: Workload) -> None:
        self.work = work
        self.reset()

        def loss(weights: list[tuple[jax.Array, jax.Array]]) -> jax.Array:
            x = jnp.array(work.inputs)
            for at, (weight, bias) in enumerate(weights):
                x = x @ weight.T + bias
                if at < len(weights) - 1:
                    x = jax.nn.relu(x)
            penalty = sum((part * part).sum() for layer in weights for part in layer)
            return jax.nn.relu(1 - jnp.array(work.targets) * x[:, 0]).mean() + work.alpha * penalty

        def descend(weights: list[tuple[jax.Array, jax.Array]]) -> list[tuple[jax.Array, jax.Array]]:
            return jax.tree.map(lambda part, grad: part - RATE * grad, weights, jax.grad(loss)(weights))

        self.descend = jax.jit(descend)

    def reset(self) -> None:
        self.weights: list[tuple[jax.Array, jax.Array]] = []
        flat, at, nin = jnp.array(self.work.parameters), 0, self.work.nin
        for width in self.work.nouts:
            block = flat[at : at + width * (nin + 1)].reshape(width, nin + 1)
            self.weights.append((block[:, :nin], block[:, nin]))
            at, nin = at + width * (nin + 1), width

    def train(self, steps: int) -> Sequence[float]:
        for _ in range(steps):
            self.weights = self.descend(self.weights)
        jax.block_until_ready(self.weights)
        return [
            float(number)
            for weight, bias in self.weights
            for number in jnp.concatenate([weight, bias[:, None]], 1).reshape(-1)
        ]
