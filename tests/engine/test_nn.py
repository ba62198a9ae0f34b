"""Neurons, layers, perceptrons and losses over Values."""

import math
import random

import pytest

from engine.losses import LOSSES, penalty, total
from engine.nn import MLP, Layer, Neuron
from engine.value import Value


def test_a_seeded_neuron():
    neuron = Neuron(2, "relu", seed=1337)
    out = neuron([1.0, -2.0])
    assert out.data == 0.0
    assert [parameter.label for parameter in neuron.parameters()] == ["w[0]", "w[1]", "b"]
    # The figure in micrograd's README: b starts at 0 there.
    neuron.b.data = 0.0
    out = neuron([1.0, -2.0])
    out.backward()
    assert [round(w.data, 4) for w in neuron.w] == [0.2355, 0.0665]
    assert round(out.data, 4) == 0.1024
    assert [w.grad for w in neuron.w] == [1.0, -2.0]
    assert neuron.b.grad == 1.0


def test_the_module_random_is_the_default_source():
    random.seed(1337)
    drawn = [parameter.data for parameter in MLP(3, [4, 4, 1]).parameters()]
    source = random.Random(1337)
    assert drawn == [source.uniform(-1, 1) for _ in range(41)]
    assert drawn == [parameter.data for parameter in MLP(3, [4, 4, 1], seed=1337).parameters()]
    assert drawn[0] == 0.23550571390294128


def test_a_generator_is_a_source():
    source = random.Random(5)
    first, second = Layer(2, 2, seed=source), Layer(2, 2, seed=source)
    assert [p.data for p in first.parameters()] == [p.data for p in Layer(2, 2, seed=5).parameters()]
    assert first.neurons[0].w[0].data != second.neurons[0].w[0].data


def test_a_neuron_adds_from_its_bias():
    neuron = Neuron(2, "linear", seed=1)
    x = [Value(3.0), Value(4.0)]
    out = neuron(x)
    inner = out.operands[0]
    assert (out.op, inner.op) == ("add", "add")
    assert inner.operands[0] is neuron.b
    assert inner.operands[1].operands == (neuron.w[0], x[0])
    assert out.operands[1].operands == (neuron.w[1], x[1])


@pytest.mark.parametrize(
    ("activation", "function"),
    [
        ("tanh", math.tanh),
        ("relu", lambda x: max(x, 0.0)),
        ("sigmoid", lambda x: 1 / (1 + math.exp(-x))),
        ("linear", lambda x: x),
    ],
)
def test_activations(activation, function):
    neuron = Neuron(1, activation, seed=2)
    for x in (-2.0, 0.5, 3.0):
        wanted = function(neuron.b.data + neuron.w[0].data * x)
        assert neuron([x]).data == pytest.approx(wanted, rel=1e-15)


def test_hidden_and_output_activation():
    model = MLP(2, [3, 1], "relu", "linear")
    assert [layer.neurons[0].activation for layer in model.layers] == ["relu", "linear"]
    assert [layer.neurons[0].activation for layer in MLP(2, [3, 1], "relu").layers] == ["relu", "relu"]
    assert repr(model.layers[1]) == "Layer of [Neuron(3, linear)]"
    with pytest.raises(ValueError, match="activation is one of"):
        Neuron(1, "swish")


def test_one_neuron_gives_a_value_and_several_a_list():
    assert isinstance(MLP(2, [3, 1], seed=0)([1.0, 2.0]), Value)
    outs = MLP(2, [3, 2], seed=0)([1.0, 2.0])
    assert isinstance(outs, list)
    assert len(outs) == 2
    assert isinstance(Layer(2, 1, seed=0)([1.0, 2.0]), Value)
    with pytest.raises(ValueError, match="2 inputs got 1"):
        Neuron(2, seed=0)([1.0])


XS = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]
YS = [1.0, -1.0, -1.0, 1.0]


def train(rate, steps, forget):
    """The lecture's loop, cell by cell; `forget` leaves zero_grad out."""
    model = MLP(3, [4, 4, 1], seed=1337)
    losses = []
    for _ in range(steps):
        loss = sum((out - y) ** 2 for y, out in zip(YS, [model(x) for x in XS], strict=True))
        if not forget:
            model.zero_grad()
        loss.backward()
        for parameter in model.parameters():
            parameter.data += -rate * parameter.grad
        losses.append(loss.data)
    return losses


