"""A tape and its gradients as the bytes of the contract.

Written for speed: columns straight from the tape's lists, encoded by orjson. Numbers that are not finite become strings
here, because orjson would write them as null; a finite sum shows, without looking at each, that there are none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from math import inf, isfinite
from typing import Any

import orjson

from app.schema import VERSION
from engine.replay import backward
from engine.tape import Tape

Numbers = Sequence[float | None]


def graph_answer(tape: Tape, columns: bool) -> bytes:
    """The graph of `tape` with its grads and partials, as rows or as columns."""
    grads, partials = backward(tape, tape.data)
    if not all_finite(chain.from_iterable(partials)):
        partials = [wire(row) for row in partials]
    fields: dict[str, Sequence[Any]] = {
        "id": range(len(tape)),
        "op": tape.ops,
        "operands": tape.operands,
        "partials": partials,
        "role": tape.roles,
        "name": tape.names,
        "group": tape.groups,
        "data": wire(tape.data),
        "grad": wire(grads),
        "span": tape.spans,
        "unused": [not reaches for reaches in tape.reaches],
    }
    if columns:
        nodes: Any = fields | {"id": list(fields["id"])}
    else:
        names = tuple(fields)
        nodes = [dict(zip(names, row, strict=True)) for row in zip(*fields.values(), strict=True)]
    groups = [
        {"id": group.id, "kind": group.kind, "label": group.label, "parent": group.parent}
        for group in tape.group_table
    ]
    return orjson.dumps({"version": VERSION, "output": tape.output, "nodes": nodes, "groups": groups})


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
