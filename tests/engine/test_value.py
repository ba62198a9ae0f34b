"""`Value`: micrograd's object, what it adds, and what it must never do."""

import copy
import gc
import math
import pickle
import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from engine.nn import MLP
from engine.ops import OPS
from engine.value import Value, apply

ROOT = Path(__file__).parents[2]


def test_micrograds_sanity_check():
    x = Value(-4.0)
    z = 2 * x + 2 + x
    q = z.relu() + z * x
    h = (z * z).relu()
    y = h + q + q * x
    y.backward()
    assert y.data == -20.0
    assert x.grad == 46.0


def test_micrograds_readme():
    a, b = Value(-4.0), Value(2.0)
    c = a + b
    d = a * b + b**3
    c += c + 1
    c += 1 + c + (-a)
    d += d * 2 + (b + a).relu()
    d += 3 * d + (b - a).relu()
    e = c - d
    f = e**2
    g = f / 2.0
    g += 10.0 / f
    g.backward()
    assert (c.data, d.data, e.data, f.data) == (-1.0, 6.0, -7.0, 49.0)
    assert g.data == pytest.approx(24.70408163265306, rel=1e-15)
    assert a.grad == pytest.approx(138.83381924198252, rel=1e-14)
    assert b.grad == pytest.approx(645.5772594752186, rel=1e-14)


@pytest.mark.parametrize(
    ("build", "data", "grad"),
    [
        (lambda x: x + 2, 5.0, 1.0),
        (lambda x: 2 + x, 5.0, 1.0),
        (lambda x: x - 2, 1.0, 1.0),
        (lambda x: 2 - x, -1.0, -1.0),
        (lambda x: x * 2, 6.0, 2.0),
        (lambda x: 2 * x, 6.0, 2.0),
        (lambda x: x / 2, 1.5, 0.5),
        (lambda x: 6 / x, 2.0, -2 / 3),
        (lambda x: x**2, 9.0, 6.0),
        (lambda x: 2**x, 8.0, 8 * math.log(2)),
        (lambda x: -x, -3.0, -1.0),
        (lambda x: abs(-x), 3.0, 1.0),
        (lambda x: round(x), 3.0, 0.0),
        (lambda x: (x > 2) * x, 3.0, 1.0),
        (lambda x: (4 > x) + x, 4.0, 1.0),  # noqa: SIM300 - the reflected form is the point
        (lambda x: sum([x, x, x]), 9.0, 3.0),
        (lambda x: x.max(2.0, x), 3.0, 1.0),
        (lambda x: x.clamp(0, 2), 2.0, 0.0),
        (lambda x: np.float64(2) * x, 6.0, 2.0),
        (lambda x: np.int64(2) * x + np.float64(1), 7.0, 2.0),
    ],
)
def test_operators_and_their_reflected_forms(build, data, grad):
    x = Value(3)
    y = build(x)
    y.backward()
    assert isinstance(y, Value)
    assert y.data == data
    assert x.grad == pytest.approx(grad, rel=1e-15)


def test_augmented_assignment_makes_a_new_value():
    x = Value(3.0)
    y = x
    y += 1
    y -= 2
    y *= x
    y /= 2
    y **= 2
    assert x.data == 3.0
    assert y.data == 9.0
    y.backward()
    assert x.grad == 15.0  # ((x - 1) x / 2)²


def test_every_op_is_its_own_node():
    a, b = Value(2.0), Value(4.0)
    assert [(v.op, len(v.ancestors())) for v in (a - b, a / b, -a)] == [("sub", 3), ("div", 3), ("neg", 2)]
    assert +a is a


def test_operands_keep_order_and_multiplicity():
    a, b = Value(2.0), Value(3.0)
    assert (a * a).operands == (a, a)
    assert (b - a).operands == (b, a)
    assert (b - a)._prev == {a, b}
    assert (a * 2)._prev == {a}, "a literal has no grad that the lecture's drawing could print"


def test_a_literal_is_a_constant_with_no_grad():
    x = Value(2.0)
    y = 3 * x + 1
    y.backward()
    product, one = y.operands
    assert (one.data, one.role, one.grad) == (1.0, "constant", None)
    assert product.operands[0].data == 3.0
    assert y.operands[1] is one
    assert [v.role for v in y.ancestors()] == [
        "parameter",
        "constant",
        "intermediate",
        "constant",
        "intermediate",
    ]
    y.zero_grad()
    assert (x.grad, y.grad, one.grad) == (0.0, 0.0, None)
    y.backward()
    assert (x.grad, one.grad) == (3.0, None)


