"""What drawings of a tape share: clean text, short numbers, and the groups as nested boxes."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.tape import Tape


@dataclass(frozen=True, slots=True)
class Open:
    """A group begins: its number and its label."""

    number: int
    label: str
    depth: int


@dataclass(frozen=True, slots=True)
class Close:
    """The group that was opened last ends."""

    depth: int


@dataclass(frozen=True, slots=True)
class Inside:
    """A node of the group that is open."""

    node: int
    depth: int


def plain(text: str) -> str:
    """One line of printable text: control characters become spaces, invisible ones (bidi overrides) go."""
    spaced = {"Cc": " ", "Zl": " ", "Zp": " ", "Cf": "", "Cs": "\ufffd"}
    return "".join(spaced.get(unicodedata.category(letter), letter) for letter in text)


def short(number: float) -> str:
    """Six significant digits; the full ones are in the CSV and the JSON."""
    if math.isfinite(number):
        return f"{number:.6g}"
    return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"


def outline(tape: Tape) -> Iterator[Open | Close | Inside]:
    """The nodes in their groups, depth first: groups in the table's order, the nodes of one group in build order."""
    inside: dict[str | None, list[int]] = {}
    for node, group in enumerate(tape.groups):
        inside.setdefault(group, []).append(node)
    within: dict[str | None, list[int]] = {}
    for number, group in enumerate(tape.group_table):
        within.setdefault(group.parent, []).append(number)

    yield from (Inside(node, 0) for node in inside.get(None, ()))
    stack = [iter(within.get(None, ()))]
    while stack:
        number = next(stack[-1], None)
        if number is None:
            stack.pop()
            if stack:
                yield Close(len(stack) - 1)
            continue
        group = tape.group_table[number]
        yield Open(number, group.label, len(stack) - 1)
        yield from (Inside(node, len(stack)) for node in inside.get(group.id, ()))
        stack.append(iter(within.get(group.id, ())))
