"""What a page starts from, before it asks for anything: data in the page, and what a picture is drawn of."""

from __future__ import annotations

from functools import cache
from typing import Any

import orjson

from app.answers import graph_answer
from app.build import tape_for
from app.errors import Problem
from app.examples import EXAMPLES, tape_of
from app.presets import PRESETS, opening_of
from app.schema import ProgramRequest
from engine.limits import Limits

LARGEST_INLINE = 500
"""Nodes of a graph that is sent inside the page; a larger one the page asks for while it is already being read."""
LARGEST_DRAWN = 1_000
"""Nodes of a graph that the server draws: about a second, most of them inside groups that are closed."""

KNOWN = {example.id: example for example in EXAMPLES}


def sight_of(state: dict[str, Any], limits: Limits) -> dict[str, Any]:
    """What the studio shows first when a link is opened: `link` is its state, `graph` and `request` are of its text.

    A text that is large or has a problem is left to the page, which asks as if it had been typed.
    """
    first = first_sight() | {"link": link_of(state)}
    if "program" not in state:
        return first
    asked = ProgramRequest(program=state["program"], values=state.get("values", {}))
    try:
        tape = tape_for(asked, limits)
    except Problem:
        return first
    if len(tape) > LARGEST_INLINE:
        return first
    graph = orjson.loads(graph_answer(tape, columns=False))
    return first | {"graph": graph, "request": asked.model_dump()}


def sight_to_draw(state: dict[str, Any], limits: Limits) -> dict[str, Any]:
    """The same for a picture, which cannot ask for anything later.

    Raises Problem: what is wrong with the program, unknown_example, too_large_to_draw.
    """
    example = KNOWN.get(state.get("example", "" if "program" in state else EXAMPLES[0].id))
    if "program" not in state and example is None:
        raise Problem("unknown_example", "There is no such example.", hint=f"There are {', '.join(KNOWN)}.")
    program = state.get("program") or (example.program if example else "")
    asked = ProgramRequest(program=program, values=state.get("values", {}))
    tape = tape_for(asked, limits)
    if len(tape) > LARGEST_DRAWN:
        raise Problem(
            "too_large_to_draw",
            f"The graph has {len(tape):,} nodes; up to {LARGEST_DRAWN:,} are drawn.",
            hint="The page draws larger ones.",
        )
    return {
        "example": example.id if example else "",
        "examples": [{**example.row(), "operands": []}] if example else [],
        "graph": orjson.loads(graph_answer(tape, columns=False)),
        "request": asked.model_dump(),
        "link": link_of(state) | ({"example": example.id} if example else {}),
    }


def link_of(state: dict[str, Any]) -> dict[str, Any]:
    """A stored state as the fields of a link in the page (`static/src/url.js`)."""
    return {key: state[key] for key in state.keys() - {"version", "page"}}


@cache
def first_sight() -> dict[str, Any]:
    """What the studio shows before it asks for anything: the first example's graph, and every example's outline."""
    first = EXAMPLES[0]
    return {
        "example": first.id,
        "graph": orjson.loads(graph_answer(tape_of(first), columns=False)),
        "examples": [
            {**example.row(), "operands": [list(row) for row in tape_of(example).operands]}
            for example in EXAMPLES
        ],
    }


@cache
def network_sight() -> dict[str, Any]:
    """What the network page shows before it asks for anything: the first preset's graph, and what can be chosen."""
    return opening_of(PRESETS[0])