def test_backward_adds_to_what_is_there():
    a, b, d = Value(3.0), Value(2.0), Value(1.0)
    c = a + b
    e = c * d
    e.backward()
    assert [v.grad for v in (a, b, c, d, e)] == [1, 1, 1, 5, 1]
    e.backward()
    assert [v.grad for v in (a, b, c, d, e)] == [3, 3, 2, 10, 1]


def test_backward_again_after_zeroing_the_leaf_only():
    x = Value(3.0)
    y = x * x * x
    y.backward()
    assert (y.data, x.grad) == (27.0, 27.0)
    x.grad = 0.0
    y.backward()
    assert x.grad == 45.0


@pytest.mark.parametrize(
    ("build", "before", "after", "facts"),
    [
        # The walk back reads x's and y's data as they are then: micrograd's `other.data * out.grad`.
        (lambda x, y: x * y, (2.0, 3.0), (5.0, 7.0), (6.0, 7.0, 5.0)),
        (lambda x, y: x + y, (2.0, 3.0), (5.0, 7.0), (5.0, 1.0, 1.0)),
        (lambda x, y: x - y, (2.0, 3.0), (5.0, 7.0), (-1.0, 1.0, -1.0)),
        (lambda x, y: x**3 + y, (2.0, 3.0), (5.0, 7.0), (11.0, 75.0, 1.0)),
        (lambda x, y: x * x * y, (2.0, 3.0), (5.0, 7.0), (12.0, 70.0, 4.0)),
        (lambda x, y: 2 * x * y, (2.0, 3.0), (5.0, 7.0), (12.0, 14.0, 4.0)),
        # What a Value computed stays as it is: micrograd's `(out.data > 0) * out.grad`, the lecture's t and out.data.
        (lambda x, y: x.relu() * y, (2.0, 3.0), (-5.0, 7.0), (6.0, 7.0, 2.0)),
        (lambda x, y: x.tanh() + y, (0.0, 3.0), (5.0, 7.0), (3.0, 1.0, 1.0)),
        (lambda x, y: x.exp() * y, (0.0, 3.0), (5.0, 7.0), (3.0, 7.0, 1.0)),
    ],
)
def test_backward_reads_the_data_of_that_moment(build, before, after, facts):
    """As micrograd: setting data changes no value that was computed, but the slopes that are taken from it."""
    x, y = (Value(number) for number in before)
    out = build(x, y)
    x.data, y.data = after
    out.backward()
    assert (out.data, x.grad, y.grad) == facts


def test_the_data_of_what_was_computed_can_be_set_too():
    x = Value(0.5)
    out = x.tanh()
    out.data = 0.8
    out.backward()
    assert x.grad == pytest.approx(1 - 0.8**2, rel=1e-15)


@pytest.mark.parametrize(
    ("build", "grad"),
    [
        (lambda x: (x.sqrt() >= 0) * x, 1.0),  # behind a comparison
        (lambda x: (x.log() < 0) * (x + 1), 1.0),
        (lambda x: x.sqrt().where(x * 2, x * 3), 3.0),  # in a condition, which is the first operand
        (lambda x: (x.sqrt() + 0).where(5.0, x * 3), 3.0),
        (lambda x: x.sqrt().ne(0.0).where(x, x * 4), 4.0),
    ],
)
def test_no_path_leads_back_through_a_decision(build, grad):
    """PyTorch 2.13: at 0 the slope of sqrt and log is infinite, and 0 times infinity does not come in."""
    x = Value(0.0)
    build(x).backward()
    assert x.grad == grad


@pytest.mark.parametrize("step", ["sign", "floor", "round"])
def test_a_step_hands_back_zero(step):
    """PyTorch 2.13: a gradient of zeros, whatever arrives; behind it 0 times infinity is NaN."""
    x = Value(0.0)
    middle = apply(step, x)
    apply("log", middle).backward()
    assert (middle.grad, x.grad) == (math.inf, 0.0)
    apply(step, x.sqrt()).backward()
    assert math.isnan(x.grad)


def test_backward_of_a_leaf():
    x = Value(3.0)
    x.backward()
    assert x.grad == 1.0


@pytest.mark.parametrize("label", ["_op", "op"])
def test_names_of_ops(label):
    a, b = Value(2.0), Value(3.0)
    named = {"_op": ["", "+", "-", "*", "/", "**2", "**", "-", "tanh"]}
    named["op"] = ["leaf", "add", "sub", "mul", "div", "pow", "pow", "neg", "tanh"]
    values = [a, a + b, a - b, a * b, a / b, a**2, a**b, -a, a.tanh()]
    assert [getattr(v, label) for v in values] == named[label]


