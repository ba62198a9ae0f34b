"""Training in the browser: static/src/train/ in node, over the graph that the API answers. CPU times of one process."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from app.answers import graph_answer
from benchmarks.gates import Gate, gate_table
from benchmarks.measure import table
from benchmarks.peers import PeerMissingError
from engine.datasets import dataset
from engine.losses import LOSSES
from engine.network import NetworkSpec, network_tape

SCRIPT = Path(__file__).resolve().parent.parent / "train_node.mjs"


def run(_rounds: int, say: Callable[[str], None]) -> str:
    """The section of RESULTS.md."""
    node = shutil.which("node")
    if not node:
        raise PeerMissingError("Training is timed in node, which `python3 run test` installs.")
    took = json.loads(
        subprocess.run([node, SCRIPT], input=_asked(), capture_output=True, text=True, check=True).stdout
    )
    nodes = f"{took['nodes']:,} nodes"
    rows = [
        ("a whole step: five beats and the history", f"{took['step']:.2f} ms"),
        ("going to a recorded step", f"{took['seek']:.2f} ms"),
        ("the field on 60 × 60 points and its line", f"{took['field']:.2f} ms"),
        ("measures, worst first, histograms", f"{took['panels']:.2f} ms"),
        ("from the answer to a run", f"{took['made']:.0f} ms"),
        (f"a step of history ({took['steps']:,} in 64 MiB)", f"{took['bytes']:,} bytes"),
    ]
    for row in rows:
        say(" | ".join(row))
    gates = [
        Gate(f"a whole step, {nodes}, CPU ms", 2, 1.2, took["step"]),
        Gate("going to a recorded step, CPU ms", 33, 5, took["seek"]),
    ]
    about = (
        f"MLP(2, [16, 16, 1]) on 100 examples of the two moons: {nodes}. CPU milliseconds of node, the "
        "least of three."
    )
    return "\n\n".join([about, gate_table(gates), table(("", "took"), rows)])


def _asked() -> str:
    spec = NetworkSpec(2, [16, 16, 1], "relu", "linear")
    moons = dataset("moons")
    targets = moons.targets(LOSSES["hinge"])
    tape = network_tape(spec, moons.inputs, targets, "hinge", alpha=1e-4)
    definition = {
        "nin": spec.nin,
        "nouts": spec.nouts,
        "activation": spec.activation,
        "output_activation": spec.output_activation,
        "loss": "hinge",
        "alpha": 1e-4,
    }
    rows = {"inputs": moons.inputs, "targets": targets}
    graph = json.loads(graph_answer(tape, columns=True))
    return json.dumps({"graph": graph, "definition": definition, "rows": rows})
