"""micrograd, the package: `+ - * / **` and `relu`; every other operation comes along, read from the op table.

micrograd computes with whatever number it holds. Where Python's own floats would raise (1/0, exp(1000)), the numbers
are NumPy's float64, which answer as IEEE 754 does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.export.network import Network, find_network, loss_name, spellings
from engine.export.prelude import call, prelude
from engine.export.source import Piece, assignments, expression, identifiers, leaves, listing, literal, rows
from engine.ops import LEAF, OPS
from engine.replay import backward

if TYPE_CHECKING:
    from engine.tape import Tape

_TAKEN = {*OPS, "Value", "op", "math", "np", "sys", "name", "parameter", "parameters", "reduce"}
_TAKEN_MODULE = {
    "MLP",
    "model",
    "weights",
    "inputs",
    "target",
    "prediction",
    "pairs",
    "layer",
    "neuron",
    "number",
}
_TAKEN_MODULE |= {"weigh", "predict", "x", "y", "p", "row", "rows", "grads"}
_WEIGH = """\
def weigh(layer, x):
    return [sum((w * xi for w, xi in zip(neuron.w, x)), neuron.b) for neuron in layer.neurons]
"""
_PRINT = """\
for number, layer in enumerate(model.layers, start=1):
    for neuron, parameters in enumerate(layer.neurons, start=1):
        grads = [float(parameter.grad) for parameter in parameters.parameters()]
        print(f"layer{number}.neuron{neuron}.grad =", grads)\
"""
# exp overflows at 709.8: beyond this a formula may pass through an infinity on its way to an ordinary value
_LARGE = 700.0
# micrograd walks the graph by recursion, one Python frame per node of the longest path
_DEEP = 900


def micrograd_source(tape: Tape) -> str:
    """A script that computes the output, calls `backward()` and prints every parameter's grad."""
    network = find_network(tape)
    ieee = needs_ieee(tape)
    spell = _speller(tape)
    own = {op for node, op in enumerate(tape.ops) if op != LEAF and spell(node) == call(OPS[op])}
    fold = network is not None and network.loss is not None and "reduce(" in network.loss.micrograd
    lines = [*_head(own, ieee, depth(tape), fold, network is not None), *prelude(own, ieee)]

    def value(number: float) -> str:
        return f"Value(np.float64({literal(number)}))" if ieee else f"Value({literal(number)})"

    if network:
        return "\n".join([*lines, *_module(tape, network, spell, value, ieee), ""])
    names = identifiers(tape, _TAKEN)
    parameters = leaves(tape, "parameter")
    lines += [f"{names[node]} = {value(tape.data[node])}" for node in parameters + leaves(tape, "data")]
    lines += ["", *assignments(tape, names, spell, value), ""]
    output = names[tape.output]
    if tape.roles[tape.output] == "constant":
        lines += [f"{output} = {value(tape.data[tape.output])}"]
    lines += [
        f'print("{output} =", float({output}.data))  # {tape.data[tape.output]}',
        "",
        f"{output}.backward()",
        listing("parameters = {", [f'"{names[node]}": {names[node]}' for node in parameters], "}"),
        "for name, parameter in parameters.items():",
        '    print(f"{name}.grad =", float(parameter.grad))',
    ]
    return "\n".join([*lines, ""])


def _module(
    tape: Tape, network: Network, spell: Callable[[int], str], value: Callable[[float], str], ieee: bool
) -> list[str]:
    layers = [f"layer{at}" for at in range(1, len(network.nouts) + 1)]
    number = "np.float64(number)" if ieee else "number"
    lines = ["# for each layer, a row per neuron: its weights, then its bias", "weights = ["]
    lines += [*(rows("", layer, ",", "    ") for layer in network.numbers(tape)), "]", ""]
    lines += [
        f"model = MLP({network.nin}, {network.nouts})",
        "for layer, rows in zip(model.layers, weights):",
    ]
    lines += ["    for neuron, row in zip(layer.neurons, rows):"]
    lines += ["        for parameter, number in zip(neuron.parameters(), row):"]
    lines += [f"            parameter.data = {number}", "", "", _WEIGH, "", "def predict(x):"]
    lines += [f"    {', '.join(layers)}{',' if len(layers) == 1 else ''} = model.layers"]
    for layer, activation in zip(layers, network.activations, strict=True):
        op = OPS.get(activation)
        activated = expression(op.micrograd or call(op), [Piece("z")], literal).text if op else "z"
        weighed = f"weigh({layer}, x)"
        lines += [f"    x = {f'[{activated} for z in {weighed}]' if op else weighed}"]
    lines += [
        "    return x",
        "",
        "",
        rows("inputs = np.array(" if ieee else "inputs = ", network.inputs(tape), ")" * ieee),
    ]
    if network.loss:
        name = loss_name(tape, {*_TAKEN, *_TAKEN_MODULE})
        penalty = f"{literal(network.alpha)} * sum(p * p for p in model.parameters())"
        lines += [rows("target = ", network.targets, ""), "", "prediction = [predict(x) for x in inputs]"]
        lines += ["pairs = [(p, y) for row, wanted in zip(prediction, target) for p, y in zip(row, wanted)]"]
        lines += [f"{name} = {network.loss.micrograd}"]
        lines += [f"{name} = {name} + {penalty}"] if network.alpha else []
    else:
        names = identifiers(tape, {*_TAKEN, *_TAKEN_MODULE})
        given = spellings(
            network,
            "model.layers[{at}].neurons[{neuron}].w[{slot}]",
            "model.layers[{at}].neurons[{neuron}].b",
            "prediction[{call}][{slot}]",
        )
        lines += ["", "prediction = [predict(x) for x in inputs]"]
        lines += assignments(tape, names, spell, value, given)
        name = given.get(tape.output, names[tape.output])
    lines += [
        f'print("{name} =", float({name}.data))  # {tape.data[tape.output]}',
        "",
        f"{name}.backward()",
        _PRINT,
    ]
    return lines


def needs_ieee(tape: Tape) -> bool:
    """Whether Python's floats might raise on the way where IEEE 754 has an answer."""
    _, partials = backward(tape, tape.data)
    numbers = [*tape.data, *(partial for row in partials for partial in row if partial is not None)]
    return any(not abs(number) < _LARGE for number in numbers)


def depth(tape: Tape) -> int:
    """Operations on the longest path from a leaf."""
    depths = [0] * len(tape.ops)
    for node, operands in enumerate(tape.operands):
        depths[node] = 1 + max((depths[operand] for operand in operands), default=0)
    return max(depths)


def _speller(tape: Tape) -> Callable[[int], str]:
    """micrograd's own spelling where it has one for these operands, else a call of the function brought along."""

    def spell(node: int) -> str:
        op = OPS[tape.ops[node]]
        if ":number" in op.micrograd and tape.roles[tape.operands[node][-1]] != "constant":
            return call(op)
        return op.micrograd or call(op)

    return spell


def _head(own: set[str], ieee: bool, deep: int, fold: bool, network: bool) -> list[str]:
    standard = ["import math"] if own and not ieee else []
    standard += ["import sys"] if deep > _DEEP else []
    standard += ["from functools import reduce"] if fold else []
    others = ["import numpy as np"] if ieee else []
    others += ["from micrograd.engine import Value"]
    others += ["from micrograd.nn import MLP"] if network else []
    settings = ['np.seterr(all="ignore")'] if ieee else []
    settings += [f"sys.setrecursionlimit({4 * deep + 1000})"] if deep > _DEEP else []
    return "\n".join(
        ["\n\n".join("\n".join(block) for block in (standard, others, settings) if block), ""]
    ).split("\n")
