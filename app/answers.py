"""A tape and its gradients as the bytes of the contract.

Written for speed: columns straight from the tape's lists, encoded by orjson. Numbers that are not finite become strings
here, because orjson would write them as null; a finite sum, or the count of nulls in what was written, shows that there
are none without looking at each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from math import inf, isfinite
from typing import Any

import orjson

from app.schema import VERSION
from engine.explain import explain
from engine.export.source import identifiers
from engine.export.table import table_lines
from engine.gradcheck import Check
from engine.replay import backward
from engine.sentence import plain
from engine.tape import CONSTANT, ROLES, Tape
from engine.trace import events

Numbers = Sequence[float | None]


def graph_answer(tape: Tape, columns: bool) -> bytes:
    """The graph of `tape` with its grads and partials, as rows or as columns."""
    grads, partials = backward(tape, tape.data)
    fields: dict[str, Any] = {
        "id": list(range(len(tape))),
        "op": tape.ops,
        "operands": tape.operands,
        "partials": partials,
        "role": tape.roles,
        "name": tape.names,
        "group": tape.groups,
        "data": wire(tape.data),
        "grad": wire(grads),
        "span": tape.spans,
        "unused": [False] * len(tape) if all(tape.reaches) else [not reaches for reaches in tape.reaches],
    }
    nodes: Any
    if columns:
        constant = tape.columns.role == ROLES.index(CONSTANT)
        nothings = int(constant[tape.columns.operand].sum())
        nodes = fields | {"partials": _encoded(partials, nothings)}
    else:
        if not all_finite(chain.from_iterable(partials)):
            fields["partials"] = _wire_rows(partials)
        nodes = [
            {
                "id": node, "op": op, "operands": operands, "partials": slopes, "role": role, "name": name,
                "group": group, "data": data, "grad": grad, "span": span, "unused": unused,
            }
            for node, op, operands, slopes, role, name, group, data, grad, span, unused in zip(
                *fields.values(), strict=True
            )
        ]  # fmt: skip
    groups = [
        {"id": group.id, "kind": group.kind, "label": group.label, "parent": group.parent}
        for group in tape.group_table
    ]
    return orjson.dumps({"version": VERSION, "output": tape.output, "nodes": nodes, "groups": groups})


def _encoded(partials: Sequence[Numbers], nothings: int) -> orjson.Fragment:
    """All partials as JSON, `nothings` of which are None.

    orjson writes null for None and for what is not finite: where there are more, the numbers are spelled first.
    """
    text = orjson.dumps(partials)
    nulls = text.count(b"u")  # a letter of null, and of nothing else that a number is written with
    return orjson.Fragment(text if nulls == nothings else orjson.dumps(_wire_rows(partials)))


def _wire_rows(rows: Sequence[Numbers]) -> list[Sequence[float | str | None]]:
    return [wire(row) for row in rows]


def table_answer(tape: Tape) -> bytes:
    """The nodes of `tape` as a table for a terminal."""
    return "".join(f"{line}\n" for line in table_lines(tape)).encode()


def check_answer(tape: Tape, checks: Sequence[Check], tolerance: float) -> bytes:
    """Every gradient beside its central difference."""
    names = identifiers(tape)
    rows = [
        {
            "node": check.node,
            "name": names[check.node],
            "grad": wire_number(check.grad),
            "estimate": wire_number(check.estimate),
            "error": wire_number(check.error),
            "verdict": check.verdict,
        }
        for check in checks
    ]
    agrees = not any(check.verdict == "differs" for check in checks)
    return orjson.dumps({"version": VERSION, "tolerance": tolerance, "agrees": agrees, "checks": rows})


def explain_answer(tape: Tape, first: int, count: int) -> bytes:
    """Up to `count` events of the trace from step `first` on, each with its sentence, its code and its formula."""
    trace = events(tape)
    rows = []
    for step in range(first, min(first + count, len(trace) + 1)):
        event, told = trace[step - 1], explain(tape, trace, step)
        rows.append(
            {
                "step": step,
                "kind": event.kind,
                "node": event.node,
                "slot": event.slot,
                "target": event.target,
                "amount": wire_number(event.amount),
                "sentence": plain(told.sentence),
                "code": told.code,
                "comment": told.comment,
                "formula": told.formula,
            }
        )
    return orjson.dumps({"version": VERSION, "steps": len(trace), "events": rows})


def all_finite(numbers: Iterable[float | None]) -> bool:
    """Whether no number is NaN or infinite; may say no when a sum of huge ones overflows."""
    return isfinite(sum(filter(None, numbers)))


def wire(numbers: Numbers) -> Sequence[float | str | None]:
    """Numbers as JSON can hold them: NaN and the infinities as strings, None as null."""
    return numbers if all_finite(numbers) else [wire_number(number) for number in numbers]


def wire_number(number: float | None) -> float | str | None:
    if number is None or isfinite(number):
        return number
    return "NaN" if number != number else "Infinity" if number == inf else "-Infinity"
