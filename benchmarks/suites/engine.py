"""The engine beside micrograd, PyTorch, JAX, HIPS autograd and a C tape interpreter."""

from __future__ import annotations

import gc
import json
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import app.answers
from app.schema import NODE_FIELDS
from benchmarks.gates import Gate, gate_table
from benchmarks.measure import Contender, close, interleave, ratio, seconds, table, versions
from benchmarks.peers import autograd, c, jax, micrograd, ours, torch
from benchmarks.peers.browser import NodeMissingError, Replay
from benchmarks.workloads import RATE, STEPS, Workload, large, small
from engine.replay import backward, backward_arrays

CHAIN = Path(__file__).resolve().parent.parent / "chain.py"
Results = dict[str, Contender]
SENT = {
    "all fields": NODE_FIELDS,
    "op, operands, data, grad": ("op", "operands", "data", "grad"),
    "data, grad": ("data", "grad"),
}
"""What is sent of every node: the contract; what a replay needs; what changes when a number does."""

LISTED = ("torch", "jax", "autograd", "micrograd", "numpy", "orjson")


def run(rounds: int, say: Callable[[str], None]) -> str:
    """All workloads; the section of RESULTS.md."""
    gc.collect()
    gc.freeze()  # the libraries' own objects are no part of what a contender's garbage collector has to walk
    compiler = c.Interpreter()
    w2, w3 = small(), large()
    parts: list[str] = []
    gates: list[Gate] = []

    def part(title: str, results: Results, against: str) -> None:
        rows = [
            (name, seconds(result.median), f"{ratio(result, results[against]):.3g}")
            for name, result in results.items()
        ]
        parts.append(f"### {title}\n\n" + table(("", "CPU, median", f"× {against}"), rows))
        say(parts[-1] + "\n")

    say("checking that all compute the same, to 1e-9 …")
    worst = agreement(w2, w3, compiler)
    say(f"worst difference {worst:.1e}\n")

    w1_results = neurons(rounds)
    part("W1: the lecture's neuron", w1_results, "micrograd")
    w2_results = networks(w2, rounds)
    part("W2: MLP(3, [4, 4, 1]), 4 examples", w2_results, "micrograd")
    w3_results = scalars(w3, rounds)
    tape = ours.network(w3)
    part(f"W3: MLP(2, [16, 16, 1]), 100 examples, {len(tape):,} nodes", w3_results, "micrograd")
    w4_results = training(w3, compiler, rounds)
    part(f"W4: {STEPS} training steps of W3", w4_results, "C tape interpreter")
    step_results = one_step(w3, compiler, rounds)
    part("One W3 step: forward and backward", step_results, "C tape interpreter")
    wire = encoding(w3, rounds)
    part("W3 as JSON", wire, f"rows by json.dumps, {next(iter(SENT))}")
    chains = chain_table(say)
    parts.append(chains.text)
    say(chains.text + "\n")

    gates += [
        Gate("W1 by operators / micrograd", 0.60, 0.35, ratio(w1_results["ours"], w1_results["micrograd"])),
        Gate("W2 by operators / micrograd", 0.60, 0.35, ratio(w2_results["ours"], w2_results["micrograd"])),
        Gate(
            "W3 by operators / micrograd, both with gc disabled",
            0.60,
            0.35,
            ratio(w3_results["ours, by operators, gc off"], w3_results["micrograd, gc off"]),
        ),
        Gate(
            "W3 by the network route, first graph / micrograd",
            0.03,
            0.01,
            ratio(w3_results["ours, network route"], w3_results["micrograd"]),
        ),
        Gate(
            "W4 / micrograd, gc off",
            1 / 200,
            1 / 350,
            ratio(w4_results["ours"], w4_results["micrograd, gc off"]),
        ),
        Gate(
            "W4 / PyTorch tensorised", 1.25, 0.9, ratio(w4_results["ours"], w4_results["PyTorch, tensorised"])
        ),
        Gate(
            "W4 / C tape interpreter", 1.5, 1.0, ratio(w4_results["ours"], w4_results["C tape interpreter"])
        ),
        Gate(
            "one W3 step in the browser's replay (node) / C tape interpreter",
            5,
            2,
            ratio(step_results["browser's replay"], step_results["C tape interpreter"])
            if "browser's replay" in step_results
            else None,
        ),
        Gate("1,000,000-op chain / micrograd, limit raised: time", 0.1, 0.05, chains.time),
        Gate("1,000,000-op chain / micrograd, limit raised: memory", 0.2, 0.15, chains.memory),
        *(
            Gate(
                f"W3 to JSON, {about}, columns / rows by json.dumps",
                0.03,
                0.02,
                ratio(wire[f"columns, {about}"], wire[f"rows by json.dumps, {about}"]),
            )
            for about in SENT
        ),
    ]
    listed = ", ".join(f"{name} {version}" for name, version in versions(LISTED).items())
    about = (
        f"{listed}, gcc {compiler.version} -O3. Contenders in turn within one process, {rounds} rounds, CPU seconds; a "
        "ratio is the median of the ratios within rounds. Chains: a process each. Values and gradients of all "
        f"contenders agree to {worst:.0e}."
    )
    return "\n\n".join([about, gate_table(gates), *parts])


