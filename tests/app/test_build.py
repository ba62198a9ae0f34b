"""From JSON to a tape: which work is small, and how fields are named in refusals."""

from __future__ import annotations

import pytest

from app.build import first_refusal, is_small, read_request, spell
from app.examples import EXAMPLES
from app.openapi import NETWORK
from app.schema import NetworkRequest, ProgramRequest

SHAPE = {"nin": 2, "nouts": [16, 16, 1]}


@pytest.mark.parametrize(
    ("body", "small"),
    [
        ({"program": EXAMPLES[0].program}, True),
        ({"program": "a = 1; " * 200}, False),
        ({"program": "n = MLP(60, [40, 40, 1]); 1"}, False),
        ({"program": "sum([1 for i in range(9999)])"}, False),
        ({"program": "a = [1, 2]; sum(a) + sum(a)"}, False),
        (NETWORK, True),
        ({"network": SHAPE, "inputs": [[1, 2]], "targets": [1]}, False),
        ({"network": {"nin": 2, "nouts": [4, 1]}, "inputs": [[1, 2]] * 10, "targets": [1] * 10}, True),
        ({"network": {"nin": 2, "nouts": [4, 1]}, "inputs": [[1, 2]] * 50, "targets": [1] * 50}, False),
        ({"network": {"nin": 2, "nouts": []}, "inputs": [[1, 2]]}, True),
    ],
)
def test_only_short_work_runs_on_the_event_loop(body: dict[str, object], small: bool) -> None:
    assert is_small(read_request(body)) is small


def test_the_body_says_which_request_it_is() -> None:
    assert isinstance(read_request({"program": "a = 1"}), ProgramRequest)
    assert isinstance(read_request(NETWORK), NetworkRequest)


def test_numbers_arrive_as_floats() -> None:
    asked = read_request({"program": "a = 1", "values": {"a": 2, "b": "-Infinity", "c": -0.0}})
    assert isinstance(asked, ProgramRequest)
    assert str(asked.values) == "{'a': 2.0, 'b': -inf, 'c': -0.0}"


def test_places_are_spelled_as_in_code_and_cut_short() -> None:
    assert spell(("network", "nouts", 2)) == "network.nouts[2]"
    assert spell(("inputs", 2, 0)) == "inputs[2][0]"
    assert len(spell(("values", "a" * 500))) == 60
    assert spell(("a\nb",)) == "a�b"


def test_a_refusal_without_words_of_its_own_is_still_a_refusal() -> None:
    problem = first_refusal([{"type": "something_new", "loc": ("inputs", 0)}])
    assert (problem.code, problem.detail) == ("invalid_value", "`inputs[0]` cannot be used.")
