"""Where a plan keeps each node: groups of equal nodes, in an order in which what is read together lies together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.grids import Bools, Places
from engine.levels import Units
from engine.ops import OPS
from engine.tape import CONSTANT, ROLES, Columns

ROWS = (None, *OPS.values())
"""The table by code; a leaf has no row."""
CONSTANT_ROLE = ROLES.index(CONSTANT)
NO_ANCHOR = -1


@dataclass(slots=True)
class Block:
    """A group before it is compiled: `length` × `width` nodes, laid out position by position from `start`."""

    start: int
    code: int
    length: int
    nodes: Places  # (length * width,) ids in the order of their places
    constants: int  # bit s: slot s is a constant in all of them
    receives: bool

    @property
    def is_sum(self) -> bool:
        row = ROWS[self.code]
        return row is not None and row.partials == ("1", "1")

    @property
    def width(self) -> int:
        return len(self.nodes) // self.length


class Layout:
    """Where every node lies: leaves first, by role; then the groups, one after the other, as they are put."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.place = np.full(len(columns.code), -1, dtype=np.int64)
        leaves = np.flatnonzero(columns.code == 0)
        leaves = leaves[np.argsort(columns.role[leaves], kind="stable")]
        self.place[leaves] = np.arange(len(leaves))
        self._after = len(leaves)
        self.blocks: list[Block] = []

    def put(self, nodes: Places, length: int, constants: int, receives: bool) -> None:
        """The next group: `length` rows of nodes, position by position."""
        self.place[nodes] = self._after + np.arange(len(nodes))
        code = int(self.columns.code[nodes[0]])
        self.blocks.append(Block(self._after, code, length, nodes, constants, receives))
        self._after += len(nodes)

    def operand_places(self, edges: Places) -> Places:
        """Where lies what these operand edges read."""
        return self.place.take(self.columns.operand.take(edges))


def arrange(columns: Columns, units: Units, receives: Bools) -> Layout:
    """Groups level by level.

    Within a group the order is chosen so that places read together form grids: a sum's terms lie position by position,
    sums and nodes that share a parameter lie side by side, all others keep the order of what they read.
    """
    layout = Layout(columns)
    anchors = _anchors(columns, units, layout.place)
    all_terms, readers = _terms(columns, units, anchors)
    following = np.full(len(columns.code), -1, dtype=np.int64)
    summed = np.flatnonzero(units.position > 0)
    following[columns.operand[columns.first[summed]]] = summed
    for members, constants in _groups(columns, units, receives, readers):
        term, anchor = all_terms[members], anchors[members]
        if (term >= 0).all():
            order = term
        elif (anchor >= 0).all():
            order = anchor
        else:
            order = layout.operand_places(columns.first[members])
        length = int(units.length[members[0]])
        rows = np.empty((length, len(members)), dtype=np.int64)
        rows[0] = members[np.argsort(order, kind="stable")]
        for position in range(1, length):
            rows[position] = following[rows[position - 1]]
        layout.put(rows.reshape(-1), length, constants, bool(receives[members[0]]))
    return layout


def _anchors(columns: Columns, units: Units, place: Places) -> Places:
    """For every unit the place of the first parameter it reads, if any: equal neurons of all examples share it."""
    parameter = (columns.role == 0) & (columns.code == 0)
    edges = np.flatnonzero(parameter[columns.operand])[::-1]
    anchor = np.full(len(columns.code), NO_ANCHOR, dtype=np.int64)
    # Written from the last edge to the first: the first one stays.
    anchor[units.unit[units.node[edges]]] = place[columns.operand[edges]]
    return anchor


def _terms(columns: Columns, units: Units, anchor: Places) -> tuple[Places, Places]:
    """For nodes that only one sum reads, and once: position, then the sum's own order, in one number; else -1.

    And the length of the sum that reads them, 0 where there is none.
    """
    size = len(columns.code)
    term, reader = np.full(size, -1, dtype=np.int64), np.zeros(size, dtype=np.int64)
    length = units.length[units.unit]
    summed = np.flatnonzero((length > 1) & (units.unit >= 0))
    heads = summed[units.position[summed] == 0]
    nodes = np.concatenate([summed, heads])
    terms = columns.operand[columns.first[nodes] + (np.arange(len(nodes)) < len(summed))]
    position = np.concatenate([units.position[summed] + 1, np.zeros(len(heads), dtype=np.int64)])
    once = units.uses[terms] == 1
    nodes, terms, position = nodes[once], terms[once], position[once]
    unit = units.unit[nodes]
    anchors = int(anchor.max(initial=0)) + 2
    term[terms] = (position * anchors + anchor[unit] + 1) * size + unit
    reader[terms] = length[nodes]
    return term, reader


def _groups(columns: Columns, units: Units, receives: Bools, readers: Places) -> list[tuple[Places, int]]:
    """The leading nodes of each group's units, group by group, lower levels first, and the slots that are constants.

    `readers[i]` is the length of the one sum that reads node i, or 0: terms of unequal sums are laid out apart.
    """
    members = np.flatnonzero(units.length)
    arity = (columns.first[1:] - columns.first[:-1])[members]
    constants = np.zeros(len(columns.code), dtype=np.int64)
    edges = np.flatnonzero((columns.role == CONSTANT_ROLE)[columns.operand])
    slots = edges - columns.first[units.node[edges]]
    for slot in range(3):
        constants[units.node[edges[slots == slot]]] |= 1 << slot
    constants = constants[members]
    fields = [units.level[members], columns.code[members].astype(np.int64), units.length[members]]
    fields += [arity, constants, readers[members]]
    key = receives[members].astype(np.int64)
    for entries in reversed(fields):  # one number, the level in its highest digits
        _, key = np.unique(key, return_inverse=True) if key.max(initial=0) > 2**31 else (None, key)
        key = entries * (int(key.max(initial=0)) + 1) + key
    order = np.argsort(key, kind="stable")
    cuts = np.flatnonzero(np.diff(key[order])) + 1
    parts = np.split(order, cuts)
    return [(members[part], int(constants[part[0]])) for part in parts if len(part)]
