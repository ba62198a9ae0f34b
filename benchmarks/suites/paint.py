"""A graph of 65,814 values: layouts, first drawing, panning, texture. Runs in the test environment, for Playwright."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from benchmarks.gates import Gate, gate_table
from benchmarks.measure import table
from benchmarks.peers import PeerMissingError

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON = ROOT / ".venv" / ("Scripts/python.exe" if (ROOT / ".venv" / "Scripts").is_dir() else "bin/python")


def run(_rounds: int, say: Callable[[str], None]) -> str:
    """The section of RESULTS.md."""
    if not PYTHON.is_file():
        raise PeerMissingError("The paint suite needs the test environment, which `python3 run test` makes.")
    done = subprocess.run(
        [str(PYTHON), "-m", "benchmarks.browser.paint"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise PeerMissingError(f"The paint suite failed; it needs Chromium.\n{done.stderr[-800:]}")
    found = json.loads(done.stdout)
    say(done.stdout.strip())
    gates = [
        Gate("pan: full SVG / canvas", 8, 20, found["svgPan"] / found["canvasPan"], at_least=True),
        Gate(
            "first drawing: full SVG / canvas",
            30,
            100,
            found["svgFirst"] / found["canvasFirst"],
            at_least=True,
        ),
        Gate("layout, all groups open, ms", 500, 100, found["layoutOpen"]),
        Gate("layout, examples closed, ms", 100, 50, found["layoutClosed"]),
    ]
    rows = [
        (
            "layout, all groups open",
            f"{found['layoutOpen']:.0f} ms",
            f"{found['layouts']:.0f} layouts for all groups",
        ),
        ("layout, examples closed", f"{found['layoutClosed']:.0f} ms", ""),
        (
            "first drawing at scale 1",
            f"{found['canvasFirst']:.0f} ms",
            f"full SVG {found['svgFirst']:.0f} ms",
        ),
        (
            "frame while panning at scale 1",
            f"{found['canvasPan']:.1f} ms",
            f"full SVG {found['svgPan']:.1f} ms",
        ),
        ("frame while panning, all in view", f"{found['canvasFit']:.1f} ms", ""),
        ("texture, first picture", f"{found['textureFirst']:.0f} ms", ""),
        (
            "texture, a frame of new numbers",
            f"{found['textureFrame']:.1f} ms",
            "counted, sorted, shaded, drawn",
        ),
    ]
    about = (
        f"MLP(2, [16, 16, 1]) on 100 examples: {found['values']:,.0f} values, {found['wires']:,.0f} wires; 1440 × 900, "
        "Chromium without a window and without a graphics card. The SVG beside it holds "
        f"{found['elements']:,.0f} elements: "
        "for every box its outline and its texts, for every wire one path."
    )
    return "\n\n".join([about, gate_table(gates), table(("", "ours", "beside"), rows)])