@pytest.mark.parametrize(
    ("rate", "last"), [(0.01, "2.545339"), (0.05, "0.059642"), (0.1, "0.017782"), (1.0, "0.000141")]
)
def test_table_d_with_grads_zeroed(rate, last):
    losses = train(rate, 20, forget=False)
    assert losses[0] == 6.005402783252284
    assert f"{losses[19]:.6f}" == last


def test_table_d_the_large_steps():
    losses = train(0.3, 20, forget=False)
    assert f"{losses[5]:.2f}" == "7.78"
    assert losses[19] == pytest.approx(2e-6, rel=0.25)
    assert f"{max(train(1.0, 20, forget=False)[1:]):.2f}" == "7.92"


def test_table_d_with_the_forgotten_zero_grad():
    assert f"{train(0.01, 20, forget=True)[19]:.2e}" == "1.28e-04"
    losses = train(0.05, 20, forget=True)
    assert f"{losses[10]:.6f}" == "0.000904"
    assert f"{losses[19]:.3f}" == "3.975"
    for rate in (0.3, 1.0):
        assert train(rate, 20, forget=True)[19] == pytest.approx(8.0, rel=1e-9)


# --- losses


def term(name, outputs, targets):
    return LOSSES[name].term(
        [Value(number) for number in outputs], (Value(number, role="data") for number in targets)
    )


def softmax(logits):
    top = max(logits)
    powers = [math.exp(logit - top) for logit in logits]
    return [power / sum(powers) for power in powers]


def test_squared_and_hinge():
    assert term("squared_error", [1.0, 3.0], [0.0, 5.0]).data == 5.0
    assert term("mean_squared_error", [1.0, 3.0], [0.0, 5.0]).data == 5.0
    assert term("hinge", [0.25], [1.0]).data == 0.75
    assert term("hinge", [0.25], [-1.0]).data == 1.25
    assert term("hinge", [2.0], [1.0]).data == 0.0


@pytest.mark.parametrize("logit", [-800.0, -3.0, 0.0, 0.5, 25.0, 800.0])
@pytest.mark.parametrize("target", [0.0, 0.3, 1.0])
def test_binary_cross_entropy(logit, target):
    outputs = [Value(logit)]
    loss = LOSSES["binary_cross_entropy"].term(outputs, iter([Value(target, role="data")]))
    loss.backward()
    probability = 0.0 if logit < -700 else 1 / (1 + math.exp(-logit))
    assert outputs[0].grad == pytest.approx(probability - target, rel=1e-12, abs=1e-15)
    if abs(logit) < 10:
        wanted = -target * math.log(probability) - (1 - target) * math.log(1 - probability)
        assert loss.data == pytest.approx(wanted, rel=1e-13)
    else:
        assert loss.data == pytest.approx(
            max(logit, 0) - logit * target + math.exp(-abs(logit)), rel=1e-12, abs=1e-9
        )
    if logit == 25.0 and target == 1.0:
        assert loss.data == pytest.approx(math.exp(-25.0), rel=1e-3)


@pytest.mark.parametrize(
    "build",
    [
        lambda: MLP(-3, [1]),
        lambda: MLP(0, [1]),
        lambda: MLP(3, [4, 0]),
        lambda: MLP(3, []),
        lambda: MLP(3, 1),  # type: ignore[arg-type] - the mistake
        lambda: Layer(3, 0),
        lambda: Neuron(0),
    ],
)
def test_a_network_of_nothing_is_refused(build):
    with pytest.raises(ValueError, match=r"at least 1|nouts is a list"):
        build()


@pytest.mark.parametrize("logits", [[0.0, 3.0, -2.0, 1.0], [1000.0, 999.0], [-1000.0, 1000.0, 0.0]])
@pytest.mark.parametrize("label", [0, 1])
def test_softmax_cross_entropy(logits, label):
    outputs = [Value(logit) for logit in logits]
    targets = (Value(float(slot == label), role="data") for slot in range(len(logits)))
    loss = LOSSES["softmax_cross_entropy"].term(outputs, targets)
    loss.backward()
    top = max(logits)
    wanted = top + math.log(sum(math.exp(logit - top) for logit in logits)) - logits[label]
    assert loss.data == pytest.approx(wanted, rel=1e-13, abs=1e-13)
    grads = [probability - (slot == label) for slot, probability in enumerate(softmax(logits))]
    assert [output.grad for output in outputs] == pytest.approx(grads, rel=1e-12, abs=1e-15)


def test_the_penalty_is_the_sum_of_squares():
    assert penalty([Value(1.0), Value(-2.0), Value(3.0)]).data == 14.0
    values = [Value(number) for number in (1.0, 2.0, 3.0)]
    assert total(values).operands[0].operands == (values[0], values[1])
