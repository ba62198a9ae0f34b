"""The tape: a graph as columns, one entry per node in build order (a Wengert list).

`linearize(root)` freezes linked Values into a `Tape`; from there on only the tape exists. An operand's id is always
smaller than its node's, so ascending order is the forward pass and descending order the backward pass.

A tape is kept as lists, as NumPy columns, or both: either is made from the other when first asked for. Networks of
many examples are stamped as columns (`Tape.from_columns`), and no Python object per node exists until someone reads a
list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, Any, Protocol
from unicodedata import normalize

from engine.ops import CODE, LEAF, LEAF_ROLES, NAMES, OPS

if TYPE_CHECKING:
    from numpy import float64, int32, int64, uint8
    from numpy.typing import NDArray

ROLES = (*LEAF_ROLES, "intermediate", "output")
CONSTANT = "constant"
_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_CALL = re.compile(r"((?:\[\d+\])*)([₀-₉]+)", re.ASCII)
_DECIDING = frozenset(name for name, row in OPS.items() if row.decides)


class TapeError(ValueError):
    """A tape that breaks one of its rules; the message names the node and the rule."""


class Node(Protocol):
    """What `linearize` reads of a Value."""

    data: float

    @property
    def op(self) -> str: ...

    @property
    def label(self) -> str: ...

    @property
    def role(self) -> str: ...

    @property
    def operands(self) -> Sequence[Any]: ...


@dataclass
class Group:
    """Nodes drawn as one when closed: a neuron, a layer, an example, a sum.

    Never changed once made, but not frozen: a large network has thousands, and so they are made twice as fast. Without
    slots: so orjson writes them six times as fast.
    """

    id: str
    kind: str
    label: str
    parent: str | None

    @classmethod
    def named(cls, name: str) -> Group:
        """The group with this id: "example2.layer1.neuron3" is a neuron, number 3, within "example2.layer1"."""
        around, _, own = name.rpartition(".")
        kind = own.rstrip("0123456789")
        return cls(name, kind, f"{kind} {own[len(kind) :]}".strip(), around or None)


@dataclass(frozen=True, slots=True)
class GroupPattern:
    """A table of groups in which those of an example come again for each of `numbers`, between two other parts.

    `example` makes them for a number's text.
    """

    before: Sequence[Group] = ()
    example: Callable[[str], Sequence[Group]] = lambda _: ()
    numbers: range = range(0)
    after: Sequence[Group] = ()

    def table(self) -> list[Group]:
        """All groups, one by one."""
        copies = (self.example(str(number)) for number in self.numbers)
        return [*self.before, *chain.from_iterable(copies), *self.after]


@dataclass(slots=True)
class Columns:
    """A tape as arrays: n nodes, e operand edges; edge `first[i] + s` is slot s of node i.

    `role` indexes ROLES, `name` its table `names` (whose entries may be None), `group` the tape's table of groups, -1
    for none. They are no wider than they need be: on large tapes, memory is what time goes into.
    """

    code: NDArray[uint8]  # (n,) engine.ops.CODE
    first: NDArray[int64]  # (n + 1,)
    operand: NDArray[int64]  # (e,)
    data: NDArray[float64]  # (n,)
    role: NDArray[uint8]  # (n,)
    name: NDArray[int32]  # (n,)
    names: list[str | None]
    group: NDArray[int32]  # (n,)


@dataclass(eq=False)
class Tape:
    """The columns as lists, all of one length. `output` is the id of the node that gradients are of."""

    ops: list[str]
    operands: list[tuple[int, ...]]
    data: list[float]
    roles: list[str]
    names: list[str | None]
    groups: list[str | None]
    spans: list[tuple[int, int] | None]
    output: int
    group_table: list[Group] = field(default_factory=list)
    arrange: Callable[[], Any] | None = None
    """Where it is known without looking at every node: its plan's layout (`engine.arrangement.Layout`) or None."""
    group_pattern: GroupPattern | None = None
    """What `group_table` is made from, where it repeats itself."""

    @classmethod
    def from_columns(
        cls, columns: Columns, output: int, make_groups: Callable[[], GroupPattern] = GroupPattern
    ) -> Tape:
        """A tape of arrays; its lists, and its table of groups, are made when first read. The arrays are kept."""
        tape = _ColumnTape.__new__(_ColumnTape)
        tape.columns = columns
        tape.output = output
        tape._make_groups = make_groups
        return tape

    def with_data(self, data: list[float]) -> Tape:
        """The same graph with other numbers; everything else is shared with this one."""
        twin = copy(self)
        twin.data = data
        if "columns" in self.__dict__:
            import numpy as np

            twin.columns = replace(self.columns, data=np.array(data, dtype=np.float64))
        return twin

    def __len__(self) -> int:
        return len(self.ops)

    @cached_property
    def columns(self) -> Columns:
        """The same tape as arrays, as it was when first asked."""
        import numpy as np

        role = {role: at for at, role in enumerate(ROLES)}
        group: dict[str | None, int] = {group.id: at for at, group in enumerate(self.group_table)}
        group[None] = -1
        names: dict[str | None, int] = {}
        name = [names.setdefault(name, len(names)) for name in self.names]
        return Columns(
            code=np.array([CODE[op] for op in self.ops], dtype=np.uint8),
            first=np.array(list(accumulate(map(len, self.operands), initial=0)), dtype=np.int64),
            operand=np.fromiter(chain.from_iterable(self.operands), dtype=np.int64),
            data=np.array(self.data, dtype=np.float64),
            role=np.array([role[each] for each in self.roles], dtype=np.uint8),
            name=np.array(name, dtype=np.int32),
            names=list(names),
            group=np.array([group[each] for each in self.groups], dtype=np.int32),
        )

    @cached_property
    def codes(self) -> list[int]:
        """Every node's CODE, as it was when first asked."""
        return [CODE[op] for op in self.ops]

    @cached_property
    def calls(self) -> list[str | None]:
        """What every node is called, so that nodes of one name can be told apart; None without a name.

        The first node of a name is called by it; the next ones have their number below the line: a, a₂, a₃. A leaf in a
        group is told apart by its group: every neuron has its own `w[0]`. A number that would read like another name of
        the graph (`a_2`, `a[2]`) is passed over. As it was when first asked. static/src/calls.js says the same.
        """
        taken = {coded(name) for name in self.names if name is not None}
        last: dict[tuple[str | None, str], int] = {}
        calls = list(self.names)
        for node, name in enumerate(self.names):
            if name is None:
                continue
            key = (None if self.operands[node] else self.groups[node], coded(name))
            number, call = last.get(key, 0) + 1, name
            while number > 1 and (
                coded(call := name + lowered(number)) in taken or f"{name}[{number}]" in taken
            ):
                number += 1
            last[key] = number
            taken.add(coded(call))
            calls[node] = call
        return calls

    @cached_property
    def reaches(self) -> list[bool]:
        """For every node, whether a path leads from it to the output."""
        if "columns" in self.__dict__ and ends_in_one(self):
            return [True] * len(self)
        reaches = [False] * len(self)
        reaches[self.output] = True
        for node in range(self.output, -1, -1):
            if reaches[node]:
                for operand in self.operands[node]:
                    reaches[operand] = True
        return reaches

    @cached_property
    def receives(self) -> list[bool]:
        """For every node, whether a gradient comes to it: on a path that leads through no slot that only decides."""
        if _DECIDING.isdisjoint(self.ops):
            return self.reaches
        receives = [False] * len(self.ops)
        receives[self.output] = True
        for node in range(self.output, -1, -1):
            if receives[node]:
                decides = OPS[self.ops[node]].decides if self.operands[node] else ()
                for slot, operand in enumerate(self.operands[node]):
                    if slot not in decides:
                        receives[operand] = True
        return receives


