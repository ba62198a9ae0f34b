"""Text to a tape: a safe subset of Python, read without Python's own parser and never evaluated by it.

    tape = read_program("a = 2; b = -3; c = 10; f = -2\\ne = a*b\\nd = e + c\\nL = d * f")

`scan` bounds and tokenizes, `parse` makes flat steps of the tokens, `lower` runs the steps over Values.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.limits import DEFAULT_LIMITS, Limits
from engine.program.errors import ProgramError, Source, shorten
from engine.program.lower import Lowering
from engine.program.parse import parse
from engine.replay import forward
from engine.tape import Tape

__all__ = ["ProgramError", "read_program"]


def read_program(
    text: str, values: Mapping[str, float] | None = None, limits: Limits = DEFAULT_LIMITS
) -> Tape:
    """The tape of a program, every node of it in the order of building.

    `values` replaces the data of leaves: a key is a variable's name and stands for the first leaf bound to it; a name
    that is used but never assigned takes its value from here, as a parameter. The tape's shape depends on the text
    (and on which names `values` holds), never on a value. Raises ProgramError, and nothing else, for any text.
    """
    source = Source(text, limits)
    machine = Lowering(source, parse(source), values or {})
    output = machine.run_all()
    tape = machine.record.tape(output)
    for name, value in machine.values.items():
        leaf = machine.first_leaf.get(name)
        if leaf is None:
            message = f"values names {shorten(name)}, which is no leaf of this program."
            raise ProgramError(
                "unknown_value", message, hint="A key is the name of a variable set to a number."
            )
        tape.data[machine.record.seen[id(leaf)]] = float(value)
    if machine.values:
        forward(tape, tape.data)
    return tape
