"""From a request to a tape: validation, the engine, and both their refusals as problems."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from difflib import get_close_matches
from itertools import pairwise
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
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
        raise Problem(
            "invalid_value",
            "`program` and `network` are both there; one request makes one graph.",
            where=("network",),
        )
    model = NetworkRequest if "network" in body else ProgramRequest
    try:
        return model.model_validate(body)
    except ValidationError as error:
        raise refused(error, model) from None


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
            where=("values",) if error.line is None else None,
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
    "int_parsing_size": ("invalid_value", "`{field}` is too large."),
    "greater_than_equal": ("invalid_value", "`{field}` must be at least {ge}."),
    "greater_than": ("invalid_value", "`{field}` must be above {gt}."),
    "less_than_equal": ("invalid_value", "`{field}` must be at most {le}."),
    "finite_number": ("invalid_value", "`{field}` must be a finite number."),
    "list_type": ("wrong_type", "`{field}` must be a list."),
    "dict_type": ("wrong_type", "`{field}` must be an object."),
    "model_type": ("wrong_type", "`{field}` must be an object."),
    "literal_error": ("invalid_value", "`{field}` must be {expected}."),
}


def refused(error: ValidationError, model: type[BaseModel] | None = None) -> Problem:
    """The first thing wrong with a request's fields, in our words; `model` has the fields that it may have."""
    return first_refusal(error.errors(include_url=False, include_input=False), model)


def first_refusal(errors: Any, model: type[BaseModel] | None = None) -> Problem:
    first = errors[0]
    code, words = REFUSALS.get(first["type"], ("invalid_value", "`{field}` cannot be used."))
    hint = None
    if model and code in ("missing_field", "unknown_field"):
        hint = field_hint(code, first["loc"], model)
    detail = words.format(field=spell(first["loc"]), **first.get("ctx", {}))
    return Problem(code, detail, where=first["loc"], hint=hint)


def field_hint(code: str, place: tuple[int | str, ...], model: type[BaseModel]) -> str:
    """Which fields there are beside one that is missing or that nobody knows."""
    *outer, name = map(str, place)
    if code == "missing_field" and not outer and model in (ProgramRequest, NetworkRequest):
        return "A request has a `program`, or a `network` and its `inputs`."
    for step in outer:
        model = inner_model(model, step) or model
    if code == "unknown_field":
        near = get_close_matches(plain(name), model.model_fields, 1)
        if near:
            return f"Did you mean `{near[0]}`?"
        for field in model.model_fields:
            inner = inner_model(model, field)
            if inner and name in inner.model_fields:
                return f"It belongs in `{field}`."
    return f"The fields here are {', '.join(model.model_fields)}."


def inner_model(model: type[BaseModel], field: str) -> type[BaseModel] | None:
    """The model of a field that is an object of its own."""
    kind = model.model_fields[field].annotation if field in model.model_fields else None
    for each in (kind, *get_args(kind)):
        if isinstance(each, type) and issubclass(each, BaseModel):
            return each
    return None


def spell(place: tuple[int | str, ...]) -> str:
    """`("inputs", 2, 0)` as `inputs[2][0]`, cut short where a name is the request's own."""
    words = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return plain(words.removeprefix("."))