class _ColumnTape(Tape):
    """A tape that has its columns and makes its lists from them."""

    columns: Columns  # type: ignore[assignment]
    _make_groups: Callable[[], GroupPattern]

    @cached_property
    def group_pattern(self) -> GroupPattern:  # type: ignore[override]
        return self._make_groups()

    @cached_property
    def group_table(self) -> list[Group]:  # type: ignore[override]
        return self.group_pattern.table()

    def __len__(self) -> int:
        return len(self.columns.code)

    @cached_property
    def ops(self) -> list[str]:  # type: ignore[override]
        return _looked_up(NAMES, self.columns.code)

    @cached_property
    def codes(self) -> list[int]:
        return self.columns.code.tolist()

    @cached_property
    def operands(self) -> list[tuple[int, ...]]:  # type: ignore[override]
        operand, first = self.columns.operand.tolist(), self.columns.first.tolist()
        return [tuple(operand[start:end]) for start, end in pairwise(first)]

    @cached_property
    def data(self) -> list[float]:  # type: ignore[override]
        return self.columns.data.tolist()

    @cached_property
    def roles(self) -> list[str]:  # type: ignore[override]
        return _looked_up(ROLES, self.columns.role)

    @cached_property
    def names(self) -> list[str | None]:  # type: ignore[override]
        return _looked_up(self.columns.names, self.columns.name)

    @cached_property
    def groups(self) -> list[str | None]:  # type: ignore[override]
        return _looked_up([*[group.id for group in self.group_table], None], self.columns.group)

    @cached_property
    def spans(self) -> list[tuple[int, int] | None]:  # type: ignore[override]
        return [None] * len(self)


