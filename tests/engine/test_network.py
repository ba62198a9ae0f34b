"""Networks as requests: the same graph as the pasted program, stamped as built, and everything refused."""

import math
import random
import time
from dataclasses import fields
from pathlib import Path

import pytest

from engine import network
from engine.limits import Limits
from engine.losses import LOSSES
from engine.network import NetworkError, NetworkSpec, network_tape
from engine.nn import ACTIVATIONS
from engine.program import read_program
from engine.replay import backward, forward
from engine.tape import Columns, check_tape

NETWORK = (Path(__file__).parent.parent / "golden" / "lecture_network.txt").read_text()
XS = [[2, 3, -1], [3, -1, 0.5], [0.5, 1, 1], [1, 1, -1]]
YS = [1, -1, -1, 1]
LECTURE = NetworkSpec(3, [4, 4, 1])


def test_node_for_node_the_pasted_program():
    mine, pasted = network_tape(LECTURE, XS, YS), read_program(NETWORK)
    check_tape(mine)
    assert mine.ops == pasted.ops
    assert mine.operands == pasted.operands
    assert mine.roles == pasted.roles
    assert mine.output == pasted.output
    assert mine.data == pytest.approx(pasted.data, rel=1e-14)
    for one, other in zip(backward(mine, mine.data), backward(pasted, pasted.data), strict=True):
        assert [x is None for x in one] == [x is None for x in other]
    renamed = {"loss": None, "loss.sum": "sum"}
    assert [renamed.get(group, group) for group in mine.groups] == pasted.groups


def test_the_lectures_numbers():
    tape = network_tape(LECTURE, XS, YS)
    grads = backward(tape, tape.data)[0]
    assert tape.roles.count("parameter") == 41
    assert tape.data[0] == 0.23550571390294128
    assert grads[0] == pytest.approx(-0.4536648933083657, rel=1e-14)
    assert tape.data[tape.output] == pytest.approx(6.005402783252284, rel=1e-15)
    assert len(tape) == 41 + 4 * 3 + 73 * 4 + 4 * 4 + 3


def test_every_grad_agrees_with_central_differences():
    tape = network_tape(LECTURE, XS, YS)
    grads = backward(tape, tape.data)[0]
    for node, role in enumerate(tape.roles):
        if role in ("parameter", "data"):
            ends = []
            for step in (1e-6, -1e-6):
                data = list(tape.data)
                data[node] += step
                forward(tape, data)
                ends.append(data[tape.output])
            assert grads[node] == pytest.approx((ends[0] - ends[1]) / 2e-6, rel=1e-6, abs=1e-6)


def test_names_and_groups():
    tape = network_tape(LECTURE, XS, YS)
    assert tape.names[:4] == ["w[0]", "w[1]", "w[2]", "b"]
    assert tape.groups[:4] == ["layer1.neuron1"] * 4
    assert (tape.names[41], tape.groups[41], tape.roles[41]) == ("x[0]", "example1", "data")
    kinds = {group.id: (group.kind, group.label, group.parent) for group in tape.group_table}
    assert kinds["example2.layer1.neuron3"] == ("neuron", "neuron 3", "example2.layer1")
    assert kinds["example2.layer1.neuron3.sum"] == ("sum", "sum", "example2.layer1.neuron3")
    assert kinds["example4"] == ("example", "example 4", None)
    assert kinds["loss"] == ("loss", "loss", None)
    assert kinds["loss.sum"] == ("sum", "sum", "loss")
    assert {tape.groups[node] for node, name in enumerate(tape.names) if name == "y[0]"} == {"loss"}
    assert tape.spans == [None] * len(tape)


def test_one_example_and_no_targets():
    tape = network_tape(NetworkSpec(2, [2, 1]), [[1, 2]])
    check_tape(tape)
    assert {group.id for group in tape.group_table} >= {"layer1.neuron1", "layer1.neuron1.sum"}
    assert not any(group.kind in ("example", "loss") for group in tape.group_table)
    assert tape.ops[tape.output] == "tanh"


def test_parameters_replace_the_seeds():
    numbers = [0.1 * at for at in range(9)]
    tape = network_tape(NetworkSpec(2, [2, 1]), [[1, 2]], parameters=numbers)
    assert tape.data[:9] == numbers
    hidden = [math.tanh(0.2 + 0.0 * 1 + 0.1 * 2), math.tanh(0.5 + 0.3 * 1 + 0.4 * 2)]
    assert tape.data[tape.output] == pytest.approx(
        math.tanh(0.8 + 0.6 * hidden[0] + 0.7 * hidden[1]), rel=1e-14
    )


