"""The loop and the plan: two ways to run a tape that must not be told apart."""

import math
import random
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import engine.replay
from engine.arrangement import arrange
from engine.levels import find_units
from engine.network import NetworkSpec, network_tape
from engine.ops import OPS
from engine.plan import Plan, receives
from engine.replay import Replay, backward, forward, node_partials
from engine.tape import Tape, linearize
from engine.value import Value, apply

EXACT = {
    "add",
    "sub",
    "mul",
    "div",
    "neg",
    "sqrt",
    "relu",
    "relu6",
    "leaky_relu",
    "abs",
    "max",
    "min",
    "clamp",
}
EXACT |= {"where", "gt", "ge", "lt", "le", "eq", "ne", "sign", "floor", "round"}


def wide_graph(seed: int, ops: list[str], width: int = 60, depth: int = 5) -> Tape:
    """Layers of random nodes, repeated operands, constants, unused nodes and sums of many terms."""
    draw = random.Random(seed)
    nodes: list[Value] = [
        Value(draw.uniform(-2, 2), role=draw.choice(["parameter", "data"])) for _ in range(12)
    ]
    layer = list(nodes)
    for _ in range(depth):
        made: list[Value] = []
        for _ in range(width):
            op = OPS[draw.choice(ops)]
            count = draw.randint(1, 4) if op.variadic else len(op.operands)
            pool = layer if draw.random() < 0.7 else nodes
            operands = [
                draw.choice(pool) if draw.random() < 0.85 else draw.uniform(-2, 2) for _ in range(count)
            ]
            made.append(apply(op.name, *operands))
        for _ in range(draw.randint(0, 6)):
            total = draw.choice(made)
            for _ in range(draw.randint(1, 7)):
                total = total + draw.choice(made)
                made.append(total)
        nodes += made
        layer = made
    root = nodes[0]
    for value in draw.sample(layer, 20):
        root = root + value
        nodes.append(root)
    return linearize(
        root, sorted({id(v): v for node in nodes for v in node.ancestors()}.values(), key=serial)
    )


def serial(value: Value) -> float:
    return value.serial


