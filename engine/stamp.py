"""More examples of a network for the price of arrays: the last built one, repeated with its nodes moved along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

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
    behind, more = copies * size, copies * (size + width)
    old = tape.columns
    output = tape.output + more

    def spread(column: NDArray[Any], ends: Sequence[int]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """A column with the copies in their places, and these as rows of views: of the example, of its term."""
        start, end, term, after = ends
        first = end + copies * (end - start)
        second = after + first - end
        third = second + copies * (after - term)
        large = np.empty(third + len(column) - after, dtype=column.dtype)
        large[:end], large[first:second], large[third:] = column[:end], column[end:after], column[after:]
        examples, terms = large[end:first].reshape(copies, -1), large[second:third].reshape(copies, -1)
        examples[:], terms[:] = column[start:end], column[term:after]
        return large, examples, terms

    nodes = (start, end, term, after)
    edges = old.first[[*nodes]].tolist()
    example, its_term = old.operand[edges[0] : edges[1]], old.operand[edges[2] : edges[3]]
    moved = old.operand.copy()
    moved[edges[1] :][moved[edges[1] :] >= end] += behind
    moved[edges[3] :][moved[edges[3] :] >= end] += copies * width
    operand, examples, terms = spread(moved, edges)
    examples += copy * ((example >= start) * size)
    terms += copy * ((its_term >= end) * width + ((its_term >= start) & (its_term < end)) * size)
    moved = old.first.copy()
    moved[end:] += copies * len(example)
    moved[after:] += copies * len(its_term)
    first, examples, terms = spread(moved, nodes)
    examples += copy * len(example)
    terms += copy * len(its_term)
    role, _, _ = spread(np.where(np.arange(len(tape)) == tape.output, _INTERMEDIATE, old.role), nodes)
    role[output] = _OUTPUT
    groups = _groups(old, built, pattern.examples)
    group, examples, _ = spread(old.group, nodes)
    examples[:] = groups.first[old.group[start:end]] + (copy - 1) * groups.count
    data, examples, terms = spread(old.data, nodes)
    with np.errstate(all="ignore"):
        lanes = _lanes(old, slice(start, end), {}, np.array(inputs[built:], dtype=np.float64).T)
        examples[:] = lanes.T
        known = dict(zip(range(start, end), lanes, strict=True))
        lanes = _lanes(old, slice(term, after), known, np.array(targets[built:], dtype=np.float64).T)
        # The last node of a term adds it to all before: one after the other, as the nodes do.
        own = int(old.operand[old.first[after] - 1])
        terms_of = lanes[own - term] if own >= term else known[own]
        lanes[-1] = np.add.accumulate(np.concatenate([old.data[after - 1 : after], terms_of]))[1:]
        terms[:] = lanes.T
    columns = Columns(
        code=spread(old.code, nodes)[0],
        first=first,
        operand=operand,
        data=data,
        role=role,
        name=spread(old.name, nodes)[0],
        names=old.names,
        group=group,
        groups=[*old.groups, *groups.names],
    )
    _finish(columns, after + more)
    stamped = Tape.from_columns(columns, output, lambda: _group_table(tape, built, pattern.examples))
    times = np.arange(copies + 1)
    stamped.arrange = lambda: repeat(
        tape,
        columns,
        lambda nodes: nodes + (nodes >= end) * behind + (nodes >= after) * (more - behind),
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
    rows = dict(known)
    code, role, data = old.code[nodes].tolist(), old.role[nodes].tolist(), old.data.tolist()
    cuts, given = old.first[nodes.start : nodes.stop + 1].tolist(), iter(leaves)
    operand = old.operand[cuts[0] : cuts[-1]].tolist()
    for at, (node, lane) in enumerate(zip(range(nodes.start, nodes.stop), lanes, strict=True)):
        if code[at] != _LEAF:
            read = operand[cuts[at] - cuts[0] : cuts[at + 1] - cuts[0]]
            FILL[code[at]](lane, *[rows[each] if each in rows else data[each] for each in read])
        else:
            lane[:] = next(given) if role[at] == _DATA else data[node]
        rows[node] = lane
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
    numbered = [f"example{number}" for number in range(built + 1, examples + 1)]
    names = [example + tail for example in numbered for tail in tails]
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
