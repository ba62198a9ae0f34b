"""How a graph shows itself in a notebook. Drawing is no matter of the engine's: it asks whoever registered to draw.

An installed package offers a function under the entry point group `seegrad.display`. It gets a Tape and gives a
MIME bundle, {media type: text}, or None for a tape that it does not draw.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.metadata import entry_points

from engine.tape import Tape

GROUP = "seegrad.display"
Display = Callable[[Tape], "dict[str, str] | None"]


def mimebundle(tape: Tape) -> dict[str, str] | None:
    """What the first registered display makes of a tape; None where there is none."""
    for display in displays():
        if (bundle := display(tape)) is not None:
            return bundle
    return None


@cache
def displays() -> tuple[Display, ...]:
    return tuple(each.load() for each in entry_points(group=GROUP))
