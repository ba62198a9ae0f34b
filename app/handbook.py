"""What the page /api shows: the OpenAPI description, put into the order in which a person reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from markupsafe import Markup, escape

from app.openapi import json_type

Document = Mapping[str, Any]

CODE = re.compile(r"`([^`]*)`")
FLAT_LIST = re.compile(r"\[\n[^][{}\"]*\]")  # a line break is never inside a string
GOOD = "200"
PROBLEM = "application/problem+json"


def handbook(document: Document) -> dict[str, list[dict[str, Any]]]:
    """`operations` in the description's order, and the `objects` they take and give, each once.

    operation   id, method, path, summary, about, parameters, bodies (names of objects), examples ({id, title, text} of
                bodies), answers ({kind, objects})
    object      name, about, fields
    parameter or field   name, type, default, meaning; a parameter also `place` (path or query) and its `choices`
    """
    objects: dict[str, dict[str, Any]] = {}
    operations = [
        {
            "id": operation["operationId"],
            "method": method.upper(),
            "path": path,
            "summary": operation["summary"],
            "about": worded(operation.get("description", "")),
            "parameters": [_parameter(each) for each in operation.get("parameters", ())],
            "bodies": _named(document, _body(operation).get("schema", {}), objects),
            "examples": list(_examples(_body(operation))),
            "answers": [
                {"kind": kind, "objects": _named(document, content.get("schema", {}), objects)}
                for kind, content in operation["responses"][GOOD].get("content", {}).items()
                if kind != PROBLEM
            ],
        }
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    return {"operations": operations, "objects": list(objects.values())}


def worded(text: str) -> Markup:
    """A description's text, with what stands in back quotes as code."""
    return Markup(CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped just now


def _body(operation: Document) -> Document:
    return operation.get("requestBody", {}).get("content", {}).get("application/json", {})


def _parameter(parameter: Document) -> dict[str, Any]:
    schema = parameter["schema"]
    return {
        "name": parameter["name"],
        "place": parameter["in"],
        "type": worded(json_type(schema)),
        "default": schema.get("default"),
        "choices": schema.get("enum", ()),
        "meaning": worded(schema.get("description") or parameter.get("description", "")),
    }


def _named(document: Document, schema: Document, objects: dict[str, dict[str, Any]]) -> list[str]:
    """Names of the objects that a schema means; they and what they hold are entered into `objects`."""
    names = []
    for choice in schema.get("oneOf", schema.get("anyOf", [schema])):
        reference = choice.get("$ref", choice.get("items", {}).get("$ref", ""))
        if name := reference.rpartition("/")[2]:
            names.append(name)
            _enter(document, name, objects)
    return names


def _enter(document: Document, name: str, objects: dict[str, dict[str, Any]]) -> None:
    schema = document["components"]["schemas"][name]
    if name in objects or "properties" not in schema:
        return
    objects[name] = {
        "name": name,
        "about": worded(schema.get("description", "").partition("\n")[0]),
        "fields": [_field(field, kind, schema) for field, kind in schema["properties"].items()],
    }
    for field in schema["properties"].values():
        _named(document, field, objects)


def _field(name: str, field: Document, owner: Document) -> dict[str, Any]:
    required = name in owner.get("required", ()) or "default" not in field
    return {
        "name": name,
        "type": worded(json_type(field)) if "const" not in field else field["const"],
        "default": None if required else orjson.dumps(field["default"]).decode(),
        "meaning": worded(field.get("description", "")),
    }


def _examples(content: Document) -> Iterator[dict[str, Any]]:
    for name, example in content.get("examples", {}).items():
        yield {"id": name, "title": example["summary"], "text": spelled(example["value"])}


def spelled(value: Any) -> str:
    """JSON over several lines, but not a line for every number of a row."""
    text = orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
    return FLAT_LIST.sub(lambda found: "[" + " ".join(found[0][1:-1].split()) + "]", text)
