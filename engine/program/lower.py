"""Statements to Values: names are bound, and the last statement is the output."""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import cached_property

from engine.program.errors import Source
from engine.program.machine import Machine
from engine.program.names import RESERVED
from engine.program.steps import Pattern, Statement
from engine.program.things import Condition, Elements, Number, Text, Thing, describe
from engine.record import Model
from engine.value import Value


class Lowering(Machine):
    """Runs a program's statements once, front to back."""

    def __init__(self, source: Source, statements: list[Statement], values: Mapping[str, float]) -> None:
        super().__init__(source, values)
        self.statements = statements

    @cached_property
    def assigned(self) -> Set[str]:  # type: ignore[override]
        return {pattern.name for each in self.statements if each.pattern for pattern in _flat(each.pattern)}

    def run_all(self) -> Value:
        """Runs the program and returns its output."""
        result: Thing | None = None
        for at, statement in enumerate(self.statements):
            self.span = statement.span
            thing = self.run(statement.steps, self.scope)
            match statement.kind:
                case "label":
                    value = self.number(thing, statement.span)
                    value.label = statement.text
                    continue
                case "backward":
                    if any(later.kind != "label" for later in self.statements[at + 1 :]):
                        message = "backward() is the last line of a program: it names the output."
                        raise self.error("bad_backward", message, statement.span)
                    thing = self.number(thing, statement.span)
                case "value":
                    thing = self.bound(thing)
                case _:
                    assert statement.pattern is not None
                    thing = self.assign(statement.pattern, thing)
            result = thing
        self.span = self.statements[-1].span if self.statements else (0, 1)
        if result is None:
            message = "The program is empty." if not self.statements else "The program computes no number."
            raise self.error("empty_program", message, hint="As in a = 2; b = 3; L = a * b.")
        return self.output(result)

    def output(self, result: Thing) -> Value:
        if isinstance(result, Value):
            return result
        if isinstance(result, Condition):
            return self.number(result, self.span)
        hint = (
            "Call it on a list of numbers."
            if isinstance(result, Model)
            else "Add it up with sum(...), or name one element."
        )
        raise self.error(
            "no_output", f"A program ends in one number; this one ends in {describe(result)}.", hint=hint
        )

    def bound(self, thing: Thing) -> Thing:
        """What a name is bound to: a literal becomes a parameter, a comparison is refused, a generator has no name."""
        if isinstance(thing, Number):
            if thing.role == "literal":
                thing.role = "parameter"
            return self.node(thing)
        if isinstance(thing, Elements):
            raise self.error(
                "not_a_number", f"Here {thing.what} needs square brackets.", hint="Write [f(x) for x in xs]."
            )
        if isinstance(thing, (Condition, Text)):
            self.number(thing, self.span)
        return thing

    def assign(self, pattern: Pattern, thing: Thing) -> Thing:
        if pattern.parts:
            parts = self.unpack(pattern, thing)
            return [self.assign(part, each) for part, each in zip(pattern.parts, parts, strict=True)]
        if pattern.name in RESERVED:
            message = f"{pattern.name} is a function and cannot be assigned to."
            raise self.error("reserved_name", message, pattern.span, "Choose another name.")
        thing = self.bound(self.list_of(thing) if isinstance(thing, list) else thing)
        self.scope.names[pattern.name] = thing
        if isinstance(thing, Value):
            thing.label = thing.label or pattern.name
            if not thing.operands:
                self.first_leaf.setdefault(pattern.name, thing)
        elif isinstance(thing, list):
            self.name_elements(pattern.name, thing)
        return thing

    def name_elements(self, name: str, elements: list[Thing]) -> None:
        """Names the numbers of a list `xs[0]`, `xs[1][2]`, each once."""
        stack: list[tuple[str, list[Thing]]] = [(name, elements)]
        while stack:
            around, things = stack.pop()
            self.work(len(things))
            for index, thing in enumerate(things):
                here = f"{around}[{index}]"
                if isinstance(thing, list):
                    stack.append((here, thing))
                elif isinstance(thing, Number) and not thing.name:
                    thing.name = here
                    if thing.node is not None:
                        thing.node.label = thing.node.label or here


def _flat(pattern: Pattern) -> list[Pattern]:
    """The names a pattern binds."""
    stack, names = [pattern], []
    while stack:
        each = stack.pop()
        stack.extend(each.parts)
        if each.name:
            names.append(each)
    return names
