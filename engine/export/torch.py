"""PyTorch: every number a float64 scalar tensor; a network a module with its weights, data and loss."""

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

_TAKEN = {
    "torch",
    "MLP",
    "model",
    "state",
    "inputs",
    "target",
    "prediction",
    "layer",
    "number",
    "neuron",
}
_TAKEN |= {"w", "b", "p"}
_HEAD = ["import torch", "", "torch.set_default_dtype(torch.float64)", ""]
_LOAD = ["}", "", "model = MLP()", "model.load_state_dict(state)", ""]
_PRINT = """\
for number, layer in enumerate(model.children(), start=1):
    for neuron, (w, b) in enumerate(zip(layer.weight.grad, layer.bias.grad), start=1):
        print(f"layer{number}.neuron{neuron}.grad =", [*w.tolist(), b.item()])\
"""


def torch_source(tape: Tape) -> str:
    """A script that computes the output, calls `backward()` and prints every parameter's grad."""
    if network := find_network(tape):
        return _module(tape, network)
    names = identifiers(tape, {"torch", "name", "parameter", "parameters"})
    parameters, data = leaves(tape, "parameter"), leaves(tape, "data")
    output = names[tape.output]
    lines = [*_HEAD]
    lines += [
        f"{names[node]} = torch.tensor({literal(tape.data[node])}, requires_grad=True)" for node in parameters
    ]
    lines += [f"{names[node]} = {_tensor(tape.data[node])}" for node in data]
    lines += ["", *assignments(tape, names, spelled(tape, "torch"), _tensor), ""]
    if tape.roles[tape.output] == "constant":
        lines += [f"{output} = {_tensor(tape.data[tape.output])}"]
    lines += [f'print("{output} =", {output}.item())  # {tape.data[tape.output]}']
    reached = [tape.receives[node] for node in parameters]
    if any(reached):
        unread = not all(reached)
        grad = (
            "0.0 if parameter.grad is None else parameter.grad.item()" if unread else "parameter.grad.item()"
        )
        lines += [
            "",
            f"{output}.backward()",
            listing("parameters = {", [f'"{names[node]}": {names[node]}' for node in parameters], "}"),
            "for name, parameter in parameters.items():",
            f'    print(f"{{name}}.grad =", {grad})',
        ]
    return "\n".join([*lines, ""])


def _module(tape: Tape, network: Network) -> str:
    nouts = network.nouts
    sizes = list(zip([network.nin, *nouts], nouts, strict=False))
    single = nouts[-1] == 1
    lines = [
        *_HEAD,
        "",
        "class MLP(torch.nn.Module):",
        "    def __init__(self):",
        "        super().__init__()",
    ]
    lines += [
        f"        self.layer{at} = torch.nn.Linear({nin}, {nout})"
        for at, (nin, nout) in enumerate(sizes, start=1)
    ]
    lines += ["", "    def forward(self, x):"]
    for at, activation in enumerate(network.activations, start=1):
        template = OPS[activation].torch if activation in OPS else "{0}"
        lines += [f"        x = {expression(template, [Piece(f'self.layer{at}(x)')], literal).text}"]
    lines += [
        "        return x",
        "",
        "",
        "# a row of weights per neuron, and the neurons' biases",
        "state = {",
    ]
    for at, layer in enumerate(network.numbers(tape), start=1):
        lines += [rows(f'"layer{at}.weight": torch.tensor(', [neuron[:-1] for neuron in layer], "),", "    ")]
        biases = [literal(neuron[-1]) for neuron in layer]
        lines += [listing(f'"layer{at}.bias": torch.tensor([', biases, "]),", "    ")]
    lines += _LOAD
    lines += [rows("inputs = torch.tensor(", network.inputs(tape), ")")]
    if network.loss:
        lines += [f"target = torch.tensor({network.target(network.loss.targets == 'class')})"]
    lines += ["", f"prediction = model(inputs){'.squeeze(-1)' if single else ''}"]
    if network.loss:
        output = loss_name(tape, _TAKEN)
        penalty = f"{literal(network.alpha)} * sum((p ** 2).sum() for p in model.parameters())"
        lines += [f"{output} = {network.loss.torch}"]
        lines += [f"{output} = {output} + {penalty}"] if network.alpha else []
    else:
        names = identifiers(tape, _TAKEN)
        given = spellings(
            network,
            "model.layer{layer}.weight[{neuron}, {slot}]",
            "model.layer{layer}.bias[{neuron}]",
            "prediction[{call}]" if single else "prediction[{call}, {slot}]",
        )
        lines += assignments(tape, names, spelled(tape, "torch"), _tensor, given)
        output = given.get(tape.output, names[tape.output])
    lines += [
        f'print("{output} =", {output}.item())  # {tape.data[tape.output]}',
        "",
        f"{output}.backward()",
        _PRINT,
    ]
    return "\n".join([*lines, ""])


def _tensor(number: float) -> str:
    return f"torch.tensor({literal(number)})"