def agreement(w2: Workload, w3: Workload, compiler: c.Interpreter) -> float:
    """The worst difference between any two contenders; raises above 1e-9."""
    worst = 0.0

    def same(results: list[tuple[float, list[float]]]) -> None:
        nonlocal worst
        value, grads = results[0]
        for other, others in results[1:]:
            worst = max(worst, close([other, *others], [value, *grads]))

    same([peer.neuron() for peer in (micrograd, ours, torch, autograd, jax)])
    same([peer(w2).step() for peer in (micrograd.Network, ours.Operators, torch.Scalars, autograd.Network)])
    mine = ours.Network(w3)
    interpreted = c.CTape(compiler, mine.tape)
    interpreted.step()
    same(
        [
            micrograd.Network(w3).step(),
            ours.Operators(w3).step(),
            torch.Scalars(w3).step(),
            ours.graph(w3),
            mine.step(),
            (interpreted.data[interpreted.output], interpreted.grad[interpreted.parameters].tolist()),
        ]
    )
    mine.reset()
    interpreted.reset()
    trained = torch.Tensors(w3).train(STEPS)
    for other in (mine.train(STEPS), interpreted.train(STEPS, RATE), jax.Tensors(w3).train(STEPS)):
        worst = max(worst, close(other, trained))
    few = micrograd.Network(w3).train(2)
    return max(worst, close(torch.Tensors(w3).train(2), few))


def neurons(rounds: int) -> Results:
    return interleave(
        [
            Contender("ours", ours.neuron),
            Contender("micrograd", micrograd.neuron),
            Contender("micrograd, gc off", micrograd.neuron, collector=False),
            Contender("PyTorch, a tensor per scalar", torch.neuron),
            Contender("HIPS autograd", autograd.neuron),
            Contender("JAX, compiled before", jax.neuron),
        ],
        rounds,
    )


def networks(work: Workload, rounds: int) -> Results:
    peer = micrograd.Network(work)
    return interleave(
        [
            Contender("ours", ours.Operators(work).step),
            Contender("micrograd", peer.step),
            Contender("micrograd, gc off", peer.step, collector=False),
            Contender("PyTorch, a tensor per scalar", torch.Scalars(work).step),
            Contender("HIPS autograd", autograd.Network(work).step),
        ],
        rounds,
    )


def scalars(work: Workload, rounds: int) -> Results:
    mine, peer = ours.Operators(work), micrograd.Network(work)
    return interleave(
        [
            Contender("ours, by operators", mine.step),
            Contender("micrograd", peer.step),
            Contender("ours, by operators, gc off", mine.step, collector=False),
            Contender("micrograd, gc off", peer.step, collector=False),
            Contender("ours, network route", lambda: ours.graph(work)),
            Contender("PyTorch, a tensor per scalar", torch.Scalars(work).step),
            Contender("HIPS autograd", autograd.Network(work).step, budget=4.0),
        ],
        min(rounds, 7),
    )


def training(work: Workload, compiler: c.Interpreter, rounds: int) -> Results:
    mine = ours.Network(work)
    interpreted = c.CTape(compiler, mine.tape)
    tensors, compiled, peer = torch.Tensors(work), jax.Tensors(work), micrograd.Network(work)

    def again(contender: object, train: Callable[[], object]) -> Callable[[], object]:
        def both() -> object:
            contender.reset()  # type: ignore[attr-defined]
            return train()

        return both

    return interleave(
        [
            Contender("ours", again(mine, lambda: mine.train(STEPS))),
            Contender("C tape interpreter", again(interpreted, lambda: interpreted.train(STEPS, RATE))),
            Contender("PyTorch, tensorised", again(tensors, lambda: tensors.train(STEPS))),
            Contender("JAX, tensorised, compiled before", again(compiled, lambda: compiled.train(STEPS))),
            Contender(
                "micrograd, gc off",
                again(peer, lambda: peer.train(1)),
                scale=STEPS,
                collector=False,
                budget=60,
            ),
        ],
        rounds,
        least=0.1,
    )


