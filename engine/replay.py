"""Forward and backward over a tape.

One meaning, two ways to run it: the plain loop of this file, node by node, for small or narrow tapes, and the plan of
`engine/plan.py`, group by group over arrays, for large and wide ones. Sums of contributions follow the trace: nodes by
falling id, each node's slots from the last to the first.

`forward` and `backward` answer once, in lists. `Replay` is for many rounds over one tape, in arrays: set leaves, run,
read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from engine.kernel import PARTIAL, VALUE
from engine.ops import OPS
from engine.tape import CONSTANT, ROLES, Tape

if TYPE_CHECKING:
    from engine.grids import Floats
    from engine.plan import Plan

Partials = tuple[float | None, ...]

PLAN_FROM = 400
"""Nodes from which a plan is quicker than the loop, round for round, if the tape is wide."""
PLAN_ONCE_FROM = 4000
"""Nodes from which making a plan pays for one round alone."""

_GATE = (False, *(op.gate for op in OPS.values()))
_DECIDES = ((), *(op.decides for op in OPS.values()))
_VARIADIC = (False, *(op.variadic for op in OPS.values()))
_plans: WeakKeyDictionary[Tape, Plan | None] = WeakKeyDictionary()


def forward(tape: Tape, data: list[float], nodes: Sequence[int] | None = None) -> None:
    """Recomputes every computed entry of `data` in place; with `nodes` (ascending ids) only those."""
    if nodes is None and len(tape) >= PLAN_ONCE_FROM:
        with _borrowed_plan(tape) as plan:
            if plan:
                plan.set_all(data)
                plan.forward()
                data[:] = plan.values().tolist()
                return
    codes, all_operands, compute = tape.codes, tape.operands, VALUE
    for node in range(len(codes)) if nodes is None else nodes:
        operands = all_operands[node]
        if operands:
            data[node] = compute[codes[node]](*[data[operand] for operand in operands])


def compute(tape: Tape) -> None:
    """Computes the values of a tape in columns from those of its leaves."""
    import numpy as np

    columns = tape.columns
    with _borrowed_plan(tape) as plan:
        if plan:
            plan.forward()
            columns.data = plan.values()
            return
    data = columns.data.tolist()
    forward(tape, data)
    columns.data = np.array(data)


def backward(tape: Tape, data: Sequence[float]) -> tuple[list[float | None], list[Partials]]:
    """Grads and partials of every node, for the values in `data`.

    `grads[i]` is d(output)/d(node i): None for a constant, 0.0 without a path to the output. `partials[i][s]` is
    d(node i)/d(operand s), None towards a constant; a constant's partial is never computed. What only decides (a
    condition) is handed nothing.
    """
    if planned := _by_plan(tape, data):
        return _as_lists(tape, *planned)
    return _by_loop(tape, data)


def backward_arrays(tape: Tape) -> tuple[Floats, Floats]:
    """The same for the tape's own values, without an object per number: NaN where the lists have None.

    The partials are in the order of `tape.columns.operand`.
    """
    return _by_plan(tape, tape.columns.data) or _as_arrays(*_by_loop(tape, tape.data))


def _by_plan(tape: Tape, data: Sequence[float] | Floats) -> tuple[Floats, Floats] | None:
    if len(tape) < PLAN_ONCE_FROM:
        return None
    with _borrowed_plan(tape) as plan:
        if plan is None:
            return None
        plan.load(data)
        plan.backward()
        return plan.grads(), plan.partials()


def _by_loop(tape: Tape, data: Sequence[float]) -> tuple[list[float | None], list[Partials]]:
    codes, all_operands, receives = tape.codes, tape.operands, tape.receives
    fixed = [role == CONSTANT for role in tape.roles]
    partials: list[Partials] = [()] * len(fixed)
    # -0.0 is what a sum starts from: adding to it keeps the sign of a first contribution of -0.0, as PyTorch does.
    grads: list[Any] = [None if constant else -0.0 if received else 0.0
                        for constant, received in zip(fixed, receives, strict=True)]  # fmt: skip
    if not fixed[tape.output]:
        grads[tape.output] = 1.0
    for node in range(len(fixed) - 1, -1, -1):
        operands = all_operands[node]
        if not operands:
            continue
        code = codes[node]
        row = partials[node] = _partials(code, operands, data, data[node], fixed)
        if receives[node]:
            grad, gate, decides = grads[node], _GATE[code], _DECIDES[code]
            for slot in range(len(operands) - 1, -1, -1):
                partial = row[slot]
                if partial is not None and slot not in decides:
                    grads[operands[slot]] += 0.0 if gate and partial == 0.0 else grad * partial
    return grads, partials


def node_partials(tape: Tape, data: Sequence[float], node: int) -> Partials:
    """The partials of one node, slot by slot; None towards a constant."""
    operands = tape.operands[node]
    fixed = {operand: tape.roles[operand] == CONSTANT for operand in operands}
    return _partials(tape.codes[node], operands, data, data[node], fixed) if operands else ()


def _partials(
    code: int, operands: tuple[int, ...], data: Sequence[float], out: float, fixed: Any
) -> Partials:
    """The same with `fixed[id]` saying which operands are constants."""
    slopes = PARTIAL[code]
    if _VARIADIC[code]:
        numbers, slope = [data[operand] for operand in operands], slopes[0]
        ties = sum(number == out for number in numbers)
        assert callable(slope)
        return tuple(
            None if fixed[operand] else slope(number, out, ties)
            for operand, number in zip(operands, numbers, strict=True)
        )
    if len(operands) == 1:
        (slope,) = slopes
        if fixed[operands[0]]:
            return (None,)
        return (slope if slope.__class__ is float else slope(data[operands[0]], out),)  # type: ignore[operator]
    if len(operands) == 2:  # most nodes: written out, it takes half the time
        left, right = operands
        x, y = data[left], data[right]
        to_left, to_right = slopes
        return (
            None if fixed[left] else to_left if to_left.__class__ is float else to_left(x, y, out),  # type: ignore[operator]
            None if fixed[right] else to_right if to_right.__class__ is float else to_right(x, y, out),  # type: ignore[operator]
        )
    numbers = [data[operand] for operand in operands]
    return tuple(
        [
            None if fixed[operand] else slope if slope.__class__ is float else slope(*numbers, out)  # type: ignore[operator]
            for operand, slope in zip(operands, slopes, strict=False)
        ]
    )


def contribution(op: str, grad: float, partial: float) -> float:
    """What an operand edge adds to its operand's grad: grad × partial, and 0 through a closed gate."""
    return 0.0 if partial == 0.0 and OPS[op].gate else grad * partial


