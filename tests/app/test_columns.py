"""Columns as text: parsed by the standard library they are what plain lists say, signs of zero included.

The oracle is the rows of the same tape, which are written object by object.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import asdict
from itertools import accumulate, chain
from math import isnan, nan
from typing import Any

import numpy as np
import orjson
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.answers import graph_answer
from app.columns import alike, id_lists, number_lists, words
from app.schema import NODE_FIELDS
from engine.network import NetworkSpec, network_tape
from engine.ops import LEAF, LEAF_ROLES, NAMES, OPS
from engine.replay import backward, forward
from engine.tape import ROLES, Group, Tape, check_tape

EDGES = (
    0.0,
    -0.0,
    1.0,
    -1.0,
    1.5,
    -2.0,
    10.0,
    1e8,
    1e22,
    1.7976931348623157e308,
    5e-324,
    -2.2250738585072014e-308,
)
KIND = {"tame": ("add", "mul", "sub", "relu", "neg", "sin", "max", "where"), "any": tuple(OPS)}
"""Ops whose values stay finite, and all."""


def same(found: object, wanted: object) -> None:
    """Equal in type and in the sign of zeros too."""
    assert repr(found) == repr(wanted)


def parsed(column: object) -> list[Any]:
    return json.loads(orjson.dumps(column))


def firsts(lists: Sequence[Sequence[Any]]) -> np.ndarray[Any, Any]:
    return np.array([0, *accumulate(map(len, lists))], dtype=np.int64)


def random_tape(seed: int, size: int, kind: str) -> Tape:
    """Leaves of all roles anywhere between ops that read up to four earlier nodes; some lead nowhere."""
    rng = random.Random(seed)
    ops, operands, data, roles = [LEAF], [()], [1.5], ["parameter"]
    for node in range(1, size):
        op = LEAF if rng.random() < 0.2 else rng.choice(KIND[kind])
        leaf = op == LEAF
        count = 0 if leaf else rng.randint(1, 4) if OPS[op].variadic else len(OPS[op].operands)
        ops.append(op)
        operands.append(tuple(rng.randrange(max(0, node - 30), node) for _ in range(count)))
        data.append(
            rng.choice((*EDGES[:7], rng.uniform(-2, 2)) if kind == "tame" else (*EDGES, nan)) if leaf else 0.0
        )
        roles.append(rng.choice(LEAF_ROLES) if leaf else "intermediate")
    output = max(0, size - 1 - rng.randrange(3))
    if operands[output]:
        roles[output] = "output"
    names = [rng.choice((None, None, "a", 'ä","]')) for _ in ops]
    groups = [rng.choice((None, "g", "g.h")) for _ in ops]
    spans = [None if seed % 2 else (node, node + 1) for node in range(size)]
    table = [Group("g", "neuron", "g", None), Group("g.h", "sum", "[ , ]", "g")]
    tape = Tape(ops, operands, data, roles, names, groups, spans, output, table)
    check_tape(tape)
    forward(tape, tape.data, range(size))
    return tape


def transposed(tape: Tape) -> dict[str, Any]:
    """What the columns have to say, from the rows."""
    rows = json.loads(graph_answer(tape, columns=False))
    return rows | {"nodes": {field: [row[field] for row in rows["nodes"]] for field in NODE_FIELDS}}


@pytest.mark.parametrize("kind", KIND)
@pytest.mark.parametrize("size", [1, 2, 3, 9, 10, 11, 99, 100, 101, 1000, 4500])
def test_columns_are_the_rows_transposed(size: int, kind: str) -> None:
    for seed in range(1 if size > 101 else 20):
        tape = random_tape(seed, size, kind)
        same(json.loads(graph_answer(tape, columns=True)), transposed(tape))


def test_a_network_whose_ids_have_six_digits() -> None:
    rng = random.Random(0)
    inputs = [[rng.uniform(-1, 1), rng.uniform(-1, 1)] for _ in range(160)]
    tape = network_tape(NetworkSpec(2, [16, 16, 1], "relu"), inputs, [1.0, -1.0] * 80, "hinge", alpha=0.1)
    assert len(tape) > 100_000
    answer = json.loads(graph_answer(tape, columns=True))
    nodes = answer["nodes"]
    _, partials = backward(tape, tape.data)
    assert answer["groups"] == [asdict(group) for group in tape.group_table]
    assert nodes["id"] == list(range(len(tape)))
    assert (nodes["op"], nodes["role"], nodes["name"]) == (tape.ops, tape.roles, tape.names)
    assert nodes["operands"] == [list(operands) for operands in tape.operands]
    same(nodes["partials"], [list(slopes) for slopes in partials])


def test_the_random_tapes_hold_what_they_are_for() -> None:
    every = [random_tape(seed, 1000, "any") for seed in range(3)]
    assert {op for tape in every for op in tape.ops} == {LEAF, *OPS}
    assert {len(operands) for tape in every for operands in tape.operands} == {0, 1, 2, 3, 4}
    assert any(isnan(number) for tape in every for number in tape.data)
    tame = json.loads(graph_answer(random_tape(1, 4500, "tame"), columns=True))["nodes"]
    assert not any(isinstance(number, str) for number in chain.from_iterable(tame["partials"]))
    assert {0.0, 1.0, -1.0, None} < set(chain.from_iterable(tame["partials"]))
    assert {True, False} == set(tame["unused"])


numbers = st.sampled_from((*EDGES, nan)) | st.floats(allow_infinity=False)


@settings(deadline=None)
@given(st.lists(st.lists(numbers, max_size=4), min_size=1))
@example([[]])
@example([[1.0]])
@example([[], [1.0, 1.0], [], [], [0.0], [10.0]])
def test_lists_of_numbers(lists: list[list[float]]) -> None:
    flat = np.array(list(chain.from_iterable(lists)), dtype=np.float64)
    wanted = [[None if isnan(number) else number for number in some] for some in lists]
    same(parsed(number_lists(firsts(lists), flat)), wanted)


@settings(deadline=None)
@given(st.integers(1, 120), st.randoms(use_true_random=False))
@example(1, random.Random(0))
def test_lists_of_ids(count: int, rng: random.Random) -> None:
    lists = [[rng.randrange(node) for _ in range(rng.randrange(4))] if node else [] for node in range(count)]
    flat = np.array(list(chain.from_iterable(lists)), dtype=np.int64)
    same(parsed(id_lists(firsts(lists), flat)), lists)


@pytest.mark.parametrize("count", [9, 10, 11, 99, 100, 101, 9_999, 10_000, 10_001, 100_000, 100_001, 250_000])
def test_every_id_is_written(count: int) -> None:
    first = np.concatenate([np.zeros(count, dtype=np.int64), [count]])
    lists = parsed(id_lists(first, np.arange(count)))
    assert len(lists) == count
    assert lists[-1] == list(range(count))
    assert not any(lists[:-1])


@pytest.mark.parametrize(
    "table", [NAMES, ROLES, ("a", "b"), ('"', "é,[]\n", ""), ("abcde", "abcdef", "z" * 40)]
)
def test_words(table: Sequence[str]) -> None:
    for places in (range(len(table)), [0, 0, 0], [len(table) - 1]):
        assert parsed(words(table, np.array(places, dtype=np.uint8))) == [table[place] for place in places]


@pytest.mark.parametrize("column", [[None], [False] * 3, [True, False], [None, (0, 1)], [(0, 1)] * 2])
def test_a_column_that_says_one_thing(column: list[Any]) -> None:
    assert parsed(alike(column)) == json.loads(json.dumps(column))
