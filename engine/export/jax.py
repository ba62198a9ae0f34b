"""JAX: the program as a function of its parameters, and `value_and_grad` of it, in float64."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.export.source import assignments, identifiers, leaves, listing, literal, spelled

if TYPE_CHECKING:
    from engine.tape import Tape


def jax_source(tape: Tape) -> str:
    """A script that prints the output and every parameter's grad."""
    taken = {"jax", "jnp", "program", "parameters", "value", "grads", "name", "p"}
    names = identifiers(tape, taken)
    parameters = leaves(tape, "parameter")
    output = names[tape.output]
    lines = ["import jax", "import jax.numpy as jnp", "", 'jax.config.update("jax_enable_x64", True)', ""]
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


def _scalar(number: float) -> str:
    return f"jnp.float64({literal(number)})"
