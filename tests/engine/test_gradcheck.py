"""The gradient check itself: it must pass what is right and catch what is wrong."""

from dataclasses import replace

import pytest

import engine.kernel
import engine.replay
from engine.gradcheck import gradcheck
from engine.ops import CODE, OPS
from engine.tape import linearize
from engine.value import Value, apply


def verdicts(root: Value) -> list[str]:
    return [check.verdict for check in gradcheck(linearize(root))]


@pytest.mark.parametrize("op", [op for op in OPS.values() if op.analytic], ids=lambda op: op.name)
def test_every_smooth_op_passes_inside_a_graph(op):
    values = [Value(0.6), Value(0.3)]
    root = apply(op.name, *values[: len(op.operands)]) * values[0] + values[0] * values[1]
    assert set(verdicts(root)) == {"agrees"}


@pytest.mark.parametrize("op", [op for op in OPS.values() if not op.variadic], ids=lambda op: op.name)
def test_a_wrong_partial_is_caught(op, monkeypatch):
    """For every op and slot that a gradient passes: what is wrong by a thousandth, or by a sign, differs."""
    operands = [Value(0.6 - 0.1 * slot) for slot in range(len(op.operands))]
    tape = linearize(apply(op.name, *operands))
    for slot in set(range(len(op.operands))) - set(op.decides):
        slopes = list(engine.kernel.PARTIAL[CODE[op.name]])
        right = slopes[slot]

        def wrong(*numbers: float, right=right) -> float:
            return (right(*numbers) if callable(right) else right) * 1.001 + 2e-3

        slopes[slot] = wrong
        table = list(engine.kernel.PARTIAL)
        table[CODE[op.name]] = tuple(slopes)
        with monkeypatch.context() as patch:
            patch.setattr(engine.replay, "PARTIAL", tuple(table))
            found = {check.node: check.verdict for check in gradcheck(tape)}
        assert found[slot] == "differs"


def test_intermediates_are_checked_too():
    a, b = Value(2.0), Value(-3.0)
    checks = gradcheck(linearize((a * b + 10.0) * -2.0))
    assert [check.node for check in checks] == [0, 1, 2, 4, 6]
    assert [check.grad for check in checks] == [6.0, -4.0, -2.0, -2.0, 1.0]
    assert all(check.error < 1e-9 for check in checks)


def test_only_the_nodes_asked_for():
    a, b = Value(2.0), Value(-3.0)
    assert [check.node for check in gradcheck(linearize(a * b), [1])] == [1]


def test_a_kink_is_called_a_kink():
    assert verdicts(Value(0.0).relu())[0] == "kink"
    assert verdicts(Value(0.0).leaky_relu())[0] == "kink"
    assert verdicts(Value(0.0).sign())[0] == "kink"  # a jump, as steep to the left as to the right


def test_beside_a_kink_all_is_well():
    assert set(verdicts(Value(1e-5).relu())) == {"agrees"}


def test_what_is_not_finite_is_undefined():
    assert verdicts(Value(0.0).log())[0] == "undefined"
    assert verdicts(Value(-1.0).sqrt())[0] == "undefined"


def test_close_to_the_edge_of_the_domain_the_step_shrinks():
    assert set(verdicts(Value(1e-5).log())) == {"agrees"}


def test_a_strongly_bent_function():
    assert set(verdicts((Value(0.5) * 200.0).sin())) == {"agrees"}
    assert set(verdicts(Value(3.0) ** 40.0)) == {"agrees"}


def test_the_check_starts_from_the_tapes_leaves():
    a = Value(2.0)
    tape = linearize(a * a)
    stale = replace(tape, data=[3.0, 4.0])
    assert [check.grad for check in gradcheck(stale)] == [6.0, 1.0]
