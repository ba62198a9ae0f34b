"""What a program's expressions can be besides Values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.program.errors import Span
from engine.record import Model
from engine.value import Value


@dataclass(eq=False, slots=True)
class Number:
    """A number that is not a node yet: it becomes one on first use.

    role: "literal" (a constant in an expression, a parameter when a name is bound to it), "constant" (a range
    variable, a length) or "data" (an element of a list). `whole` is set where it may index and count.
    """

    data: float
    span: Span
    role: str = "literal"
    whole: int | None = None
    name: str = ""
    node: Value | None = None


@dataclass(slots=True)
class Text:
    """A label or the name of an activation, on its way into a call."""

    text: str


@dataclass(slots=True)
class Condition:
    """A comparison: what `where` chooses by."""

    value: Value


@dataclass(eq=False, slots=True)
class Elements:
    """Elements that are made one by one, each once: a generator, zip, enumerate."""

    what: str
    source: Iterator[Thing]


@dataclass(slots=True)
class Scope:
    """What names are bound to; a comprehension's scope stands in the one around it."""

    names: dict[str, Thing] = field(default_factory=dict)
    around: Scope | None = None

    def find(self, name: str) -> Thing | None:
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.around
        return None


Thing = Value | Number | Text | Condition | Elements | Model | list["Thing"]


def describe(thing: Thing) -> str:
    """The thing in a sentence: "a list of 3"."""
    match thing:
        case list():
            return f"a list of {len(thing)}"
        case Model():
            return article(thing)
        case Elements():
            return thing.what
        case Condition():
            return "a comparison"
        case Text():
            return "text"
        case _:
            return "a number"


def article(model: Model) -> str:
    """The model's kind with its article."""
    name = type(model.module).__name__
    return f"{'an' if name == 'MLP' else 'a'} {name}"
