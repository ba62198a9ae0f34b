"""The names a program knows from the start, and what to say about those it does not know."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from engine.ops import OPS
from engine.program.errors import shorten

OPERATORS = frozenset(op.name for op in OPS.values() if op.infix)
"""Ops with a spelling of their own: callable by name too, but the name stays free for variables."""

BUILT_IN = ("sum", "mean", "len", "zip", "range", "enumerate", "data", "Value", "Neuron", "Layer", "MLP")
"""Functions that are not ops."""

RESERVED = frozenset(op for op in OPS if op not in OPERATORS) | frozenset(BUILT_IN)
"""Names that cannot be assigned to."""

METHODS = frozenset(OPS)
"""Every op of at least one operand can be written as a method of its first."""

_ELSEWHERE = {
    "print": "Every node shows its data and grad.",
    "draw_dot": "The graph is drawn already.",
    "float": "Every number is a float already.",
    "int": "Every number is a float; use floor(x).",
    "list": "Write a list as [f(x) for x in xs].",
    "map": "Write [f(x) for x in xs].",
    "append": "Write the whole list at once, as [f(x) for x in xs].",
    "zero_grad": "Not needed here: backward starts from zero.",
    "item": "A node's data is shown beside it.",
    "step": "A program is one forward and one backward pass.",
    "random": "Networks draw their weights from seed=1337: MLP(3, [4, 1], seed=42).",
    "seed": "Networks draw their weights from seed=1337: MLP(3, [4, 1], seed=42).",
    **dict.fromkeys(
        ("math", "np", "numpy", "torch", "jnp", "cmath"), "Functions need no prefix: write tanh(x)."
    ),
}
_SYNONYMS = {
    "ln": "log", "arctan": "atan", "arcsin": "asin", "arccos": "acos", "arctan2": "atan2", "power": "pow",
    "maximum": "max", "minimum": "min", "clip": "clamp", "logistic": "sigmoid", "swish": "silu", "square": "x**2",
    "average": "mean", "absolute": "abs", "fabs": "abs",
}  # fmt: skip


def hint_for(name: str, known: Iterable[str]) -> str:
    """What somebody who wrote an unknown `name` may have meant, or the names there are; may be empty."""
    if name in _ELSEWHERE:
        return _ELSEWHERE[name]
    if name in _SYNONYMS:
        return f"Did you mean {_SYNONYMS[name]}?"
    names = list(dict.fromkeys(known))
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if not close:
        close = [other for other in names if other.lower() == name.lower()][:1]
    return f"Did you mean {shorten(close[0])}?" if close else ""
