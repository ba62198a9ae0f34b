"""How a graph shows itself in a notebook. Drawing is no matter of the engine's: it asks whoever registered to draw.

An installed package offers a function under the entry point group `seegrad.display`. It gets a Tape and gives a
MIME bundle, {media type: text}, or None for a tape that it does not draw.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from importlib.metadata import entry_points

from engine.nn import Module
from engine.record import Record
from engine.tape import Tape
from engine.value import Value

GROUP = "seegrad.display"
Display = Callable[[Tape], "dict[str, str] | None"]


def mimebundle(tape: Tape) -> dict[str, str] | None:
    """What the first registered display makes of a tape; None where there is none."""
    for display in displays():
        if (bundle := display(tape)) is not None:
            return bundle
    return None


def call_tape(module: Module) -> Tape:
    """The tape of one call of a neuron, a layer or a network: every input 1, several outputs added up."""
    record = Record(sys.maxsize, OverflowError)
    model = record.model(module)
    path = record.example(model)
    leaves = [record.add(Value(1.0, f"x[{slot}]", "data"), None, path) for slot in range(model.nin)]
    outs = record.run(path, leaves)
    first, *others = outs if isinstance(outs, list) else [outs]
    total = sum(others, first)
    total.label = total.label or "y"
    record.absorb([total])
    return record.tape(total)


@cache
def displays() -> tuple[Display, ...]:
    return tuple(each.load() for each in entry_points(group=GROUP))
