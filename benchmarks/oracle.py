"""`python3 run oracle [part …]`: the engine beside oracles that are not ours.

    programs     100,000 random programs against PyTorch float64: every value, every gradient, rel 1e-12
    edges        every op at its kinks, ties, ends and infinities, alone, in pairs, in short random programs
    javascript   the browser's kernel beside the engine, on random programs and the edges
    lecture      micrograd's own test file, and what the lecture's notebooks do
    exports      exported PyTorch, JAX and micrograd sources, run
    training     training runs beside PyTorch's own optimizers, loss for loss; a trained network's module, run
    notebooks F… the code cells of notebook files, with our Value, Neuron, Layer and MLP (not part of "everything")

Without a part: everything. `programs` and `edges` refresh what the default tests read, tests/golden/oracle.
`--programs N` draws another number of programs. Exit code 1 when anything disagrees that is not explained.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.measure import versions

RECORDED = 2000
PAIRS_RECORDED = 8


def main() -> int:
    reader = argparse.ArgumentParser(
        prog="run oracle", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("parts", nargs="*", default=[])
    reader.add_argument("--programs", type=int, default=100_000)
    asked = reader.parse_args()
    if asked.parts[:1] == ["notebooks"]:
        return notebooks([Path(name) for name in asked.parts[1:]])
    parts: dict[str, Callable[[], bool]] = {
        "programs": lambda: programs(asked.programs),
        "edges": edges,
        "javascript": javascript,
        "lecture": lecture,
        "exports": exports,
        "training": training,
    }
    unknown = [part for part in asked.parts if part not in parts]
    if unknown:
        reader.error(f"no part called {', '.join(unknown)}; there are {', '.join(parts)}")
    print("PyTorch {torch}, JAX {jax}, micrograd {micrograd}, NumPy {numpy}".format(
        **versions(("torch", "jax", "micrograd", "numpy"))
    ))  # fmt: skip
    bad = []
    for part in asked.parts or parts:
        began = time.monotonic()
        print(f"\n{part}", flush=True)
        if not parts[part]():
            bad.append(part)
        print(f"  {time.monotonic() - began:.0f} s", flush=True)
    print(f"\n{'FAILED: ' + ', '.join(bad) if bad else 'All agree.'}")
    return 1 if bad else 0


def programs(count: int) -> bool:
    from benchmarks.truth import golden
    from benchmarks.truth.against_torch import SEED, random_programs
    from engine.ops import OPS

    tally = random_programs(count, RECORDED)
    say(
        f"{tally.programs:,} random programs, {tally.nodes:,} nodes, seed {SEED}, all values and gradients, rel 1e-12"
    )
    say(
        f"worst difference {tally.worst:.1e}; {tally.redrawn:,} drawn again (a kink nearby, or rounding moved them)"
    )
    rarest = min(tally.ops.items(), key=lambda item: item[1])
    say(f"{len(tally.ops)} ops, the rarest {rarest[0]}, {rarest[1]:,} times")
    if count >= RECORDED:
        say(
            f"recorded {len(tally.recorded):,} in {golden.write('programs', 'random programs', tally.recorded).name}"
        )
        used = {op for program, _ in tally.recorded for op, _ in program.nodes}
        tally.failed += [f"{op} is in none of the recorded programs" for op in OPS if op not in used]
    return told(tally.failed)


def edges() -> bool:
    from benchmarks.truth import golden
    from benchmarks.truth.against_torch import edge_programs
    from benchmarks.truth.known import KNOWN

    failed, known = [], {}
    for kind, keep, what in (
        ("grid", 1, "each op over the grid of edges"),
        ("pairs", PAIRS_RECORDED, "each op after each other op"),
        ("wild", 0, "short random programs over the edges"),
    ):
        tally = edge_programs(kind, keep)
        differ = sum(tally.known.values())
        say(f"{what}: {tally.programs:,} programs")
        say(f"  {differ:,} differ for a known reason, {len(tally.failed):,} otherwise")
        failed += tally.failed
        for name, times in tally.known.items():
            known[name] = known.get(name, 0) + times
        if keep:
            path = golden.write(kind, what, tally.recorded)
            say(f"  recorded {len(tally.recorded):,} in {path.name}")
    for row in KNOWN:
        say(f"known: {row.name} ({known.get(row.name, 0):,} times). {row.reason}")
    return told(failed)


def javascript() -> bool:
    from benchmarks.truth.javascript import NodeMissingError
    from benchmarks.truth.javascript import javascript as run

    try:
        tally = run(20_000)
    except NodeMissingError as error:
        return told([str(error)])
    say(
        f"{tally.programs:,} programs, {tally.nodes:,} nodes; worst difference away from the edges {tally.worst:.1e}"
    )
    return told(tally.failed)


def lecture() -> bool:
    from benchmarks.truth.lecture import STEPS, microgrades_own_tests

    failed = []
    for step in (microgrades_own_tests, *STEPS):
        try:
            ran = step()
            say(f"passed: {step.__name__.replace('_', ' ')}{' (' + ', '.join(ran) + ')' if ran else ''}")
        except Exception as error:
            failed.append(f"{step.__name__}: {type(error).__name__}: {error}")
    return told(failed)


def exports() -> bool:
    from benchmarks.truth.exports import TARGETS, check, tapes

    failed = []
    count = dict.fromkeys(TARGETS, 0)
    worst = dict.fromkeys(TARGETS, 0.0)
    for name, tape in tapes():
        for to in TARGETS:
            try:
                _, off = check(tape, to)
            except Exception as error:
                failed.append(f"{name} to {to}: {type(error).__name__}: {error}")
                continue
            count[to] += 1
            worst[to] = max(worst[to], off)
            if not off <= 1e-9:
                failed.append(f"{name} to {to}: off by {off:.1e}")
    for to in TARGETS:
        say(f"{to}: {count[to]} sources ran, worst difference {worst[to]:.1e}")
    return told(failed)


def training() -> bool:
    from benchmarks.truth.training import cases, trained_export, worst_difference

    failed, worst, count = [], 0.0, 0
    for case in cases():
        off = worst_difference(case)
        count, worst = count + 1, max(worst, off)
        if not off <= 1e-9:
            failed.append(f"{case.name}: off by {off:.1e}")
    say(f"{count} runs, every loss and the weights at the end: worst difference {worst:.1e}")
    off = trained_export()
    say(f"a trained network's PyTorch module: worst difference {off:.1e}")
    if not off <= 1e-9:
        failed.append(f"trained network: off by {off:.1e}")
    return told(failed)


def notebooks(paths: list[Path]) -> int:
    from benchmarks.truth.lecture import notebook

    for path in paths:
        say(f"{path.name}: {notebook(path)} code cells ran")
    return 0


def say(text: str) -> None:
    print(f"  {text}", flush=True)


def told(failed: list[str]) -> bool:
    for text in failed[:12]:
        say("✗ " + text.replace("\n", "\n    "))
    if failed:
        say(f"{len(failed):,} disagreements")
    return not failed


if __name__ == "__main__":
    sys.exit(main())
