"""`Value`: a scalar that remembers how it was computed. micrograd's object, PyTorch's numbers.

    a, b = Value(2.0, label="a"), Value(-3.0, label="b")
    L = (a * b + 10.0).tanh()
    L.backward()
    a.grad

A Value holds its op's name and its operands, ordered and with multiplicity (`a * a` has two). Serial numbers grow with
creation, and an operand is always older than what is made of it: sorting by serial is a topological order, without
recursion and the same on every run. A number written in an expression is kept as a bare float among the operands, and
becomes a Value of role constant when somebody asks for it; constants have no grad.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from itertools import count
from operator import attrgetter
from typing import TYPE_CHECKING, Any, SupportsFloat

from engine.kernel import PUSH, VALUE
from engine.ops import CODE, LEAF, OPS, Op

Number = SupportsFloat
_new = object.__new__
_next_serial = count().__next__
_by_serial = attrgetter("serial")
_INFIX = {op.infix: op for op in OPS.values() if op.infix}


def _unary(op: Op) -> Callable[[Value], Value]:
    """The method of an op of one operand. Slots are set in place: this is the path every scalar takes."""
    name, compute = op.name, VALUE[CODE[op.name]]

    def method(self: Value) -> Value:
        out = _new(Value)
        out.data = compute(self.data)
        out._operands = (self,)
        out.grad = 0.0
        out.op = name
        out.serial = _next_serial()
        out.label = ""
        out.role = "intermediate"
        out._mark = None
        return out

    method.__doc__ = f"{op.title}: {op.formula}"
    return method


def _binary(op: Op) -> Callable[[Value, Any], Value]:
    """The method of an op of two operands, of which the second may be a number."""
    name, compute = op.name, VALUE[CODE[op.name]]

    def method(self: Value, other: Value | Number) -> Value:
        out = _new(Value)
        if isinstance(other, Value):
            out.data = compute(self.data, other.data)
            out._operands = (self, other)
        else:
            try:
                number = float(other.__float__())
            except (AttributeError, TypeError):
                return NotImplemented
            out.data = compute(self.data, number)
            out._operands = (self, number)
        out.grad = 0.0
        out.op = name
        out.serial = _next_serial()
        out.label = ""
        out.role = "intermediate"
        out._mark = None
        return out

    method.__doc__ = f"{op.title}: {op.formula}"
    return method


def _reflected(op: Op) -> Callable[[Value, Any], Value]:
    """The same with the number first: `2 * a`."""

    def method(self: Value, other: Number) -> Value:
        try:
            number = float(other.__float__())
        except (AttributeError, TypeError):
            return NotImplemented
        return apply(op.name, number, self)

    return method


class Value:
    """A scalar node of a computation graph.

    data    float, its value; may be set on a leaf, nothing is recomputed until the expression is built again
    grad    float, d(output)/d(this) after `output.backward()`, added up over calls; None for a constant
    op      the name of its row in the op table, "leaf" for one that was given
    role    of a leaf: "parameter" (yours to turn), "data" (given) or "constant" (a literal); else "intermediate"

    Operators and one method per row of the table build new Values. A comparison is a Value too, 1 or 0; `==` alone
    stays Python's identity, so that Values can be members of a set (`a.eq(b)` compares).
    """

    __slots__ = ("_mark", "_operands", "data", "grad", "label", "op", "role", "serial")

    data: float
    grad: Any
    label: str
    op: str
    role: str
    serial: float
    _operands: tuple[Any, ...]  # Values, and floats for literals
    _mark: object

    def __init__(self, data: Number, label: str = "", role: str = "parameter") -> None:
        self.data = float(data)
        self.grad = None if role == "constant" else 0.0
        self.op = LEAF
        self._operands = ()
        self.serial = _next_serial()
        self.label = label
        self.role = role
        self._mark = None

    __add__, __radd__ = _binary(_INFIX["+"]), _reflected(_INFIX["+"])
    __sub__, __rsub__ = _binary(_INFIX["-"]), _reflected(_INFIX["-"])
    __mul__, __rmul__ = _binary(_INFIX["*"]), _reflected(_INFIX["*"])
    __truediv__, __rtruediv__ = _binary(_INFIX["/"]), _reflected(_INFIX["/"])
    __pow__, __rpow__ = _binary(_INFIX["**"]), _reflected(_INFIX["**"])
    __neg__ = _unary(_INFIX["-x"])
    __gt__, __ge__ = _binary(_INFIX[">"]), _binary(_INFIX[">="])
    __lt__, __le__ = _binary(_INFIX["<"]), _binary(_INFIX["<="])
    __abs__, __round__ = _unary(OPS["abs"]), _unary(OPS["round"])

    if TYPE_CHECKING:  # the methods named after the table's rows, set below

        def __getattr__(self, name: str) -> Callable[..., Value]: ...

    @property
    def operands(self) -> tuple[Value, ...]:
        """The operands in order; literals as Values of role constant, just older than this one."""
        operands = self._operands
        if any(operand.__class__ is float for operand in operands):
            size = len(operands) + 1
            self._operands = tuple(
                _constant(operand, self.serial - 1 + slot / size) if operand.__class__ is float else operand
                for slot, operand in enumerate(operands, start=1)
            )
        return self._operands

    def ancestors(self) -> list[Value]:
        """This Value and everything it was computed from, leaves and constants included, oldest first."""
        found = self._computed()
        mark = self._mark
        for value in tuple(found):
            for operand in value.operands:
                if operand._mark is not mark:
                    operand._mark = mark
                    found.append(operand)
        found.sort(key=_by_serial)
        return found

    def _computed(self) -> list[Value]:
        """This Value and those of its ancestors that were computed (not leaves), in no particular order."""
        mark = self._mark = object()
        found: list[Value] = [self]
        for value in found:  # the list grows while it is walked
            for operand in value._operands:
                if operand.__class__ is not float and operand._operands and operand._mark is not mark:
                    operand._mark = mark
                    found.append(operand)
        return found

    def backward(self) -> None:
        """Sets this grad to 1 and adds d(this)/d(ancestor) to the grad of every ancestor.

        Youngest first, each node's operands from the last to the first, as the trace tells it.
        A second call adds again: `zero_grad` first.
        """
        self.grad = 1.0
        if self._operands:
            found = self._computed()
            found.sort(key=_by_serial, reverse=True)
            push = PUSH
            for value in found:
                push[value.op](value)

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
        """micrograd's name for the operands, without order or multiplicity."""
        return set(self.operands)

    @property
    def _op(self) -> str:
        """micrograd's name for the op: its operator if it has one ("+", "**2"), nothing for a leaf."""
        if self.op == LEAF:
            return ""
        row = OPS[self.op]
        if row.infix == "**" and self.operands[1].role == "constant":
            return f"**{self.operands[1].data:g}"
        return row.infix[0] if row.infix == "-x" else row.infix or row.name


