"""The gallery: every example answers, and says what is true."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from app.examples import EXAMPLES, Example
from app.schema import Example as Row
from app.schema import Graph, Operation
from engine.ops import OPS

Ask = Callable[..., httpx.Response]

GRADS: dict[str, dict[str, float]] = {
    "lecture": {"a": 6, "b": -4, "c": -2, "f": 4, "L": 1},
    "used-twice": {"a": 2},
    "two-paths": {"a": -3, "b": -8, "d": 1, "e": -6},
    "neuron": {"x1": -1.5, "w1": 1, "x2": 0.5, "w2": 0, "b": 0.5},
    "tanh-apart": {"x1": -1.5, "w1": 1, "x2": 0.5, "w2": 0, "b": 0.5},
    "parabola": {"x": 6},
    "lowest-point": {"x": 14},
    "relu-off": {"w": 0, "b": 0},
    "softmax": {
        "l0": 0.041772570515350445,
        "l1": 0.8390245074625319,
        "l2": 0.005653302662216329,
        "l3": -0.8864503806400986,
    },
    "micrograd": {"a": 138.83381924198252, "b": 645.5772594752186},
}
"""What each example's note or source says the grads of its first nodes of a name are."""


@pytest.fixture(params=EXAMPLES, ids=lambda example: example.id)
def example(request: pytest.FixtureRequest) -> Example:
    return request.param


def graph_of(ask: Ask, example: Example) -> dict[str, Any]:
    response = ask("POST", "/api/v1/graph", json=example.row()["request"])
    assert response.status_code == 200, response.text
    Graph.model_validate_json(response.content)
    return response.json()


def first_grads(graph: dict[str, Any]) -> dict[str, float]:
    grads: dict[str, float] = {}
    for node in graph["nodes"]:
        grads.setdefault(node["name"], node["grad"])
    return grads


def test_the_list_is_what_the_contract_says(ask: Ask) -> None:
    rows = ask("GET", "/api/v1/examples").json()
    assert [Row.model_validate(row).id for row in rows] == [example.id for example in EXAMPLES]
    assert {tuple(row) for row in rows} == {("id", "title", "note", "request")}
    assert len({row["id"] for row in rows}) == len(rows) >= 14
    assert rows[0]["id"] == "lecture"


def test_every_example_answers_with_a_finite_graph(ask: Ask, example: Example) -> None:
    graph = graph_of(ask, example)
    assert graph["nodes"][graph["output"]]["role"] == "output"
    for node in graph["nodes"]:
        assert not isinstance(node["data"], str)
        assert not isinstance(node["grad"], str)
        assert not node["unused"]


def test_grads_are_what_the_note_says(ask: Ask, example: Example) -> None:
    if example.id in GRADS:
        grads = first_grads(graph_of(ask, example))
        expected = GRADS[example.id]
        assert {name: grads[name] for name in expected} == pytest.approx(expected, rel=1e-12, abs=1e-15)


def test_the_notes_are_short_and_in_the_books_voice(example: Example) -> None:
    assert len(example.note) <= 130
    assert len(example.title) <= 30
    assert "!" not in example.note
    assert example.note.endswith(".")


def test_what_the_notes_claim_beyond_grads(ask: Ask) -> None:
    by_id = {example.id: graph_of(ask, example) for example in EXAMPLES}

    def output(name: str) -> float:
        graph = by_id[name]
        return graph["nodes"][graph["output"]]["data"]

    assert output("micrograd") == pytest.approx(24.70408163265306)
    assert output("softmax") == pytest.approx(2.1755153626167147)
    assert output("saturated") > 3.99
    assert abs(first_grads(by_id["saturated"])["w"]) < 0.01
    assert first_grads(by_id["vanishing"])["x"] < 0.02
    assert len([node for node in by_id["mlp"]["nodes"] if node["role"] == "parameter"]) == 41
    woken = ask("POST", "/api/v1/graph", json={"program": EXAMPLES[8].program, "values": {"b": 2.5}}).json()
    assert first_grads(woken)["b"] != 0
    lowest = ask(
        "POST", "/api/v1/graph", json={"program": EXAMPLES[6].program, "values": {"x": 2 / 3}}
    ).json()
    assert first_grads(lowest)["x"] == pytest.approx(0, abs=1e-12)
    line = ask(
        "POST", "/api/v1/graph", json={"program": EXAMPLES[7].program, "values": {"w": 2, "b": 1}}
    ).json()
    assert line["nodes"][line["output"]]["data"] == 0


def test_ops_are_the_table(ask: Ask) -> None:
    rows = [Operation.model_validate(row) for row in ask("GET", "/api/v1/ops").json()]
    assert [row.name for row in rows] == list(OPS)
    for row in rows:
        op = OPS[row.name]
        assert (row.formula, tuple(row.partials), row.note) == (op.formula, op.partials, op.note)
