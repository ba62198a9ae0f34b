"""From a request to a tape: validation, the engine, and both their refusals as problems."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from itertools import pairwise
from typing import Any, TypeVar

from pydantic import ValidationError
from starlette.requests import Request

from app.errors import Problem, plain
from app.limits import parse_json, read_body
from app.rates import units_of
from app.schema import NetworkRequest, NetworkShape, ProgramRequest, RecipeChoice
from engine.limits import Limits
from engine.network import NetworkError, NetworkSpec, network_tape
from engine.program import ProgramError, read_program
from engine.tape import Tape

Made = TypeVar("Made")
GraphRequest = ProgramRequest | NetworkRequest

SMALL_TEXT = 1_000
"""Characters of a program that is read at once, on the event loop: about 10 ms, unless something in it repeats."""
REPEATS = re.compile(r"\b(?:for|range|zip|sum|mean|Neuron|Layer|MLP)\b")
SMALL_NETWORK = 300
"""Weights times examples of a network that is built at once, on the event loop: about 10 ms."""


async def question_of(request: Request) -> bytes:
    """The body of a request for a graph, once there is budget for it. Raises Problem."""
    request.app.state.rates.admit(request)
    return await read_body(request, request.app.state.settings)


async def asked_by(request: Request) -> GraphRequest:
    """The graph that the body of a request asks for. Raises Problem."""
    return read_request(parse_json(await question_of(request)))


async def made_from(
    request: Request,
    asked: GraphRequest,
    make: Callable[[Tape], Made],
    units: Callable[[int], int] = units_of,
) -> Made:
    """What `make` makes of the tape that is asked for, in a thread unless it is small. Raises Problem.

    `units`: what it costs by the number of nodes.
    """
    nodes = 0

    def work() -> Made:
        nonlocal nodes
        tape = tape_for(asked, request.app.state.settings.limits)
        nodes = len(tape)
        return make(tape)

    try:
        return work() if is_small(asked) else await asyncio.to_thread(work)
    finally:
        request.app.state.rates.spend(request, units(nodes))


def read_request(body: Any) -> GraphRequest:
    """The request in a JSON document. Raises Problem: missing_field, unknown_field, wrong_type, invalid_value."""
    if not isinstance(body, dict):
        raise Problem("wrong_type", "The body must be an object.", hint='Send {"program": "…"}.')
    if "program" in body and "network" in body:
        raise Problem("invalid_value", "`program` and `network` are both there; one request makes one graph.")
    model = NetworkRequest if "network" in body else ProgramRequest
    try:
        return model.model_validate(body)
    except ValidationError as error:
        raise refused(error, model.model_fields) from None


def is_small(asked: GraphRequest) -> bool:
    """Whether the work is short enough for the event loop; a thread costs as much as a small graph."""
    if isinstance(asked, ProgramRequest):
        return len(asked.program) <= SMALL_TEXT and not REPEATS.search(asked.program)
    widths = [asked.network.nin, *asked.network.nouts]
    weights = sum(before * after for before, after in pairwise(widths))
    return weights * len(asked.inputs) <= SMALL_NETWORK


def tape_for(asked: GraphRequest, limits: Limits) -> Tape:
    """The tape of a request. Raises Problem with the engine's code and place."""
    try:
        if isinstance(asked, ProgramRequest):
            return read_program(asked.program, asked.values, limits)
        return network_tape(
            spec_of(asked.network),
            asked.inputs,
            asked.targets,
            loss=asked.loss,
            parameters=asked.parameters,
            alpha=asked.alpha,
            limits=limits,
        )
    except ProgramError as error:
        raise Problem(
            error.code,
            error.message,
            line=error.line,
            column=error.column,
            length=error.length,
            hint=error.hint or None,
        ) from None
    except NetworkError as error:
        raise network_problem(error) from None


def network_problem(error: NetworkError) -> Problem:
    """The engine's refusal of a network, its data or its recipe."""
    where = error.where
    if where[0] in RecipeChoice.model_fields:
        where = ("recipe", *where)
    return Problem(error.code, error.message, where=where, hint=error.hint or None)


def spec_of(shape: NetworkShape) -> NetworkSpec:
    return NetworkSpec(
        nin=shape.nin,
        nouts=shape.nouts,
        activation=shape.activation,
        output_activation=shape.output_activation,
        seed=shape.seed,
        initialisation=shape.initialisation,
    )


# pydantic's error types: our code and our words
REFUSALS: dict[str, tuple[str, str]] = {
    "missing": ("missing_field", "`{field}` is missing."),
    "extra_forbidden": ("unknown_field", "There is no field `{field}`."),
    "number": ("wrong_type", '`{field}` must be a number, or "NaN", "Infinity", "-Infinity".'),
    "target": ("wrong_type", "`{field}` must be a number or a list of numbers."),
    "string_type": ("wrong_type", "`{field}` must be text."),
    "int_type": ("wrong_type", "`{field}` must be a whole number."),
    "int_parsing": ("wrong_type", "`{field}` must be a whole number."),
    "float_parsing": ("wrong_type", "`{field}` must be a number."),
    "bool_parsing": ("wrong_type", "`{field}` must be true or false."),
    "float_type": ("wrong_type", "`{field}` must be a number."),
    "bool_type": ("wrong_type", "`{field}` must be true or false."),
    "greater_than_equal": ("invalid_value", "`{field}` must be at least {ge}."),
    "list_type": ("wrong_type", "`{field}` must be a list."),
    "dict_type": ("wrong_type", "`{field}` must be an object."),
    "model_type": ("wrong_type", "`{field}` must be an object."),
    "literal_error": ("invalid_value", "`{field}` must be {expected}."),
}


def refused(error: ValidationError, known: Iterable[str] = ()) -> Problem:
    """The first thing wrong with a request's fields, in our words; `known` are the fields it may have."""
    return first_refusal(error.errors(include_url=False, include_input=False), known)


def first_refusal(errors: Any, known: Iterable[str] = ()) -> Problem:
    first = errors[0]
    code, words = REFUSALS.get(first["type"], ("invalid_value", "`{field}` cannot be used."))
    hint = "A request has a `program`, or a `network` and its `inputs`." if code == "missing_field" else None
    if code == "unknown_field":
        fields = [
            *known,
            *NetworkShape.model_fields,
            *(RecipeChoice.model_fields if "recipe" in known else ()),
        ]
        near = get_close_matches(plain(str(first["loc"][-1])), fields, 1)
        hint = f"Did you mean `{near[0]}`?" if near else f"The fields here are {', '.join(known)}."
    detail = words.format(field=spell(first["loc"]), **first.get("ctx", {}))
    return Problem(code, detail, where=first["loc"], hint=hint)


def spell(place: tuple[int | str, ...]) -> str:
    """`("inputs", 2, 0)` as `inputs[2][0]`, cut short where a name is the request's own."""
    words = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return plain(words.removeprefix("."))
