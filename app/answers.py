"""A tape and its gradients as the bytes of the contract.

Written for speed: columns straight from the tape's arrays, encoded by orjson. Numbers that are not finite become
strings here, because orjson would write them as null; only a column that holds one is gone through one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import chain, pairwise
from math import inf, isfinite
from typing import TYPE_CHECKING, Any

import orjson

from app.schema import NODE_FIELDS, VERSION
from engine.explain import explain
from engine.export.source import identifiers
from engine.export.table import table_lines
from engine.gradcheck import Check
from engine.replay import backward, backward_arrays
from engine.sentence import plain
from engine.tape import CONSTANT, ROLES, Tape
from engine.trace import events

if TYPE_CHECKING:
    from engine.grids import Bools, Floats, Places

Numbers = Sequence[float | None]


def graph_answer(tape: Tape, columns: bool, fields: Sequence[str] = NODE_FIELDS) -> bytes:
    """The graph of `tape`, as rows or as columns: of every node these fields, and the groups if `group` is one."""
    nodes = _columns(tape, fields) if columns else _rows(tape, fields)
    groups = {"groups": tape.group_table} if "group" in fields else {}
    answer = {"version": VERSION, "output": tape.output, "nodes": nodes} | groups
    return orjson.dumps(answer, option=orjson.OPT_SERIALIZE_NUMPY)


def _rows(tape: Tape, fields: Sequence[str]) -> list[dict[str, Any]]:
    grads, partials = backward(tape, tape.data)
    columns: tuple[Sequence[Any], ...] = (
        range(len(tape)),
        tape.ops,
        tape.operands,
        partials if all_finite(chain.from_iterable(partials)) else list(map(wire, partials)),
        tape.roles,
        tape.names,
        tape.groups,
        wire(tape.data),
        wire(grads),
        tape.spans,
        _unused(tape),
    )
    rows = [
        {
            "id": node, "op": op, "operands": operands, "partials": slopes, "role": role, "name": name,
            "group": group, "data": data, "grad": grad, "span": span, "unused": unused,
        }
        for node, op, operands, slopes, role, name, group, data, grad, span, unused in zip(
            *columns, strict=True
        )
    ]  # fmt: skip
    return rows if fields == NODE_FIELDS else [{field: row[field] for field in fields} for row in rows]


def _columns(tape: Tape, fields: Sequence[str]) -> dict[str, Any]:
    import numpy as np

    columns = tape.columns

    @cache
    def slopes() -> tuple[Floats, Floats]:
        return backward_arrays(tape)

    @cache
    def lists() -> _Lists:
        return _Lists(columns.first)

    @cache
    def constant() -> Bools:
        return columns.role == ROLES.index(CONSTANT)

    make: dict[str, Callable[[], Any]] = {
        "id": lambda: np.arange(len(tape)),
        "op": lambda: tape.ops,
        "operands": lambda: lists().of(columns.operand),
        "partials": lambda: lists().of(_spelled(slopes()[1], lambda: constant()[columns.operand])),
        "role": lambda: tape.roles,
        "name": lambda: tape.names,
        "group": lambda: tape.groups,
        "data": lambda: _spelled(columns.data),
        "grad": lambda: _spelled(slopes()[0], constant),
        "span": lambda: tape.spans,
        "unused": lambda: _unused(tape),
    }
    return {field: make[field]() for field in fields}


def _spelled(
    numbers: Floats, nothing: Callable[[], Bools] | None = None
) -> Floats | Sequence[float | str | None]:
    """The array itself where it is finite but for `nothing`, NaN that is written null; else as `wire` spells it."""
    import numpy as np

    finite = np.isfinite(numbers)
    if finite.all():
        return numbers
    null = nothing() if nothing else np.zeros_like(finite)
    if (finite | null).all():
        return numbers
    listed = numbers.astype(object)
    listed[null] = None
    return wire(listed.tolist())


class _Lists:
    """Numbers in a list per node: those from `first` of it to `first` of the next.

    An array is written flat, each node's numbers followed by one that is as long as the brackets due in its place:
    `,0,` becomes `],[`, and where a node has none, `10,` does. Of `,0.0,` two blanks are left.
    """

    def __init__(self, first: Places) -> None:
        import numpy as np

        self._first = first
        self._ends = first[1:] + np.arange(len(first) - 1)
        self._is_end = np.zeros(self._ends[-1] + 1, dtype=bool)
        self._is_end[self._ends] = True
        self._is_number = ~self._is_end
        self._brackets = 10 * (first[1:] == first[:-1])

    def of(self, numbers: Any) -> orjson.Fragment | list[Any]:
        import numpy as np

        if not isinstance(numbers, np.ndarray):
            return [numbers[start:end] for start, end in pairwise(self._first.tolist())]
        flat = np.empty(len(self._is_end), dtype=numbers.dtype)
        flat[self._ends] = self._brackets
        flat[self._is_number] = numbers
        text = np.frombuffer(bytearray(orjson.dumps(flat, option=orjson.OPT_SERIALIZE_NUMPY)), dtype=np.uint8)
        text[-1] = ord(",")
        ends = np.flatnonzero(text == ord(","))[self._ends]
        for back, sign in enumerate(b"[,]" if flat.dtype.kind == "i" else b"[,]  "):
            text[ends - back] = sign
        return orjson.Fragment(b"[%b]" % text[:-2].data)


def _unused(tape: Tape) -> list[bool]:
    return [False] * len(tape) if all(tape.reaches) else [not reaches for reaches in tape.reaches]


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