def loop(tape: Tape, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as patch:
        patch.setattr(engine.replay, "PLAN_ONCE_FROM", 10**9)
        data = [
            number if not operands else 0.125
            for number, operands in zip(tape.data, tape.operands, strict=True)
        ]
        forward(tape, data)
        return data, *backward(tape, data)


def plan_of(tape: Tape) -> Plan:
    """However narrow: what does not pay must still be right."""
    units = find_units(tape.columns, tape.output, least=0)
    assert units is not None
    plan = Plan(tape, arrange(tape.columns, units, receives(tape)))
    plan.grad.fill(np.nan)  # what an earlier run left must not be added to
    return plan


def as_array(numbers) -> np.ndarray:
    return np.array([np.nan if number is None else number for number in numbers], dtype=np.float64)


def flat(partials) -> np.ndarray:
    return as_array(partial for row in partials for partial in row)


def same_bits(x: np.ndarray, y: np.ndarray) -> bool:
    return np.array_equal(x, y, equal_nan=True) and np.array_equal(
        np.signbit(x)[x == 0], np.signbit(y)[x == 0]
    )


@pytest.mark.parametrize("seed", range(15))
def test_values_and_partials_of_the_plan_are_the_loops_bit_for_bit(seed, monkeypatch):
    tape = wide_graph(seed, sorted(EXACT))
    data, _, partials = loop(tape, monkeypatch)
    plan = plan_of(tape)
    plan.data[plan.place[[node for node, operands in enumerate(tape.operands) if operands]]] = 99.0
    plan.forward()
    assert same_bits(plan.values(), as_array(data))
    assert same_bits(plan.partials(), flat(partials))


@pytest.mark.parametrize("seed", range(15))
def test_grads_of_the_plan_are_the_loops(seed, monkeypatch):
    """Sums in another order: compared beside the sum of what was added, sign by sign."""
    tape = wide_graph(
        seed, [op.name for op in OPS.values() if op.name not in ("exp", "expm1", "sinh", "cosh", "pow")]
    )
    data, grads, partials = loop(tape, monkeypatch)
    plan = plan_of(tape)
    plan.load(data)
    plan.backward()
    scale = [0.0] * len(tape)
    for node, row in enumerate(partials):
        for operand, partial in zip(tape.operands[node], row, strict=True):
            amount = 0.0 if partial is None or grads[node] is None else abs(grads[node] * partial)
            scale[operand] += amount if math.isfinite(amount) else 0.0
    for node, (ours, theirs) in enumerate(zip(plan.grads().tolist(), as_array(grads).tolist(), strict=True)):
        if not (math.isnan(ours) and math.isnan(theirs)):
            # what reached this node from above was itself rounded: its scale travels along
            assert math.isclose(ours, theirs, rel_tol=1e-11, abs_tol=1e-12 * (1.0 + scale[node])), node


@pytest.mark.parametrize("seed", range(10))
def test_every_op_within_the_last_places(seed, monkeypatch):
    """One level of each op on the same operands: NumPy's own functions may differ by a unit or two."""
    draw = random.Random(seed)
    leaves = [Value(draw.uniform(-2, 2)) for _ in range(200)]
    made = [
        apply(op.name, *draw.sample(leaves, 2 if op.variadic else len(op.operands)))
        for op in OPS.values()
        for _ in range(15)
    ]
    root = sum(made[1:], made[0])
    tape = linearize(root, [*leaves, *(v for v in root.ancestors() if v.operands)])
    data, _, partials = loop(tape, monkeypatch)
    plan = plan_of(tape)
    plan.forward()
    assert np.allclose(
        plan.values()[: -len(made)], as_array(data)[: -len(made)], rtol=1e-13, atol=1e-15, equal_nan=True
    )
    plan.load(data)
    assert np.allclose(plan.partials(), flat(partials), rtol=1e-12, atol=1e-15, equal_nan=True)


def neurons(examples: int, width: int, fold_from_bias: bool) -> Tape:
    """One layer of tanh neurons over examples, as the lecture writes it, squared errors added up."""
    draw = random.Random(0)
    weights = [[Value(draw.uniform(-1, 1)) for _ in range(4)] for _ in range(width)]
    total: Value | float = 0.0
    for _ in range(examples):
        x = [Value(draw.uniform(-1, 1), role="data") for _ in range(3)]
        for w in weights:
            terms = [wi * xi for wi, xi in zip(w, x, strict=False)]
            weighed = sum(terms, w[3]) if fold_from_bias else terms[0] + terms[1] + terms[2] + w[3]
            total = total + (weighed.tanh() - 0.5) ** 2
    assert isinstance(total, Value)
    return linearize(total)


@pytest.mark.parametrize("fold_from_bias", [True, False])
def test_a_layer_over_examples_becomes_a_few_groups_of_views(fold_from_bias, monkeypatch):
    tape = neurons(30, 5, fold_from_bias)
    plan = plan_of(tape)
    assert len(plan._groups) <= 8
    data, grads, _ = loop(tape, monkeypatch)
    plan.forward()
    plan.backward()
    assert np.allclose(plan.values(), as_array(data), rtol=1e-14)
    assert np.allclose(plan.grads(), as_array(grads), rtol=1e-12, atol=1e-15, equal_nan=True)


def test_a_narrow_tape_has_no_plan():
    y = Value(0.5)
    for _ in range(5000):
        y = y.tanh()
    tape = linearize(y)
    assert Plan.of(tape) is None
    replay = Replay(tape)
    assert not replay.planned
    replay.forward()
    replay.backward()
    assert replay.data([5000])[0] == y.data


def test_an_output_in_the_middle_of_a_sum(monkeypatch):
    """Its partial sums before are on a path to it, what is added after is not."""
    leaves = [Value(float(i)) for i in range(200)]
    squares = [leaf * leaf for leaf in leaves]
    total = squares[0]
    sums = []
    for square in squares[1:]:
        total = total + square
        sums.append(total)
    order = [*leaves, *squares, *sums]
    tape = linearize(sums[99], order)
    plan = plan_of(tape)
    plan.forward()
    plan.backward()
    data, grads, _ = loop(tape, monkeypatch)
    assert same_bits(plan.values(), as_array(data))
    assert plan.grads().tolist() == grads
    assert plan.grads([150]).tolist() == [0.0]
    assert plan.grads([100]).tolist() == [200.0]


def test_a_gate_masks_and_a_product_does_not(monkeypatch):
    leaves = [Value(-1.0 + (i % 3)) for i in range(200)]
    roots = [leaf.relu().sqrt() for leaf in leaves[:100]] + [(leaf**2).log() for leaf in leaves[100:]]
    tape = linearize(sum(roots[1:], roots[0]), None)
    plan = plan_of(tape)
    plan.forward()
    plan.backward()
    _, grads, _ = loop(tape, monkeypatch)
    assert same_bits(plan.grads(), as_array(grads))
    assert {0.0, 0.5} <= set(plan.grads().tolist())
    assert np.isnan(plan.grads()[100:]).any()


def test_what_a_gate_hands_back_has_the_loops_sign_of_zero(monkeypatch):
    """A closed gate adds 0, and the -0.0 that a sum starts from is gone; a slot that only decides adds nothing."""
    gates = [row for row in OPS.values() if row.gate and not row.variadic]
    outs = [
        apply(row.name, *[leaf] * len(row.operands))
        for row in gates
        for leaf in [Value(number / 4) for number in range(-40, 41)]
    ]
    tape = linearize(sum(outs[1:], outs[0]))
    _, grads, _ = loop(tape, monkeypatch)
    plan = plan_of(tape)
    plan.load(tape.data)
    plan.backward()
    assert same_bits(plan.grads(), as_array(grads))


def big(seed: int = 1) -> Tape:
    tape = wide_graph(seed, sorted(EXACT - {"div"}), width=700, depth=6)
    assert len(tape) >= engine.replay.PLAN_ONCE_FROM
    return tape


def test_forward_and_backward_in_lists_use_the_plan_without_a_difference(monkeypatch):
    tape = big()
    data, grads, partials = loop(tape, monkeypatch)
    again = [
        number if not operands else 7.0 for number, operands in zip(tape.data, tape.operands, strict=True)
    ]
    forward(tape, again)
    assert same_bits(as_array(again), as_array(data))
    planned_grads, planned_partials = backward(tape, again)
    assert [len(row) for row in planned_partials] == [len(row) for row in partials]
    assert same_bits(flat(planned_partials), flat(partials))
    assert {type(partial) for row in planned_partials for partial in row} == {float, type(None)}
    assert [grad is None for grad in planned_grads] == [grad is None for grad in grads]
    assert np.allclose(as_array(planned_grads), as_array(grads), rtol=1e-9, atol=1e-9, equal_nan=True)
    assert all(type(number) is float for number in again)


def test_a_replay_sets_leaves_and_reads_nodes():
    for tape in (big(), neurons(2, 2, True)):
        replay = Replay(tape)
        assert replay.planned == (len(tape) > 400)
        assert np.array_equal(replay.data(), tape.data, equal_nan=True)
        leaves = [node for node, role in enumerate(tape.roles) if role == "parameter"][:3]
        replay.set(leaves, [0.25, -0.5, 0.75])
        replay.forward()
        replay.backward()
        data = list(tape.data)
        for node, number in zip(leaves, (0.25, -0.5, 0.75), strict=True):
            data[node] = number
        forward(tape, data)
        grads, partials = backward(tape, data)
        assert replay.data(leaves).tolist() == [0.25, -0.5, 0.75]
        assert np.allclose(replay.data(), data, rtol=1e-14, equal_nan=True)
        assert np.allclose(replay.grads(leaves), [grads[node] for node in leaves], rtol=1e-9)
        assert np.allclose(replay.grads(), as_array(grads), rtol=1e-9, atol=1e-9, equal_nan=True)
        assert np.allclose(replay.partials(), flat(partials), rtol=1e-12, equal_nan=True)


def test_two_replays_of_one_tape_do_not_share_their_numbers():
    tape = big()
    one, other = Replay(tape), Replay(tape)
    leaf = tape.roles.index("parameter")
    one.set([leaf], [123.0])
    backward(tape, tape.data)
    assert one.data([leaf])[0] == 123.0
    assert other.data([leaf])[0] == tape.data[leaf]


def test_a_stretch_of_nodes_alone():
    a, b = Value(2.0), Value(3.0)
    tape = linearize(a * b + a)
    data = list(tape.data)
    data[2] = 100.0
    forward(tape, data, [3])
    assert data == [2.0, 3.0, 100.0, 102.0]
    assert node_partials(tape, data, 2) == (3.0, 2.0)
    assert node_partials(tape, data, 0) == ()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32))
