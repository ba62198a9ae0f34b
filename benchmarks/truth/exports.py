"""Exported PyTorch, JAX and micrograd sources, run as scripts; what they print beside our own numbers."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import redirect_stdout

from benchmarks.truth.spelled import load
from engine.export import export
from engine.network import NetworkSpec, network_tape
from engine.program import read_program
from engine.replay import backward
from engine.tape import Tape

TARGETS = ("torch", "jax", "micrograd")

PROGRAMS = {
    "lecture": "a = 2; b = -3; c = 10; f = -2\ne = a*b\nd = e + c\nL = d * f",
    "readme": (
        "a = -4.0; b = 2.0\nc = a + b\nd = a * b + b**3\nc += c + 1\nc += 1 + c + (-a)\n"
        "d += d * 2 + (b + a).relu()\nd += 3 * d + (b - a).relu()\ne = c - d\nf = e**2\ng = f / 2.0\ng += 10.0 / f"
    ),
    "neuron": "x1 = data(2.0); x2 = data(0.0)\nw1 = -3.0; w2 = 1.0; b = 6.8813735870195432\n"
    "n = x1*w1 + x2*w2 + b\no = n.tanh()",
    "tanh apart": "n = 0.8813735870195432\ne = (2*n).exp()\no = (e - 1) / (e + 1)",
    "softmax": "logits = [Value(0.0), Value(3.0), Value(-2.0), Value(1.0)]\ncounts = [l.exp() for l in logits]\n"
    "total = sum(counts)\nloss = -(counts[3] / total).log()",
    "exercise": "a = 2; b = 3; c = 4\nf = -a**3 + sin(3*b) - 1.0/c + b**2.5 - a**0.5",
    "selecting": "a = 2; b = -1; c = 2\nm = max(a, b, c) + min(a, b) + clamp(a, -1, 1) + abs(b)\n"
    "o = where(a > b, m * a, b) + relu6(a * 4) + floor(a) + sign(b)",
    "smooth": "x = 0.7; y = -1.3\nz = hypot(x, y) + atan2(y, x) + logaddexp(x, y) + gelu(x) + silu(y)\n"
    "o = z * softplus(y) + elu(y) + leaky_relu(y) + log1p(x) + expm1(y) + log2(x) + log10(x)",
    "trigonometry": "x = 0.4\ny = sin(x) + cos(x) + tan(x) + asin(x) + acos(x) + atan(x)\n"
    "z = sinh(x) + cosh(x) + sigmoid(x)\no = y ** z + sqrt(y)",
    "names": "lambda_ = 1.5; x = 2\nx = x * lambda_\nx += x * x\nout = x / (x + 1)",
}

_XS = [[2, 3, -1], [3, -1, 0.5], [0.5, 1, 1], [1, 1, -1]]
NETWORKS = {
    "lecture's": lambda: network_tape(NetworkSpec(3, [4, 4, 1]), _XS, [1, -1, -1, 1]),
    "moons": lambda: network_tape(
        NetworkSpec(2, [16, 16, 1], "relu", "linear"),
        [[0.1 * k, 0.3 - 0.05 * k] for k in range(12)],
        [1 if k % 2 else -1 for k in range(12)],
        loss="hinge",
        alpha=1e-4,
    ),
    "softmax": lambda: network_tape(
        NetworkSpec(3, [5, 3], "sigmoid", "linear"), _XS, [0, 2, 1, 1], loss="softmax_cross_entropy"
    ),
}

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|inf|nan)")


def tapes() -> Iterator[tuple[str, Tape]]:
    for name, text in PROGRAMS.items():
        yield f"program: {name}", read_program(text)
    for name, make in NETWORKS.items():
        yield f"network: {name}", make()


def printed(source: str) -> list[float]:
    """Every number that the script prints after an equals sign: the output, then the parameters' gradients."""
    heard = io.StringIO()
    with redirect_stdout(heard):
        load(source, "exported")
    return [
        float(number)
        for said in re.split(r"^.*?(?<![=!<>])= ?", heard.getvalue(), flags=re.M)[1:]
        for number in NUMBER.findall(said)
    ]


def expected(tape: Tape) -> list[float]:
    grads, _ = backward(tape, tape.data)
    parameters = [node for node, role in enumerate(tape.roles) if role == "parameter"]
    return [tape.data[tape.output], *(grads[node] or 0.0 for node in parameters)]


def check(tape: Tape, to: str) -> tuple[int, float]:
    """How many numbers the export printed, and how far the worst is from ours, relative to 1 for small numbers."""
    theirs, ours = printed(export(tape, to)), expected(tape)
    if len(theirs) != len(ours):
        raise AssertionError(f"prints {len(theirs)} numbers, not {len(ours)}")
    return len(ours), max(abs(a - b) / max(1.0, abs(a)) for a, b in zip(ours, theirs, strict=True))