def apply(op: str, *operands: Value | Number) -> Value:
    """The op's Value over its operands; numbers become constants. Raises KeyError, and TypeError for a wrong count."""
    row = OPS[op]
    if not (operands if row.variadic else len(operands) == len(row.operands)):
        wanted = "at least 1" if row.variadic else str(len(row.operands))
        raise TypeError(f"{op} takes {wanted} operands, got {len(operands)}")
    kept = tuple(operand if isinstance(operand, Value) else float(operand) for operand in operands)
    out = Value(VALUE[CODE[op]](*(o.data if isinstance(o, Value) else o for o in kept)), role="intermediate")
    out._operands = kept
    out.op = op
    return out


def _constant(data: float, serial: float) -> Value:
    """A literal as a Value, with a serial of its own choosing: it is older than the op that reads it."""
    value = Value(data, role="constant")
    value.serial = serial
    return value


def _method(op: Op) -> Callable[..., Value]:
    """The method of an op of any number of operands, the Value itself being the first."""

    def method(self: Value, *others: Value | Number) -> Value:
        return apply(op.name, self, *others)

    method.__doc__ = f"{op.title}: {op.formula}"
    return method


for _op in OPS.values():
    setattr(Value, _op.name, _unary(_op) if _op.operands == ("x",) and not _op.variadic else _method(_op))
