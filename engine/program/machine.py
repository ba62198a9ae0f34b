"""A stack machine over an expression's steps, which makes Values and records each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cached_property
from random import Random
from typing import Any
from weakref import proxy

from engine.ops import OPS, Op
from engine.program.calls import attribute, call, invoke, method
from engine.program.errors import ProgramError, Source, Span, shorten
from engine.program.names import RESERVED, hint_for
from engine.program.steps import Clause, Comprehension, Pattern, Step
from engine.program.things import Condition, Elements, Number, Scope, Text, Thing, describe
from engine.record import Model, Path, Record
from engine.value import Value, apply

SEED = 1337
_COMPARISONS = frozenset(op.name for op in OPS.values() if op.infix in ("<", "<=", ">", ">=", "==", "!="))
_CHOICE = "condition"
"""The operand that takes a comparison, by its name in the op table."""


class Machine:
    """What running a program needs: names, the record, and the counts that bound the work."""

    assigned: Set[str]
    """The names that some statement of the program binds; looked at only where a name is not found."""

    def __init__(self, source: Source, values: Mapping[str, float]) -> None:
        self.source = source
        self.values = values
        self.scope = Scope()
        self.first_leaf: dict[str, Value] = {}
        machine = proxy(self)  # without a cycle, all that reading leaves behind is freed at once
        self.record = Record(source.limits.program_nodes, lambda: machine.too_many_nodes())
        self.parameters = 0
        self.steps = 0
        self.comprehensions = 0
        self.span: Span = (0, 1)

    @cached_property
    def random(self) -> Random:
        """What networks without a seed draw their weights from."""
        return Random(SEED)  # noqa: S311

    def error(self, code: str, message: str, span: Span | None = None, hint: str = "") -> ProgramError:
        return self.source.error(code, message, span or self.span, hint)

    def too_many_nodes(self) -> ProgramError:
        return self.error(
            "too_many_nodes", f"The graph would have more than {self.source.limits.program_nodes:,} nodes."
        )

    def too_many_steps(self) -> ProgramError:
        message = f"The program takes more than {self.source.limits.program_steps:,} steps."
        return self.error("too_many_steps", message, hint="Use shorter lists or ranges.")

    def count_parameters(self, count: int) -> None:
        """Raises before networks get more parameters than the limit."""
        self.parameters += count
        limit = self.source.limits.parameters
        if self.parameters > limit:
            raise self.error("too_many_parameters", f"Networks have at most {limit:,} parameters together.")
        self.record.make_room(count)

    def work(self, count: int = 1) -> None:
        """Counts instructions, so that a short text cannot ask for endless work."""
        self.steps += count
        if self.steps > self.source.limits.program_steps:
            raise self.too_many_steps()

    def unpack(self, pattern: Pattern, thing: Thing) -> list[Thing]:
        """The elements for a pattern's names: as many as it has."""
        if not isinstance(thing, list):
            raise self.error(
                "wrong_count", f"{len(pattern.parts)} names cannot unpack {describe(thing)}.", pattern.span
            )
        if len(thing) != len(pattern.parts):
            raise self.error(
                "wrong_count", f"{len(pattern.parts)} names for {len(thing)} elements.", pattern.span
            )
        return thing

    def run(self, steps: Iterable[Step], scope: Scope) -> Thing:
        """Runs an expression's steps and returns what they leave."""
        stack: list[Thing] = []
        most = self.source.limits.program_steps
        for step in steps:
            self.steps += 1
            if self.steps > most:
                raise self.too_many_steps()
            self.span = step.span
            match step.kind:
                case "number":
                    stack.append(Number(step.number, step.span, whole=step.whole))
                case "name":
                    stack.append(self.look_up(step.name, scope))
                case "apply":
                    stack[-step.count :] = [self.apply(step.name, stack[-step.count :])]
                case "call":
                    called = scope.find(step.name)
                    arguments = self.cut(stack, step.count)
                    if called is None:
                        stack.append(call(self, arguments, step))
                    else:
                        stack.append(invoke(self, called, arguments, step))
                case "invoke":
                    arguments = self.cut(stack, step.count)
                    stack.append(invoke(self, stack.pop(), arguments, step))
                case "method":
                    arguments = self.cut(stack, step.count)
                    stack.append(method(self, stack.pop(), arguments, step))
                case "list":
                    stack.append(self.list_of(self.cut(stack, step.count)))
                case "tuple":
                    stack.append(self.cut(stack, step.count))
                case "loop":
                    assert step.loop is not None
                    elements = self.loop(step.loop, scope)
                    stack.append(Elements("a generator", elements) if step.count else self.list_of(elements))
                case "text":
                    stack.append(Text(step.name))
                case "index":
                    index = self.whole(stack.pop(), "An index")
                    elements = self.list_at(stack.pop())
                    if not -len(elements) <= index < len(elements):
                        raise self.error("bad_index", f"Index {index} is outside a list of {len(elements)}.")
                    stack.append(elements[index])
                case "none":
                    stack.append(Text(""))
                case "slice":
                    bounds = self.cut(stack, 3)
                    ends = [
                        None if isinstance(each, Text) else self.whole(each, "A slice") for each in bounds
                    ]
                    if ends[2] == 0:
                        raise self.error("bad_index", "A slice's step is not 0.")
                    part = self.list_at(stack.pop())[slice(*ends)]
                    self.work(len(part))
                    stack.append(part)
                case "attribute":
                    raise attribute(self, stack.pop(), step)
        return stack.pop()

    @staticmethod
    def cut(stack: list[Thing], count: int) -> list[Thing]:
        """The top `count` things, in order, off the stack."""
        if not count:
            return []
        things = stack[-count:]
        del stack[-count:]
        return things

    def look_up(self, name: str, scope: Scope) -> Thing:
        found = scope.find(name)
        if isinstance(found, Number) and found.role == "constant":
            return Number(found.data, self.span, "constant", found.whole)
        if found is not None:
            return found
        if name in RESERVED:
            call = f"{name}(x)" if name in OPS else f"{name}(...)"
            raise self.error("function_without_call", f"{name} is a function.", hint=f"Write {call}.")
        if name in self.values and name not in self.assigned:
            leaf = Value(0.0, label=name)
            self.record.add(leaf, self.span)
            self.scope.names[name] = self.first_leaf[name] = leaf
            return leaf
        raise self.unknown(name)

    def unknown(self, name: str) -> ProgramError:
        if name in self.assigned:
            return self.error("unknown_name", f"{shorten(name)} is used before it is assigned.")
        hint = (
            hint_for(name, [*self.scope.names, *RESERVED])
            or f"Give it a value first, as in {shorten(name)} = 2."
        )
        return self.error("unknown_name", f"{shorten(name)} is not defined.", hint=hint)

    def apply(self, op: str, operands: list[Thing]) -> Thing:
        """One op over its operands."""
        span = self.span
        plain = set(map(type, operands)) == {Value}
        numbers: Any = operands if plain else self.numbers(OPS[op], operands, span)
        value = self.record.add(apply(op, *numbers), span)
        return Condition(value) if op in _COMPARISONS else value

    def numbers(self, row: Op, operands: list[Thing], span: Span) -> list[Value]:
        """What an op reads, as nodes. Raises when one is none."""
        if len(operands) == 2 and any(isinstance(each, (list, Elements)) for each in operands):
            each = next(each for each in operands if isinstance(each, (list, Elements)))
            hint = f"Element by element: [x {row.infix} 2 for x in xs]." if row.infix else ""
            raise self.error(
                "not_a_number",
                f"{row.title.capitalize()} needs numbers; this is {describe(each)}.",
                span,
                hint,
            )
        choice = row.operands[0] == _CHOICE
        return [
            operand.value
            if choice and not slot and isinstance(operand, Condition)
            else self.number(operand, span)
            for slot, operand in enumerate(operands)
        ]

    def number(self, thing: Thing, span: Span) -> Value:
        """The thing as a node. Raises when it is none."""
        if isinstance(thing, Value):
            return thing
        if isinstance(thing, Number):
            return self.node(thing)
        if isinstance(thing, Condition):
            message = "A comparison can only be the condition of where."
            raise self.error("not_a_number", message, span, "As in where(a > b, a, b).")
        hint = ""
        if isinstance(thing, Model):
            hint = "Call it on a list of numbers."
        elif isinstance(thing, list):
            hint = "Take one element, as in xs[0], or go through it: [tanh(x) for x in xs]."
        raise self.error("not_a_number", f"A number is needed here; this is {describe(thing)}.", span, hint)

    def node(self, number: Number, path: Path = ()) -> Value:
        """The leaf of a number, made on first use."""
        if number.node is None:
            role = "constant" if number.role == "literal" else number.role
            number.node = Value(number.data, label=number.name, role=role)
            self.record.add(number.node, number.span, path)
        return number.node

    def list_of(self, things: Iterable[Thing]) -> list[Thing]:
        """A list; the numbers written in it are data."""
        elements: list[Thing] = []
        for thing in things:
            if isinstance(thing, Number) and thing.node is None and thing.role != "data":
                thing = Number(thing.data, thing.span, "data", thing.whole)
            elif isinstance(thing, (Condition, Text, Elements)):
                self.number(thing, self.span)
            elements.append(thing)
        return elements

    def whole(self, thing: Thing, what: str) -> int:
        """A whole number known from the text alone."""
        if isinstance(thing, Number) and thing.whole is not None and thing.role != "data":
            return thing.whole
        message = f"{what} is a whole number written in the text, or a range variable."
        raise self.error("not_whole", message, hint="The graph's shape must not depend on values.")

    def list_at(self, thing: Thing, needed: str = "Only a list can be indexed") -> list[Thing]:
        if isinstance(thing, list):
            return thing
        raise self.error("not_a_list", f"{needed}; this is {describe(thing)}.")

    def elements(self, thing: Thing, what: str) -> Iterator[Thing]:
        """The elements of a list, or of what makes them one by one."""
        if isinstance(thing, Elements):
            return thing.source
        if isinstance(thing, list):
            return self.counted(thing)
        raise self.error(
            "not_a_list", f"{what} needs a list; this is {describe(thing)}.", hint="As in [a, b, c]."
        )

    def drained(self, thing: Thing, what: str) -> list[Thing]:
        """All elements at once."""
        span = self.span
        things = list(self.elements(thing, what))
        self.span = span
        return things

    def counted(self, things: Iterable[Thing]) -> Iterator[Thing]:
        for thing in things:
            self.work()
            yield thing

    # --- comprehensions

    def loop(self, loop: Comprehension, scope: Scope) -> Iterator[Thing]:
        """The body's value for every turn of the clauses."""
        self.comprehensions += len(loop.clauses)
        if self.comprehensions > self.source.limits.comprehensions:
            raise self.error(
                "too_deep", f"More than {self.source.limits.comprehensions} loops inside one another."
            )
        try:
            first = self.run(loop.clauses[0].steps, scope)
            for inner in self.turns(loop.clauses, 0, first, scope):
                yield self.run(loop.body, inner)
        finally:
            self.comprehensions -= len(loop.clauses)

    def turns(self, clauses: tuple[Clause, ...], at: int, over: Thing, scope: Scope) -> Iterator[Scope]:
        clause = clauses[at]
        self.span = clause.span
        for element in self.elements(over, "for"):
            self.work()
            inner = Scope(around=scope)
            self.bind(clause.pattern, element, inner)
            if at + 1 == len(clauses):
                yield inner
            else:
                yield from self.turns(clauses, at + 1, self.run(clauses[at + 1].steps, inner), inner)

    def bind(self, pattern: Pattern, element: Thing, scope: Scope) -> None:
        if pattern.parts:
            for part, each in zip(pattern.parts, self.unpack(pattern, element), strict=True):
                self.bind(part, each, scope)
        elif pattern.name in RESERVED:
            raise self.error(
                "reserved_name", f"{pattern.name} is a function and cannot be bound.", pattern.span
            )
        else:
            scope.names[pattern.name] = element
