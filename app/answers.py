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
from engine.ops import NAMES
from engine.replay import backward, backward_arrays
from engine.sentence import plain
from engine.tape import CONSTANT, ROLES, Group, Tape
from engine.trace import events

if TYPE_CHECKING:
    from engine.grids import Bools, Floats, Places

Numbers = Sequence[float | None]


def graph_answer(tape: Tape, columns: bool, fields: Sequence[str] = NODE_FIELDS) -> bytes:
    """The graph of `tape`, as rows or as columns: of every node these fields, and the groups if `group` is one."""
    nodes = _columns(tape, fields) if columns else _rows(tape, fields)
    groups = {"groups": _groups(tape)} if "group" in fields else {}
    answer = {"version": VERSION, "output": tape.output, "nodes": nodes} | groups
    return orjson.dumps(answer, option=orjson.OPT_SERIALIZE_NUMPY)


def _groups(tape: Tape) -> orjson.Fragment | list[Group]:
    """The table of groups; where a network's examples repeat themselves, an example's text with the numbers put in."""
    pattern = tape.group_pattern
    if pattern is None:
        return tape.group_table
    before, example, after = [
        orjson.dumps(groups).decode()[1:-1]
        for groups in (pattern.before, pattern.example("\0"), pattern.after)  # NUL is in no name
    ]
    pieces = example.split(r"\u0000")
    copies = [str(number).join(pieces) for number in pattern.numbers]
    return orjson.Fragment(f"[{','.join(filter(None, [before, *copies, after]))}]")


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

    from app.columns import alike, id_lists, words

    columns = tape.columns

    @cache
    def slopes() -> tuple[Floats, Floats]:
        return backward_arrays(tape)

    def constant(nodes: Places) -> Bools:
        return columns.role[nodes] == ROLES.index(CONSTANT)

    make: dict[str, Callable[[], Any]] = {
        "id": lambda: np.arange(len(tape)),
        "op": lambda: words(NAMES, columns.code),
        "operands": lambda: id_lists(columns.first, columns.operand),
        "partials": lambda: _lists(
            columns.first, _spelled(slopes()[1], lambda edges: constant(columns.operand[edges]))
        ),
        "role": lambda: words(ROLES, columns.role),
        "name": lambda: tape.names,
        "group": lambda: tape.groups,
        "data": lambda: _spelled(columns.data),
        "grad": lambda: _spelled(slopes()[0], constant),
        "span": lambda: alike(tape.spans),
        "unused": lambda: alike(_unused(tape)),
    }
    return {field: make[field]() for field in fields}


def _lists(
    first: Places, numbers: Floats | Sequence[float | str | None]
) -> orjson.Fragment | list[Sequence[float | str | None]]:
    """Numbers in a list per node: those from `first` of it to `first` of the next."""
    from app.columns import number_lists

    if isinstance(numbers, Sequence):
        return [numbers[start:end] for start, end in pairwise(first.tolist())]
    return number_lists(first, numbers)


def _spelled(
    numbers: Floats, nothing: Callable[[Places], Bools] | None = None
) -> Floats | Sequence[float | str | None]:
    """The array itself where all are finite, or NaN that is written null; else as `wire` spells it.

    `nothing` says at which of some places NaN stands for None.
    """
    import numpy as np

    odd = np.flatnonzero(~np.isfinite(numbers))
    null = odd[nothing(odd)] if nothing else odd[:0]
    if len(null) == len(odd):
        return numbers
    listed = numbers.astype(object)
    listed[null] = None
    return wire(listed.tolist())


def _unused(tape: Tape) -> list[bool]:
    reaches = tape.reaches
    return [False] * len(tape) if reaches.count(True) == len(tape) else [not reach for reach in reaches]


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
