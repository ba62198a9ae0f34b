"""POST /api/v1/graph with good input: the contract's numbers, order and shapes."""

from __future__ import annotations

from collections.abc import Callable
from math import copysign
from typing import Any

import httpx
import pytest

from app.openapi import NETWORK
from app.schema import Graph, GraphColumns, GraphFields

LECTURE = "a = 2; b = -3; c = 10; f = -2\ne = a*b\nd = e + c\nL = d * f"

Ask = Callable[..., httpx.Response]
Post = Callable[..., dict[str, Any]]


def named(graph: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Nodes by name; the last of a name."""
    return {node["name"]: node for node in graph["nodes"]}


def test_the_lecture_graph(graph: Post) -> None:
    answer = graph(LECTURE)
    assert (answer["version"], answer["output"], answer["groups"]) == (1, 6, [])
    assert [node["id"] for node in answer["nodes"]] == list(range(7))
    numbers = {name: (node["data"], node["grad"]) for name, node in named(answer).items()}
    assert numbers == {
        "a": (2, 6), "b": (-3, -4), "c": (10, -2), "f": (-2, 4), "e": (-6, -2), "d": (4, -2), "L": (-8, 1),
    }  # fmt: skip
    nodes = named(answer)
    assert (nodes["e"]["op"], nodes["e"]["operands"], nodes["e"]["partials"]) == ("mul", [0, 1], [-3, 2])
    assert (nodes["d"]["op"], nodes["d"]["operands"], nodes["d"]["partials"]) == ("add", [4, 2], [1, 1])
    assert (nodes["L"]["op"], nodes["L"]["operands"], nodes["L"]["partials"]) == ("mul", [5, 3], [-2, 4])
    assert [node["role"] for node in answer["nodes"]] == ["parameter"] * 4 + ["intermediate"] * 2 + ["output"]
    assert [LECTURE[slice(*node["span"])] for node in answer["nodes"]] == [
        "2", "-3", "10", "-2", "a*b", "e + c", "d * f",
    ]  # fmt: skip
    assert not any(node["unused"] for node in answer["nodes"])


def test_field_names_and_their_order_are_the_contract(ask: Ask) -> None:
    text = ask("POST", "/api/v1/graph", json={"program": "a = 2"}).text
    assert text == (
        '{"version":1,"output":0,"nodes":[{"id":0,"op":"leaf","operands":[],"partials":[],"role":"parameter",'
        '"name":"a","group":null,"data":2.0,"grad":1.0,"span":[4,5],"unused":false}],"groups":[]}'
    )


def test_used_twice_has_two_operands_and_both_contributions(graph: Post) -> None:
    a, b = graph("a = 3; b = a + a")["nodes"]
    assert a["grad"] == 2
    assert b["operands"] == [0, 0]
    assert b["partials"] == [1, 1]


def test_values_replace_leaves_and_supply_free_names(graph: Post) -> None:
    nodes = named(graph(LECTURE, values={"c": 10.5}))
    assert (nodes["L"]["data"], nodes["f"]["grad"]) == (-9, 4.5)
    nodes = named(graph("y = 3*x", values={"x": 2}))
    assert (nodes["x"]["role"], nodes["x"]["grad"], nodes["y"]["data"]) == ("parameter", 3, 6)


def test_the_shape_of_the_tape_does_not_depend_on_values(graph: Post) -> None:
    def shape(value: float | str) -> list[Any]:
        nodes = graph("x = 1\ny = max(x, 0) + relu(x)/x", values={"x": value})["nodes"]
        return [(node["op"], node["operands"], node["role"], node["span"]) for node in nodes]

    assert shape(1) == shape(-1) == shape(0) == shape("NaN") == shape("-Infinity")


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("L = 9**9**9", "Infinity"),
        ("L = -1/0", "-Infinity"),
        ("L = 0/0", "NaN"),
        ("L = (-8)**(1/3)", "NaN"),
        ("L = log(0)", "-Infinity"),
    ],
)
def test_numbers_that_are_not_finite_are_strings(graph: Post, program: str, expected: str) -> None:
    for shape in ("rows", "columns"):
        answer = graph(program, shape=shape)
        nodes = answer["nodes"]
        data = nodes["data"] if shape == "columns" else [node["data"] for node in nodes]
        assert data[answer["output"]] == expected


def test_partials_and_grads_that_are_not_finite_are_strings(graph: Post) -> None:
    x, y = graph("x = 0; y = sqrt(x)")["nodes"]
    assert (x["grad"], y["partials"]) == ("Infinity", ["Infinity"])
    x, *_ = graph("x = 0; y = -sqrt(x)")["nodes"]
    assert x["grad"] == "-Infinity"


def test_strings_for_numbers_go_in_as_well(graph: Post) -> None:
    for word in ("NaN", "Infinity", "-Infinity"):
        assert named(graph("x = 1; y = x + 1", values={"x": word}))["y"]["data"] == word


def test_minus_zero_survives(graph: Post) -> None:
    for answer in (graph("x = -0.0; y = x*1"), graph("x = 1; y = x*1", values={"x": -0.0})):
        assert [copysign(1, node["data"]) for node in answer["nodes"]] == [-1, 1, -1]


def test_huge_finite_numbers_stay_numbers(graph: Post) -> None:
    """Their sum overflows, which must not be taken for an infinity among them."""
    a, b, _ = graph("a = 1.5e308; b = 1.5e308; c = a + b*1e-300")["nodes"][:3]
    assert (a["data"], b["data"]) == (1.5e308, 1.5e308)


def test_floats_are_written_as_floats(ask: Ask) -> None:
    text = ask("POST", "/api/v1/graph", json={"program": "a = 2; b = a*3"}).text
    assert '"data":6.0' in text
    assert '"partials":[3.0,null]' in text


def test_unused_nodes_and_an_output_that_is_not_last(graph: Post) -> None:
    answer = graph("a = 2; b = 3; o = a*a; p = o*b; o.backward()")
    nodes = named(answer)
    assert answer["output"] == nodes["o"]["id"] == 2
    assert {name: node["unused"] for name, node in nodes.items()} == {
        "a": False, "b": True, "o": False, "p": True,
    }  # fmt: skip
    assert (nodes["b"]["grad"], nodes["p"]["grad"]) == (0, 0)


def test_constants_have_no_gradient(graph: Post) -> None:
    x, two, y = graph("x = 3; y = x**2")["nodes"]
    assert (two["role"], two["grad"]) == ("constant", None)
    assert y["partials"] == [6, None]
    assert x["grad"] == 6


def test_columns_hold_the_same_as_rows(graph: Post) -> None:
    wide = NETWORK | {"inputs": NETWORK["inputs"] * 30, "targets": NETWORK["targets"] * 30}
    for body in (
        {"program": LECTURE},
        {"program": "x = 3"},
        {"program": "x = 0; y = log(x)**2 + 1"},
        {"program": "a = 2; b = data(10); c = -0.0; y = max(a, 0, b, a*c, exp(2)) / 3; relu(y) - c"},
        wide,
        wide | {"inputs": [["NaN", "-Infinity", 0], *wide["inputs"][1:]]},
        NETWORK,
    ):
        rows, columns = graph(**body), graph(**body, shape="columns")
        for field, column in columns["nodes"].items():
            assert column == [node[field] for node in rows["nodes"]]
        assert columns["groups"] == rows["groups"]
        assert columns["output"] == rows["output"]


@pytest.mark.parametrize(
    "asked", ["data", "grad,data", "name,group,partials", "unused,op,operands,span,id,role"]
)
def test_fields_that_are_asked_for_are_those_of_the_whole_graph(graph: Post, asked: str) -> None:
    fields = asked.split(",")
    wide = NETWORK | {"inputs": NETWORK["inputs"] * 30, "targets": NETWORK["targets"] * 30}
    for body in ({"program": "a = 2; y = log(a - 2) + min(a, 3); 5"}, NETWORK, wide):
        whole, columns = graph(**body), graph(**body, shape="columns", only=asked)
        rows = graph(**body, only=asked)
        assert rows["nodes"] == [{field: node[field] for field in fields} for node in whole["nodes"]]
        assert (
            list(rows["nodes"][0]) == list(columns["nodes"]) == [f for f in whole["nodes"][0] if f in fields]
        )
        for field in fields:
            assert columns["nodes"][field] == [node[field] for node in whole["nodes"]]
        for some in (rows, columns):
            GraphFields.model_validate(some)
            assert some["output"] == whole["output"]
            assert some.get("groups") == (whole["groups"] if "group" in fields else None)


def test_answers_are_what_the_schema_says(ask: Ask) -> None:
    for body in ({"program": LECTURE}, {"program": "x = 0; y = log(x)**2; z = 3"}, NETWORK):
        rows = ask("POST", "/api/v1/graph", json=body)
        columns = ask("POST", "/api/v1/graph?shape=columns", json=body)
        assert rows.headers["content-type"] == "application/json"
        Graph.model_validate_json(rows.content)
        GraphColumns.model_validate_json(columns.content)


def test_spans_count_code_points_of_the_text_as_sent(graph: Post) -> None:
    program = "# 🙂 é\r\nα = 2\r\nβ = α*3"
    assert [program[slice(*node["span"])] for node in graph(program)["nodes"]] == ["2", "3", "α*3"]
