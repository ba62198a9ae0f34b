"""The layered layout beside dagre, ELK and Graphviz dot: seconds from a cold start, and crossings.

Every layout of every graph is one process, so nothing is warm; its CPU seconds are those of the layout call; for dot, a
native program, of the whole process. Crossings are counted one way for all: straight lines from box to box.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import statistics
import subprocess
from collections.abc import Callable
from pathlib import Path

from benchmarks.gates import Gate, gate_table
from benchmarks.measure import seconds, table
from benchmarks.peers import PeerMissingError

FOLDER = Path(__file__).resolve().parent.parent / "layout"
SCRIPT = FOLDER / "layout.mjs"
CONTENDERS = ("ours", "dagre", "elk", "dot")
MEDIUM, LARGE = "MLP(3, [4, 4, 1]), 4 examples", "MLP(2, [16, 16, 1])"
TIMES = 5


def run(rounds: int, say: Callable[[str], None]) -> str:
    """All graphs by all contenders; the section of RESULTS.md."""
    need_peers(say)
    names = json.loads(node("names"))
    contenders = [name for name in CONTENDERS if name != "dot" or shutil.which("dot")]
    found: dict[tuple[str, str], dict[str, float]] = {}
    times: dict[tuple[str, str], list[float]] = {}
    rows = []
    for name in names:
        repeats = min(rounds, TIMES) if name in (MEDIUM, LARGE) else 1
        for _ in range(repeats):  # in turn: A B C A B C
            for contender in contenders:
                answer = dot(name) if contender == "dot" else json.loads(node(name, contender))
                found[name, contender] = answer
                times.setdefault((name, contender), []).append(answer["seconds"])
        rows.append(
            (
                name,
                f"{found[name, 'ours']['nodes']:.0f}",
                *(seconds(statistics.median(times[name, contender])) for contender in contenders),
                *(f"{found[name, contender]['crossings']:.0f}" for contender in contenders),
            )
        )
        say(" | ".join(rows[-1]))

    def faster(name: str, peer: str) -> float:
        pairs = zip(times[name, "ours"], times[name, peer], strict=True)
        return statistics.median(theirs / ours for ours, theirs in pairs)

    def most(graphs: list[str]) -> float:
        worst = 0.0
        for name in graphs:
            best = min(found[name, peer]["crossings"] for peer in contenders if peer != "ours")
            worst = max(
                worst,
                found[name, "ours"]["crossings"] / best if best else found[name, "ours"]["crossings"] + 1,
            )
        return worst

    gates = [
        Gate("364 nodes: dagre / ours", 20, 50, faster(MEDIUM, "dagre"), at_least=True),
        Gate("364 nodes: ELK / ours", 20, 50, faster(MEDIUM, "elk"), at_least=True),
        Gate("about 980 nodes: dagre / ours", 40, 100, faster(LARGE, "dagre"), at_least=True),
        Gate("about 980 nodes: ELK / ours", 20, 40, faster(LARGE, "elk"), at_least=True),
        Gate("crossings / the best of the others, worst graph", 1.1, 0.9, most(names)),
    ]
    head = (
        "",
        "nodes",
        *(f"{name}, CPU" for name in contenders),
        *(f"{name}, crossings" for name in contenders),
    )
    about = (
        f"{versions()}. One process per layout, cold, CPU seconds of the layout alone (dot: of its process); median of "
        f"{min(rounds, TIMES)} for the two graphs that are gated. All lay out the same boxes from left to right; "
        "crossings of straight lines between boxes."
    )
    return "\n\n".join([about, gate_table(gates), table(head, rows)])


def need_peers(say: Callable[[str], None]) -> None:
    """The JavaScript peers, installed from their own lock beside the script."""
    if not shutil.which("node") or not shutil.which("npm"):
        raise PeerMissingError("The layout suite needs node and npm, which `python3 run test` installs.")
    if not (FOLDER / "node_modules").is_dir():
        say("installing dagre and ELK …")
        done = subprocess.run(
            ["npm", "ci", "--silent"], cwd=FOLDER, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise PeerMissingError(
                f"Installing dagre and ELK failed; it needs the network.\n{done.stderr[-500:]}"
            )
    if not shutil.which("dot"):
        say("Graphviz dot is not on this machine and is left out; on Debian or Ubuntu: apt install graphviz")


def node(*words: str, stdin: str | None = None) -> str:
    done = subprocess.run(
        ["node", str(SCRIPT), *words], input=stdin, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"layout {' '.join(words)}: {done.stderr[-500:]}")
    return done.stdout


def dot(name: str) -> dict[str, float]:
    """Graphviz's layered layout, its process timed whole."""
    source = node(name, "source")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(["dot", "-Tplain"], input=source, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    placed = {
        int(words[1]): (float(words[2]) * 72, float(words[3]) * 72)
        for words in (line.split() for line in done.stdout.splitlines())
        if words[0] == "node"
    }
    places = json.dumps(
        {axis: [placed[at][side] for at in range(len(placed))] for side, axis in enumerate("xy")}
    )
    answer = json.loads(node(name, "placed", stdin=places))
    answer["seconds"] = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return answer


def versions() -> str:
    lock = json.loads((FOLDER / "package-lock.json").read_text())["packages"]
    peers = [f"{path.rpartition('node_modules/')[2]} {row['version']}" for path, row in lock.items() if path]
    said = [
        f"node {subprocess.run(['node', '--version'], capture_output=True, text=True, check=True).stdout.strip()}"
    ]
    if shutil.which("dot"):
        told = subprocess.run(
            ["dot", "-V"], capture_output=True, text=True, check=True, env=dict(os.environ, LC_ALL="C")
        )
        said.append(f"Graphviz {told.stderr.split('version ')[1].split()[0]}")
    return ", ".join([*peers, *said])