def test_alpha_adds_the_penalty():
    plain, fined = (network_tape(LECTURE, XS, YS, alpha=alpha) for alpha in (0.0, 0.01))
    squares = sum(number**2 for number in plain.data[:41])
    assert fined.data[fined.output] == pytest.approx(plain.data[plain.output] + 0.01 * squares, rel=1e-14)
    assert "loss.sum2" in {group.id for group in fined.group_table}


TARGETS = {
    "number": lambda source, width: [source.uniform(-1, 1) for _ in range(width)],
    "plus_minus": lambda source, width: [source.choice([-1, 1]) for _ in range(width)],
    "probability": lambda source, width: [source.choice([0, 0.5, 1]) for _ in range(width)],
    "class": lambda source, width: source.randrange(width),
}


SIZES = [[1, 2], [3, 2], [2, 3, 2], [1, 1, 4, 3]]
"""Of the lecture's kind, the narrowest, and with more outputs than neurons before them."""


def stamped_and_built(spec, loss, examples, alpha, monkeypatch):
    """The same network stamped, and with every node from a Value of its own."""
    source, width = random.Random(examples), spec.nouts[-1]
    inputs = [[source.uniform(-2, 2) for _ in range(spec.nin)] for _ in range(examples)]
    targets = [TARGETS[LOSSES[loss].targets](source, width) for _ in range(examples)]
    networks = []
    for most in (2, 1_000):
        monkeypatch.setattr(network, "BUILT", most)
        networks.append(network.build_network(spec, inputs, targets, loss, alpha=alpha))
    return networks


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("alpha", [0.0, 0.1])
@pytest.mark.parametrize("examples", [3, 4, 9])
@pytest.mark.parametrize("loss", LOSSES)
def test_stamped_as_built(loss, examples, alpha, sizes, monkeypatch):
    nin, *nouts = sizes
    spec = NetworkSpec(nin, nouts, "relu", "linear", seed=examples)
    stamped, built = stamped_and_built(spec, loss, examples, alpha, monkeypatch)
    check_tape(stamped.tape)
    for column in ("ops", "operands", "roles", "names", "groups", "spans", "output", "group_table"):
        assert getattr(stamped.tape, column) == getattr(built.tape, column), column
    assert stamped.tape.data == pytest.approx(built.tape.data, rel=1e-14, abs=1e-15)
    for places in ("parameters", "inputs", "outputs", "targets"):
        assert getattr(stamped, places) == getattr(built, places), places
    for field in fields(Columns):
        mine, theirs = (getattr(each.tape.columns, field.name) for each in (stamped, built))
        assert getattr(mine, "dtype", None) == getattr(theirs, "dtype", None), field.name


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("output_activation", [None, *ACTIVATIONS])
def test_every_activation_is_stamped_as_built(activation, output_activation, monkeypatch):
    spec = NetworkSpec(2, [3, 1], activation, output_activation)
    stamped, built = stamped_and_built(spec, "squared_error", 5, 0.1, monkeypatch)
    assert stamped.tape.ops == built.tape.ops
    assert stamped.tape.operands == built.tape.operands
    assert stamped.tape.groups == built.tape.groups
    assert stamped.tape.data == pytest.approx(built.tape.data, rel=1e-14, abs=1e-15)


def test_one_output_is_stamped_as_built(monkeypatch):
    for loss in ("squared_error", "hinge", "binary_cross_entropy"):
        stamped, built = stamped_and_built(NetworkSpec(1, [1], "linear"), loss, 3, 0.5, monkeypatch)
        assert stamped.tape.operands == built.tape.operands
        assert stamped.targets == built.targets
        assert stamped.tape.data == pytest.approx(built.tape.data, rel=1e-14, abs=1e-15)


def test_the_mean_is_over_examples_and_outputs():
    spec = NetworkSpec(1, [2], "linear")
    parameters = [0, 1, 0, 2]  # outputs 1 and 2, whatever the input
    tape = network_tape(spec, [[0]] * 5, [[0, 0]] * 5, "mean_squared_error", parameters)
    assert tape.data[tape.output] == (1 + 4) / 2
    tape = network_tape(spec, [[0]] * 5, [1] * 5, "softmax_cross_entropy", parameters)
    assert tape.data[tape.output] == pytest.approx(math.log(1 + math.exp(-1)), rel=1e-14)


