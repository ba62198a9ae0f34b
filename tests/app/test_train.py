"""POST /api/v1/train: the lecture's and the demo's numbers, as one answer and as a stream."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from app.openapi import MOONS_TRAINING, NETWORK
from app.schema import DivergedEvent, DoneEvent, StepEvent, Training
from engine.datasets import dataset
from engine.network import NetworkSpec
from engine.training import Recipe, train

Ask = Callable[..., httpx.Response]
TRAIN = "/api/v1/train"
MODELS = {"step": StepEvent, "done": DoneEvent, "diverged": DivergedEvent}


def lecture(**recipe: Any) -> dict[str, Any]:
    return NETWORK | {"recipe": recipe}


def read_events(text: str) -> list[tuple[str, str | None, dict[str, Any]]]:
    """Server-sent events as (event, id, data), by the rules of the HTML standard for the lines we use."""
    found = []
    for block in text.split("\n\n")[:-1]:
        fields = dict(line.split(": ", 1) for line in block.split("\n"))
        found.append((fields["event"], fields.get("id"), json.loads(fields["data"])))
    return found


@pytest.fixture(scope="session")
def run(ask: Ask) -> Callable[..., dict[str, Any]]:
    """The JSON answer to a request."""

    def post(body: dict[str, Any], **more: Any) -> dict[str, Any]:
        response = ask("POST", TRAIN, json=body | more)
        assert response.status_code == 200, response.text
        return Training.model_validate_json(response.content).model_dump()

    return post


# Table D of the lecture, 20 steps from seed 1337: rate, step, loss as printed.
ZEROED = [
    (0.01, 0, "6.005402783252284"), (0.01, 19, "2.545339"), (0.05, 19, "0.059642"), (0.1, 19, "0.017782"),
    (0.3, 5, "7.78"), (0.3, 19, "2e-6"), (1.0, 1, "7.92"), (1.0, 19, "1.41e-4"),
]  # fmt: skip
FORGOTTEN = [
    (0.01, 19, "1.28e-4"), (0.05, 10, "0.000904"), (0.05, 19, "3.975"), (0.1, 0, "6.005402783252284"),
    (0.3, 19, "8.0"), (1.0, 19, "8.0"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("zero_grad", "rate", "step", "printed"),
    [(True, *row) for row in ZEROED] + [(False, *row) for row in FORGOTTEN],
)
def test_table_d(run, zero_grad: bool, rate: float, step: int, printed: str) -> None:
    answer = run(lecture(rate=rate, zero_grad=zero_grad))
    assert [told["step"] for told in answer["steps"]] == list(range(20))
    digits = len(printed.partition("e")[0].replace(".", "").lstrip("0"))
    assert float(f"{answer['steps'][step]['loss']:.{digits}g}") == float(printed)


def test_saturated_outputs_are_all_minus_one(ask: Ask, run) -> None:
    """Gradients that are never zeroed push every output to -1: the loss is 8 and stays there."""
    parameters = run(lecture(rate=0.3, zero_grad=False))["done"]["parameters"]
    graph = ask("POST", "/api/v1/graph", json=NETWORK | {"parameters": parameters}).json()
    outputs = [node["data"] for node in graph["nodes"] if node["op"] == "tanh"][8::9]
    assert outputs == pytest.approx([-1, -1, -1, -1])


def test_the_moons_demo(run) -> None:
    answer = run(MOONS_TRAINING)
    printed = {
        0: (0.8958441028683222, 50), 1: (1.7235905336972022, 81), 2: (0.7429006313851131, 77),
        24: (0.1261571261277045, 95), 99: (0.010978370135492717, 100),
    }  # fmt: skip
    for step, (loss, accuracy) in printed.items():
        assert answer["steps"][step]["loss"] == pytest.approx(loss, rel=1e-9)
        assert answer["steps"][step]["accuracy"] * 100 == pytest.approx(accuracy)
    assert len(answer["done"]["parameters"]) == 337


def test_a_stream_tells_what_the_answer_tells(ask: Ask, run) -> None:
    body = lecture(steps=7, rate=0.1, optimizer="adam") | {"include": ["parameters", "grads"], "every": 3}
    whole = run(body)
    response = ask("POST", TRAIN, json=body, headers={"accept": "text/event-stream"})
    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    assert "content-encoding" not in response.headers
    told = read_events(response.text)
    assert [(name, number) for name, number, _ in told] == [
        ("step", "0"), ("step", "3"), ("step", "6"), ("done", None),
    ]  # fmt: skip
    for name, _, data in told:
        MODELS[name].model_validate(data)
    assert [data for _, _, data in told] == [*whole["steps"], whole["done"]]
    assert ask("POST", f"{TRAIN}?stream=true", json=body).content == response.content


def test_steps_carry_the_engines_numbers(run) -> None:
    data = dataset("lecture")
    steps = list(
        train(
            NetworkSpec(3, [4, 4, 1]), data.inputs, [1, -1, -1, 1], Recipe(4, 0.1, zero_grad=False, batch=3)
        )
    )
    answer = run(lecture(steps=4, rate=0.1, zero_grad=False, batch=3), include=["grads", "parameters"])
    for told, step in zip(answer["steps"], steps, strict=True):
        assert told["parameters"] == step.data.tolist()
        assert told["grads"] == step.grad.tolist()
    assert answer["done"]["parameters"] == steps[-1].after.tolist()
