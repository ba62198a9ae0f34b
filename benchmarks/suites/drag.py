"""Dragging a slider in the studio: frame times, long tasks, requests. Runs in the test environment, for Playwright."""

from __future__ import annotations

import json
import statistics
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
        raise PeerMissingError("The drag suite needs the test environment, which `python3 run test` makes.")
    done = subprocess.run(
        [str(PYTHON), "-m", "benchmarks.browser.drag"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise PeerMissingError(f"The drag suite failed; it needs Chromium.\n{done.stderr[-800:]}")
    runs = [json.loads(line) for line in done.stdout.splitlines()]
    rows = [
        (
            one["graph"],
            str(one["drawn"]),
            str(one["frames"]),
            f"{one['median']} ms",
            f"{one['slowest']} ms",
            f"{len(one['long'])}, at most {max(one['long'])} ms" if one["long"] else "none",
            f"{one['script']} ms" if one["script"] else "none",
            str(one["requests"]),
        )
        for one in runs
    ]
    for row in rows:
        say(" | ".join(row))
    large = [one for one in runs if one["graph"].startswith("500")]
    gates = [
        Gate("500 values: median frame, ms", 34, 17, statistics.median(one["median"] for one in large)),
        Gate("500 values: longest script in a frame, ms", 50, 25, max(one["script"] for one in large)),
        Gate("500 values: requests", 0, 0, max(one["requests"] for one in large)),
    ]
    about = (
        "Five seconds of dragging the first slider, 1440 × 900, Chromium without a window and without a graphics "
        "card; three runs each. A long task (over 50 ms) has style, layout and painting in it; the longest "
        "script is named apart, where a frame was long."
    )
    head = ("", "drawn", "frames", "median", "slowest", "long tasks", "longest script", "requests")
    return "\n\n".join([about, gate_table(gates), table(head, rows)])