def test_any_wiring(monkeypatch_module, seed):
    tape = wide_graph(seed, sorted(EXACT), width=40, depth=3)
    data, _, partials = loop(tape, monkeypatch_module)
    plan = plan_of(tape)
    plan.forward()
    assert same_bits(plan.values(), as_array(data))
    assert same_bits(plan.partials(), flat(partials))


@pytest.fixture(scope="module")
def monkeypatch_module():
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.mark.parametrize("loss", ["squared_error", "mean_squared_error", "hinge", "binary_cross_entropy"])
@pytest.mark.parametrize("alpha", [0.0, 0.1])
@pytest.mark.parametrize("nouts", [(5, 1), (4, 3, 2)])
def test_a_networks_layout_is_repeated_from_two_examples(loss, alpha, nouts, monkeypatch):
    """Every node has a place of its own, and all numbers are those of the loop."""
    spec = NetworkSpec(2, list(nouts), "tanh", "linear", seed=3)
    draw = random.Random(4)
    inputs = [[draw.uniform(-1, 1), draw.uniform(-1, 1)] for _ in range(60)]
    targets = [
        [draw.choice((0.0, 1.0) if loss[0] == "b" else (-1.0, 1.0)) for _ in range(nouts[-1])] for _ in inputs
    ]
    tape = network_tape(spec, inputs, targets, loss, alpha=alpha)
    assert tape.arrange is not None
    layout = tape.arrange()
    assert layout is not None
    assert sorted(layout.place.tolist()) == list(range(len(tape)))
    plan = Plan(tape, layout)
    plan.set_all(np.where(tape.columns.code == 0, tape.columns.data, np.nan))
    plan.forward()
    plan.backward()
    assert plan.values().tolist() == pytest.approx(tape.data, rel=1e-12, abs=1e-14)
    _, grads, _ = loop(tape, monkeypatch)
    assert plan.grads() == pytest.approx(as_array(grads), rel=1e-11, abs=1e-13, nan_ok=True)


def test_a_plan_that_another_thread_takes_in_between_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two requests for one shape of network share its kept tape, and so the store's one plan of it."""

    class Taken(WeakKeyDictionary[Tape, Any]):
        def __contains__(self, _: object) -> bool:
            return True

    spec = NetworkSpec(499, [1])
    inputs = [[1.0] * 499, [0.5] * 499]

    def losses() -> list[float]:
        return [network_tape(spec, inputs, [1.0, target], alpha=0.1).data[-1] for target in (1.0, 2.0)]

    usual = losses()
    monkeypatch.setattr(engine.replay, "_plans", Taken())
    tape = network_tape(spec, inputs, [1.0, 1.0], alpha=0.1)
    assert len(tape) > engine.replay.PLAN_ONCE_FROM
    assert losses() == usual
    assert usual[0] != usual[1]
