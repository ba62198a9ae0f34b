"""`Value`: a scalar that remembers how it was computed. micrograd's object, PyTorch's numbers.

    a, b = Value(2.0, label="a"), Value(-3.0, label="b")
    L = (a * b + 10.0).tanh()
    L.backward()
    a.grad

A Value holds its operands in order and with multiplicity (`a * a` has two). Serial numbers grow with creation, and an
operand is always older than what is made of it: sorting by serial is a topological order, without recursion and the
same on every run. Partials are computed on the way back, as micrograd's are: from the operands' data at that moment and
from the Value's own. A number written in an expression is kept as a bare float among the operands, and becomes a Value
of role constant when somebody asks for it; constants have no grad.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from operator import attrgetter, getitem
from typing import TYPE_CHECKING, Any, SupportsFloat
from weakref import ref

from engine.kernel import PARTIAL, VALUE
from engine.methods import BACKS, METHODS, next_serial
from engine.ops import CODE, LEAF, LEAF_ROLES, OPS

Number = SupportsFloat
_by_serial = attrgetter("serial")
_NOTHING: dict[str, Any] = {}
_INFIX = {op.infix: op.name for op in OPS.values() if op.infix}
_OP_OF = {back: name for name, backs in BACKS.items() for back in backs}


def _reflected(op: str) -> Callable[[Value, Any], Value]:
    """The operator with a number on its left: `2 * a`."""

    def method(self: Value, other: Any) -> Value:
        number = _number(other)
        return NotImplemented if number is None else apply(op, number, self)

    return method


class Value:
    """A scalar node of a computation graph.

    data    float, its value; may be set, nothing is recomputed until the expression is built again
    grad    float, d(output)/d(this) after `output.backward()`, added up over calls; None for a constant
    op      the name of its row in the op table, "leaf" for one that was given
    role    of a leaf: "parameter" (yours to turn), "data" (given) or "constant" (a literal); else "intermediate"

    Operators and one method per row of the table build new Values. A comparison is a Value too, 1 or 0; `==` alone
    stays Python's identity, so that Values can be members of a set (`a.eq(b)` compares). Threads may build and go
    through graphs of their own at the same time, not one and the same.
    """

    __slots__ = ("_back", "_mark", "_more", "_x", "_y", "data", "grad", "serial")

    data: float
    grad: Any
    serial: float
    # _back hands the grad back to the operands: a function of engine.methods, or the op's name where there is none. One
    # or two operands are kept in _x and _y, a constant as its float. Else _y is the tuple of all operands, and _x of
    # those that the grad is handed back to. _x is None where there is no way back: in a leaf, whose _y is its role, and
    # behind comparisons. _more, unset as a rule, holds a label, and the operands once somebody asked for them.
    _back: Any
    _x: Any
    _y: Any
    _mark: object
    _more: dict[str, Any]

    def __init__(self, data: Number, label: str = "", role: str = "parameter") -> None:
        self.data = float(data)
        self.grad = 0.0
        self.serial = next_serial()
        self._back = LEAF
        self._x = self._mark = None
        self._y = role
        if label:
            self.label = label
        if role != LEAF_ROLES[0]:
            if role not in LEAF_ROLES:
                raise ValueError(f"role is one of {', '.join(LEAF_ROLES)}")
            if role == "constant":
                self.grad = None
                self.__class__ = _Constant  # type: ignore[assignment]

    __add__, __radd__ = METHODS[_INFIX["+"]], _reflected(_INFIX["+"])
    __sub__, __rsub__ = METHODS[_INFIX["-"]], _reflected(_INFIX["-"])
    __mul__, __rmul__ = METHODS[_INFIX["*"]], _reflected(_INFIX["*"])
    __truediv__, __rtruediv__ = METHODS[_INFIX["/"]], _reflected(_INFIX["/"])
    __pow__, __rpow__ = METHODS[_INFIX["**"]], _reflected(_INFIX["**"])
    __neg__, __abs__, __round__ = METHODS[_INFIX["-x"]], METHODS["abs"], METHODS["round"]

    def __pos__(self) -> Value:
        return self

    __gt__, __ge__ = METHODS[_INFIX[">"]], METHODS[_INFIX[">="]]
    __lt__, __le__ = METHODS[_INFIX["<"]], METHODS[_INFIX["<="]]

    if TYPE_CHECKING:  # the methods named after the table's rows, set below

        def __getattr__(self, name: str) -> Callable[..., Value]: ...

    def _general(self, op: str, *others: Any) -> Value:
        """The op with this as its first operand, whatever the others are."""
        if not all(isinstance(other, Value) or _number(other) is not None for other in others):
            return NotImplemented
        return apply(op, self, *others)

    @property
    def op(self) -> str:
        return self._back if self._back.__class__ is str else _OP_OF[self._back]

    @property
    def role(self) -> str:
        return self._y if self._y.__class__ is str else "intermediate"

    @property
    def label(self) -> str:
        return getattr(self, "_more", _NOTHING).get("label", "")

    @label.setter
    def label(self, label: str) -> None:
        if not isinstance(label, str):
            raise TypeError(f"a label is text, not {label!r}")
        label.encode()  # half of a surrogate pair is no text either: UnicodeEncodeError, here and not when it is shown
        self._more = {**self._rest(), "label": label}

    def _rest(self) -> dict[str, Any]:
        return getattr(self, "_more", _NOTHING)

    @property
    def operands(self) -> tuple[Value, ...]:
        """The operands in order; literals as Values of role constant, just older than this one."""
        x, y = self._x, self._y
        if y.__class__ is str:
            return ()
        if y.__class__ is not tuple and x.__class__ is not float and y.__class__ is not float:
            return (x,) if y is None else (x, y)
        kept = self._kept()
        if float not in map(type, kept):
            return kept
        operands = tuple([self._stand_in(operand, slot, len(kept)) for slot, operand in enumerate(kept)])
        self._more = self._rest() | {"operands": operands}
        return operands

    def _kept(self) -> tuple[Any, ...]:
        """The operands in order; literals that nobody asked for as their floats."""
        x, y = self._x, self._y
        if y.__class__ is tuple or x.__class__ is float or y.__class__ is float:
            return self._rest().get("operands") or (y if y.__class__ is tuple else (x, y))
        return self.operands

    def _stand_in(self, operand: Any, slot: int, count: int) -> Value:
        """A literal operand as a Value, with a serial between those of its neighbours and this one's."""
        if operand.__class__ is not float:
            return operand
        value = Value(operand, role="constant")
        value.serial = self.serial - 1 + (slot + 1) / (count + 1)
        return value

    def ancestors(self) -> list[Value]:
        """This Value and everything it was computed from, leaves and constants included, oldest first."""
        mark = self._mark = object()
        found: list[Value] = [self]
        for value in found:
            for operand in value.operands:
                if operand._mark is not mark:
                    operand._mark = mark
                    found.append(operand)
        found.sort(key=_by_serial)
        return found

    def _uncopied(self, copied: Callable[[Value], bool]) -> list[Value]:
        """This Value and what it was computed from, back to what is `copied` already, oldest first."""
        found: list[Value] = [self]
        met = {id(self)}
        for value in found:
            for operand in value._kept():
                if operand.__class__ is not float and id(operand) not in met and not copied(operand):
                    met.add(id(operand))
                    found.append(operand)
        found.sort(key=_by_serial)
        return found

    def __copy__(self) -> Value:
        """Another node over the same operands."""
        return _made(*_parts(self), self._kept())

    def __deepcopy__(self, memo: dict[int, Any]) -> Value:
        """Another graph, without recursion; what is copied together stays shared."""
        for value in self._uncopied(lambda value: id(value) in memo):
            kept = [operand if operand.__class__ is float else memo[id(operand)] for operand in value._kept()]
            memo[id(value)] = _made(*_parts(value), kept)
        return memo[id(self)]

    def __reduce__(self) -> tuple[Any, ...]:
        """For pickle: its place among the Values that are pickled at once."""
        if (together := _pickled_with(self)) is None:
            together = _Together(self)
        return getitem, (together, together.place[self])

    def _computed(self) -> list[Value]:
        """This Value, no leaf, and those of its ancestors that hand a grad on, nearly from youngest to oldest.

        The second operand, younger as a rule, is followed first: sorting what is found by serial is then quick.
        """
        mark = self._mark = object()
        found: list[Value] = []
        keep, waiting = found.append, [self]
        while waiting:
            value = waiting.pop()
            while True:
                keep(value)
                x, y = value._x, value._y
                if y is None or y.__class__ is float:
                    pass
                elif x.__class__ is float:
                    x = y
                elif y.__class__ is tuple:
                    for operand in x:
                        if operand._x is not None and operand._mark is not mark:
                            operand._mark = mark
                            waiting.append(operand)
                    break
                elif y._x is not None and y._mark is not mark:
                    y._mark = mark
                    if x._x is not None and x._mark is not mark:
                        x._mark = mark
                        waiting.append(x)
                    value = y
                    continue
                if x._x is None or x._mark is mark:
                    break
                x._mark = mark
                value = x
        return found

    def backward(self) -> None:
        """Sets this grad to 1 and adds d(this)/d(ancestor) to the grad of every ancestor.

        Youngest first, each node's operands from the last to the first, as the trace tells it.
        A second call adds again: `zero_grad` first.
        """
        self.grad = 1.0
        value = self
        while True:
            x, y = value._x, value._y
            if x is None:
                return
            if y is not None and y.__class__ is not float:
                break
            value._back(value)  # all that is left is behind x: nothing needs to be found and put in order
            value = x
        found = value._computed()
        found.sort(key=_by_serial, reverse=True)
        for value in found:
            value._back(value)

    def _backward(self) -> None:
        """micrograd's name for one node's part: adds this grad times the partials to the operands' grads."""
        if self._x is not None:
            self._back(self)

    def zero_grad(self) -> None:
        """Sets the grad of this Value and of everything it was computed from back to 0."""
        for value in self.ancestors():
            if value.grad is not None:
                value.grad = 0.0

    def item(self) -> float:
        """The data, as `torch.Tensor.item`."""
        return self.data

    def __bool__(self) -> bool:
        return self.data != 0.0

    def __repr__(self) -> str:
        return f"Value(data={self.data})"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """The drawn graph, for a notebook, where something that draws is installed; else the table below."""
        from engine.display import mimebundle
        from engine.tape import linearize

        table = {"text/plain": repr(self), "text/html": self._repr_html_()}
        return table | (mimebundle(linearize(self)) or {})

    def _repr_html_(self) -> str:
        """A table of this Value and its ancestors, for a notebook; at most 200 rows, the youngest."""
        values = self.ancestors()
        position = {id(value): index for index, value in enumerate(values)}
        rows = "".join(
            f"<tr><td>{index}</td><td>{escape(value.label)}</td><td>{escape(value.op)}</td>"
            f"<td>{', '.join(str(position[id(operand)]) for operand in value.operands)}</td>"
            f"<td>{value.data!r}</td><td>{'' if value.grad is None else repr(value.grad)}</td></tr>"
            for index, value in list(enumerate(values))[-200:]
        )
        older = f"<caption>{len(values) - 200} older nodes not shown</caption>" if len(values) > 200 else ""
        head = "".join(f"<th>{title}</th>" for title in ("id", "name", "op", "operands", "data", "grad"))
        return f"<table>{older}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    @property
    def _prev(self) -> set[Value]:
        """micrograd's name for the operands, without order or multiplicity; without constants, which have no grad.

        The lecture's drawing prints the grad of every node it finds this way.
        """
        return {operand for operand in self.operands if operand.grad is not None}

    @property
    def _op(self) -> str:
        """micrograd's name for the op: its operator if it has one ("+", "**2"), nothing for a leaf."""
        if self.op == LEAF:
            return ""
        row = OPS[self.op]
        if row.infix == "**" and self.operands[1].role == "constant":
            return f"**{self.operands[1].data:g}"
        return row.infix[0] if row.infix == "-x" else row.infix or row.name


