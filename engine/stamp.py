"""More examples of a network for the price of arrays: the last built one, repeated with its nodes moved along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy import float64, int64
from numpy.typing import NDArray

from engine.kernel import FILL, VALUE
from engine.ops import CODE, LEAF
from engine.tape import ROLES, Columns, Group, Tape

Rows = Sequence[Sequence[float]]
_DATA = ROLES.index("data")
_LEAF = CODE[LEAF]


@dataclass(slots=True)
class Pattern:
    """Where the built examples stand on a tape.

    Example k of the built ones is nodes starts[k] to starts[k + 1], its inputs first. Its term of the loss, with the
    addition to the terms before it as the last node, ends at terms[k]. What comes after terms[-1] comes once.
    """

    examples: int
    starts: list[int]
    terms: list[int]

    def example_ids(self, built: list[list[int]]) -> list[list[int]]:
        """Ids of nodes of the built examples (a row each), gone on with for all the others."""
        size = self.starts[-1] - self.starts[-2]
        return _continued(built, self.examples - len(self.terms), size, 0)

    def term_ids(self, built: list[list[int]]) -> list[list[int]]:
        """The same for nodes of the loss's terms."""
        copies = self.examples - len(self.terms)
        width = self.terms[-1] - self.terms[-2] if copies else 0
        return _continued(built, copies, width, copies * (self.starts[-1] - self.starts[-2]))


def _continued(built: list[list[int]], copies: int, size: int, behind: int) -> list[list[int]]:
    moved = [[node + behind for node in row] for row in built]
    return moved + [[node + copy * size for node in moved[-1]] for copy in range(1, copies + 1)]


def stamp(tape: Tape, pattern: Pattern, inputs: Rows, targets: Rows) -> Tape:
    """The tape of all examples, from one that holds the first few and what comes after them.

    `inputs` and `targets` have a row per example, in order. An operand within the example moves with it, an operand
    behind all examples moves by their length, and everything before (the weights) is shared.
    """
    built = len(pattern.terms)
    copies = pattern.examples - built
    copy = np.arange(1, copies + 1)
    start, end = pattern.starts[-2:]  # the last built example
    term, after = pattern.terms[-2:]  # its term of the loss
    size, width = end - start, after - term
    old = tape.columns
    source = np.concatenate(
        [
            np.arange(end),
            np.tile(np.arange(start, end), copies),
            np.arange(end, after),
            np.tile(np.arange(term, after), copies),
            np.arange(after, len(tape)),
        ]
    )
    examples = slice(end, end + copies * size)
    terms = slice(after + copies * size, after + copies * (size + width))
    within = np.zeros(len(source), dtype=np.int64)
    within[examples] = np.repeat(copy * size, size)
    within[terms] = np.repeat(copy * size, width)
    behind = np.full(len(source), copies * size, dtype=np.int64)
    behind[terms] += np.repeat(copy * width, width)
    behind[terms.stop :] += copies * width

    counts = np.diff(old.first)[source]
    first = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
    node = np.repeat(np.arange(len(source)), counts)
    operand = old.operand[old.first[source][node] + np.arange(first[-1]) - first[node]]
    operand += np.where(operand >= end, behind[node], np.where(operand >= start, within[node], 0))

    group, groups, table = _groups(tape, old, built, pattern.examples)
    columns = Columns(
        code=old.code[source],
        first=first,
        operand=operand,
        data=old.data[source],
        role=old.role[source],
        name=old.name[source],
        names=old.names,
        group=old.group[source],
        groups=groups,
    )
    moved = group[old.group[start:end]]
    columns.group[examples] = (
        moved + (copy - 1)[:, None] * ((len(groups) - len(old.groups)) // copies)
    ).ravel()
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
    output = tape.output + copies * (size + width)
    columns.role[source == tape.output] = ROLES.index("intermediate")
    columns.role[output] = ROLES.index("output")
    return Tape.from_columns(columns, output, table)


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
    for node in range(start, len(columns.code)):
        operands = columns.operand[columns.first[node] : columns.first[node + 1]].tolist()
        if not changed.isdisjoint(operands):
            columns.data[node] = VALUE[int(columns.code[node])](*columns.data[operands].tolist())
            changed.add(node)


def _groups(
    tape: Tape, old: Columns, built: int, examples: int
) -> tuple[NDArray[int64], list[str | None], list[Group]]:
    """For each old group its number in the first copy (or its own), the longer list of names, and the longer table."""
    last = f"example{built}"
    belong = [at for at, name in enumerate(old.groups) if name is not None and name.split(".", 1)[0] == last]
    numbers = np.arange(len(old.groups))
    numbers[belong] = len(old.groups) + np.arange(len(belong))
    tails = [(old.groups[at] or "")[len(last) :] for at in belong]
    groups = old.groups + [
        f"example{number}{tail}" for number in range(built + 1, examples + 1) for tail in tails
    ]
    own = [group for group in tape.group_table if group.id.split(".", 1)[0] == last]
    place = tape.group_table.index(own[-1]) + 1
    copies = [
        Group(
            f"example{number}{group.id[len(last) :]}",
            group.kind,
            group.label if group.parent else f"example {number}",
            f"example{number}{group.parent[len(last) :]}" if group.parent else None,
        )
        for number in range(built + 1, examples + 1)
        for group in own
    ]
    return numbers, groups, [*tape.group_table[:place], *copies, *tape.group_table[place:]]