def lowered(number: int) -> str:
    """A number below the line: `₁₂`."""
    return str(number).translate(_BELOW)


def coded(text: str) -> str:
    """Calls in a text as code writes them: `a₂` is `a_2`, `w[0]₂` is `w_2[0]`."""
    return _CALL.sub(lambda found: f"_{normalize('NFKC', found[2])}{found[1]}", text)


def ends_in_one(tape: Tape) -> bool:
    """Whether nobody reads the output and everything else is read: then every path ends there."""
    import numpy as np

    unread = np.bincount(tape.columns.operand, minlength=len(tape)) == 0
    return bool(unread.sum() == 1 and unread[tape.output])


def _looked_up(table: Sequence[Any], places: NDArray[Any]) -> list[Any]:
    import numpy as np

    return np.array(table, dtype=object)[places].tolist()


def linearize(root: Node, nodes: Sequence[Node] | None = None) -> Tape:
    """The tape of a graph of Values.

    `nodes` are all Values of a program in build order, unused ones too; without it, the root's ancestors from the
    oldest to the youngest. Constants that are not among them take their place just before the op that reads them.
    Raises TapeError when another operand, or the root, is missing or comes too late.
    """
    order: Sequence[Any] = root.ancestors() if nodes is None else nodes  # type: ignore[attr-defined]
    values: list[Any] = []
    operands: list[tuple[int, ...]] = []
    ids: dict[int, int] = {}
    for value in order:
        read = value.operands
        for operand in read:
            if id(operand) not in ids:
                if operand.role != CONSTANT:
                    raise TapeError(f"node {len(values)}: an operand of {value.op} does not come before it")
                ids[id(operand)] = len(values)
                values.append(operand)
                operands.append(())
        ids[id(value)] = len(values)
        values.append(value)
        operands.append(tuple([ids[id(operand)] for operand in read]))
    if id(root) not in ids:
        raise TapeError("the output is not among the nodes")
    output = ids[id(root)]
    roles = [value.role for value in values]
    if operands[output]:
        roles[output] = "output"
    return Tape(
        ops=[value.op for value in values],
        operands=operands,
        data=[float(value.data) for value in values],
        roles=roles,
        names=[value.label or None for value in values],
        groups=[None] * len(values),
        spans=[None] * len(values),
        output=output,
    )


def check_tape(tape: Tape) -> None:
    """Raises TapeError at the first rule that is broken; a tape that passes can be replayed, drawn and sent."""
    size = len(tape.ops)
    for name in ("operands", "data", "roles", "names", "groups", "spans"):
        if len(getattr(tape, name)) != size:
            raise TapeError(f"{name} has {len(getattr(tape, name))} entries for {size} nodes")
    if not 0 <= tape.output < size:
        raise TapeError(f"output {tape.output} is not one of {size} nodes")
    known: set[str] = set()
    for group in tape.group_table:
        if group.parent is not None and group.parent not in known:
            raise TapeError(f"group {group.id}: its parent {group.parent} does not come before it")
        if group.id in known:
            raise TapeError(f"group {group.id} is there twice")
        known.add(group.id)
    for node, op in enumerate(tape.ops):
        broken = _broken_rule(tape, node, op) or _broken_label(tape, node, known)
        if broken:
            raise TapeError(f"node {node}: {broken}")


def _broken_rule(tape: Tape, node: int, op: str) -> str:
    operands, role = tape.operands[node], tape.roles[node]
    if op == LEAF:
        if operands:
            return "a leaf has no operands"
        return "" if role in LEAF_ROLES else f"a leaf cannot be {role}"
    if op not in OPS:
        return f"unknown op {op}"
    if not (operands if OPS[op].variadic else len(operands) == len(OPS[op].operands)):
        return f"{op} with {len(operands)} operands"
    if not all(0 <= operand < node for operand in operands):
        return f"operands {operands} do not all come before it"
    wanted = "output" if node == tape.output else "intermediate"
    return "" if role == wanted else f"is {role}, not {wanted}"


def _broken_label(tape: Tape, node: int, groups: set[str]) -> str:
    if not isinstance(tape.data[node], float):
        return f"data is {type(tape.data[node]).__name__}, not float"
    if tape.names[node] == "":
        return "an empty name; unnamed is None"
    if (group := tape.groups[node]) is not None and group not in groups:
        return f"group {group} is not in the table"
    span = tape.spans[node]
    return "" if span is None or 0 <= span[0] < span[1] else f"span {span} is not a stretch of text"