class _Constant(Value):
    """A literal as a Value: no grad, and so no short way through the operators."""

    __slots__ = ()


def apply(op: str, *operands: Value | Number) -> Value:
    """The op's Value over its operands; numbers become constants. Raises KeyError, and TypeError for a wrong count."""
    row, code = OPS[op], CODE[op]
    if not (operands if row.variadic else len(operands) == len(row.operands)):
        wanted = "at least 1" if row.variadic else str(len(row.operands))
        raise TypeError(f"{op} takes {wanted} operands, got {len(operands)}")
    if op in METHODS and set(map(type, operands)) == {Value}:  # the short way, generated for these
        return METHODS[op](*operands)
    kept = tuple([operand if isinstance(operand, Value) else float(operand) for operand in operands])
    return _connected(Value(VALUE[code](*map(_data, kept))), op, kept)


def _connected(value: Value, op: str, kept: Sequence[Value | float]) -> Value:
    """The leaf `value` as the op's Value over the operands."""
    row, kept = OPS[op], tuple(kept)
    free = [
        slot
        for slot, operand in enumerate(kept)
        if operand.__class__ is not float and operand.__class__ is not _Constant and slot not in row.decides
    ]
    if not free:
        value._back, value._y = op, kept
    elif op not in BACKS:
        value._back, value._x, value._y = _MANY_BACKS[op], tuple(kept[slot] for slot in free), kept
    else:
        value._back = BACKS[op][0 if len(free) == len(kept) else 1 + free[0]]
        value._x, value._y = (
            *(operand if slot in free else _data(operand) for slot, operand in enumerate(kept)),
            None,
        )[:2]
    if _Constant in map(type, kept) and float not in map(type, kept):
        value._more = value._rest() | {"operands": kept}
    return value


