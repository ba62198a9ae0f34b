"""Training streams on a server of its own: many at once, a client that leaves, what others feel, the end."""

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


def run(rounds: int, say: Callable[[str], None]) -> str:
    """The section of RESULTS.md."""
    if not PYTHON.is_file():
        raise PeerMissingError(
            "The streams suite needs the app's environment, which `python3 run test` makes."
        )
    done = subprocess.run(
        [str(PYTHON), "-m", "benchmarks.load", str(rounds)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise PeerMissingError(f"The streams suite failed.\n{done.stderr[-800:]}")
    found = json.loads(done.stdout)
    many = found["many"]
    others = [
        (asked, stream, figures)
        for asked in ("a small program", "the lecture's network")
        for stream, figures in found[asked].items()
    ]
    say(json.dumps(found))
    gates = [
        Gate(f"{many['streams']} streams at once: events lost", 0, 0, many["lost"]),
        Gate("… out of order", 0, 0, many["reordered"]),
        Gate("… runs with another loss than the engine's own", 0, 0, many["wrong"]),
        Gate("a client that leaves: seconds until its work has ended", 2, 0.5, found["leaving"]),
        Gate("a stream that is not read: growth in 3 s, MB", 8, 1, found["unread"]),
        *(
            Gate(f"{asked}, p95 beside {stream}, times idle", 2, 1.5, figures["ratio"])
            for asked, stream, figures in others
        ),
        Gate("SIGTERM with 10 streams open: seconds to the end", 5, 1, found["stop"]["seconds"]),
        Gate("… streams that were told", 10, 10, found["stop"]["told"], at_least=True),
    ]
    rows = [
        (f"{asked}, beside {stream}", f"{figures['idle']:.1f} ms", f"{figures['busy']:.1f} ms")
        for asked, stream, figures in others
    ]
    about = (
        f"Server and clients share the machine. {many['streams']} runs of the lecture's network, {many['steps']} steps "
        f"each, took {many['seconds']:.1f} s; the longest that one of them waited between two pieces was "
        f"{many['longest pause']:.2f} s. What others feel: requests one after the other, 10 ms between them, in "
        f"turns idle and beside a stream that is asked for again whenever it ends; ratios: medians of {rounds} turns."
    )
    return "\n\n".join([about, gate_table(gates), table(("p95 of POST /api/v1/graph", "idle", "busy"), rows)])
