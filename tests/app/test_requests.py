"""Bad requests: each a 4xx problem with its code, whatever the bytes."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from app.openapi import NETWORK
from app.schema import ProblemDocument

Ask = Callable[..., httpx.Response]
Check = Callable[..., ProblemDocument]

GRAPH = "/api/v1/graph"
JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"nul", b"{'program': 'a = 1'}", b'{"program": "a = 1",}', b'{"program": "a = 1"} more',
        b'{"program": NaN}', b'{"program": "a = 1", "values": {"a": Infinity}}',
        b'{"program": "a = 1", "values": {"a": -Infinity}}', b'{"values": {"a": 1e999}}',
        b'{"program": "\xff\xfe"}', b'{"program": "\xed\xa0\x80"}', b'{"program": "\\ud800"}',
        b'{"program": "a\x00b"}', b"\xef\xbb\xbf{}", '{"program": "a = 1"}'.encode("utf-16"),
        '{"program": "a = 1"}'.encode("utf-32"), b"9" * 5000, b'{"network": {"nin": ' + b"9" * 5000 + b"}}",
        b'{"a":' * 10_000 + b"1" + b"}" * 10_000, b"[" * 60_000, b'{"program": // comment\n"a = 1"}',
    ],
    ids=lambda body: repr(body[:24]),
)  # fmt: skip
def test_what_is_not_json(ask: Ask, problem: Check, body: bytes) -> None:
    problem(ask("POST", GRAPH, content=body, headers=JSON), "malformed_json")


def test_malformed_json_says_where(ask: Ask, problem: Check) -> None:
    found = problem(ask("POST", GRAPH, content='{"é":\n "日本" x}'.encode(), headers=JSON), "malformed_json")
    assert (found.line, found.column) == (2, 7)
    hinted = problem(ask("POST", GRAPH, content=b'{"values": {"a": NaN}}', headers=JSON))
    assert hinted.hint is not None
    assert '"NaN"' in hinted.hint


@pytest.mark.parametrize(
    "kind",
    [
        None, "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
        "application/jsonp", "application/json; charset=utf-16", "application/json-seq", "text/json",
    ],
)  # fmt: skip
def test_content_types_that_are_not_json(ask: Ask, problem: Check, kind: str | None) -> None:
    headers = {} if kind is None else {"content-type": kind}
    problem(ask("POST", GRAPH, content=b'{"program": "a = 1"}', headers=headers), "unsupported_media_type")


@pytest.mark.parametrize(
    "kind",
    [
        "application/json",
        "Application/JSON",
        "application/json; charset=UTF-8",
        'application/json;charset="utf-8"',
    ],
)
def test_content_types_that_are(ask: Ask, kind: str) -> None:
    response = ask("POST", GRAPH, content=b'{"program": "a = 1"}', headers={"content-type": kind})
    assert response.status_code == 200


def test_compressed_bodies_are_refused_unopened(ask: Ask, problem: Check) -> None:
    bomb = gzip.compress(b"a" * 5_000_000)
    response = ask("POST", GRAPH, content=bomb, headers=JSON | {"content-encoding": "gzip"})
    problem(response, "unsupported_media_type")


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        (None, "wrong_type", "body"),
        ([], "wrong_type", "body"),
        ("a = 1", "wrong_type", "body"),
        (3, "wrong_type", "body"),
        ({}, "missing_field", "program"),
        ({"expression": "a = 1"}, "missing_field", "program"),
        ({"program": "a = 1", "extra": 1}, "unknown_field", "extra"),
        ({"program": "a = 1", "__proto__": {"polluted": 1}}, "unknown_field", "__proto__"),
        ({"program": "a = 1", "inputs": [[1]]}, "unknown_field", "inputs"),
        ({"program": None}, "wrong_type", "program"),
        ({"program": 1}, "wrong_type", "program"),
        ({"program": {"a": 1}}, "wrong_type", "program"),
        ({"program": ["a" * 30_000]}, "wrong_type", "program"),
        ({"program": "a = 1", "values": []}, "wrong_type", "values"),
        ({"program": "a = 1", "values": None}, "wrong_type", "values"),
        ({"program": "a = 1", "values": {"a": "1"}}, "wrong_type", "values.a"),
        ({"program": "a = 1", "values": {"a": True}}, "wrong_type", "values.a"),
        ({"program": "a = 1", "values": {"a": None}}, "wrong_type", "values.a"),
        ({"program": "a = 1", "values": {"a": "inf"}}, "wrong_type", "values.a"),
        ({"program": "a = 1", "network": {}}, "invalid_value", "network"),
    ],
)
def test_programs_of_the_wrong_shape(ask: Ask, problem: Check, body: Any, code: str, field: str) -> None:
    response = ask("POST", GRAPH, content=json.dumps(body), headers=JSON)
    assert field in problem(response, code).detail


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"network": None}, "wrong_type", "network"),
        ({"network": []}, "wrong_type", "network"),
        ({"network": {"nin": 3}}, "missing_field", "network.nouts"),
        ({"network": {"nin": "3", "nouts": [1]}}, "wrong_type", "network.nin"),
        ({"network": {"nin": True, "nouts": [1]}}, "wrong_type", "network.nin"),
        ({"network": {"nin": 3.0, "nouts": [1]}}, "wrong_type", "network.nin"),
        ({"network": {"nin": 0, "nouts": [1]}}, "bad_size", "network.nin"),
        ({"network": {"nin": 3, "nouts": []}}, "bad_size", "nouts"),
        ({"network": {"nin": 3, "nouts": [4, -1]}}, "bad_size", "network.nouts[1]"),
        ({"network": {"nin": 3, "nouts": [4, 1.5]}}, "wrong_type", "network.nouts[1]"),
        ({"network": {"nin": 3, "nouts": [[4]]}}, "wrong_type", "network.nouts[0]"),
        ({"network": {"nin": 3, "nouts": 4}}, "wrong_type", "network.nouts"),
        ({"network": {"nin": 3, "nouts": [1], "seed": -1}}, "bad_seed", "seed"),
        ({"network": {"nin": 3, "nouts": [1], "seed": 2**53}}, "bad_seed", "seed"),
        ({"network": {"nin": 3, "nouts": [1], "seed": 2**64}}, "wrong_type", "network.seed"),
        ({"network": {"nin": 3, "nouts": [1], "seed": None}}, "wrong_type", "network.seed"),
        ({"network": {"nin": 3, "nouts": [1], "activation": ["tanh"]}}, "wrong_type", "network.activation"),
        ({"network": {"nin": 3, "nouts": [1], "layers": 2}}, "unknown_field", "network.layers"),
        ({"inputs": []}, "no_examples", "inputs"),
        ({"inputs": "1,2,3"}, "wrong_type", "inputs"),
        ({"inputs": [[1, 2, "a"]]}, "wrong_type", "inputs[0][2]"),
        ({"inputs": [[1, 2, 3], [1, None, 3]]}, "wrong_type", "inputs[1][1]"),
        ({"inputs": [1, 2, 3]}, "wrong_type", "inputs[0]"),
        ({"targets": [1, "x"]}, "wrong_type", "targets[1]"),
        ({"targets": [1, False]}, "wrong_type", "targets[1]"),
        ({"targets": [[1, "x"]]}, "wrong_type", "targets[0]"),
        ({"loss": 3}, "wrong_type", "loss"),
        ({"alpha": "0.1"}, "wrong_type", "alpha"),
        ({"parameters": [True]}, "wrong_type", "parameters[0]"),
        ({"callback": "http://169.254.169.254/"}, "unknown_field", "callback"),
    ],
)
def test_networks_of_the_wrong_shape(
    ask: Ask, problem: Check, change: dict[str, Any], code: str, field: str
) -> None:
    assert field in problem(ask("POST", GRAPH, json=NETWORK | change), code).detail


def test_networks_without_inputs(ask: Ask, problem: Check) -> None:
    body = {"network": {"nin": 3, "nouts": [1]}}
    assert "`inputs`" in problem(ask("POST", GRAPH, json=body), "missing_field").detail


def test_a_near_miss_is_named(ask: Ask, problem: Check) -> None:
    found = problem(ask("POST", GRAPH, json=NETWORK | {"target": [1]}), "unknown_field")
    assert found.hint == "Did you mean `targets`?"


@pytest.mark.parametrize(
    ("url", "body", "where", "hint"),
    [
        (GRAPH, NETWORK | {"nin": 3}, ["nin"], "It belongs in `network`."),
        (GRAPH, NETWORK | {"network": {"nin": 3}}, ["network", "nouts"], "The fields here are nin, nouts"),
        (GRAPH, NETWORK | {"network": {"q": 3, "nin": 3, "nouts": [1]}}, ["network", "q"], "here are nin,"),
        ("/api/v1/train", {"q": 1}, ["network"], "The fields here are network, inputs"),
        ("/api/v1/train", {"network": {"nin": 1, "nouts": [1]}, "steps": 3}, ["steps"], "in `recipe`"),
        ("/api/v1/links", {"page": "network"}, ["fields"], "The fields here are version, page, fields"),
        ("/api/v1/links", {}, ["program"], "A link holds a text"),
        (GRAPH, {"program": "a = 1", "values": {"b": 2}}, ["values"], "the name of a variable"),
    ],
)
def test_a_hint_speaks_of_the_object_that_is_meant(
    ask: Ask, problem: Check, url: str, body: dict[str, Any], where: list[str], hint: str
) -> None:
    found = problem(ask("POST", url, json=body))
    assert found.where == where
    assert hint in (found.hint or "")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("/api/v1/check?tolerance=0", "`tolerance` must be above 0"),
        ("/api/v1/check?tolerance=inf", "`tolerance` must be"),
        ("/api/v1/explain?count=501", "`count` must be at most 500."),
        ("/api/v1/explain?first=" + "9" * 5_000, "`first` is too large."),
    ],
)
def test_a_number_out_of_its_range_gets_the_range(ask: Ask, problem: Check, url: str, words: str) -> None:
    found = problem(ask("POST", url, json={"program": "a = 1"}), "invalid_value")
    assert words in found.detail


def test_nothing_long_comes_back(ask: Ask, problem: Check) -> None:
    word = "q" * 5_000
    for body in (
        {word: 1, "program": "a = 1"}, {"program": "a = 1", "values": {word: 1}}, {"program": [word]},
        {"program": "a = 1", "values": {word: "x"}}, {"program": f"a = {word}"}, {"program": f"a = '{word}'"},
        NETWORK | {"loss": word}, {**NETWORK, "network": {"nin": 3, "nouts": [1], "activation": word}},
    ):  # fmt: skip
        found = problem(ask("POST", GRAPH, json=body))
        assert "q" * 81 not in f"{found.detail}{found.hint}"


def test_control_characters_do_not_come_back(ask: Ask, problem: Check) -> None:
    name = "a\u202e\x1b[31m\r\nX: 1\x00"
    for body in ({name: 1, "program": "a = 1"}, {"program": "a = 1", "values": {name: 1}}):
        text = problem(ask("POST", GRAPH, json=body)).model_dump_json()
        assert "\u202e" not in text
        assert "\\u001b" not in text


def test_the_last_of_equal_names_counts(ask: Ask) -> None:
    body = b'{"program": "a = 1", "program": "b = 2"}'
    assert ask("POST", GRAPH, content=body, headers=JSON).json()["nodes"][0]["name"] == "b"


@pytest.mark.parametrize(
    "query", ["shape=rows", "shape=columns", "callback=alert", "a[__proto__]=1", "%5B%5D=1"]
)
def test_queries_that_are_fine(ask: Ask, query: str) -> None:
    response = ask("POST", f"{GRAPH}?{query}", json={"program": "a = 1"})
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"


def test_an_unknown_shape(ask: Ask, problem: Check) -> None:
    found = problem(ask("POST", f"{GRAPH}?shape=<script>", json={"program": "a = 1"}), "invalid_value")
    assert found.detail == "`shape` must be 'rows' or 'columns'."


@pytest.mark.parametrize(
    "query", ["fields=", "fields=data,weight", "fields=data,,grad", "fields=data&fields=<b>"]
)
def test_fields_that_no_node_has(ask: Ask, problem: Check, query: str) -> None:
    found = problem(ask("POST", f"{GRAPH}?{query}", json={"program": "a = 1"}), "invalid_value")
    assert re.fullmatch(r"`fields\[[01]\]` must be 'id', 'op', .* or 'unused'\.", found.detail)


def test_fields_may_stand_in_parameters_of_their_own(ask: Ask) -> None:
    one, two = (
        ask("POST", f"{GRAPH}?{query}", json={"program": "a = 1"})
        for query in ("fields=data,grad", "fields=grad&fields=data")
    )
    assert one.json()["nodes"] == [{"data": 1.0, "grad": 1.0}]
    assert two.content == one.content


def test_a_page_may_ask_for_problems_inline(ask: Ask) -> None:
    """Only what is wrong with the program: a request that is not one stays a 4xx."""
    plain = ask("POST", GRAPH, json={"program": "a = b"})
    inline = ask("POST", f"{GRAPH}?problems=inline", json={"program": "a = b"})
    assert (plain.status_code, inline.status_code) == (422, 200)
    assert inline.headers["content-type"] == "application/problem+json"
    assert inline.content == plain.content
    fine = ask("POST", f"{GRAPH}?problems=inline", json={"program": "a = 2"})
    assert fine.headers["content-type"] == "application/json"
    assert ask("POST", f"{GRAPH}?problems=inline", json={"program": 2}).status_code == 422
    assert ask("POST", f"{GRAPH}?problems=never", json={"program": "a = 2"}).status_code == 422
