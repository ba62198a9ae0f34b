"""The page /api: everything the OpenAPI description says is on it, once, and leads somewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.codes import CODES
from app.handbook import handbook, spelled, worded

Ask = Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def document(app: FastAPI) -> dict[str, Any]:
    return app.openapi()


@pytest.fixture(scope="module")
def html(ask: Ask) -> str:
    response = ask("GET", "/api")
    assert response.status_code == 200
    return response.text


def test_every_operation_is_there_with_all_its_parameters(document: dict[str, Any], html: str) -> None:
    book = {each["id"]: each for each in handbook(document)["operations"]}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            told = book.pop(operation["operationId"])
            assert (told["method"], told["path"]) == (method.upper(), path)
            assert [each["name"] for each in told["parameters"]] == [
                each["name"] for each in operation.get("parameters", ())
            ]
            assert told["answers"]
            assert f'id="{operation["operationId"]}"' in html
    assert not book


def test_objects_are_there_once_and_with_every_field(document: dict[str, Any]) -> None:
    objects = handbook(document)["objects"]
    names = [each["name"] for each in objects]
    assert len(names) == len(set(names))
    assert {"ProgramRequest", "NetworkRequest", "NetworkShape", "Graph", "Node", "Group"} <= set(names)
    for each in objects:
        schema = document["components"]["schemas"][each["name"]]
        assert [field["name"] for field in each["fields"]] == list(schema["properties"])
        assert all(field["type"] for field in each["fields"])


def test_every_link_on_the_page_leads_to_something(html: str) -> None:
    ids = set(re.findall(r'\bid="([^"]+)"', html))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= ids
    for code in CODES:
        assert f"<code>{code}</code>" in html


def test_the_examples_are_the_descriptions_own(document: dict[str, Any]) -> None:
    for operation in handbook(document)["operations"]:
        methods = document["paths"][operation["path"]]
        body = methods[operation["method"].lower()].get("requestBody", {}).get("content", {})
        examples = body.get("application/json", {}).get("examples", {})
        assert {each["id"]: json.loads(each["text"]) for each in operation["examples"]} == {
            name: example["value"] for name, example in examples.items()
        }


def test_lists_of_numbers_stay_on_a_line() -> None:
    assert '"inputs": [\n    [1, 2],\n    [3, 4.5]\n  ]' in spelled({"inputs": [[1, 2], [3, 4.5]]})
    assert json.loads(spelled({"a": "[ 1,  2 ]", "b": [], "c": [{"d": [None]}]})) == {
        "a": "[ 1,  2 ]", "b": [], "c": [{"d": [None]}],
    }  # fmt: skip


def test_back_quotes_are_code_and_nothing_else_is_markup() -> None:
    assert worded("a `b` <script>") == "a <code>b</code> &lt;script&gt;"
