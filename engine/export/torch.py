"""PyTorch: every number a float64 scalar tensor, a network a module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.export.source import assignments, identifiers, leaves, listing, literal, spelled

if TYPE_CHECKING:
    from engine.tape import Tape


def torch_source(tape: Tape) -> str:
    """A script that computes the output, calls `backward()` and prints every parameter's grad."""
    names = identifiers(tape, {"torch", "name", "parameter", "parameters"})
    parameters, data = leaves(tape, "parameter"), leaves(tape, "data")
    output = names[tape.output]
    lines = ["import torch", "", "torch.set_default_dtype(torch.float64)", ""]
    lines += [
        f"{names[node]} = torch.tensor({literal(tape.data[node])}, requires_grad=True)" for node in parameters
    ]
    lines += [f"{names[node]} = {_tensor(tape.data[node])}" for node in data]
    lines += ["", *assignments(tape, names, spelled(tape, "torch"), _tensor), ""]
    if tape.roles[tape.output] == "constant":
        lines += [f"{output} = {_tensor(tape.data[tape.output])}"]
    lines += [f'print("{output} =", {output}.item())  # {tape.data[tape.output]}']
    reached = [tape.reaches[node] for node in parameters]
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


def _tensor(number: float) -> str:
    return f"torch.tensor({literal(number)})"
