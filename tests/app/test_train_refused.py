"""What POST /api/v1/train and the data sets refuse: each with its code, its place, and before any work is done."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.codes import TRAINING
from app.main import create_app
from app.openapi import NETWORK
from app.schema import ProblemDocument
from app.settings import Settings

Ask = Callable[..., httpx.Response]
Check = Callable[..., ProblemDocument]
Within = Callable[[float], AbstractContextManager[None]]
TRAIN = "/api/v1/train"


def body(**change: Any) -> dict[str, Any]:
    """The lecture's request with other fields; `nouts`, `rate` … go where they belong, `...` takes a field away."""
    network, recipe = dict(NETWORK["network"]), {}
    top = {key: value for key, value in NETWORK.items() if key != "network"}
    for name, value in change.items():
        place = (
            network
            if name in ("nin", "nouts", "activation", "output_activation", "initialisation", "net_seed")
            else recipe
            if name in ("steps", "rate", "optimizer", "schedule", "batch", "seed", "settings", "zero_grad")
            else top
        )
        place[name.removeprefix("net_")] = value
    asked = {"network": network, "recipe": recipe, **top}
    return {name: value for name, value in asked.items() if value is not ...}


MOONS = {"inputs": ..., "targets": ..., "dataset": {"name": "moons"}, "nin": 2, "nouts": [4, 1]}

