"""The OpenAPI description and the printed documentation against the app."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.codes import CODES
from app.openapi import json_type
from app.reference import PRINTED, api_md, openapi_json, table
from app.schema import NetworkRequest, ProgramRequest

OTHER_KINDS = {
    "export_graph": "text/x-python",
    "draw_svg": "image/svg+xml",
    "draw_png": "image/png",
    "create_page": "text/html",
}
Ask = Callable[..., httpx.Response]

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def document(ask: Ask) -> dict[str, Any]:
    return ask("GET", "/openapi.json").json()


def inside(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a document."""
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from inside(each)
    elif isinstance(value, list):
        for each in value:
            yield from inside(each)


def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["operationId"]: each for path in document["paths"].values() for each in path.values()}


def test_the_copy_is_fresh() -> None:
    assert (ROOT / "docs" / "openapi.json").read_text("utf-8") == openapi_json(), "run: python3 run gen"


def test_api_md_is_fresh() -> None:
    assert (ROOT / "docs" / "api.md").read_text("utf-8") == api_md(), "run: python3 run gen"


def test_api_md_names_every_code_and_every_address_and_no_other(
    app: FastAPI, document: dict[str, Any]
) -> None:
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    assert set(re.findall(r"^\| `([a-z_]+)` \| \d{3} \|", text, re.MULTILINE)) == set(CODES)
    printed = re.findall(r"^\| `(GET|POST) ([^`]+)` \|", text, re.MULTILINE)
    served = [(method.upper(), path) for path, each in document["paths"].items() for method in each]
    assert sorted(printed) == sorted(served)
    assert len(PRINTED.findall(text)) == text.count("<!-- printed:") == text.count("<!-- end -->")


def test_operation_ids_are_stable(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    assert set(operations(document)) == {
        "create_graph", "check_gradients", "explain_graph", "export_graph", "train_network", "create_link", "get_link",
        "draw_svg", "draw_png", "create_page", "list_datasets", "get_dataset", "list_ops", "list_examples",
        "get_health", "get_readiness",
    }  # fmt: skip


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    for each in inside(document):
        if "$ref" in each:
            _, *path = each["$ref"].split("/")
            found: Any = document
            for step in path:
                found = found[step]
            assert found


def test_every_operation_is_described_with_its_problems(document: dict[str, Any]) -> None:
    for name, operation in operations(document).items():
        assert operation["summary"], name
        for status, response in operation["responses"].items():
            good = OTHER_KINDS.get(name, "application/json")
            assert next(iter(response["content"])) == (
                good if status in ("200", "201") else "application/problem+json"
            )
            assert response["description"]
    graph = operations(document)["create_graph"]
    assert set(graph["responses"]) == {"200", "400", "408", "413", "414", "415", "422", "429", "431", "500"}
    assert graph["requestBody"]["required"] is True
    training = operations(document)["train_network"]["responses"]
    assert set(training) == set(graph["responses"]) | {"503"}
    assert "text/event-stream" in training["200"]["content"]
    assert "busy" in training["503"]["description"]
    assert "404" in operations(document)["get_dataset"]["responses"]


def test_every_field_of_the_contract_is_described(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    requests = (
        "ProgramRequest",
        "NetworkRequest",
        "NetworkShape",
        "TrainRequest",
        "RecipeChoice",
        "DatasetChoice",
    )
    answers = ("Node", "Group", "StepEvent", "DoneEvent", "DivergedEvent", "DatasetRow")
    for model in (*requests, *answers):
        for name, field in schemas[model]["properties"].items():
            assert field.get("description"), f"{model}.{name}"
        assert schemas[model]["additionalProperties"] is False
    assert not [name for name in schemas if "HTTPValidation" in name]


def test_the_examples_are_valid_requests(ask: Ask, document: dict[str, Any]) -> None:
    body = operations(document)["create_graph"]["requestBody"]["content"]["application/json"]
    assert [each["$ref"].rpartition("/")[2] for each in body["schema"]["oneOf"]] == [
        ProgramRequest.__name__,
        NetworkRequest.__name__,
    ]
    for example in body["examples"].values():
        assert ask("POST", "/api/v1/graph", json=example["value"]).status_code == 200
    training = operations(document)["train_network"]["requestBody"]["content"]["application/json"]["example"]
    assert ask("POST", "/api/v1/train", json=training).status_code == 200


def test_the_curl_calls_of_the_docs_give_the_answers_of_the_docs(ask: Ask) -> None:
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    calls = [json.loads(body) for body in re.findall(r"-d '(\{.*?\})'", text, re.DOTALL)]
    graph, training = calls[0], next(body for body in calls if "recipe" in body)
    shown = dict(re.findall(r"<!-- printed: (\w+) -->\n```(?:json)?\n(.*?)```", text, re.DOTALL))
    assert ask("POST", "/api/v1/graph", json=graph).json() == json.loads(shown["answer"])
    assert ask("POST", "/api/v1/train", json=training).json() == json.loads(shown["training"])
    stream = ask("POST", "/api/v1/train?stream=true", json=training)
    assert stream.text.rstrip() == shown["stream"].rstrip()


def test_tables_escape_what_would_break_them() -> None:
    assert table(["a"], [["x | y"]]) == "| a |\n| --- |\n| x \\| y |\n"


def test_types_are_told_in_words() -> None:
    number = {"anyOf": [{"type": "number"}, {"type": "string", "enum": ["NaN", "Infinity", "-Infinity"]}]}
    assert json_type(number) == "number"
    rows = {"type": "array", "items": {"anyOf": [*number["anyOf"], {"type": "null"}]}}
    assert json_type(rows) == "list of (number or null)"
    assert json_type({"type": "string", "enum": ["a", "b"]}) == "`a`, `b`"
    assert json_type({"$ref": "#/x"}) == "object"