class Replay:
    """A tape to be run again and again with other leaves: training, sliders. Answers are float64 arrays.

    Node ids select, as a list or an array of ints; without them an answer holds every node in id order. Grads of
    constants are NaN.
    """

    def __init__(self, tape: Tape) -> None:
        self.tape = tape
        self._plan = _taken_plan(tape) if len(tape) >= PLAN_FROM else None
        self._data = None if self._plan else list(tape.data)
        self._grads: Any = None
        self._partials: list[Partials] = []
        if self._plan:
            self._plan.load(tape.columns.data)

    @property
    def planned(self) -> bool:
        """Whether a plan runs this tape, or the loop."""
        return self._plan is not None

    def set(self, nodes: Any, numbers: Any) -> None:
        """Gives leaves new values. What depends on them follows with `forward`."""
        if self._plan:
            self._plan.data[self._plan.place[nodes]] = numbers
            return
        assert self._data is not None
        for node, number in zip(nodes, numbers, strict=True):
            self._data[int(node)] = float(number)

    def forward(self) -> None:
        """Recomputes all that is not a leaf."""
        if self._plan:
            self._plan.forward()
        else:
            assert self._data is not None
            forward(self.tape, self._data)

    def backward(self) -> None:
        """Recomputes all grads, for the values of the last `forward`."""
        if self._plan:
            self._plan.backward()
            return
        import numpy as np

        assert self._data is not None
        grads, self._partials = backward(self.tape, self._data)
        self._grads = np.array(grads, dtype=np.float64)

    def data(self, nodes: Any = None) -> Floats:
        """The values of the nodes."""
        if self._plan:
            return self._plan.values(nodes)
        import numpy as np

        assert self._data is not None
        data = np.array(self._data)
        return data if nodes is None else data[nodes]

    def grads(self, nodes: Any = None) -> Floats:
        """The grads of the nodes, after `backward`; NaN for constants, 0 without a path to the output."""
        if self._plan:
            return self._plan.grads(nodes)
        return self._grads if nodes is None else self._grads[nodes]

    def partials(self) -> Floats:
        """The partial of every operand edge in the order of `tape.columns.operand`; NaN towards a constant."""
        if self._plan:
            return self._plan.partials()
        import numpy as np

        return np.array(list(chain.from_iterable(self._partials)), dtype=np.float64)


@contextmanager
def _borrowed_plan(tape: Tape) -> Iterator[Plan | None]:
    """The tape's plan, made when first asked for; None for a tape that the loop runs sooner.

    A plan holds the numbers of one run: it is taken out of the store while in use, so that two threads that ask about
    one tape do not share it.
    """
    if len(tape) < PLAN_ONCE_FROM:
        yield None
        return
    plan = _taken_plan(tape)
    try:
        yield plan
    finally:
        _plans[tape] = plan


def _taken_plan(tape: Tape) -> Plan | None:
    """The plan in the store, which has it no longer, or a new one."""
    try:
        return _plans.pop(tape)  # not asked for first: another thread could take it in between
    except KeyError:
        from engine.plan import Plan

        return Plan.of(tape)


def _as_lists(tape: Tape, grads: Floats, partials: Floats) -> tuple[list[float | None], list[Partials]]:
    columns = tape.columns
    constant = columns.role == ROLES.index(CONSTANT)
    listed, flat = grads.astype(object), partials.astype(object)
    listed[constant] = None
    flat[constant[columns.operand]] = None
    numbers = flat.tolist()
    return listed.tolist(), [tuple(numbers[start:end]) for start, end in pairwise(columns.first.tolist())]


def _as_arrays(grads: list[float | None], partials: list[Partials]) -> tuple[Floats, Floats]:
    import numpy as np

    return np.array(grads, dtype=np.float64), np.array(list(chain.from_iterable(partials)), dtype=np.float64)