REFUSED: list[tuple[dict[str, Any], str, list[str | int] | None]] = [
    # the network
    ({"nouts": []}, "bad_size", ["network", "nouts"]),
    ({"nouts": [4, 0, 1]}, "bad_size", ["network", "nouts", 1]),
    ({"nouts": [-4, 1]}, "bad_size", ["network", "nouts", 0]),
    ({"nouts": [1.5, 1]}, "wrong_type", ["network", "nouts", 0]),
    ({"nouts": [True, 1]}, "wrong_type", ["network", "nouts", 0]),
    ({"nouts": "4,4,1"}, "wrong_type", ["network", "nouts"]),
    ({"nouts": [[4], [1]]}, "wrong_type", ["network", "nouts", 0]),
    ({"nouts": [1_000_000, 1]}, "too_many_parameters", ["network", "nouts"]),
    ({"nouts": [1] * 100_000}, "too_many_parameters", ["network", "nouts"]),
    ({"nin": 0}, "bad_size", ["network", "nin"]),
    ({"nin": -3}, "bad_size", ["network", "nin"]),
    ({"activation": "swish"}, "unknown_activation", ["network", "activation"]),
    ({"activation": "tanh\x00"}, "unknown_activation", ["network", "activation"]),
    ({"activation": ["tanh"]}, "wrong_type", ["network", "activation"]),
    ({"output_activation": ""}, "unknown_activation", ["network", "output_activation"]),
    ({"initialisation": "glorot"}, "unknown_initialisation", ["network", "initialisation"]),
    ({"initialisation": None}, "wrong_type", ["network", "initialisation"]),
    ({"net_seed": -1}, "bad_seed", ["network", "seed"]),
    ({"net_seed": 2**53}, "bad_seed", ["network", "seed"]),
    # the rows
    ({"inputs": []}, "no_examples", ["inputs"]),
    ({"inputs": [[]] * 4}, "wrong_width", ["inputs", 0]),
    ({"inputs": [[2, 3, -1], [3, -1], [0.5, 1, 1], [1, 1, -1]]}, "wrong_width", ["inputs", 1]),
    ({"inputs": [[2, 3, -1], [3, -1, 0.5], [0.5, 1, 1, 9], [1, 1, -1]]}, "wrong_width", ["inputs", 2]),
    ({"inputs": [[2, 3, -1], [3, "x", 0.5], [0.5, 1, 1], [1, 1, -1]]}, "wrong_type", ["inputs", 1, 1]),
    ({"inputs": [[2, 3, -1], [3, None, 0.5], [0.5, 1, 1], [1, 1, -1]]}, "wrong_type", ["inputs", 1, 1]),
    ({"inputs": [[2, 3, -1], [3, "NaN", 0.5], [0.5, 1, 1], [1, 1, -1]]}, "not_finite", ["inputs", 1, 1]),
    ({"inputs": "2,3,-1"}, "wrong_type", ["inputs"]),
    ({"inputs": [2, 3, -1]}, "wrong_type", ["inputs", 0]),
    ({"targets": [1, -1, -1]}, "wrong_width", ["targets"]),
    ({"targets": [1, -1, -1, "Infinity"]}, "not_finite", ["targets", 3]),
    ({"targets": [1, -1, [1, 2], 1]}, "wrong_width", ["targets", 2]),
    ({"targets": [1, -1, "a", 1]}, "wrong_type", ["targets", 2]),
    ({"targets": [1, 2, 3]}, "wrong_width", ["targets"]),
    ({"nouts": [4, 2], "targets": [[1, 0], [1], [0, 1], [0, 1]]}, "wrong_width", ["targets", 1]),
    ({"parameters": [0.1] * 40}, "wrong_width", ["parameters"]),
    ({"parameters": [0.1] * 40 + ["NaN"]}, "not_finite", ["parameters", 40]),
    ({"inputs": ...}, "missing_field", ["inputs"]),
    ({"targets": ...}, "missing_field", ["targets"]),
    # the loss
    ({"loss": "huber"}, "unknown_loss", ["loss"]),
    ({"loss": "softmax_cross_entropy"}, "loss_mismatch", ["loss"]),
    ({"loss": "hinge", "targets": [1, 0, -1, 1]}, "bad_target", ["targets", 1]),
    ({"loss": "binary_cross_entropy"}, "bad_target", ["targets", 1]),
    ({"alpha": "NaN"}, "not_finite", ["alpha"]),
    # the recipe
    ({"rate": 0}, "bad_rate", ["recipe", "rate"]),
    ({"rate": -1}, "bad_rate", ["recipe", "rate"]),
    ({"rate": "Infinity"}, "bad_rate", ["recipe", "rate"]),
    ({"rate": "NaN"}, "bad_rate", ["recipe", "rate"]),
    ({"rate": None}, "wrong_type", ["recipe", "rate"]),
    ({"steps": 0}, "bad_steps", ["recipe", "steps"]),
    ({"steps": 1.5}, "wrong_type", ["recipe", "steps"]),
    ({"steps": "10"}, "wrong_type", ["recipe", "steps"]),
    ({"steps": 10**12}, "too_much_training", ["recipe", "steps"]),
    ({**MOONS, "nouts": [16, 16, 1], "steps": 10_000}, "too_much_training", ["recipe", "steps"]),
    ({"optimizer": "lion"}, "unknown_optimizer", ["recipe", "optimizer"]),
    ({"schedule": "cosine"}, "unknown_schedule", ["recipe", "schedule"]),
    ({"settings": {"momentum": 0.9}}, "unknown_setting", ["recipe", "settings"]),
    ({"optimizer": "momentum", "settings": {"momentum": -1}}, "bad_setting", ["recipe", "settings", "momentum"]),
    ({"batch": 0}, "bad_batch", ["recipe", "batch"]),
    ({"batch": 5}, "bad_batch", ["recipe", "batch"]),
    ({"seed": -1}, "bad_seed", ["recipe", "seed"]),
    ({"zero_grad": 0}, "wrong_type", ["recipe", "zero_grad"]),
    # the data set
    ({**MOONS, "dataset": {"name": "file:///etc/passwd"}}, "unknown_dataset", ["dataset", "name"]),
    ({**MOONS, "dataset": "moons"}, "wrong_type", ["dataset"]),
    ({**MOONS, "dataset": {"name": "moons", "count": 1}}, "bad_count", ["dataset", "count"]),
    ({**MOONS, "dataset": {"name": "moons", "count": 10**9}}, "bad_count", ["dataset", "count"]),
    ({**MOONS, "dataset": {"name": "moons", "noise": -1}}, "bad_noise", ["dataset", "noise"]),
    ({**MOONS, "dataset": {"name": "moons", "noise": "NaN"}}, "bad_noise", ["dataset", "noise"]),
    ({**MOONS, "dataset": {"name": "moons", "seed": 2**32}}, "bad_seed", ["dataset", "seed"]),
    ({**MOONS, "nin": 3}, "wrong_width", ["network", "nin"]),
    ({**MOONS, "nouts": [4, 2]}, "loss_mismatch", ["network", "nouts"]),
    ({**MOONS, "nin": 1, "dataset": {"name": "line"}, "loss": "hinge"}, "loss_mismatch", ["loss"]),
    ({"dataset": {"name": "moons"}}, "invalid_value", ["dataset"]),
    # the rest
    ({"every": 0}, "invalid_value", ["every"]),
    ({"include": ["weights"]}, "invalid_value", ["include", 0]),
    ({"callback": "http://169.254.169.254/"}, "unknown_field", ["callback"]),
    ({"__proto__": {"polluted": 1}}, "unknown_field", ["__proto__"]),
    ({"include": ["parameters", "grads"], "steps": 20_000}, "answer_too_large", ["every"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "code", "where"), REFUSED, ids=lambda part: str(part)[:40])
def test_refused(
    ask: Ask, problem: Check, within: Within, change: dict[str, Any], code: str, where: list[str | int]
) -> None:
    with within(1):
        found = problem(ask("POST", TRAIN, json=body(**change)), code)
    assert found.where == where
    assert found.status == 422


def test_every_code_of_training_is_provoked_here() -> None:
    assert {code for _, code, _ in REFUSED} >= set(TRAINING)


def test_what_is_refused_as_an_answer_is_streamed(ask_of: Ask) -> None:
    big = body(include=["parameters", "grads"], steps=200)
    app = create_app(Settings(answer_numbers=1_000))
    assert ask_of(app, "POST", TRAIN, json=big).json()["code"] == "answer_too_large"
    assert ask_of(app, "POST", f"{TRAIN}?stream=true", json=big).text.count("event: step") == 200
    assert ask_of(app, "POST", TRAIN, json=big | {"every": 100}).status_code == 200


def test_the_message_names_row_and_column(ask: Ask, problem: Check) -> None:
    rows = [[1.0, 2.0, 3.0]] * 4
    ragged = problem(ask("POST", TRAIN, json=body(inputs=[*rows[:2], [1.0, 2.0], rows[3]])))
    assert ragged.detail == "inputs[2] has length 2; it must be 3."
    word = problem(ask("POST", TRAIN, json=body(inputs=[*rows[:3], [1.0, 2.0, "x"]])))
    assert "`inputs[3][2]`" in word.detail


def test_large_bodies(ask: Ask, problem: Check) -> None:
    """A mebibyte of training data is read; more is refused while it arrives."""
    rows = [[0.1, 0.2, 0.3]] * 100_000
    assert problem(ask("POST", TRAIN, json=body(inputs=rows, targets=[1] * 100_000))).code == "body_too_large"
    rows = [[0.125, 0.25, 0.5]] * 30_000
    found = problem(ask("POST", TRAIN, json=body(inputs=rows, targets=[1] * 30_000, nouts=[4, 1])))
    assert found.code == "too_many_nodes"
    answer = ask("POST", TRAIN, json=body(inputs=rows, targets=[1] * 30_000, batch=4, steps=2))
    assert answer.status_code == 200


def test_methods_and_addresses(ask: Ask, problem: Check) -> None:
    for method in ("GET", "PUT", "DELETE"):
        assert problem(ask(method, TRAIN)).code == "method_not_allowed"
    assert problem(ask("GET", f"{TRAIN}/7", headers={"accept": "text/event-stream"})).code == "not_found"
    assert problem(ask("POST", TRAIN, content=b"{}", headers={"content-type": "text/plain"})).status == 415
    for text in (b"", b"[]", b"null", b"7", b'"x"', b"{}", b'{"network": {}}', b'{"network": NaN}'):
        problem(ask("POST", TRAIN, content=text, headers={"content-type": "application/json"}))


def test_data_sets_are_listed_and_made_to_order(ask: Ask, problem: Check) -> None:
    rows = {row["name"]: row for row in ask("GET", "/api/v1/datasets").json()}
    assert rows["moons"] == {
        "name": "moons", "title": "two moons", "nin": 2, "classes": 2, "count": 100, "noise": 0.1, "fixed": False,
    }  # fmt: skip
    moons = ask("GET", "/api/v1/datasets/moons").json()
    # scikit-learn's make_moons(n_samples=100, noise=0.1, random_state=1337)
    assert moons["inputs"][0] == pytest.approx([1.1221146075409685, 0.08147717341718697], rel=1e-15)
    assert moons["targets"][:5] == [-1, -1, 1, -1, 1]
    few = ask("GET", "/api/v1/datasets/moons?count=7&noise=0&seed=3&loss=softmax_cross_entropy").json()
    assert (few["count"], few["noise"], few["seed"], len(few["inputs"])) == (7, 0, 3, 7)
    assert set(few["targets"]) == {0, 1}
    assert ask("GET", "/api/v1/datasets/line?loss=mean_squared_error").json()["classes"] == 0
    for query, code in (
        ("count=1", "bad_count"), ("count=1000000000", "bad_count"), ("noise=-1", "bad_noise"),
        ("noise=nan", "bad_noise"), ("seed=-1", "bad_seed"), ("loss=huber", "unknown_loss"), ("count=x", "wrong_type"),
    ):  # fmt: skip
        problem(ask("GET", f"/api/v1/datasets/moons?{query}"), code)
    for loss in ("hinge", "binary_cross_entropy", "softmax_cross_entropy"):
        problem(ask("GET", f"/api/v1/datasets/line?loss={loss}"), "loss_mismatch")
    assert "moons" in (problem(ask("GET", "/api/v1/datasets/digits"), "not_found").hint or "")


@pytest.mark.parametrize("name", ["lecture", "and", "xor", "moons", "circles", "spirals", "line"])
def test_a_data_set_trains_as_its_numbers_do(ask: Ask, name: str) -> None:
    usual = ask("GET", f"/api/v1/datasets/{name}?seed=5").json()
    network = {"nin": usual["nin"], "nouts": [3, 1]}
    recipe = {"steps": 3, "rate": 0.01, "batch": min(4, usual["count"])}
    by_name = {"network": network, "recipe": recipe, "dataset": {"name": name, "seed": 5}}
    by_rows = {"network": network, "recipe": recipe, "inputs": usual["inputs"], "targets": usual["targets"]}
    assert ask("POST", TRAIN, json=by_name).json() == ask("POST", TRAIN, json=by_rows).json()


THINGS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["NaN", "moons", "sgd", "hinge", "tanh", "x"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["name", "count", "steps", "rate"]), inner)
    ),
    max_leaves=6,
)
FIELDS = st.dictionaries(
    st.sampled_from(
        ["nin", "nouts", "activation", "net_seed", "inputs", "targets", "dataset", "loss", "alpha", "parameters",
         "steps", "rate", "optimizer", "batch", "settings", "zero_grad", "every", "include"]
    ),
    THINGS,
    max_size=3,
)  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(change=FIELDS)
def test_nothing_that_is_sent_breaks_the_server(ask: Ask, change: dict[str, Any]) -> None:
    assert ask("POST", TRAIN, json=body(**{"steps": 2, **change})).status_code in (200, 413, 422)
