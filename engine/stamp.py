"""More examples of a network for the price of arrays: the last built one, repeated with its nodes moved along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy import float64, int64
from numpy.typing import NDArray

from engine.kernel import FILL, VALUE
from engine.ops import CODE, LEAF
from engine.repeat import Stretch, repeat
from engine.tape import ROLES, Columns, Group, Tape

if TYPE_CHECKING:
    from engine.network import Pattern

Rows = Sequence[Sequence[float]]
_DATA, _INTERMEDIATE, _OUTPUT = map(ROLES.index, ("data", "intermediate", "output"))
_LEAF = CODE[LEAF]


def stamp(tape: Tape, pattern: Pattern, inputs: Rows, targets: Rows) -> Tape:
    """The tape of all examples, from one that holds the first few and what comes after them.

    `inputs` and `targets` have a row per example, in order. An operand within the example moves with it, an operand
    behind all examples moves by their length, and everything before (the weights) is shared.
    """
    built = len(pattern.terms)
    copies = pattern.examples - built
    copy = np.arange(1, copies + 1)[:, None]
    start, end = pattern.starts[-2:]  # the last built example
    term, after = pattern.terms[-2:]  # its term of the loss
    size, width = end - start, after - term
    behind = copies * size
    old = tape.columns
    output = tape.output + behind + copies * width

    def spread(column: NDArray[int64], first: NDArray[int64] | range) -> list[NDArray[int64]]:
        """The stretches of a column, in order: the second and the fourth are to be repeated."""
        cuts = [first[node] for node in (start, end, term, after)]
        return [
            column[: cuts[1]],
            column[cuts[0] : cuts[1]],
            column[cuts[1] : cuts[3]],
            column[cuts[2] : cuts[3]],
            column[cuts[3] :],
        ]

    head, example, between, its_term, tail = spread(np.arange(len(tape)), range(len(tape) + 1))
    source = np.concatenate([head, np.tile(example, copies), between, np.tile(its_term, copies), tail])
    head, example, between, its_term, tail = spread(old.operand, old.first)
    inside = (its_term >= start) & (its_term < end)
    later = its_term >= end
    operand = [
        head,
        (example + copy * ((example >= start) * size)).ravel(),
        between + (between >= end) * behind,
        (its_term + later * behind + copy * (inside * size + later * width)).ravel(),
        tail + (tail >= end) * (behind + copies * width),
    ]
    groups = _groups(old, built, pattern.examples)
    columns = Columns(
        code=old.code[source],
        first=np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(np.diff(old.first)[source])]),
        operand=np.concatenate(operand),
        data=old.data[source],
        role=np.where(np.arange(len(tape)) == tape.output, _INTERMEDIATE, old.role)[source],
        name=old.name[source],
        names=old.names,
        group=old.group[source],
        groups=[*old.groups, *groups.names],
    )
    columns.role[output] = _OUTPUT
    examples = slice(end, end + behind)
    terms = slice(after + behind, after + behind + copies * width)
    columns.group[examples] = (groups.first[old.group[start:end]] + (copy - 1) * groups.count).ravel()
    with np.errstate(all="ignore"):
        lanes = _lanes(old, slice(start, end), {}, np.array(inputs[built:], dtype=np.float64).T)
        columns.data[examples] = lanes.T.ravel()
        known = dict(zip(range(start, end), lanes, strict=True))
        lanes = _lanes(old, slice(term, after), known, np.array(targets[built:], dtype=np.float64).T)
        # The last node of a term adds it to all before: one after the other, as the nodes do.
        own = int(old.operand[old.first[after] - 1])
        terms_of = lanes[own - term] if own >= term else known[own]
        lanes[-1] = np.add.accumulate(np.concatenate([old.data[after - 1 : after], terms_of]))[1:]
        columns.data[terms] = lanes.T.ravel()
    _finish(columns, terms.stop)
    stamped = Tape.from_columns(columns, output, lambda: _group_table(tape, built, pattern.examples))
    times = np.arange(copies + 1)
    stamped.arrange = lambda: repeat(
        tape,
        columns,
        lambda nodes: nodes + (nodes >= end) * behind + (nodes >= after) * (copies * width),
        Stretch(start, size, size, times * size),
        Stretch(term, width - 1, width - 1, behind + times * width),
    )
    return stamped


def _lanes(
    old: Columns, nodes: slice, known: dict[int, NDArray[float64]], leaves: NDArray[float64]
) -> NDArray[float64]:
    """Values of a stretch of nodes for all copies at once: a row per node, a column per copy.

    `known` are rows of nodes outside the stretch that differ between copies; `leaves` the data leaves, in order.
    """
    lanes = np.empty((nodes.stop - nodes.start, leaves.shape[1]))
    known = dict(known)
    first, operand, data, given = old.first.tolist(), old.operand.tolist(), old.data, iter(leaves)
    for node, lane in zip(range(nodes.start, nodes.stop), lanes, strict=True):
        code = int(old.code[node])
        if code != _LEAF:
            numbers = [known.get(at, data[at]) for at in operand[first[node] : first[node + 1]]]
            FILL[code](lane, *numbers)
        else:
            lane[:] = next(given) if old.role[node] == _DATA else data[node]
        known[node] = lane
    return lanes


def _finish(columns: Columns, start: int) -> None:
    """Values of what comes after the last term, node by node."""
    changed = {start - 1}
    base = int(columns.first[start])
    operand, first = columns.operand[base:].tolist(), columns.first[start:].tolist()
    for node, (begin, end) in enumerate(pairwise(first), start):
        operands = operand[begin - base : end - base]
        if not changed.isdisjoint(operands):
            columns.data[node] = VALUE[int(columns.code[node])](*columns.data[operands].tolist())
            changed.add(node)


@dataclass(slots=True)
class _Copied:
    """The groups of stamped examples: `count` for each, `names` in order; `first[g]` is group g's first copy."""

    names: list[str]
    count: int
    first: NDArray[int64]


def _groups(old: Columns, built: int, examples: int) -> _Copied:
    """The groups of further examples, named after those of the last built one."""
    last = f"example{built}"
    belong = [at for at, name in enumerate(old.groups) if name and name.split(".", 1)[0] == last]
    first = np.arange(len(old.groups))
    first[belong] = len(old.groups) + np.arange(len(belong))
    tails = [(old.groups[at] or "")[len(last) :] for at in belong]
    names = [f"example{number}{tail}" for number in range(built + 1, examples + 1) for tail in tails]
    return _Copied(names, len(belong), first)


def _group_table(tape: Tape, built: int, examples: int) -> list[Group]:
    """The built tape's table, with the groups of further examples behind those of the last built one."""
    last = f"example{built}"
    own = [group for group in tape.group_table if group.id.split(".", 1)[0] == last]
    place = tape.group_table.index(own[-1]) + 1
    inner = [
        (group.id[len(last) :], group.kind, group.label, (group.parent or "")[len(last) :])
        for group in own[1:]
    ]
    copies: list[Group] = []
    for number in range(built + 1, examples + 1):
        example = f"example{number}"
        copies.append(Group(example, own[0].kind, f"example {number}", None))
        copies += [
            Group(example + tail, kind, label, example + around) for tail, kind, label, around in inner
        ]
    return [*tape.group_table[:place], *copies, *tape.group_table[place:]]
