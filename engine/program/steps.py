"""A program as the parser leaves it: statements, each a flat list of steps for a stack.

Not frozen, though nothing changes them: setting a frozen one's fields took a tenth of parsing.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.program.errors import Span


@dataclass(slots=True)
class Step:
    """One instruction; `kind` says what it does with the stack.

    number      push the literal `number`; `whole` where it may count and index
    name        push what `name` is bound to
    list        pop `count`, push them as a list
    tuple       the same, for values on their way to several names
    apply       pop `count` operands of the op `name`
    call        pop `count` arguments of the function `name`, the last ones named by `keywords`
    invoke      the same, for the thing below the arguments
    method      the same, for `name` of the thing below the arguments
    index       pop an index and a list
    slice       pop step, stop, start and a list; `none` pushes one that is absent
    attribute   `name` of the thing on top
    text        push `name`
    loop        push the elements of `loop`: as a list, or one by one where `count` is 1
    """

    kind: str
    span: Span
    name: str = ""
    count: int = 0
    number: float = 0.0
    whole: int | None = None
    keywords: tuple[str, ...] = ()
    loop: Comprehension | None = None


@dataclass(slots=True)
class Pattern:
    """What a `for` binds: a name, or several in order."""

    span: Span
    name: str = ""
    parts: tuple[Pattern, ...] = ()


@dataclass(slots=True)
class Clause:
    """`for pattern in steps`."""

    pattern: Pattern
    steps: tuple[Step, ...]
    span: Span


@dataclass(slots=True)
class Comprehension:
    """`body for … in … for … in …`."""

    body: tuple[Step, ...]
    clauses: tuple[Clause, ...]


@dataclass(slots=True)
class Statement:
    """One statement: assign or update (`pattern`), label (`text`), backward, or the value of an expression."""

    kind: str
    span: Span
    steps: tuple[Step, ...]
    pattern: Pattern | None = None
    text: str = ""
