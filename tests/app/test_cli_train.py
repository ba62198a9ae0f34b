"""`seegrad train`: its lines, its files, and what it refuses."""

from __future__ import annotations

import ast
import json
import math
from pathlib import Path

import pytest


def test_train_prints_steps(run) -> None:
    code, text, _ = run("train", "--data", "xor", "--nouts", "4,1", "--steps", "60")
    lines = text.splitlines()
    assert code == 0
    assert lines[0].split() == ["step", "loss", "accuracy"]
    steps = [line.split() for line in lines[1:]]
    assert [int(step) for step, *_ in steps] == [*range(0, 60, 3), 59]
    assert float(steps[-1][1]) < float(steps[0][1]) / 10
    assert steps[-1][2] == "100.0%"


def test_train_json_is_a_line_per_step(run) -> None:
    _, text, _ = run("train", "--data", "lecture", "--nouts", "4,4,1", "--steps", "5", "--json")
    rows = [json.loads(line) for line in text.splitlines()]
    assert [row["step"] for row in rows] == [0, 1, 2, 3, 4]
    assert rows[0]["rate"] == 1.0
    assert all(0 <= row["accuracy"] <= 1 for row in rows)


def test_train_on_numbers_has_no_accuracy(run) -> None:
    _, text, _ = run("train", "--data", "line", "--nouts", "1", "--rate", "0.3", "--every", "99")
    steps = [line.split() for line in text.splitlines()[1:]]
    assert [len(step) for step in steps] == [2, 2]
    assert float(steps[-1][1]) < 0.05


def test_train_is_the_same_for_the_same_seed(run) -> None:
    words = ("train", "--data", "circles", "--count", "20", "--nouts", "4,1", "--steps", "3", "--batch", "5")
    assert run(*words)[1] == run(*words)[1]
    assert run(*words)[1] != run(*words, "--seed", "7")[1]


def test_train_is_the_demo(run) -> None:
    """micrograd's moons demo, as it prints its losses."""
    _, text, _ = run("train", "--json", "--steps", "100")
    rows = [json.loads(line) for line in text.splitlines()]
    printed = {0: 0.8958441028683222, 1: 1.7235905336972022, 2: 0.7429006313851131, 99: 0.010978370135492717}
    for step, loss in printed.items():
        assert rows[step]["loss"] == pytest.approx(loss, rel=1e-9)


def test_train_goes_on_from_its_file(run, tmp_path: Path) -> None:
    """Seven steps, or three and then four, are the same run."""
    file, history = str(tmp_path / "network.json"), tmp_path / "history.csv"
    words = (
        "--data",
        "circles",
        "--count",
        "12",
        "--nouts",
        "4,1",
        "--rate",
        "0.5",
        "--schedule",
        "constant",
    )
    _, whole, _ = run("train", *words, "--steps", "7", "--json")
    run("train", *words, "--steps", "3", "--save", file)
    kept = json.loads(Path(file).read_text())
    assert kept["trained"]["step"] == 3
    assert kept["data"] == {"kind": "dataset", "name": "circles", "count": 12, "noise": 0.1, "seed": 1337}
    on = ("--rate", "0.5", "--schedule", "constant", "--steps", "4", "--csv", str(history))
    _, rest, _ = run("train", "--load", file, "--save", file, "--json", *on)
    losses = [json.loads(line)["loss"] for line in whole.splitlines()]
    assert [json.loads(line)["loss"] for line in rest.splitlines()] == losses[3:]
    head, *lines = history.read_text().splitlines()
    assert head == "step,loss,accuracy,rate"
    assert [float(line.split(",")[1]) for line in lines] == losses[3:]
    assert len(json.loads(Path(file).read_text())["parameters"]) == 17


def test_a_saved_network_is_a_request(run, tmp_path: Path, ask) -> None:
    file = tmp_path / "network.json"
    run("train", "--data", "xor", "--nouts", "3,1", "--steps", "5", "--save", str(file))
    kept = json.loads(file.read_text())
    body = {name: kept[name] for name in ("network", "loss", "alpha", "parameters")}
    answer = ask("POST", "/api/v1/train", json=body | {"dataset": {"name": "xor"}, "recipe": {"steps": 1}})
    _, rest, _ = run("train", "--load", str(file), "--steps", "1", "--json")
    assert answer.json()["steps"][0]["loss"] == json.loads(rest)["loss"]


def test_train_writes_pytorch(run, tmp_path: Path) -> None:
    """The weights in the source's state dict are those of the file."""
    file, source = tmp_path / "network.json", tmp_path / "network.py"
    run(
        "train",
        "--data",
        "xor",
        "--nouts",
        "2,1",
        "--steps",
        "3",
        "--save",
        str(file),
        "--torch",
        str(source),
    )
    tree = ast.parse(source.read_text())
    (state,) = (
        node.value for node in tree.body if isinstance(node, ast.Assign) and node.targets[0].id == "state"
    )
    tensors = [ast.literal_eval(call.args[0]) for call in state.values]
    first, first_bias, second, second_bias = tensors
    flat = [*first[0], first_bias[0], *first[1], first_bias[1], *second[0], *second_bias]
    assert flat == json.loads(file.read_text())["parameters"]


def test_train_says_where_numbers_end(run, tmp_path: Path) -> None:
    file = tmp_path / "network.json"
    words = ("--data", "lecture", "--nouts", "4,1", "--activation", "linear", "--loss", "squared_error")
    code, text, error = run("train", *words, "--rate", "1e300", "--save", str(file))
    assert code == 1
    assert "NaN" in text or "∞" in text
    assert error.startswith("Step 1, forward: node ")
    assert all(math.isfinite(number) for number in json.loads(file.read_text())["parameters"])


def test_files_that_train_cannot_use(run, tmp_path: Path) -> None:
    file = tmp_path / "network.json"
    run("train", "--data", "xor", "--nouts", "2,1", "--steps", "1", "--save", str(file))
    good = json.loads(file.read_text())
    for change, says in (
        ({"format": "x"}, "holds no network"),
        ({"version": 2}, "another version"),
        ({"network": None}, "`network` must be an object"),
        ({"network": {"nin": 2, "nouts": [2, 1], "depth": 3}}, "no field `network.depth`"),
        ({"parameters": [1.0]}, "it must be 9"),
        ({"parameters": ["x"] * 9}, "`parameters[0]` must be a number"),
        ({"data": {"kind": "rows", "text": "1,2,3"}}, "names no data set"),
        ({"data": {"kind": "dataset", "name": "digits"}}, "The data set is one of"),
    ):
        file.write_text(json.dumps(good | change))
        code, _, error = run("train", "--load", str(file))
        assert code == 2, change
        assert says in error
    file.write_text("not JSON")
    assert "is not JSON" in run("train", "--load", str(file))[2]
    assert "Cannot read" in run("train", "--load", str(tmp_path / "nowhere.json"))[2]
    assert "says itself" in run("train", "--load", str(file), "--nouts", "3,1")[2]
    assert run("train", "--steps", "1", "--save", str(tmp_path / "no" / "where.json"))[0] == 1
