"""Optimizers and learning-rate schedules: how a step changes a parameter, as text.

A rule's lines are assignments in Python's grammar, in the spirit of the op table: the student reads them, and they are
what runs, on one number or on an array of all parameters. Names in them: `data` and `grad` of the parameter, `rate`,
`step` (from 1), the rule's settings, and its own memory per parameter, which starts at 0.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

Names = dict[str, Any]
Reading = Callable[[Names], Any]


@dataclass(frozen=True)
class Optimizer:
    """One rule. `lines` are (name, text) in order; the last one is the parameter's new `data`."""

    name: str
    title: str
    lines: tuple[tuple[str, str], ...]
    note: str
    settings: Mapping[str, float] = field(default_factory=dict)
    memory: tuple[str, ...] = ()

    @cached_property
    def readings(self) -> list[tuple[str, Reading]]:
        return [(name, read(text)) for name, text in self.lines]


@dataclass(frozen=True)
class Schedule:
    """How the learning rate changes: `text` over `rate` (the first one), `step` (from 0), `steps` and its settings."""

    name: str
    title: str
    text: str
    note: str
    settings: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def reading(self) -> Reading:
        return read(self.text)

    def rate(self, rate: float, step: int, steps: int, **settings: float) -> float:
        """The learning rate of a step, counted from 0."""
        return float(self.reading({**self.settings, **settings, "rate": rate, "step": step, "steps": steps}))


_OPTIMIZERS = (
    Optimizer(
        "sgd",
        "gradient descent",
        (("data", "data - rate * grad"),),
        "Every parameter goes against its gradient, as far as the rate says.",
    ),
    Optimizer(
        "momentum",
        "gradient descent with momentum",
        (("velocity", "momentum * velocity + grad"), ("data", "data - rate * velocity")),
        "Steps add up where gradients agree and cancel where they alternate. PyTorch's form.",
        {"momentum": 0.9},
        ("velocity",),
    ),
    Optimizer(
        "adam",
        "Adam",
        (
            ("mean", "beta1 * mean + (1 - beta1) * grad"),
            ("square", "beta2 * square + (1 - beta2) * grad * grad"),
            (
                "data",
                "data - rate * (mean / (1 - pow(beta1, step))) / (sqrt(square / (1 - pow(beta2, step))) + epsilon)",
            ),
        ),
        "Each parameter's step is scaled by how large its gradients have been, so all move at about the same pace.",
        {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
        ("mean", "square"),
    ),
)
OPTIMIZERS: Mapping[str, Optimizer] = MappingProxyType({row.name: row for row in _OPTIMIZERS})

_SCHEDULES = (
    Schedule("constant", "constant", "rate", "The same rate throughout."),
    Schedule(
        "linear",
        "linear decay",
        "rate * (1 - decay * step / steps)",
        "Large steps first, small ones at the end; with decay 0.9 the last are a tenth of the first.",
        {"decay": 0.9},
    ),
)
SCHEDULES: Mapping[str, Schedule] = MappingProxyType({row.name: row for row in _SCHEDULES})


class Updater:
    """An optimizer at work on one array of parameters, with its memory."""

    def __init__(self, optimizer: Optimizer, **settings: float) -> None:
        if unknown := settings.keys() - optimizer.settings.keys():
            raise ValueError(f"{optimizer.name} has no setting {sorted(unknown)[0]}")
        self.optimizer = optimizer
        self.names: Names = {**optimizer.settings, **settings, "step": 0}

    def update(self, data: Any, grad: Any, rate: float) -> Any:
        """The parameters after one step. `data` and `grad` are arrays of one shape, or numbers."""
        names = self.names
        if not names["step"]:
            names.update(dict.fromkeys(self.optimizer.memory, data * 0.0))
        names["step"] += 1
        names |= {"data": data, "grad": grad, "rate": rate}
        for name, reading in self.optimizer.readings:
            names[name] = reading(names)
        return names["data"]


_OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: lambda x, y: x + y,
    ast.Sub: lambda x, y: x - y,
    ast.Mult: lambda x, y: x * y,
    ast.Div: lambda x, y: x / y,
}
_FUNCTIONS: dict[str, Callable[..., Any]] = {"sqrt": lambda x: x**0.5, "pow": lambda x, y: x**y}


def read(text: str) -> Reading:
    """A rule's text as a function of its names: the four operators, `sqrt`, `pow` and functions among the names."""
    return _reading(ast.parse(text, mode="eval").body)


def _reading(node: ast.expr) -> Reading:
    match node:
        case ast.Constant(value=number):
            return lambda names: number
        case ast.Name(id=name):
            return lambda names: names[name]
        case ast.BinOp():
            operator, left, right = _OPERATORS[type(node.op)], _reading(node.left), _reading(node.right)
            return lambda names: operator(left(names), right(names))
        case ast.UnaryOp(op=ast.USub()):
            operand = _reading(node.operand)
            return lambda names: -operand(names)
        case ast.Call(func=ast.Name(id=name)):
            given = [_reading(argument) for argument in node.args]
            if function := _FUNCTIONS.get(name):
                return lambda names: function(*[each(names) for each in given])
            return lambda names: names[name](*[each(names) for each in given])
    raise ValueError(f"a rule cannot say {ast.unparse(node)}")
