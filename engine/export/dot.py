"""Graphviz DOT, drawn as the lecture's `draw_dot` draws: a record per value, a circle per operation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.export.labels import Close, Inside, Open, outline, plain, short
from engine.ops import LEAF, OPS
from engine.replay import backward

if TYPE_CHECKING:
    from engine.tape import Tape

_FILL = {"parameter": "#e8f0fe", "data": "#e6f4ea", "constant": "#f3f3f3", "output": "#fef3e2"}


def dot_source(tape: Tape) -> str:
    """A digraph with data and grad in every record, the partial on every edge into an operation."""
    grads, partials = backward(tape, tape.data)
    lines = [
        "digraph seegrad {",
        "  rankdir=LR;",
        '  node [shape=record, fontname="Helvetica", fontsize=11, style=filled, fillcolor="#ffffff"];',
        '  edge [fontname="Helvetica", fontsize=9, arrowsize=0.6];',
    ]
    for part in outline(tape):
        indent = "  " * (part.depth + 1)
        match part:
            case Open(number, label):
                lines.append(
                    f'{indent}subgraph cluster_{number} {{ label="{quoted(label)}"; fontname="Helvetica";'
                )
            case Close():
                lines.append(f"{indent}}}")
            case Inside(node):
                lines.append(f"{indent}n{node} [{_record(tape, node, grads[node])}];")
                if tape.ops[node] != LEAF:
                    symbol = quoted(OPS[tape.ops[node]].symbol)
                    lines.append(f'{indent}op{node} [label="{symbol}", shape=circle, margin=0.02];')
                    lines.append(f"{indent}op{node} -> n{node};")
    for node, operands in enumerate(tape.operands):
        for operand, partial in zip(operands, partials[node], strict=True):
            label = "" if partial is None else f' [label="{short(partial)}"]'
            lines.append(f"  n{operand} -> op{node}{label};")
    return "\n".join([*lines, "}", ""])


def _record(tape: Tape, node: int, grad: float | None) -> str:
    fields = [_field(name)] if (name := tape.calls[node]) else []
    fields += [f"data {short(tape.data[node])}"] + ([f"grad {short(grad)}"] if grad is not None else [])
    fill = _FILL.get(tape.roles[node])
    return f'label="{{ {" | ".join(fields)} }}"' + (f', fillcolor="{fill}"' if fill else "")


def quoted(text: str) -> str:
    """Text inside a DOT string, where a backslash begins an escape and `&` an entity."""
    return plain(text).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")


def _field(text: str) -> str:
    """Text inside a field of a record label, where `{ } | < >` have a meaning as well."""
    return "".join(f"\\{letter}" if letter in "{}|<>" else letter for letter in quoted(text))