def _parts(value: Value) -> tuple[type[Value], str, str, dict[str, Any]]:
    """Class, op, role and attributes, those that a subclass adds included: what a copy has besides operands."""
    label = {"label": value.label} if value.label else {}
    attributes = {"data": value.data, "grad": value.grad} | label | getattr(value, "__dict__", {})
    return value.__class__, value.op, value.role, attributes


def _made(
    kind: type[Value], op: str, role: str, attributes: dict[str, Any], kept: Sequence[Value | float]
) -> Value:
    """A Value of such parts over the operands."""
    value = Value.__new__(kind)
    Value.__init__(value, 0.0)
    value._y = role
    for name, attribute in attributes.items():
        setattr(value, name, attribute)
    return value if op == LEAF else _connected(value, op, kept)


class _Together:
    """Values that are pickled at once: one that was asked for and what it was computed from, oldest first.

    pickle follows an object's parts by recursion, so it is given a flat list instead. Each Value in the list points
    back to it, weakly, and so is found there when the same pickler comes to it again: the pickler keeps the list until
    it is done, and nobody else does.
    """

    def __init__(self, youngest: Value) -> None:
        values = youngest._uncopied(lambda value: _pickled_with(value) is not None)
        self.place = {value: place for place, value in enumerate(values)}
        for value in values:
            value._mark = ref(self)

    def __reduce__(self) -> tuple[Any, ...]:
        rows = [
            (*_parts(value), [self.place.get(operand, operand) for operand in value._kept()])
            for value in self.place
        ]
        return _unpickled, (rows,)


