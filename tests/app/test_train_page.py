"""Training in the browser against training on the server: the graph that the API answers, trained by both.

`static/src/train/` runs in node over the columns of `POST /api/v1/graph`; the engine trains the same network. Losses,
accuracies, gradients, weights and the rows of every batch are compared, and the node ids that both work with.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.answers import graph_answer
from engine.datasets import dataset
from engine.losses import LOSSES
from engine.network import NetworkSpec, build_network
from engine.training import Recipe, train

ROOT = Path(__file__).resolve().parent.parent.parent
REL = 1e-6
MOONS = NetworkSpec(2, [16, 16, 1], "relu", "linear")

Case = dict[str, Any]


def case(spec: NetworkSpec, data: str, loss: str, recipe: Case, alpha: float = 0.0) -> Case:
    rows = dataset(data)
    inputs, targets = rows.inputs, rows.targets(LOSSES[loss])
    size = recipe.get("batch") or len(inputs)
    network = build_network(spec, inputs[:size], targets[:size], loss, None, alpha)
    fields = ("nin", "nouts", "activation", "output_activation", "seed")
    return {
        "graph": json.loads(graph_answer(network.tape, columns=True)),
        "definition": {name: getattr(spec, name) for name in fields} | {"loss": loss, "alpha": alpha},
        "rows": {"inputs": inputs, "targets": targets},
        "recipe": recipe,
        "network": network,
        "spec": spec,
    }


def played(cases: list[Case]) -> list[Case]:
    node = shutil.which("node")
    assert node, "node is missing: start the tests with `python3 run test`, which brings one"
    sent = ("graph", "definition", "rows", "recipe")
    lines = "\n".join(json.dumps({name: each[name] for name in sent}) for each in cases)
    script = ROOT / "tests" / "js" / "train" / "play.js"
    done = subprocess.run(
        [node, script], input=lines, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


CASES = {
    "lecture": lambda: case(NetworkSpec(3, [4, 4, 1]), "lecture", "squared_error", {"steps": 20}),
    "moons": lambda: case(
        MOONS, "moons", "hinge", {"steps": 100, "rate": 1.0, "schedule": "linear"}, alpha=1e-4
    ),
    "momentum in batches": lambda: case(
        NetworkSpec(2, [8, 1], "tanh", "linear"),
        "circles",
        "hinge",
        {"steps": 60, "rate": 0.05, "optimizer": "momentum", "batch": 30, "seed": 2**40 + 7},
    ),
    "one by one with Adam": lambda: case(
        NetworkSpec(2, [6, 2]),
        "spirals",
        "softmax_cross_entropy",
        {"steps": 120, "rate": 0.01, "optimizer": "adam", "batch": 1, "seed": 0},
    ),
    "a line": lambda: case(
        NetworkSpec(1, [5, 1], "tanh", "linear"), "line", "mean_squared_error", {"steps": 30}
    ),
    "probabilities": lambda: case(
        NetworkSpec(2, [4, 1], "sigmoid", "linear"),
        "xor",
        "binary_cross_entropy",
        {"steps": 50, "rate": 1.0, "optimizer": "adam", "settings": {"beta1": 0.8}},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_run_in_the_browser_is_the_run_on_the_server(name: str) -> None:
    asked = CASES[name]()
    (ours,) = played([asked])
    rows, definition = asked["rows"], asked["definition"]
    steps = list(
        train(
            asked["spec"],
            rows["inputs"],
            rows["targets"],
            Recipe(**asked["recipe"]),
            definition["loss"],
            None,
            definition["alpha"],
        )
    )
    assert len(ours["loss"]) == len(steps) == asked["recipe"]["steps"]
    assert ours["examples"] == [step.examples for step in steps]
    assert ours["accuracy"] == ["NaN" if step.accuracy is None else step.accuracy for step in steps]
    np.testing.assert_allclose(ours["loss"], [step.loss for step in steps], rtol=REL, atol=1e-12)
    np.testing.assert_allclose(ours["rate"], [step.rate for step in steps], rtol=1e-15)
    for step, data, grad in zip(steps, ours["data"], ours["grad"], strict=True):
        np.testing.assert_allclose(data, step.data, rtol=REL, atol=1e-12)
        np.testing.assert_allclose(grad, step.grad, rtol=REL, atol=1e-9)
    np.testing.assert_allclose(ours["after"], steps[-1].after, rtol=REL, atol=1e-12)
    network = asked["network"]
    for field in ("inputs", "outputs", "targets"):
        assert ours[field] == [node for row in getattr(network, field) for node in row], field


# The lecture's network, 20 steps, seed 1337: rate -> step -> (loss, relative tolerance of its printed digits).
TABLE = {
    (0.01, True): {0: (6.005402783252284, 1e-12), 19: (2.545339, 2e-7)},
    (0.05, True): {19: (0.059642, 1e-5)},
    (0.1, True): {19: (0.017782, 3e-5)},
    (0.3, True): {5: (7.78, 1e-3), 19: (2e-6, 0.25)},
    (1.0, True): {19: (1.41e-4, 4e-3)},
    (0.01, False): {0: (6.005402783252284, 1e-12), 19: (1.28e-4, 4e-3)},
    (0.05, False): {10: (0.000904, 6e-4), 19: (3.975, 2e-4)},
    (0.3, False): {19: (8.0, 1e-6)},
    (1.0, False): {19: (8.0, 1e-6)},
}


def test_the_lectures_runs_zeroed_and_not() -> None:
    spec = NetworkSpec(3, [4, 4, 1])
    cases = [
        case(spec, "lecture", "squared_error", {"steps": 20, "rate": rate, "zero_grad": zero})
        for rate, zero in TABLE
    ]
    for (asked, wanted), ours in zip(TABLE.items(), played(cases), strict=True):
        for step, (loss, rel) in wanted.items():
            assert ours["loss"][step] == pytest.approx(loss, rel=rel), (asked, step)
    rising = played([case(spec, "lecture", "squared_error", {"steps": 20, "rate": 1.0})])[0]["loss"]
    assert max(rising) == pytest.approx(7.92, rel=1e-3)
