"""Graphs worth looking at, in the order the gallery shows them. How to add one: docs/adding-an-example.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.program import read_program
from engine.tape import Tape


@dataclass(frozen=True, slots=True)
class Example:
    """A program with a title and, in one or two sentences to the student, what to look at."""

    id: str
    title: str
    note: str
    program: str

    def row(self) -> dict[str, Any]:
        """As the contract shows it; `request` is a body for POST /api/v1/graph."""
        return {"id": self.id, "title": self.title, "note": self.note, "request": {"program": self.program}}


def tape_of(example: Example) -> Tape:
    return read_program(example.program)


NEURON = """\
x1 = data(2); x2 = data(0)
w1 = -3; w2 = 1
b = 6.8813735870195432
n = x1*w1 + x2*w2 + b
"""

EXAMPLES: tuple[Example, ...] = (
    Example(
        "lecture",
        "Lecture graph",
        "Raise c by a little and L falls twice as fast: c.grad is −2. Drag c and watch.",
        "a = 2; b = -3\nc = 10; f = -2\ne = a*b\nd = e + c\nL = d * f",
    ),
    Example(
        "used-twice",
        "Used twice",
        "Two paths lead from a to b. Each passes on 1, and paths add: a.grad is 2, not 1.",
        "a = 3\nb = a + a",
    ),
    Example(
        "two-paths",
        "Two paths that disagree",
        "Through d, a pushes f up; through e, it pulls f down harder. a.grad is the sum, 3 − 6 = −3.",
        "a = -2; b = 3\nd = a * b\ne = a + b\nf = d * e",
    ),
    Example(
        "neuron",
        "One neuron",
        "x2 is 0, so w2 gets no gradient: changing a weight on a silent input changes nothing.",
        NEURON + "o = tanh(n)",
    ),
    Example(
        "tanh-apart",
        "tanh taken apart",
        "The same neuron with tanh written as exp, − and /. Every gradient up to n is the same as before.",
        NEURON + "e = exp(2*n)\no = (e - 1) / (e + 1)",
    ),
    Example(
        "parabola",
        "The slope of a parabola",
        "The slope of x² at 3 is 6. Drag x through 0: left of it the gradient turns negative.",
        "x = 3\ny = x**2",
    ),
    Example(
        "lowest-point",
        "Find the lowest point",
        "At 3 the slope is 14: go left. Drag x until its gradient is 0; you end at 2/3.",
        "x = 3\ny = 3*x**2 - 4*x + 5",
    ),
    Example(
        "line",
        "A line through three points",
        "Each point asks for another line; w.grad and b.grad are the sum of what they ask. Bring loss to 0.",
        "w = 0.5; b = 0\nxs = [1, 2, 3]\nys = [3, 5, 7]\n"
        "loss = sum((w*x + b - y)**2 for x, y in zip(xs, ys))",
    ),
    Example(
        "relu-off",
        "A neuron that is off",
        "The sum is −1.5, so relu passes nothing on and neither weight can learn. Raise b above 2.",
        "x = data(1); y = data(1)\nw = -2; b = 0.5\nh = relu(w*x + b)\nloss = (h - y)**2",
    ),
    Example(
        "saturated",
        "A saturated tanh",
        "The answer is as wrong as it can be, yet hardly any gradient arrives: tanh is flat out there.",
        "x = data(4); y = data(-1)\nw = 1.5; b = 0\no = tanh(w*x + b)\nloss = (o - y)**2",
    ),
    Example(
        "vanishing",
        "Ten tanh deep",
        "Every tanh multiplies by a slope below 1. Follow the gradient back to x and see what is left.",
        "x = 2\n"
        + "\n".join(f"h{i} = tanh({'x' if i == 1 else f'h{i - 1}'})" for i in range(1, 10))
        + "\no = tanh(h9)",
    ),
    Example(
        "softmax",
        "Softmax and its loss",
        "Label 3 is right but gets little. Every logit's gradient is its probability, minus 1 for the label.",
        "l0 = 0; l1 = 3; l2 = -2; l3 = 1\n"
        "counts = [exp(logit) for logit in [l0, l1, l2, l3]]\n"
        "total = sum(counts)\n"
        "p3 = counts[3] / total\n"
        "loss = -log(p3)",
    ),
    Example(
        "micrograd",
        "micrograd's README",
        "The program that micrograd shows first, as it stands there. Names are used again; values are not.",
        "a = Value(-4.0)\nb = Value(2.0)\nc = a + b\nd = a * b + b**3\nc += c + 1\nc += 1 + c + (-a)\n"
        "d += d * 2 + (b + a).relu()\nd += 3 * d + (b - a).relu()\ne = c - d\nf = e**2\ng = f / 2.0\n"
        "g += 10.0 / f\ng.backward()",
    ),
    Example(
        "mlp",
        "A network and its loss",
        "41 parameters, four examples, one number to lower. Every weight knows which way it should go.",
        "n = MLP(3, [4, 4, 1])\n"
        "xs = [[2, 3, -1], [3, -1, 0.5], [0.5, 1, 1], [1, 1, -1]]\n"
        "ys = [1, -1, -1, 1]\n"
        "ypred = [n(x) for x in xs]\n"
        "loss = sum((yout - ygt)**2 for ygt, yout in zip(ys, ypred))",
    ),
)
