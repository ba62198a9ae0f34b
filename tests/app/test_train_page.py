"""Training in the browser against training on the server: the graph that the API answers, trained by both.

`static/src/train/` runs in node over the columns of `POST /api/v1/graph`; the engine trains the same network. Losses,
accuracies, gradients, weights and the rows of every batch are compared, and the node ids that both work with.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.answers import graph_answer
from engine.datasets import dataset
from engine.initialisation import INITIALISATIONS
from engine.losses import LOSSES
from engine.network import NetworkError, NetworkSpec, build_network
from engine.nn import ACTIVATIONS
from engine.optim import OPTIMIZERS, SCHEDULES, Updater
from engine.training import Recipe, check_recipe, train

ROOT = Path(__file__).resolve().parent.parent.parent
REL = 1e-6
MOONS = NetworkSpec(2, [16, 16, 1], "relu", "linear")

Case = dict[str, Any]


def case(spec: NetworkSpec, data: str, loss: str, recipe: Case, alpha: float = 0.0) -> Case:
    rows = dataset(data)
    inputs, targets = rows.inputs, rows.targets(LOSSES[loss])
    size = recipe.get("batch") or len(inputs)
    network = build_network(spec, inputs[:size], targets[:size], loss, None, alpha)
    fields = ("nin", "nouts", "activation", "output_activation", "initialisation", "seed")
    return {
        "graph": json.loads(graph_answer(network.tape, columns=True)),
        "definition": {name: getattr(spec, name) for name in fields} | {"loss": loss, "alpha": alpha},
        "rows": {"inputs": inputs, "targets": targets},
        "recipe": recipe,
        "network": network,
        "spec": spec,
    }


def run_node(script: str, text: str) -> str:
    node = shutil.which("node")
    assert node, "node is missing: start the tests with `python3 run test`, which brings one"
    path = ROOT / "tests" / "js" / "train" / script
    done = subprocess.run([node, path], input=text, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


def played(cases: list[Case]) -> list[Case]:
    sent = ("graph", "definition", "rows", "recipe")
    lines = "\n".join(json.dumps({name: each[name] for name in sent}) for each in cases)
    return [json.loads(line) for line in run_node("play.js", lines).splitlines()]


def answered(kind: str, questions: list[Case]) -> list[Any]:
    return json.loads(run_node("asked.js", json.dumps([{"kind": kind, **each} for each in questions])))


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


def test_the_moons_lose_what_the_repositorys_demo_printed() -> None:
    """micrograd's demo on two moons, as it is printed in its notebook: weights drawn from seed 1337, biases 0."""
    spec = NetworkSpec(2, [16, 16, 1], "relu", "linear", 1337, "micrograd")
    recipe = {"steps": 100, "rate": 1.0, "schedule": "linear"}
    ours = played([case(spec, "moons", "hinge", recipe, alpha=1e-4)])[0]
    printed = {
        0: (0.8958441028683222, 0.5),
        1: (1.7235905336972022, 0.81),
        2: (0.7429006313851131, 0.77),
        24: (0.1261571261277045, 0.95),
        99: (0.010978370135492717, 1.0),
    }
    for step, (loss, accuracy) in printed.items():
        assert ours["loss"][step] == pytest.approx(loss, rel=1e-9), step
        assert ours["accuracy"][step] == accuracy


def test_a_run_diverges_at_the_same_number() -> None:
    linear = NetworkSpec(3, [4, 4, 1], "linear")
    recipes: list[Case] = [
        {"steps": 200, "rate": 0.5},
        {"steps": 200, "rate": 3.0, "optimizer": "momentum"},
        {"steps": 200, "rate": 1e300},
    ]
    cases = [case(linear, "lecture", "squared_error", recipe) for recipe in recipes]
    for asked, ours in zip(cases, played(cases), strict=True):
        rows = asked["rows"]
        steps = list(train(linear, rows["inputs"], rows["targets"], Recipe(**asked["recipe"])))
        theirs = steps[-1].diverged
        assert theirs is not None
        assert len(ours["loss"]) == len(steps)
        found = ours["diverged"]
        assert (found["step"], found["phase"], found["node"]) == (len(steps) - 1, theirs.phase, theirs.node)
        np.testing.assert_equal(float(found["value"]), theirs.value)


def refusal(work: Any) -> tuple[str, str, str, list[Any]] | None:
    try:
        work()
    except NetworkError as error:
        return error.code, error.message, error.hint, list(error.where)
    return None


def told(problem: Case | None) -> tuple[str, str, str, list[Any]] | None:
    return problem and (problem["code"], problem["message"], problem["hint"], problem["where"])


DEFINITIONS: list[Case] = [
    {},
    {"nin": 0},
    {"nin": -3},
    {"nin": 2.5},
    {"nin": None},
    {"nouts": []},
    {"nouts": 4},
    {"nouts": [4, 0, 1]},
    {"nouts": [4, -1]},
    {"nouts": [4, 1.5]},
    {"nouts": [4, "4"]},
    {"nouts": [1_000_000]},
    {"nouts": [1] * 6000},
    {"nouts": [60, 60, 60, 1]},
    {"nouts": [4000]},
    {"activation": "swish"},
    {"activation": None},
    {"output_activation": "swish"},
    {"output_activation": "relu"},
    {"initialisation": "magic"},
    *({"initialisation": name} for name in INITIALISATIONS),
    *({"activation": name, "output_activation": name} for name in ACTIVATIONS),
    {"seed": -1},
    {"seed": 1.5},
    {"seed": 2**53},
    {"loss": "huber"},
    {"loss": "softmax_cross_entropy"},
    {"loss": "softmax_cross_entropy", "nouts": [4, 2]},
    {"activation": "swish", "seed": -1, "initialisation": "magic"},
]