def test_what_a_notebook_shows():
    a = Value(2.0, label="<a>")
    y = (a * -3.0).exp()
    y.backward()
    assert repr(a) == "Value(data=2.0)"
    assert a.item() == 2.0
    page = y._repr_html_()
    assert page.count("<tr>") == 5
    assert "&lt;a&gt;" in page
    assert "<a>" not in page
    assert "exp" in page


def test_a_long_table_is_cut():
    y = Value(0.0)
    for _ in range(300):
        y = y + 1
    assert "401 older nodes" in y._repr_html_()
    assert y._repr_html_().count("<tr>") == 201


def test_values_are_members_of_a_set_by_identity():
    a, b = Value(1.0), Value(1.0)
    assert len({a, b, a}) == 2
    assert a != b
    assert a.eq(b).data == 1.0


def test_truth_is_that_of_the_number():
    assert Value(0.0) < 1.0
    assert not Value(2.0) < Value(1.0)
    assert sorted([Value(3.0), Value(1.0)], key=lambda v: v.data)[0].data == 1.0


@pytest.mark.parametrize("other", ["2", None, [1.0], {}, object()])
def test_something_that_is_no_number(other):
    with pytest.raises(TypeError):
        Value(1.0) + other
    with pytest.raises(TypeError):
        other / Value(1.0)


def test_a_wrong_call_names_the_method():
    with pytest.raises(TypeError, match=r"Value\.relu\(\) takes 1 positional argument but 2 were given"):
        Value(1.0).relu(3)
    with pytest.raises(TypeError, match="clamp takes 3 operands, got 2"):
        Value(1.0).clamp(3)
    assert {getattr(Value, op).__name__ for op in OPS} == set(OPS)


def test_data_is_always_a_float():
    for data in (2, True, np.float64(2.5), np.int64(3)):
        assert type(Value(data).data) is float
        assert type((Value(1.0) + data).data) is float


def chain(length: int) -> Value:
    y = Value(1.0)
    for _ in range(length):
        y = y * 1.0 + 1e-6
    return y


def test_a_chain_of_two_hundred_thousand():
    start = Value(1.0)
    y = start
    for _ in range(100_000):
        y = y * 1.0 + 1e-6
    y.backward()
    assert start.grad == 1.0
    assert len(y.ancestors()) == 400_001
    y.zero_grad()
    assert start.grad == 0.0
    del y
    gc.collect()


def test_a_sum_of_one_hundred_thousand():
    values = [Value(1.0) for _ in range(100_000)]
    total = sum(values)
    total.backward()
    assert total.data == 100_000.0
    assert {v.grad for v in values} == {1.0}


def test_time_grows_with_the_length_not_its_square():
    def seconds(length: int) -> float:
        gc.disable()  # its rounds take as long as everything else is large that the tests hold
        try:
            start = time.process_time()
            chain(length).backward()
            return time.process_time() - start
        finally:
            gc.enable()

    seconds(1000)
    assert min(seconds(40_000) for _ in range(3)) < 30 * min(seconds(4_000) for _ in range(3))


def test_shared_values_are_visited_once():
    """Each level doubles the paths: 2⁶⁰ of them, 60 nodes."""
    x = Value(1.0)
    y = x
    for _ in range(60):
        y = y + y
    y.backward()
    assert x.grad == 2.0**60


@pytest.mark.parametrize("seed", range(30))
def test_grads_of_random_graphs(seed):
    """Any wiring of every smooth op, by central differences."""
    draw = random.Random(seed)
    smooth = [op for op in OPS.values() if op.analytic and op.name not in ("acos", "asin", "tan")]

    def run(numbers: list[float]) -> tuple[Value, list[Value]]:
        draw.seed(seed)
        leaves = [Value(number) for number in numbers]
        values = list(leaves)
        for _ in range(25):
            op = draw.choice(smooth)
            values.append(apply(op.name, *(draw.choice(values) for _ in op.operands)).tanh() + 1.5)
        return values[-1] * values[-2], leaves

    numbers = [0.7, 1.3, 0.4]
    output, leaves = run(numbers)
    output.backward()
    for slot, leaf in enumerate(leaves):
        ends = []
        for by in (1e-5, -1e-5):
            moved = list(numbers)
            moved[slot] += by
            ends.append(run(moved)[0].data)
        assert leaf.grad == pytest.approx((ends[0] - ends[1]) / 2e-5, rel=1e-5, abs=1e-8)


def test_importing_the_engine_does_not_import_numpy_or_the_web():
    code = "import sys, engine, engine.replay, engine.trace; print('numpy' in sys.modules, 'fastapi' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def _chain(length: int) -> tuple[Value, Value]:
    start = end = Value(1.0, label="start")
    for _ in range(length):
        end = end + start
    return start, end