def test_a_hundred_examples_cost_milliseconds():
    spec = NetworkSpec(2, [16, 16, 1], "relu", "linear")
    inputs = [[math.sin(at), math.cos(at)] for at in range(100)]
    start = time.process_time()
    tape = network_tape(spec, inputs, [1, -1] * 50, "hinge", alpha=1e-4)
    spent = time.process_time() - start
    example = 2 + 16 * 5 + 16 * 33 + 32
    loss = 5 * 100 + 99 + 2
    penalty = 337 + 336 + 3
    assert len(tape) == 337 + 100 * example + loss + penalty
    assert spent < 0.5


def test_not_finite_numbers_pass_through():
    tape = network_tape(NetworkSpec(1, [1], "linear"), [[math.nan], [math.inf]], [0, 0])
    assert math.isnan(tape.data[tape.output])


SPEC = {"nin": 2, "nouts": [2, 1]}
REFUSED = [
    ({"nin": 0}, "bad_size", ("network", "nin")),
    ({"nin": -1}, "bad_size", ("network", "nin")),
    ({"nin": 1.5}, "bad_size", ("network", "nin")),
    ({"nin": True}, "bad_size", ("network", "nin")),
    ({"nin": "2"}, "bad_size", ("network", "nin")),
    ({"nin": None}, "bad_size", ("network", "nin")),
    ({"nin": 10**30}, "too_many_parameters", ("network", "nouts")),
    ({"nouts": []}, "bad_size", ("network", "nouts")),
    ({"nouts": "2,1"}, "bad_size", ("network", "nouts")),
    ({"nouts": 3}, "bad_size", ("network", "nouts")),
    ({"nouts": None}, "bad_size", ("network", "nouts")),
    ({"nouts": {4: 1}}, "bad_size", ("network", "nouts")),
    ({"nouts": [4, 0]}, "bad_size", ("network", "nouts", 1)),
    ({"nouts": [4, -1]}, "bad_size", ("network", "nouts", 1)),
    ({"nouts": [4, 1.0]}, "bad_size", ("network", "nouts", 1)),
    ({"nouts": [True, 1]}, "bad_size", ("network", "nouts", 0)),
    ({"nouts": [[2], [4]]}, "bad_size", ("network", "nouts", 0)),
    ({"nouts": [1_000_000]}, "too_many_parameters", ("network", "nouts")),
    ({"nouts": [10**400, 1]}, "too_many_parameters", ("network", "nouts")),
    ({"nouts": [70, 70, 1]}, "too_many_parameters", ("network", "nouts")),
    ({"nouts": [1] * 100_000}, "too_many_parameters", ("network", "nouts")),
    ({"activation": "__class__"}, "unknown_activation", ("network", "activation")),
    ({"activation": ""}, "unknown_activation", ("network", "activation")),
    ({"activation": ["tanh"]}, "unknown_activation", ("network", "activation")),
    ({"activation": None}, "unknown_activation", ("network", "activation")),
    ({"output_activation": "tanh\0"}, "unknown_activation", ("network", "output_activation")),
    ({"seed": -1}, "bad_seed", ("network", "seed")),
    ({"seed": 2**64}, "bad_seed", ("network", "seed")),
    ({"seed": 1.5}, "bad_seed", ("network", "seed")),
    ({"seed": "1"}, "bad_seed", ("network", "seed")),
    ({"inputs": []}, "no_examples", ("inputs",)),
    ({"inputs": "1,2"}, "not_a_list", ("inputs",)),
    ({"inputs": {"a": 1}}, "not_a_list", ("inputs",)),
    ({"inputs": [1, 2]}, "not_a_list", ("inputs", 0)),
    ({"inputs": ["12", [1, 2]]}, "not_a_list", ("inputs", 0)),
    ({"inputs": [[1, 2], [1]]}, "wrong_width", ("inputs", 1)),
    ({"inputs": [[1, 2], []]}, "wrong_width", ("inputs", 1)),
    ({"inputs": [[1, 2], [1, 2, 3]]}, "wrong_width", ("inputs", 1)),
    ({"inputs": [[1, 2], [1, "2"]]}, "not_a_number", ("inputs", 1, 1)),
    ({"inputs": [[1, 2], [1, None]]}, "not_a_number", ("inputs", 1, 1)),
    ({"inputs": [[1, 2], [True, 2]]}, "not_a_number", ("inputs", 1, 0)),
    ({"inputs": [[1, 2], [1, 10**400]]}, "not_a_number", ("inputs", 1, 1)),
    ({"inputs": [[1, 2], [1, 2j]]}, "not_a_number", ("inputs", 1, 1)),
    ({"inputs": [[1, 2]] * 20_000, "targets": [1] * 20_000}, "too_many_nodes", ("inputs",)),
    ({"targets": None}, "missing_targets", ("targets",)),
    ({"targets": None, "nouts": [2], "inputs": [[1, 2]]}, "missing_targets", ("targets",)),
    ({"targets": [1]}, "wrong_width", ("targets",)),
    ({"targets": 1}, "not_a_list", ("targets",)),
    ({"targets": "11"}, "not_a_list", ("targets",)),
    ({"targets": [1, "1"]}, "not_a_list", ("targets", 1)),
    ({"targets": [1, [1, 2]]}, "wrong_width", ("targets", 1)),
    ({"targets": [1, None]}, "not_a_list", ("targets", 1)),
    ({"targets": [[1, 2], [1]], "nouts": [2]}, "wrong_width", ("targets", 1)),
    ({"targets": [1, 2], "nouts": [2]}, "not_a_list", ("targets", 0)),
    ({"targets": [1, 0.5], "loss": "hinge"}, "bad_target", ("targets", 1)),
    ({"targets": [1, math.nan], "loss": "hinge"}, "bad_target", ("targets", 1)),
    ({"targets": [1, 1.5], "loss": "binary_cross_entropy"}, "bad_target", ("targets", 1)),
    ({"targets": [1, math.nan], "loss": "binary_cross_entropy"}, "bad_target", ("targets", 1)),
    ({"targets": [0, 2], "nouts": [2], "loss": "softmax_cross_entropy"}, "bad_target", ("targets", 1)),
    ({"targets": [0, -1], "nouts": [2], "loss": "softmax_cross_entropy"}, "bad_target", ("targets", 1)),
    ({"targets": [0, 0.5], "nouts": [2], "loss": "softmax_cross_entropy"}, "bad_target", ("targets", 1)),
    ({"targets": [0, math.nan], "nouts": [2], "loss": "softmax_cross_entropy"}, "bad_target", ("targets", 1)),
    ({"targets": [0, [1, 0]], "nouts": [2], "loss": "softmax_cross_entropy"}, "bad_target", ("targets", 1)),
    ({"loss": "softmax_cross_entropy"}, "loss_mismatch", ("loss",)),
    ({"loss": "huber"}, "unknown_loss", ("loss",)),
    ({"loss": "huber", "targets": None, "inputs": [[1, 2]]}, "unknown_loss", ("loss",)),
    ({"loss": None}, "unknown_loss", ("loss",)),
    ({"loss": ["hinge"]}, "unknown_loss", ("loss",)),
    ({"parameters": [1] * 8}, "wrong_width", ("parameters",)),
    ({"parameters": []}, "wrong_width", ("parameters",)),
    ({"parameters": [1] * 8 + ["1"]}, "not_a_number", ("parameters", 8)),
    ({"alpha": "1"}, "not_a_number", ("alpha",)),
    ({"alpha": None}, "not_a_number", ("alpha",)),
]


