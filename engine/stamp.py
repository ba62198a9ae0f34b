"""More examples of a network for the price of arrays: the last built one, repeated with its nodes moved along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy import int64
from numpy.typing import NDArray

from engine.ops import CODE, LEAF
from engine.repeat import Stretch, repeat
from engine.tape import ROLES, Columns, Group, Tape

if TYPE_CHECKING:
    from engine.network import Pattern

Rows = Sequence[Sequence[float]]
_DATA, _INTERMEDIATE, _OUTPUT = map(ROLES.index, ("data", "intermediate", "output"))
_LEAF = CODE[LEAF]


def stamp(tape: Tape, pattern: Pattern, inputs: Rows, targets: Rows) -> Tape:
    """The tape of all examples, from one that holds the first few and what comes after them; its leaves have values.

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
    given = (old.code == _LEAF) & (old.role == _DATA)
    examples[:, given[start:end]] = inputs[built:]
    terms[:, given[term:after]] = targets[built:]
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
