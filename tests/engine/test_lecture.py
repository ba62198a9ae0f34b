"""The lecture's own numbers: its tables A, B, C and E, its exercises, the bugs it shows."""

import math

import pytest

from engine.gradcheck import gradcheck
from engine.replay import backward
from engine.tape import linearize
from engine.trace import events
from engine.value import Value, apply


def lecture_graph():
    a, b, c, f = (Value(data, label=name) for name, data in zip("abcf", (2.0, -3.0, 10.0, -2.0), strict=True))
    e = a * b
    d = e + c
    return a, b, c, f, e, d, d * f


def test_table_a_the_graph():
    values = lecture_graph()
    values[-1].backward()
    assert [v.data for v in values] == [2, -3, 10, -2, -6, 4, -8]
    assert [v.grad for v in values] == [6, -4, -2, 4, -2, -2, 1]


def test_table_a_the_local_derivatives():
    tape = linearize(lecture_graph()[-1])
    _, partials = backward(tape, tape.data)
    assert partials[4:] == [(-3.0, 2.0), (1.0, 1.0), (-2.0, 4.0)]
    assert len(tape) == 7
    assert sum(map(len, tape.operands)) == 6


def test_a_step_uphill():
    *leaves, _, _, L = lecture_graph()
    L.backward()
    for leaf in leaves:
        leaf.data += 0.01 * leaf.grad
    a, b, c, f = leaves
    assert [leaf.data for leaf in leaves] == pytest.approx([2.06, -3.04, 9.98, -1.96], rel=1e-14)
    assert ((a * b + c) * f).data == pytest.approx(-7.286496, rel=1e-14)


NICE_BIAS = 6.8813735870195432


def neuron(bias):
    x1, x2, w1, w2, b = (
        Value(data, label=name)
        for name, data in zip(("x1", "x2", "w1", "w2", "b"), (2.0, 0.0, -3.0, 1.0, bias), strict=True)
    )
    x1w1, x2w2 = x1 * w1, x2 * w2
    total = x1w1 + x2w2
    return (x1, w1, x1w1, x2, w2, x2w2, total, b, total + b)


def test_table_b_the_neuron():
    *before, n = neuron(NICE_BIAS)
    o = n.tanh()
    o.backward()
    assert n.data == pytest.approx(0.8813735870195432, rel=1e-15)
    assert o.data == pytest.approx(0.7071067811865476, rel=1e-15)
    wanted = [-1.5, 1.0, 0.5, 0.5, 0.0, 0.5, 0.5, 0.5, 0.5]
    assert [v.grad for v in (*before, n)] == pytest.approx(wanted, rel=1e-14)
    tape = linearize(o)
    assert len(tape) == 10
    assert sum(map(len, tape.operands)) == 9


def test_the_neuron_before_its_bias_was_nice():
    *before, n = neuron(8.0)
    o = n.tanh()
    o.backward()
    x1, w1, _, x2, w2, *_ = before
    assert (n.data, o.data) == (2.0, pytest.approx(0.9640275800758169, rel=1e-15))
    grads = [n.grad, x1.grad, w1.grad, x2.grad, w2.grad]
    assert grads == pytest.approx([0.0706508, -0.2119525, 0.1413016, 0.0706508, 0.0], abs=5e-8)


def test_table_c_tanh_taken_apart():
    *before, n = neuron(NICE_BIAS)
    two_n = 2 * n
    e = two_n.exp()
    below, above = e - 1, e + 1
    o = below / above
    o.backward()
    assert [v.data for v in (two_n, e, below, above, o)] == pytest.approx(
        [1.7627471740390863, 5.828427124746192, 4.828427124746192, 6.828427124746192, 0.7071067811865477],
        rel=1e-14,
    )
    assert [v.grad for v in (two_n, e, below, above)] == pytest.approx(
        [0.25, 0.0429, 0.1464, -0.1036], abs=5e-5
    )
    wanted = [-1.5, 1.0, 0.5, 0.5, 0.0, 0.5, 0.5, 0.5, 0.5]
    assert [v.grad for v in (*before, n)] == pytest.approx(wanted, rel=1e-13)


