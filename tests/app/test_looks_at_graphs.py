"""The other answers about a graph: text for a terminal, the gradient check, the explained trace, exports."""

from __future__ import annotations

import ast
import csv
import io
import json
from collections.abc import Callable
from math import isclose
from typing import Any

import httpx
import pytest

from app.examples import EXAMPLES
from app.openapi import NETWORK
from app.schema import Explanation, GradientCheck, ProblemDocument
from engine.export import EXPORTS

Ask = Callable[..., httpx.Response]
Check = Callable[..., ProblemDocument]
Post = Callable[..., dict[str, Any]]
LECTURE = {"program": "a = 2; b = -3; c = 10; f = -2\ne = a*b\nd = e + c\nL = d * f"}
ROUTES = ["/api/v1/check", "/api/v1/explain", *(f"/api/v1/export/{name}" for name in EXPORTS)]


# --- text/plain -----------------------------------------------------------------------------------------------------


def test_a_terminal_gets_the_table(ask: Ask) -> None:
    response = ask("POST", "/api/v1/graph", json=LECTURE, headers={"accept": "text/plain"})
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert "accept" in response.headers["vary"].lower()
    header, *lines = response.text.splitlines()
    assert header.split() == ["id", "name", "formula", "data", "grad", "partials"]
    assert [line.split()[1] for line in lines] == ["a", "b", "c", "f", "e", "d", "L"]
    assert lines[4].split() == ["4", "e", "a", "*", "b", "-6", "-2", "a", "-3", "b", "2"]
    assert "\x1b" not in response.text


def test_an_error_is_a_problem_whatever_was_wished_for(ask: Ask, problem: Check) -> None:
    response = ask("POST", "/api/v1/graph", json={"program": "a = b"}, headers={"accept": "text/plain"})
    problem(response, "unknown_name")


# --- check ----------------------------------------------------------------------------------------------------------


def checked(ask: Ask, body: Any, query: str = "") -> dict[str, Any]:
    response = ask("POST", f"/api/v1/check{query}", json=body)
    assert response.status_code == 200, response.text
    GradientCheck.model_validate_json(response.content)
    return response.json()


def test_the_lecture_graph_agrees_with_central_differences(ask: Ask) -> None:
    answer = checked(ask, LECTURE)
    assert (answer["agrees"], answer["tolerance"]) == (True, 1e-6)
    found = {row["name"]: row for row in answer["checks"]}
    assert {name: row["grad"] for name, row in found.items()} == {
        "a": 6, "b": -4, "c": -2, "f": 4, "e": -2, "d": -2, "L": 1,
    }  # fmt: skip
    assert all(isclose(row["estimate"], row["grad"], rel_tol=1e-8) for row in found.values())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_every_example_agrees(ask: Ask, example: Any) -> None:
    assert checked(ask, {"program": example.program})["agrees"]


def test_a_network_agrees(ask: Ask) -> None:
    answer = checked(ask, NETWORK)
    assert answer["agrees"]
    assert len(answer["checks"]) == 364 - 4  # the constants 2 of the four squares


def test_a_kink_and_an_edge_are_named(ask: Ask) -> None:
    verdicts = {
        row["name"]: row["verdict"]
        for row in checked(ask, {"program": "a = 1; b = 0\nL = a + log(b)"})["checks"]
    }
    assert verdicts["b"] == "undefined"
    kink = checked(ask, {"program": "a = 0\nL = relu(a)"})
    assert kink["checks"][0]["verdict"] == "kink"
    assert kink["agrees"]


def test_a_tolerance_nothing_can_meet_is_still_honest(ask: Ask) -> None:
    for query in (
        "?tolerance=0",
        "?tolerance=-1",
        "?tolerance=nan",
        "?tolerance=inf",
        "?tolerance=x",
        "?tolerance=2",
    ):
        assert ask("POST", f"/api/v1/check{query}", json=LECTURE).status_code == 422
    assert checked(ask, LECTURE, "?tolerance=0.001")["tolerance"] == 0.001


def test_a_large_graph_is_not_checked(ask: Ask, problem: Check) -> None:
    document = problem(
        ask("POST", "/api/v1/check", json={"program": "a = 1\nL = sum(a for i in range(1001))"}),
        "too_much_to_check",
    )
    assert "1,000" in document.detail


# --- explain --------------------------------------------------------------------------------------------------------


def explained(ask: Ask, body: Any, query: str = "") -> dict[str, Any]:
    response = ask("POST", f"/api/v1/explain{query}", json=body)
    assert response.status_code == 200, response.text
    Explanation.model_validate_json(response.content)
    return response.json()


