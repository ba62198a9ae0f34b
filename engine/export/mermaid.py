"""Mermaid flowchart: a box per value with data and grad, a circle per operation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.export.labels import Close, Inside, Open, outline, plain, short
from engine.ops import LEAF, OPS
from engine.replay import backward

if TYPE_CHECKING:
    from engine.tape import Tape

# Mermaid refuses larger charts unless the page that shows them was set up for it.
_MAX_EDGES, _MAX_TEXT = 500, 50_000
_STYLE = {
    "parameter": "fill:#e8f0fe,stroke:#4a6fa5,color:#1a1a1a",
    "data": "fill:#e6f4ea,stroke:#4a8f5c,color:#1a1a1a",
    "constant": "fill:#f3f3f3,stroke:#999999,color:#1a1a1a",
    "output": "fill:#fef3e2,stroke:#b7791f,color:#1a1a1a",
}


def mermaid_source(tape: Tape) -> str:
    """A chart from left to right; the partial stands on every edge into an operation."""
    grads, partials = backward(tape, tape.data)
    lines = []
    for part in outline(tape):
        indent = "  " * (part.depth + 1)
        match part:
            case Open(number, label):
                lines.append(f'{indent}subgraph g{number}["{escaped(label)}"]')
            case Close():
                lines.append(f"{indent}end")
            case Inside(node):
                style = f":::{role}" if (role := tape.roles[node]) in _STYLE else ""
                lines.append(f'{indent}n{node}["{_label(tape, node, grads[node])}"]{style}')
                if tape.ops[node] != LEAF:
                    lines.append(f'{indent}op{node}(("{escaped(OPS[tape.ops[node]].symbol)}")) --> n{node}')
    edges = 0
    for node, operands in enumerate(tape.operands):
        for operand, partial in zip(operands, partials[node], strict=True):
            label = "" if partial is None else f'|"{short(partial)}"|'
            lines.append(f"  n{operand} -->{label} op{node}")
        edges += len(operands) + bool(operands)
    lines += [f"  classDef {role} {style}" for role, style in _STYLE.items()]
    text = "\n".join(["flowchart LR", *lines, ""])
    if edges > _MAX_EDGES or len(text) > _MAX_TEXT:
        note = f"%% {edges} edges: set maxEdges and maxTextSize in mermaid.initialize to draw this\n"
        text = note + text
    return text


def _label(tape: Tape, node: int, grad: float | None) -> str:
    name = tape.calls[node]
    lines = [f"<b>{escaped(name)}</b>"] if name else []
    lines += [f"data {short(tape.data[node])}"] + ([f"grad {short(grad)}"] if grad is not None else [])
    return "<br/>".join(lines)


def escaped(text: str) -> str:
    """Text inside a Mermaid string: whatever is not a letter, a digit or harmless goes in as a character code.

    Behind a dollar sign goes a space of no width: two in a row would begin a formula, character codes or not.
    """
    spaced = plain(text).replace("$", "$\u200b")
    return re.sub(r"[^\w +\-*/=().,\[\]]", lambda found: f"#{ord(found[0])};", spaced)