@pytest.mark.parametrize("duplicate", [copy.deepcopy, lambda thing: pickle.loads(pickle.dumps(thing))])
def test_copies_of_a_deep_graph_are_made_without_recursion(duplicate):
    _, end = _chain(100_000)
    copied = duplicate(end)
    (start,) = [value for value in copied.ancestors() if value.op == "leaf"]
    copied.backward()
    assert (copied.data, start.grad, start.label) == (100_001.0, 100_001.0, "start")
    assert end.grad == 0.0


@pytest.mark.parametrize(
    "duplicate",
    [
        copy.deepcopy,
        lambda thing: pickle.loads(pickle.dumps(thing)),
        lambda thing: pickle.loads(pickle._dumps(thing, protocol=0)),  # type: ignore[attr-defined] - in Python
    ],
)
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_what_is_copied_together_stays_shared(duplicate, order):
    network = MLP(2, [3, 1], seed=1)
    hidden = network.layers[0]([1.0, -2.0])
    loss = (network.layers[1](hidden) - 1.0) ** 2  # type: ignore[operator]
    loss.backward()
    parts = (network, hidden, loss)
    copies = dict(zip(order, duplicate([parts[at] for at in order]), strict=True))
    again, its_hidden, its_loss = copies[0], copies[1], copies[2]
    ancestors = its_loss.ancestors()
    assert {*again.parameters(), *its_hidden} < {*ancestors}
    assert not {*loss.ancestors()} & {*ancestors}
    told = [[(v.op, v.role, v.label, v.data, v.grad) for v in end.ancestors()] for end in (loss, its_loss)]
    assert sorted(map(repr, told[0])) == sorted(map(repr, told[1]))
    for value in ancestors:
        value.grad = value.grad and 0.0
    its_loss.backward()
    assert [p.grad for p in again.parameters()] == [p.grad for p in network.parameters()]


def test_many_values_pickled_together_take_no_more_room_than_their_graph():
    end = _chain(2_000)[1]
    values = end.ancestors()
    for ordered in (values, values[::-1]):
        text = pickle.dumps(ordered)
        assert len(text) < 3 * len(pickle.dumps(end))
        assert [value.data for value in pickle.loads(text)] == [value.data for value in ordered]


def test_every_op_survives_a_copy():
    for op in OPS.values():
        operands = [Value(0.6), Value(0.3, role="constant"), 0.9, Value(0.5)]
        count = 4 if op.variadic else len(op.operands)
        for first in range(len(operands) - count + 1):
            value = apply(op.name, *operands[first : first + count])
            for copied in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):
                assert (copied.op, copied.data) == (value.op, value.data)
                assert [(o.data, o.role) for o in copied.operands] == [
                    (o.data, o.role) for o in value.operands
                ]
                for each in (copied, value):
                    each.zero_grad()
                    each.backward()
                assert [o.grad for o in copied.operands] == [o.grad for o in value.operands]


class Named(Value):
    """A Value with an attribute more."""


def test_a_subclass_stays_one_and_keeps_its_attributes():
    named = Named(2.0)
    named.unit = "m"  # type: ignore[attr-defined]
    for end in (named * named, named * named * 3.0):
        for copied in (copy.deepcopy(end), pickle.loads(pickle.dumps(end))):
            first = copied.ancestors()[0]
            assert (type(copied), first.unit, copied.data) == (Named, "m", end.data)


def test_a_graph_from_a_file_goes_on_in_another_process():
    for _ in range(50):
        x = Value(3.0, label="x")
    y = x * x
    text = (
        "import pickle, sys; y = pickle.load(sys.stdin.buffer); z = y * y; z.backward();"
        "print(*[v.grad for v in z.ancestors() if v.label == 'x'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", text], input=pickle.dumps(y), capture_output=True, cwd=ROOT, check=True
    )
    assert (
        float(done.stdout) == 4 * 3.0**3
    )  # z is younger there than what came from the file, so it goes first


@pytest.mark.parametrize(
    "wrong",
    [
        lambda a: Value(3.0, (a, a), "+"),
        lambda a: Value(3.0, "", "+"),
        lambda a: Value(3.0, ["x"]),
        lambda a: setattr(a, "label", 5),
        lambda a: Value(3.0, "\ud800"),
    ],
)
def test_what_is_no_label_and_no_role_is_refused(wrong):
    with pytest.raises((TypeError, ValueError), match=r"label is text|role is one of|surrogates"):
        wrong(Value(1.0))
