"""The OpenAPI description: FastAPI's own, with our request bodies, problems and examples.

`docs/openapi.json` is a committed copy; a test compares it with the app.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from app.codes import CODES
from app.errors import MEDIA_TYPE
from app.examples import EXAMPLES
from app.schema import NONFINITE, NetworkRequest, ProblemDocument, ProgramRequest, TrainRequest
from app.states import NetworkState, StudioState

DESCRIPTION = """\
Text or a small network in, its computation graph out: `data` and `grad` on every node, every partial derivative on
every edge. No keys, no cookies, open to every origin. Numbers that JSON lacks are the strings `"NaN"`, `"Infinity"`
and `"-Infinity"`, both ways. Errors are problem documents (RFC 9457) with a `code`.
"""

NETWORK = {
    "network": {
        "nin": 3,
        "nouts": [4, 4, 1],
        "activation": "tanh",
        "output_activation": "tanh",
        "seed": 1337,
    },
    "inputs": [[2, 3, -1], [3, -1, 0.5], [0.5, 1, 1], [1, 1, -1]],
    "targets": [1, -1, -1, 1],
    "loss": "squared_error",
}
"""The lecture's network and its four examples: 41 parameters."""

REFERENCE = "#/components/schemas/{model}"
WITH_BODY = (400, 408, 413, 415, 429)
ALWAYS = (414, 422, 431, 500)


def graph_body() -> dict[str, Any]:
    """The request body of POST /api/v1/graph."""
    models = (ProgramRequest, NetworkRequest)
    requests = {example.id: (example.title, {"program": example.program}) for example in EXAMPLES[:3]}
    requests["network"] = ("A network, its examples and their loss", NETWORK)
    return {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"oneOf": [{"$ref": REFERENCE.format(model=model.__name__)} for model in models]},
                "examples": {
                    name: {"summary": summary, "value": value} for name, (summary, value) in requests.items()
                },
            }
        },
    }


def query_parameters(model: type[BaseModel]) -> list[dict[str, Any]]:
    """The fields of a model as parameters in the query, none of them required; of a list the items between commas."""
    return [
        {"name": name, "in": "query", "required": False, "schema": field, "description": field["description"]}
        | ({"style": "form", "explode": False} if field.get("type") == "array" else {})
        for name, field in model.model_json_schema()["properties"].items()
    ]


MOONS_TRAINING = {
    "network": {
        "nin": 2,
        "nouts": [16, 16, 1],
        "activation": "relu",
        "output_activation": "linear",
        "initialisation": "micrograd",
    },
    "dataset": {"name": "moons"},
    "loss": "hinge",
    "alpha": 1e-4,
    "recipe": {"steps": 100, "rate": 1, "schedule": "linear"},
}
"""micrograd's demo."""


def model_body(*models: type[BaseModel], example: Any) -> dict[str, Any]:
    """A request body that is one of these models."""
    return {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"anyOf": [{"$ref": REFERENCE.format(model=model.__name__)} for model in models]},
                "example": example,
            }
        },
    }


def refusals(*codes: str) -> dict[int | str, dict[str, Any]]:
    """Responses with these problems, for `responses` of a route."""
    return {
        status: {"description": meanings(names), "content": problem_content()}
        for status in dict.fromkeys(CODES[name].status for name in codes)
        if (names := [name for name in codes if CODES[name].status == status])
    }


def meanings(names: Iterable[str]) -> str:
    return "; ".join(f"`{name}`: {CODES[name].meaning}" for name in names)


def train_stream() -> dict[str, Any]:
    """The stream as the content of a response."""
    about = (
        "`step` (StepEvent) …, then `done` (DoneEvent), `diverged` (DivergedEvent) or `error` (a problem)."
    )
    event = {
        "type": "object",
        "description": about,
        "properties": {name: {"type": "string"} for name in ("event", "id", "data")},
        "required": ["event", "data"],
    }
    return {"text/event-stream": {"schema": event}}


def problem_content() -> dict[str, Any]:
    """A problem document as the content of a response."""
    return {MEDIA_TYPE: {"schema": {"$ref": REFERENCE.format(model=ProblemDocument.__name__)}}}


def text_content(media_type: str) -> dict[str, Any]:
    """Text as the content of a response."""
    return {media_type: {"schema": {"type": "string"}}}


def problems(statuses: tuple[int, ...]) -> dict[str, Any]:
    """Responses that carry a problem, each with the codes it may have."""
    return {
        str(status): {
            "description": meanings(name for name, code in CODES.items() if code.status == status),
            "content": problem_content(),
        }
        for status in statuses
    }


def describe(app: FastAPI) -> dict[str, Any]:
    """The whole description, made once."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title,
            version=app.version,
            description=DESCRIPTION,
            routes=app.routes,
            openapi_version="3.1.0",
        )
        _, own = models_json_schema(
            [
                (model, "validation")
                for model in (
                    ProgramRequest,
                    NetworkRequest,
                    TrainRequest,
                    StudioState,
                    NetworkState,
                    ProblemDocument,
                )
            ],
            ref_template=REFERENCE,
        )
        schemas = document["components"]["schemas"] | own["$defs"]
        for framework in ("HTTPValidationError", "ValidationError"):  # replaced by problems
            schemas.pop(framework, None)
        document["components"]["schemas"] = schemas
        for operations in document["paths"].values():
            for operation in operations.values():
                statuses = ALWAYS + (WITH_BODY if "requestBody" in operation else ())
                operation["responses"] |= problems(tuple(sorted(statuses)))
        app.openapi_schema = document
    return app.openapi_schema


def json_type(field: Mapping[str, Any]) -> str:
    """A JSON schema in a few words. The strings for NaN and the infinities go without saying."""
    if "anyOf" in field:
        return " or ".join(
            dict.fromkeys(json_type(choice) for choice in field["anyOf"] if not is_nonfinite(choice))
        )
    if "$ref" in field:
        return "object"
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    if field["type"] == "array":
        return f"list of ({inner})" if " or " in (inner := json_type(field["items"])) else f"list of {inner}"
    kind: str = field["type"]
    return {"string": "text", "integer": "whole number", "boolean": "true or false"}.get(kind, kind)


def is_nonfinite(choice: Mapping[str, Any]) -> bool:
    return choice.get("enum") == list(NONFINITE)