def request(**changed):
    asked = {"inputs": [[1, 2], [3, 4]], "targets": [1, -1]} | SPEC | changed
    spec = {name: asked.pop(name) for name in NetworkSpec.__slots__ if name in asked}
    return network_tape(NetworkSpec(**spec), **asked)


def test_the_request_that_the_refused_ones_change():
    check_tape(request())


@pytest.mark.parametrize(("changed", "code", "where"), REFUSED, ids=lambda part: str(part)[:40])
def test_refused(changed, code, where, within):
    with within(0.3), pytest.raises(NetworkError) as caught:
        request(**changed)
    assert caught.value.code == code
    assert caught.value.where == where
    assert len(caught.value.message) <= 200


def test_limits_are_settings():
    for limits, code in (
        (Limits(parameters=8), "too_many_parameters"),
        (Limits(network_nodes=40), "too_many_nodes"),
    ):
        with pytest.raises(NetworkError) as caught:
            request(limits=limits)
        assert caught.value.code == code


def test_the_limit_of_nodes_is_exact():
    asked = {"inputs": [[1, 2]] * 5, "targets": [1] * 5, "alpha": 0.1}
    size = len(request(**asked))
    assert len(request(**asked, limits=Limits(network_nodes=size))) == size
    with pytest.raises(NetworkError) as caught:
        request(**asked, limits=Limits(network_nodes=size - 1))
    assert caught.value.code == "too_many_nodes"


def test_nodes_are_counted_before_anything_is_built(monkeypatch):
    monkeypatch.setattr(NetworkSpec, "build", lambda *_: pytest.fail("built"))
    with pytest.raises(NetworkError):
        request(nouts=[50, 50, 1], inputs=[[1, 2]] * 1_000, targets=[1] * 1_000)
