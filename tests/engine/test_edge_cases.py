"""What PyTorch answers at the edges: zeros, kinks, infinities, NaN. Recorded, one case per line, in tests/golden."""

import json
import math
from pathlib import Path

import pytest

from engine.gradcheck import gradcheck
from engine.replay import backward, forward
from engine.tape import check_tape, linearize
from engine.value import Value, apply

CASES = json.loads((Path(__file__).parents[1] / "golden" / "edge_cases.json").read_text(encoding="utf-8"))[
    "cases"
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['text']} at {case['at']}")
def test_tape_agrees_with_pytorch(case, build, same):
    root, leaves = build(case["text"], case["at"])
    tape = linearize(
        root, [*leaves.values(), *(v for v in root.ancestors() if v not in set(leaves.values()))]
    )
    check_tape(tape)
    grads, _ = backward(tape, tape.data)
    tolerance = case.get("tolerance", 1e-12)
    assert same(tape.data[tape.output], case["value"], tolerance)
    for slot, name in enumerate(leaves):
        assert same(grads[slot], case["grads"][name], tolerance), name


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['text']} at {case['at']}")
def test_value_agrees_with_pytorch(case, build, same):
    root, leaves = build(case["text"], case["at"])
    root.backward()
    tolerance = case.get("tolerance", 1e-12)
    assert same(root.data, case["value"], tolerance)
    for name, leaf in leaves.items():
        # micrograd's sum starts from 0.0, which hides the sign of a zero
        assert same(leaf.grad + 0.0, float(case["grads"][name]) + 0.0, tolerance), name


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['text']} at {case['at']}")
def test_replay_gives_the_value_again(case, build, same):
    root, _ = build(case["text"], case["at"])
    tape = linearize(root)
    data = [
        number if not operands else 0.5 for number, operands in zip(tape.data, tape.operands, strict=True)
    ]
    forward(tape, data)
    assert all(same(got, wanted, 0.0) for got, wanted in zip(data, tape.data, strict=True))


def grad_of(root, leaf):
    tape = linearize(root)
    index = [value is leaf for value in root.ancestors()].index(True)
    return backward(tape, tape.data)[0][index]


def test_a_gate_masks_what_arrives():
    x = Value(-1.0)
    assert grad_of(x.relu().sqrt(), x) == 0.0
    assert grad_of(apply("where", x > 0, x.log(), 0.0), x) == 0.0
    assert grad_of(apply("max", x, 0.0).sqrt(), x) == 0.0


def test_everything_else_multiplies():
    x = Value(0.0)
    assert math.isnan(grad_of((x**2).log(), x))
    assert math.isnan(grad_of(0.0 * x.sqrt(), x))


def test_no_partial_towards_a_constant():
    x = Value(-2.0)
    tape = linearize(x**2)
    grads, partials = backward(tape, tape.data)
    assert partials[-1] == (-4.0, None)
    assert grads == [-4.0, None, 1.0]


def test_ties_among_many_share_equally():
    values = [Value(1.0), Value(1.0), Value(1.0), Value(0.0)]
    root = apply("max", *values)
    root.backward()
    assert [v.grad for v in values] == [1 / 3, 1 / 3, 1 / 3, 0.0]


def test_an_output_that_is_a_leaf():
    tape = linearize(Value(2.0))
    assert backward(tape, tape.data) == ([1.0], [()])
    assert tape.roles == ["parameter"]


def test_an_output_of_constants_only():
    tape = linearize(apply("mul", 2.0, 3.0))
    check_tape(tape)
    assert backward(tape, tape.data) == ([None, None, 1.0], [(), (), (None, None)])
    assert tape.data == [2.0, 3.0, 6.0]
    assert [check.verdict for check in gradcheck(tape)] == ["agrees"]


def test_an_unused_leaf_has_grad_zero_not_none():
    a, z = Value(2.0), Value(5.0)
    unused = z * 3.0
    root = a * a
    tape = linearize(root, [a, z, unused, root])
    grads, partials = backward(tape, tape.data)
    assert grads == [4.0, 0.0, None, 0.0, 1.0]
    assert partials[3] == (3.0, None)
    assert tape.reaches == [True, False, False, False, True]


def test_a_denormal_survives():
    x = Value(1e-320)
    root = x * 1.0
    root.backward()
    assert root.data == 1e-320
    assert x.grad == 1.0


def test_nine_to_the_nine_to_the_nine_is_infinity_at_once():
    assert (Value(9.0) ** (Value(9.0) ** 9.0)).data == math.inf
