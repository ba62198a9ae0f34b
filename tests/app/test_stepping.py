"""Stepping through every example, on and back: the states, the pictures, and at the end the server's own gradients."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.answers import graph_answer
from app.examples import EXAMPLES, Example, tape_of

SCRIPT = Path(__file__).resolve().parent.parent / "js" / "stepping.js"
REL = 1e-12


def answer_of(example: Example) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(graph_answer(tape_of(example), columns=False))
    return answer


@cache
def walked() -> list[dict[str, Any]]:
    """What tests/js/stepping.js says of each example; it fails where a state or a picture is not what it should be."""
    node = shutil.which("node")
    assert node, "node is missing: start the tests with `python3 run test`, which brings one"
    lines = [json.dumps(answer_of(example) | {"pictures": True}) for example in EXAMPLES]
    done = subprocess.run(
        [node, SCRIPT], input="\n".join(lines), capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("place", range(len(EXAMPLES)), ids=[example.id for example in EXAMPLES])
def test_stepping_to_the_end_and_to_the_start(place: int) -> None:
    nodes = answer_of(EXAMPLES[place])["nodes"]
    told = walked()[place]
    edges = sum(nodes[read]["role"] != "constant" for node in nodes for read in node["operands"])
    assert len(nodes) < told["steps"] <= len(nodes) + 1 + edges
    assert told["pictures"] > 1
    for node, grad in zip(nodes, told["grad"], strict=True):
        if node["grad"] is None or grad is None:
            assert node["grad"] is grad, node
        else:
            assert float(grad) == pytest.approx(float(node["grad"]), rel=REL, abs=REL, nan_ok=True), node