def test_pytorch_agreement():
    x1, x2, w1, w2, b = Value(2.0), Value(0.0), Value(-3.0), Value(1.0), Value(6.881373405456543)
    o = (x1 * w1 + x2 * w2 + b).tanh()
    o.backward()
    assert o.data == pytest.approx(0.7071066904050358, rel=1e-14)
    assert [x2.grad, w2.grad, x1.grad, w1.grad] == pytest.approx(
        [0.5000001283844369, 0.0, -1.5000003851533106, 1.0000002567688737], rel=1e-14
    )


def test_a_value_used_twice():
    a = Value(3.0)
    b = a + a
    b.backward()
    assert (b.data, a.grad) == (6.0, 2.0)


def test_values_used_on_two_paths():
    a, b = Value(-2.0), Value(3.0)
    d, e = a * b, a + b
    f = d * e
    f.backward()
    assert [v.data for v in (d, e, f)] == [-6, 1, -6]
    assert [v.grad for v in (a, b, d, e, f)] == [-3, -8, 1, -6, 1]


def test_table_e_order_matters_to_a_naive_recursion():
    a, b = Value(2.0), Value(3.0)
    c, d = a + b, a * b
    y = (c + d) + c * d
    y.backward()
    assert [v.grad for v in (a, b, c, d)] == [25, 19, 7, 6]


def test_table_e_doubling_twice():
    a = Value(1.0)
    b = a + a
    (b + b).backward()
    assert a.grad == 4.0


def test_table_e_twenty_thousand_deep():
    a = Value(1.0)
    y = a
    for _ in range(20_000):
        y = y + a
    y.backward()
    assert a.grad == 20_001.0


def test_table_e_tanh_far_out():
    x = Value(400.0)
    y = x.tanh()
    y.backward()
    assert (y.data, x.grad) == (1.0, 0.0)
    x = Value(20.0)
    x.tanh().backward()
    assert x.grad == 0.0


def test_more_ops():
    a, b = Value(2.0), Value(4.0)
    assert [v.data for v in (a + 1, 2 * a, a / b, a - b)] == [3.0, 4.0, 0.5, -2.0]
    assert a.exp().data == pytest.approx(7.38905609893065, rel=1e-15)


def test_exercise_one():
    a, b, c = Value(2.0), Value(3.0), Value(4.0)
    f = -(a**3) + (3 * b).sin() - 1.0 / c + b**2.5 - a**0.5
    f.backward()
    assert f.data == pytest.approx(6.336362190988558, rel=1e-14)
    assert [a.grad, b.grad, c.grad] == pytest.approx(
        [-12.353553390593273, 10.25699027111255, 0.0625], rel=1e-14
    )


def test_exercise_two_softmax_and_its_loss():
    logits = [Value(number) for number in (0.0, 3.0, -2.0, 1.0)]
    counts = [logit.exp() for logit in logits]
    total = counts[0] + counts[1] + counts[2] + counts[3]
    loss = -((counts[3] / total).log())
    loss.backward()
    assert loss.data == pytest.approx(2.1755153626167147, rel=1e-14)
    assert [logit.grad for logit in logits] == pytest.approx(
        [0.041772570515350445, 0.8390245074625319, 0.005653302662216329, -0.8864503806400986], rel=1e-13
    )


def test_the_neurons_gradients_check_out():
    *_, n = neuron(NICE_BIAS)
    checks = gradcheck(linearize(n.tanh()))
    assert len(checks) == 10
    assert {check.verdict for check in checks} == {"agrees"}


def test_the_graph_has_fourteen_steps():
    trace = events(linearize(lecture_graph()[-1]))
    assert [event.kind for event in trace] == ["forward"] * 7 + ["seed"] + ["contribution"] * 6


def test_a_function_of_one_input():
    def f(x):
        return 3 * x**2 - 4 * x + 5

    for at, slope in ((3.0, 14.0), (-3.0, -22.0), (2 / 3, 0.0)):
        x = Value(at)
        y = f(x)
        y.backward()
        assert x.grad == pytest.approx(slope, abs=1e-15)
    assert f(Value(3.0)).data == 20.0


def test_nothing_raises_where_python_would():
    x = Value(-8.0)
    assert math.isnan((x ** (1 / 3)).data)
    assert apply("div", 1.0, 0.0).data == math.inf
    assert apply("exp", 1e6).data == math.inf