def test_the_lecture_graph_is_fourteen_steps(ask: Ask) -> None:
    answer = explained(ask, LECTURE)
    assert answer["steps"] == len(answer["events"]) == 14
    kinds = [event["kind"] for event in answer["events"]]
    assert kinds == ["forward"] * 7 + ["seed"] + ["contribution"] * 6
    assert [event["step"] for event in answer["events"]] == list(range(1, 15))
    first_back = answer["events"][8]
    assert (first_back["node"], first_back["slot"], first_back["target"], first_back["amount"]) == (
        6,
        1,
        3,
        4.0,
    )
    assert first_back["code"] == "f.grad += 4.0 * L.grad"
    assert all(event["sentence"] and event["formula"].startswith("<math") for event in answer["events"])


def test_contributions_add_up_to_the_grads(ask: Ask, graph: Post) -> None:
    """Replayed by hand, the events give every grad of the graph's own answer."""
    program = {"program": "a = 3; b = a + a\nL = tanh(b * a) / b"}
    grads: dict[int, float] = {}
    for event in explained(ask, program)["events"]:
        if event["kind"] != "forward":
            grads[event["target"]] = grads.get(event["target"], 0.0) + event["amount"]
    assert grads == {node["id"]: node["grad"] for node in graph(**program)["nodes"]}


def test_a_stretch_of_the_trace(ask: Ask) -> None:
    whole = explained(ask, LECTURE)["events"]
    assert explained(ask, LECTURE, "?first=8&count=3")["events"] == whole[7:10]
    assert explained(ask, LECTURE, "?first=14&count=100")["events"] == whole[13:]
    assert explained(ask, LECTURE, "?first=15")["events"] == []
    for query in ("?first=0", "?count=0", "?count=501", "?first=a"):
        assert ask("POST", f"/api/v1/explain{query}", json=LECTURE).status_code == 422


def test_numbers_that_are_not_finite(ask: Ask) -> None:
    events = explained(ask, {"program": "a = 0\nL = log(a)"})["events"]
    assert [event["amount"] for event in events] == [0, "-Infinity", 1, "Infinity"]


# --- export ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXPORTS)
def test_every_export_is_text_of_its_kind(ask: Ask, name: str) -> None:
    row = EXPORTS[name]
    for body in (LECTURE, NETWORK):
        response = ask("POST", f"/api/v1/export/{name}", json=body)
        assert response.status_code == 200
        assert response.headers["content-type"].partition(";")[0] == row.media_type
        assert response.headers["content-disposition"] == f'inline; filename="graph{row.suffix}"'
        if row.suffix == ".py":
            ast.parse(response.text)


def test_the_csv_holds_the_graph(ask: Ask) -> None:
    rows = list(csv.DictReader(io.StringIO(ask("POST", "/api/v1/export/csv", json=LECTURE).text)))
    assert [(row["name"], float(row["data"]), float(row["grad"])) for row in rows][-1] == ("L", -8, 1)


def test_the_micrograd_source_gives_the_same_numbers(ask: Ask) -> None:
    """Executed, with our own Value in micrograd's place."""
    source = ask("POST", "/api/v1/export/micrograd", json=LECTURE).text
    names: dict[str, Any] = {}
    exec(source.replace("from micrograd.engine import", "from engine import"), names)
    assert (names["L"].data, names["c"].grad, names["f"].grad) == (-8, -2, 4)


def test_an_unknown_format_lists_those_there_are(ask: Ask, problem: Check) -> None:
    document = problem(ask("POST", "/api/v1/export/tensorflow", json=LECTURE), "unknown_format")
    assert all(name in (document.hint or "") for name in EXPORTS)


# --- all of them ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", ROUTES)
def test_the_body_is_read_as_for_a_graph(ask: Ask, problem: Check, url: str) -> None:
    document = problem(ask("POST", url, json={"program": "a = 2\nL = a * g"}), "unknown_name")
    assert (document.line, document.column) == (2, 9)
    problem(ask("POST", url, json={}), "missing_field")
    problem(ask("POST", url, content=b"{", headers={"content-type": "application/json"}), "malformed_json")
    problem(ask("POST", url, content=b"{}", headers={"content-type": "text/plain"}), "unsupported_media_type")
    problem(ask("POST", url, json={"program": "x" * 70_000}), "body_too_large")
    assert json.loads(ask("GET", url).content)["code"] == "method_not_allowed"