def one_step(work: Workload, compiler: c.Interpreter, rounds: int) -> Results:
    mine = ours.Network(work)
    interpreted = c.CTape(compiler, mine.tape)
    contenders = [
        Contender("C tape interpreter", interpreted.step),
        Contender("ours, plan", mine.step),
        Contender("ours, plain loop", lambda: backward(mine.tape, mine.tape.data)),
    ]
    replay = None
    try:
        replay = Replay(mine.tape)
        replay.clock(50)  # compiled by node's optimizer
        value, grads = mine.step()
        close(replay.numbers(), [value, *grads])
        contenders.append(Contender("browser's replay", clock=replay.clock))
    except NodeMissingError as error:
        print(error, file=sys.stderr)
    try:
        return interleave(contenders, rounds, least=0.05)
    finally:
        if replay:
            replay.close()


def encoding(work: Workload, rounds: int) -> Results:
    """Rows and columns of the contract, of the same fields, from the same values, grads and partials.

    The rows' fields are plain Python objects, made before. The columns start from the arrays that the plan leaves, and
    from the tape's lists of ops, roles, names and groups, made before as well. The last contender is a whole request
    for columns, with nothing made before.
    """
    tape = ours.network(work)
    found = backward_arrays(tape)

    def contenders(about: str, fields: tuple[str, ...]) -> list[Contender]:
        whole = json.loads(app.answers.graph_answer(tape, columns=True, fields=fields))
        lists = whole["nodes"].values()

        def rows() -> str:
            listed = [dict(zip(fields, row, strict=True)) for row in zip(*lists, strict=True)]
            return json.dumps(whole | {"nodes": listed})

        def columns() -> bytes:
            with patch.object(app.answers, "backward_arrays", lambda _: found):
                return app.answers.graph_answer(tape, columns=True, fields=fields)

        return [Contender(f"rows by json.dumps, {about}", rows), Contender(f"columns, {about}", columns)]

    def request() -> bytes:
        return app.answers.graph_answer(ours.network(work), columns=True)

    return interleave(
        [
            *(each for about, fields in SENT.items() for each in contenders(about, fields)),
            Contender("build, forward, backward and columns, all fields", request),
        ],
        rounds,
        least=0.1,
    )


class chain_table:  # noqa: N801 - a table, made once
    """The chains, and the two ratios that are gated."""

    OPS = 1_000_000
    WIDE = 100_000

    def __init__(self, say: Callable[[str], None]) -> None:
        runs = [
            ("literals", "ours", 5),
            ("literals", "micrograd", 5),
            ("literals", "micrograd-nogc", 1),
            ("literals", "torch", 1),
            ("leaves", "ours", 1),
            ("leaves", "micrograd", 1),
            ("wide", "ours", 1),
            ("wide", "micrograd", 1),
        ]
        found: dict[tuple[str, str], list[tuple[float, float]]] = {}
        for turn in range(
            5
        ):  # in turn, as everything else; one chain takes a quarter more or less than the next
            for what, who, times in runs:
                if turn < times:
                    found.setdefault((what, who), []).append(self.measure(who, what))
        rows = []
        for (what, who), pairs in found.items():
            ops = self.WIDE if what == "wide" else self.OPS
            size = statistics.median(memory for _, memory in pairs)
            nodes = 2 * ops + 1
            rows.append(
                (
                    {"literals": "chain", "leaves": "chain, new leaves", "wide": "sum"}[what]
                    + f" of {ops:,}: {who}",
                    seconds(statistics.median(taken for taken, _ in pairs)),
                    f"{size / 1e6:,.0f} MB",
                    f"{size / nodes:.0f}",
                )
            )
        mine, theirs = found["literals", "ours"], found["literals", "micrograd"]
        self.time = statistics.median(a / b for (a, _), (b, _) in zip(mine, theirs, strict=True))
        self.memory = statistics.median(a / b for (_, a), (_, b) in zip(mine, theirs, strict=True))
        self.text = (
            f"### {self.OPS:,} operations deep, {self.WIDE:,} wide\n\n"
            "A process each; peak memory above the imports. Each operation of a chain reads a literal, or a leaf of "
            "its own. Bytes per node count micrograd's 2 N + 1 nodes.\n\n"
            + table(("", "CPU", "memory", "bytes per node"), rows)
        )

    def measure(self, who: str, what: str) -> tuple[float, float]:
        ops = self.WIDE if what == "wide" else self.OPS
        done = subprocess.run(
            [sys.executable, str(CHAIN), who, what, str(ops)], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"chain {who} {what}: {done.stderr.strip()[-500:]}")
        answer = json.loads(done.stdout)
        return answer["seconds"], answer["bytes"]
