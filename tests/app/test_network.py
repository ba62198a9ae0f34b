"""POST /api/v1/graph with a network: the contract's order, names, groups, and grads against central differences."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from app.openapi import NETWORK

Post = Callable[..., dict[str, Any]]

PASTED = """\
n = MLP(3, [4, 4, 1])
xs = [[2, 3, -1], [3, -1, 0.5], [0.5, 1, 1], [1, 1, -1]]
ys = [1, -1, -1, 1]
ypred = [n(x) for x in xs]
loss = sum((yout - ygt)**2 for ygt, yout in zip(ys, ypred))"""


def parameters(graph: dict[str, Any]) -> list[dict[str, Any]]:
    return [node for node in graph["nodes"] if node["role"] == "parameter"]


def test_the_contracts_network_has_41_parameters_drawn_as_the_lecture_draws_them(graph: Post) -> None:
    answer = graph(**NETWORK)
    source = random.Random(1337)
    assert [node["data"] for node in parameters(answer)] == [source.uniform(-1, 1) for _ in range(41)]
    assert answer["nodes"][answer["output"]]["data"] == pytest.approx(6.005402783252284, rel=1e-12)


def test_its_grads_agree_with_central_differences(graph: Post) -> None:
    answer = graph(**NETWORK)
    drawn = [node["data"] for node in parameters(answer)]
    h = 1e-6

    def loss(at: int, change: float) -> float:
        moved = [value + change * (slot == at) for slot, value in enumerate(drawn)]
        columns = graph(**NETWORK, parameters=moved, shape="columns")
        return columns["nodes"]["data"][columns["output"]]

    for at, node in enumerate(parameters(answer)):
        central = (loss(at, h) - loss(at, -h)) / (2 * h)
        assert node["grad"] == pytest.approx(central, abs=1e-6), node["name"]


def test_it_is_node_for_node_the_pasted_program(graph: Post) -> None:
    network, program = graph(**NETWORK), graph(PASTED)
    for key in ("op", "operands", "role"):
        assert [node[key] for node in network["nodes"]] == [node[key] for node in program["nodes"]]
    for ours, theirs in zip(network["nodes"], program["nodes"], strict=True):
        assert ours["data"] == pytest.approx(theirs["data"], rel=1e-12)
        assert (ours["grad"] is None) == (theirs["grad"] is None)
        if ours["grad"] is not None:
            assert ours["grad"] == pytest.approx(theirs["grad"], rel=1e-12)
    assert network["output"] == program["output"]


def test_names_and_groups(graph: Post) -> None:
    answer = graph(**NETWORK)
    first = parameters(answer)[:5]
    assert [node["name"] for node in first] == ["w[0]", "w[1]", "w[2]", "b", "w[0]"]
    assert [node["group"] for node in first] == ["layer1.neuron1"] * 4 + ["layer1.neuron2"]
    groups = {group["id"]: group for group in answer["groups"]}
    assert {node["group"] for node in answer["nodes"]} - {None} <= set(groups)
    assert {group["parent"] for group in answer["groups"]} - {None} <= set(groups)
    assert groups["layer1.neuron3"] == {
        "id": "layer1.neuron3", "kind": "neuron", "label": "neuron 3", "parent": "layer1",
    }  # fmt: skip
    assert "example2.layer1.neuron3" in groups
    assert answer["nodes"][answer["output"]]["group"].startswith("loss")
    assert {node["span"] is None for node in answer["nodes"]} == {True}


def test_without_targets_one_example_gives_its_prediction(graph: Post) -> None:
    answer = graph(network={"nin": 2, "nouts": [1]}, inputs=[[1, -2]], parameters=[0.5, 0.25, 1])
    assert answer["nodes"][answer["output"]]["data"] == pytest.approx(0.7615941559557649)
    assert not any(group["id"].startswith("example") for group in answer["groups"])


@pytest.mark.parametrize(
    ("nouts", "targets", "loss"),
    [
        ([3, 1], [1, -1], "squared_error"),
        ([3, 2], [[1, 0], [-1, 1]], "mean_squared_error"),
        ([3, 1], [1, -1], "hinge"),
        ([3, 1], [1, 0], "binary_cross_entropy"),
        ([3, 3], [2, 0], "softmax_cross_entropy"),
    ],
)
def test_every_loss_answers_with_grads(graph: Post, nouts: list[int], targets: list[Any], loss: str) -> None:
    shape = {"nin": 2, "nouts": nouts, "output_activation": "linear"}
    answer = graph(network=shape, inputs=[[1, 2], [-1, 0.5]], targets=targets, loss=loss, alpha=0.01)
    assert all(isinstance(node["grad"], float) for node in parameters(answer))
    assert any(node["grad"] for node in parameters(answer))


@pytest.mark.parametrize(("encoding", "most"), [("br", 1_000_000), ("gzip", 1_200_000)])
def test_a_large_graph_travels_as_columns_and_compressed(
    ask: Callable[..., Any], encoding: str, most: int
) -> None:
    """The moons network over 100 examples: 65,814 nodes in columns, the same after the way as before."""
    moons = ask("GET", "/api/v1/datasets/moons?loss=hinge").json()
    network = {"nin": 2, "nouts": [16, 16, 1], "activation": "relu", "output_activation": "linear"}
    body = {
        "network": network,
        "loss": "hinge",
        "alpha": 1e-4,
        **{key: moons[key] for key in ("inputs", "targets")},
    }
    plain = ask("POST", "/api/v1/graph?shape=columns", json=body, headers={"accept-encoding": "identity"})
    packed = ask("POST", "/api/v1/graph?shape=columns", json=body, headers={"accept-encoding": encoding})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == encoding
    assert int(packed.headers["content-length"]) < most < 0.15 * len(plain.content)
    assert packed.content == plain.content
    nodes = packed.json()["nodes"]
    assert {len(column) for column in nodes.values()} == {65_814}
