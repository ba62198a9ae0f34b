"""The layered layout beside dagre, ELK and Graphviz dot: seconds from a cold start, and crossings.

Every layout of every graph is one process, so nothing is warm; its CPU seconds are those of the layout call; for dot, a
native program, of the whole process. Crossings are counted one way for all: straight lines from box to box. Some graphs
were looked at while the layout was made; on the others, and on the app's examples, nothing was tuned.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from app.examples import EXAMPLES, tape_of
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
    with tempfile.TemporaryDirectory() as folder:
        examples = {name: str(path) for name, path in write_examples(Path(folder)).items()}
        return measured(rounds, say, examples)


def measured(rounds: int, say: Callable[[str], None], examples: dict[str, str]) -> str:
    known, others = (json.loads(node("names"))[group] for group in ("known", "others"))
    names = [*known, *others, *examples]
    contenders = [name for name in CONTENDERS if name != "dot" or shutil.which("dot")]
    found: dict[tuple[str, str], dict[str, float]] = {}
    times: dict[tuple[str, str], list[float]] = {}
    rows = []
    for name in names:
        graph = examples.get(name, name)
        repeats = min(rounds, TIMES) if name in (MEDIUM, LARGE) else 1
        for _ in range(repeats):  # in turn: A B C A B C
            for contender in contenders:
                answer = dot(graph) if contender == "dot" else json.loads(node(graph, contender))
                found[name, contender] = answer
                times.setdefault((name, contender), []).append(answer["seconds"])
        rows.append(
            (
                name,
                f"{found[name, 'ours']['nodes']:.0f}",
                *(seconds(statistics.median(times[name, contender])) for contender in contenders),
                *(f"{found[name, contender]['crossings']:.0f}" for contender in contenders),
                f"{to_best(found, contenders, name):.2f}",
            )
        )
        say(" | ".join(rows[-1]))

    def faster(name: str, peer: str) -> float:
        pairs = zip(times[name, "ours"], times[name, peer], strict=True)
        return statistics.median(theirs / ours for ours, theirs in pairs)

    def ratios(graphs: Iterable[str]) -> list[float]:
        return [to_best(found, contenders, name) for name in graphs]

    def total(contender: str) -> float:
        return sum(found[name, contender]["crossings"] for name in names)

    gates = [
        Gate("364 nodes: dagre / ours", 20, 50, faster(MEDIUM, "dagre"), at_least=True),
        Gate("364 nodes: ELK / ours", 20, 50, faster(MEDIUM, "elk"), at_least=True),
        Gate("about 980 nodes: dagre / ours", 40, 100, faster(LARGE, "dagre"), at_least=True),
        Gate("about 980 nodes: ELK / ours", 20, 40, faster(LARGE, "elk"), at_least=True),
        Gate("crossings / the best of the others, worst of the graphs known", 1.1, 0.9, max(ratios(known))),
        Gate("crossings / the best, worst of the graphs it was not tuned on", 1.1, 0.9, max(ratios(others))),
        Gate("crossings / the best, worst of the app's examples", 1.1, 0.9, max(ratios(examples))),
    ]
    head = (
        "",
        "nodes",
        *(f"{name}, CPU" for name in contenders),
        *(f"{name}, crossings" for name in contenders),
        "ours / best",
    )
    over = [name for name, ratio in zip(names, ratios(names), strict=True) if ratio > 1.1]
    listed = f": {'; '.join(over)}" if over else ""
    summary = (
        f"Over 1.1 times the best of the others: {len(over)} of {len(names)} graphs{listed}. "
        f"All crossings together: {', '.join(f'{name} {total(name):,.0f}' for name in contenders)}."
    )
    about = (
        f"{versions()}. One process per layout, cold, CPU seconds of the layout alone (dot: of its process); median of "
        f"{min(rounds, TIMES)} for the two graphs that are gated. All lay out the same boxes from left to right; "
        "crossings of straight lines between boxes."
    )
    return "\n\n".join([about, gate_table(gates), summary, table(head, rows)])


def to_best(found: dict[tuple[str, str], dict[str, float]], contenders: list[str], name: str) -> float:
    """Our crossings over the fewest of the others; where those have none, one more than ours."""
    best = min(found[name, peer]["crossings"] for peer in contenders if peer != "ours")
    ours = found[name, "ours"]["crossings"]
    return ours / best if best else ours + 1


def write_examples(folder: Path) -> dict[str, Path]:
    """The graphs of the app's examples as files, by name."""
    paths = {}
    for example in EXAMPLES:
        tape = tape_of(example)
        columns = zip(tape.ops, tape.operands, tape.roles, strict=True)
        nodes = [{"op": op, "operands": operands, "role": role} for op, operands, role in columns]
        path = folder / f"{example.id}.json"
        path.write_text(json.dumps({"output": tape.output, "nodes": nodes}))
        paths[f"example: {example.title}"] = path
    return paths


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