def test_definitions_are_refused_in_the_servers_words() -> None:
    usual = {"nin": 3, "nouts": [4, 4, 1], "activation": "tanh", "output_activation": None, "seed": 1337}
    usual |= {"initialisation": "uniform"}
    questions = []
    refusals = []
    for changes in DEFINITIONS:
        network = usual | {name: changes[name] for name in changes if name in usual}
        loss = changes.get("loss", "squared_error")
        questions.append({"definition": network | {"loss": loss, "alpha": 0}})
        width = network["nouts"][-1] if isinstance(network["nouts"], list) and network["nouts"] else 1
        target: Any = 0 if loss == "softmax_cross_entropy" or width == 1 else [0] * int(width)
        spec = NetworkSpec(**network)
        refusals.append(
            refusal(
                lambda spec=spec, target=target, loss=loss: build_network(
                    spec, [[0.0] * 3] * 4, [target] * 4, loss
                )
            )
            if network["nin"] == 3
            else refusal(lambda spec=spec: build_network(spec, [[0.0] * 3], [0.0]))
        )
    assert sum(found is None for found in refusals) > 10
    assert sum(found is not None for found in refusals) > 20
    for changes, ours, theirs in zip(DEFINITIONS, answered("definition", questions), refusals, strict=True):
        assert told(ours) == theirs, changes


def test_settings_are_refused_in_the_servers_words() -> None:
    cases = [
        ({"optimizer": "momentum"}, "momentum"),
        ({"optimizer": "adam"}, "beta1"),
        ({"optimizer": "adam"}, "beta2"),
        ({"schedule": "linear"}, "decay"),
    ]
    asked = [(how, name, number) for how, name in cases for number in (-1, 0, 0.5, 0.9999, 1, 2)]
    theirs = [
        refusal(
            lambda how=how, name=name, number=number: check_recipe(Recipe(**how, settings={name: number}), 4)
        )
        for how, name, number in asked
    ]
    ours = answered("setting", [{"name": name, "number": number} for _, name, number in asked])
    assert [told(each) for each in ours] == theirs
    assert sum(each is None for each in theirs) == 2 * 5 + 2 * 3


def test_batches_are_dealt_as_python_deals_them() -> None:
    source = random.Random(4)
    questions = [
        {"count": count, "size": source.randint(1, count), "seed": seed, "steps": 60}
        for count in (1, 2, 3, 5, 8, 21, 22, 100, 257)
        for seed in (0, 1, 1337, 2**31, 2**32 - 1, 2**32, 2**53 - 1)
    ]
    for asked, ours in zip(questions, answered("batches", questions), strict=True):
        count, size = asked["count"], asked["size"]
        python, deck, dealt = random.Random(asked["seed"]), [], []
        for _ in range(asked["steps"]):
            if len(deck) < size:
                deck = python.sample(range(count), count)
            dealt.append(list(range(count)) if size == count else deck[:size])
            deck = deck[size:]
        assert ours["dealt"] == dealt, asked
        assert ours["again"] == dealt, "the steps again, the last one first"


def test_optimizers_and_schedules_move_random_numbers_alike() -> None:
    source = np.random.default_rng(5)
    questions = []
    for name, row in OPTIMIZERS.items():
        for settings in ({}, {key: value * 0.7 for key, value in row.settings.items()}):
            grads = source.normal(size=(40, 30)) * 10.0 ** source.uniform(-8, 4, size=(40, 30))
            questions.append(
                {
                    "name": name,
                    "settings": settings,
                    "start": source.normal(size=30).tolist(),
                    "grads": grads.tolist(),
                    "rates": source.uniform(0.001, 1, size=40).tolist(),
                }
            )
    for asked, ours in zip(questions, answered("optimizer", questions), strict=True):
        updater = Updater(OPTIMIZERS[asked["name"]], **asked["settings"])
        data = np.array(asked["start"])
        for grad, rate, there in zip(asked["grads"], asked["rates"], ours, strict=True):
            data = updater.update(data, np.array(grad), rate)
            np.testing.assert_allclose(there, data, rtol=1e-12, atol=1e-12)
    asked_rates = [
        {"name": name, "rate": 0.3, "steps": 50, "settings": settings}
        for name, row in SCHEDULES.items()
        for settings in ({}, dict.fromkeys(row.settings, 0.5))
    ]
    for asked, ours in zip(asked_rates, answered("schedule", asked_rates), strict=True):
        schedule = SCHEDULES[asked["name"]]
        theirs = [schedule.rate(0.3, step, 50, **asked["settings"]) for step in range(50)]
        np.testing.assert_allclose(ours, theirs, rtol=1e-15)
