"""The events: their order, and that walking them gives the grads of the backward pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.ops import OPS
from engine.replay import backward
from engine.tape import linearize
from engine.trace import Event, events, state_at
from engine.value import Value, apply


def lecture():
    a, b, c, f = (Value(data) for data in (2.0, -3.0, 10.0, -2.0))
    return linearize((a * b + c) * f)


def test_the_lectures_fourteen_steps():
    tape = lecture()
    trace = events(tape)
    assert trace[:7] == [Event("forward", node, None, node, number) for node, number in enumerate(tape.data)]
    assert trace[7] == Event("seed", 6, None, 6, 1.0)
    assert [(event.node, event.slot, event.target, event.amount) for event in trace[8:]] == [
        (6, 1, 3, 4.0),
        (6, 0, 5, -2.0),
        (5, 1, 2, -2.0),
        (5, 0, 4, -2.0),
        (4, 1, 1, -4.0),
        (4, 0, 0, 6.0),
    ]


def test_before_an_event_there_is_nothing_not_zero():
    tape = lecture()
    trace = events(tape)
    start = state_at(tape, trace, 0)
    assert start.data == start.grad == [None] * 7
    seeded = state_at(tape, trace, 8)
    assert seeded.data == tape.data
    assert seeded.grad == [None] * 6 + [1.0]
    assert state_at(tape, trace, 14).grad == [6.0, -4.0, -2.0, 4.0, -2.0, -2.0, 1.0]


@pytest.mark.parametrize("step", [-1, 15])
def test_a_step_that_does_not_exist(step):
    tape = lecture()
    with pytest.raises(IndexError, match=f"step {step} of 14"):
        state_at(tape, events(tape), step)


def test_both_edges_of_a_sum_of_one_value_with_itself():
    a = Value(3.0)
    trace = events(linearize(a + a))
    assert trace[3:] == [Event("contribution", 1, 1, 0, 1.0), Event("contribution", 1, 0, 0, 1.0)]


def test_constants_and_unused_nodes_have_no_event():
    x, unused = Value(3.0), Value(1.0)
    aside = unused * 2.0
    y = x**2
    tape = linearize(y, [x, unused, aside, y])
    contributions = [event for event in events(tape) if event.kind == "contribution"]
    assert [(event.node, event.slot, event.target) for event in contributions] == [(tape.output, 0, 0)]


def test_a_closed_gate_is_an_event_of_zero():
    x = Value(-1.0)
    trace = events(linearize(x.relu().sqrt()))
    assert trace[-1] == Event("contribution", 1, 0, 0, 0.0)


@st.composite
def graphs(draw) -> Value:
    """Any op, any wiring, constants and repeated operands included."""
    numbers = st.sampled_from([0.0, 1.0, -1.0, 0.5, 2.0, -3.0])
    values: list[Value] = [Value(draw(numbers)) for _ in range(draw(st.integers(1, 4)))]
    for _ in range(draw(st.integers(1, 15))):
        op = draw(st.sampled_from(list(OPS.values())))
        count = draw(st.integers(1, 4)) if op.variadic else len(op.operands)
        operand = st.one_of(st.sampled_from(values), st.sampled_from(values), numbers)
        values.append(apply(op.name, *(draw(operand) for _ in range(count))))
    return values[-1]


@given(graphs())
def test_the_last_state_is_the_backward_pass(same, root):
    tape = linearize(root)
    grads, _ = backward(tape, tape.data)
    trace = events(tape)
    state = state_at(tape, trace, len(trace))
    for node, grad in enumerate(grads):
        if grad is None:
            assert state.grad[node] is None
        elif tape.receives[node]:
            assert same(state.grad[node], grad, 0.0)
        else:
            assert state.grad[node] is None
            assert grad == 0.0


@given(graphs())
def test_values_walk_the_same_way(same, root):
    """`Value.backward` and the tape add the same numbers in the same order."""
    tape = linearize(root)
    grads, _ = backward(tape, tape.data)
    root.backward()
    for value, grad in zip(root.ancestors(), grads, strict=True):
        assert (value.grad is None) == (grad is None)
        if grad is not None:
            assert same(value.grad + 0.0, grad + 0.0, 0.0)