def _pickled_with(value: Value) -> _Together | None:
    mark = value._mark
    return mark() if isinstance(mark, ref) else None


def _unpickled(rows: list[tuple[Any, ...]]) -> list[Value]:
    """The Values of such a list; an operand is a place in it, a number, or a Value of another list."""
    values: list[Value] = []
    for kind, op, role, attributes, kept in rows:
        operands = [values[operand] if operand.__class__ is int else operand for operand in kept]
        values.append(_made(kind, op, role, attributes, operands))
    return values


def _data(operand: Any) -> float:
    return operand if operand.__class__ is float else operand.data


def _back_many(op: str) -> Callable[[Value], None]:
    """How an op of three operands or of any number hands its grad back."""
    row, slopes = OPS[op], PARTIAL[CODE[op]]

    def back(value: Value) -> None:
        kept, out = value._y, value.data
        numbers = [_data(operand) for operand in kept]
        ties = sum(number == out for number in numbers)
        for slot in range(len(kept) - 1, -1, -1):
            operand = kept[slot]
            if operand.__class__ is float or operand.grad is None or slot in row.decides:
                continue
            slope = slopes[0 if row.variadic else slot]
            if callable(slope):
                slope = slope(numbers[slot], out, ties) if row.variadic else slope(*numbers, out)
            if slope or not row.gate:
                operand.grad += value.grad * slope

    return back


_MANY_BACKS = {op: _back_many(op) for op in OPS if op not in BACKS}
_OP_OF |= {back: op for op, back in _MANY_BACKS.items()}


def _number(thing: Any) -> float | None:
    """The float64 of a real number, NumPy's included; None for anything else."""
    try:
        return float(thing.__float__())
    except (AttributeError, TypeError):
        return None


def _general_method(op: str) -> Callable[..., Value]:
    """The method of an op that goes the long way round: three operands, any number of them, or a constant first."""
    row = OPS[op]

    def method(self: Value, *others: Any) -> Value:
        return self._general(op, *others)

    method.__doc__ = f"{row.title}: {row.formula}"
    return method


for _op in OPS.values():
    _method = METHODS.get(_op.name) or _general_method(_op.name)
    _method.__name__, _method.__qualname__ = _op.name, f"Value.{_op.name}"
    setattr(Value, _op.name, _method)
for _name, _method in list(vars(Value).items()):
    if (_found := next((op for op, method in METHODS.items() if method is _method), None)) is not None:
        setattr(_Constant, _name, _general_method(_found))
