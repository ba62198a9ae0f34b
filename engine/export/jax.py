"""JAX: the output as a function of the parameters, and `value_and_grad` of it, in float64."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.export.network import Network, find_network, loss_name, spellings
from engine.export.source import (
    Piece,
    assignments,
    expression,
    identifiers,
    leaves,
    listing,
    literal,
    rows,
    spelled,
)
from engine.ops import OPS

if TYPE_CHECKING:
    from engine.tape import Tape

_TAKEN = {"jax", "jnp", "program", "parameters", "value", "grads", "name", "p"}
_TAKEN_MODULE = {
    "model",
    "weights",
    "inputs",
    "target",
    "prediction",
    "layer",
    "number",
    "neuron",
    "grad",
    "x",
}
_HEAD = ["import jax", "import jax.numpy as jnp", "", 'jax.config.update("jax_enable_x64", True)', ""]
_PRINT = """\
for number, layer in enumerate(grads, start=1):
    for neuron, grad in enumerate(layer, start=1):
        print(f"layer{number}.neuron{neuron}.grad =", grad.tolist())\
"""


def jax_source(tape: Tape) -> str:
    """A script that prints the output and every parameter's grad."""
    if network := find_network(tape):
        return _module(tape, network)
    names = identifiers(tape, _TAKEN)
    parameters = leaves(tape, "parameter")
    output = names[tape.output]
    lines = [*_HEAD]
    lines += [f"{names[node]} = {_scalar(tape.data[node])}" for node in leaves(tape, "data")]
    lines += [
        listing("parameters = {", [f'"{names[n]}": {literal(tape.data[n])}' for n in parameters], "}"),
        "",
        "",
        listing("def program(", [names[node] for node in parameters], "):"),
    ]
    lines += [f"    {line}" for line in assignments(tape, names, spelled(tape, "jax"), _scalar)]
    constant = tape.roles[tape.output] == "constant"
    lines += [
        f"    return {_scalar(tape.data[tape.output]) if constant else output}",
        "",
        "",
        "value, grads = jax.value_and_grad(lambda p: program(**p))(parameters)",
        f'print("{output} =", float(value))  # {tape.data[tape.output]}',
        "for name in parameters:",
        '    print(f"{name}.grad =", float(grads[name]))',
    ]
    return "\n".join([*lines, ""])


def _module(tape: Tape, network: Network) -> str:
    single = network.nouts[-1] == 1
    layers = [f"layer{at}" for at in range(1, len(network.nouts) + 1)]
    unpack = f"    {', '.join(layers)}{',' if len(layers) == 1 else ''} = weights"
    lines = [*_HEAD, "# for each layer, a row per neuron: its weights, then its bias", "weights = ["]
    lines += [*(rows("jnp.array(", layer, "),", "    ") for layer in network.numbers(tape)), "]"]
    lines += [rows("inputs = jnp.array(", network.inputs(tape), ")")]
    if network.loss:
        lines += [f"target = jnp.array({network.target()})"]
    lines += ["", "", "def model(weights, x):", unpack]
    for layer, activation in zip(layers, network.activations, strict=True):
        template = OPS[activation].jax if activation in OPS else "{0}"
        weighed = Piece(f"x @ {layer}[:, :-1].T + {layer}[:, -1]", 0)
        lines += [f"    x = {expression(template, [weighed], literal).text}"]
    lines += ["    return x", "", "", "def program(weights):"]
    lines += [f"    prediction = model(weights, inputs){'[:, 0]' if single else ''}"]
    if network.loss:
        name = loss_name(tape, _TAKEN)
        penalty = f" + {literal(network.alpha)} * sum(jnp.sum(p ** 2) for p in weights)"
        lines += [f"    {name} = {network.loss.jax}"]
        lines += [f"    return {name}{penalty if network.alpha else ''}"]
    else:
        names = identifiers(tape, {*_TAKEN, *_TAKEN_MODULE, *layers})
        given = spellings(
            network,
            "weights[{at}][{neuron}, {slot}]",
            "weights[{at}][{neuron}, -1]",
            "prediction[{call}]" if single else "prediction[{call}, {slot}]",
        )
        name = names[tape.output]
        lines += [f"    {line}" for line in assignments(tape, names, spelled(tape, "jax"), _scalar, given)]
        lines += [f"    return {given.get(tape.output, name)}"]
    lines += ["", "", "value, grads = jax.value_and_grad(program)(weights)"]
    lines += [f'print("{name} =", float(value))  # {tape.data[tape.output]}', _PRINT]
    return "\n".join([*lines, ""])


def _scalar(number: float) -> str:
    return f"jnp.float64({literal(number)})"
