"""Python source from a tape: identifiers from the user's names, expressions with only the brackets they need.

What PyTorch, JAX and micrograd have in common. How each spells an operation stands in the op table; what each does
with parameters, data and the backward pass stands in its own file.
"""

from __future__ import annotations

import builtins
import keyword
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from engine.ops import LEAF, OPS

if TYPE_CHECKING:
    from engine.tape import Tape

WIDTH = 88

# How tightly Python's operators bind, and what each asks of its left and right operand.
SUM, PRODUCT, PREFIX, POWER, ATOM = range(1, 6)
INFIX = {
    "+": (SUM, SUM, PRODUCT),
    "-": (SUM, SUM, PRODUCT),
    "*": (PRODUCT, PRODUCT, PREFIX),
    "/": (PRODUCT, PRODUCT, PREFIX),
    "**": (POWER, ATOM, PREFIX),
}
_INFIX_TEMPLATE = re.compile(r"\{0\} (\*\*|[-+*/]) \{1(?::number)?\}")
_PLACE = re.compile(r"\{(\d|\*)(:number)?\}")

# An unnamed node read once is written where it is read, until the text gets this long. It also bounds the nesting.
_INLINE = 60


class SpellingError(ValueError):
    """The template asks for a plain number where the tape has a node."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of an expression, how tightly it binds, and its value if it is a literal."""

    text: str
    level: int = ATOM
    number: float | None = None

    def within(self, level: int) -> str:
        return self.text if self.level >= level else f"({self.text})"


def literal(number: float) -> str:
    """A float64 as Python source, digit for digit; infinities, NaN and -0.0 included."""
    return repr(number) if math.isfinite(number) else f'float("{number}")'


def constant(number: float) -> Piece:
    """A literal inside an expression: whole numbers without their point, as people write them."""
    whole = number.is_integer() and abs(number) < 1e15 and str(number) != "-0.0"
    text = str(int(number)) if whole else literal(number)
    return Piece(text, PREFIX if text.startswith("-") else ATOM, number)


def identifiers(tape: Tape, taken: Iterable[str] = ()) -> list[str]:
    """One valid Python identifier per node, each different: `x`, `x_2` after reassignment, `v5` without a name.

    A name inside a group carries the group's (`layer1_neuron3_w0`). Keywords, builtins and `taken` get an underscore.
    """
    reserved = {*keyword.kwlist, *dir(builtins), *taken}
    wanted = [_identifier(tape, node, reserved) for node in range(len(tape.ops))]
    first = set(wanted)
    used: set[str] = set()
    count: dict[str, int] = {}
    names = list(wanted)
    for node in sorted(range(len(wanted)), key=lambda node: tape.names[node] is None):
        name = unique = wanted[node]
        while unique in used or (unique != name and (unique in first or unique in reserved)):
            count[name] = count.get(name, 1) + 1
            unique = f"{name}_{count[name]}"
        used.add(unique)
        names[node] = unique
    return names


def _identifier(tape: Tape, node: int, reserved: set[str]) -> str:
    name, group = tape.names[node], tape.groups[node]
    parts = [group, name] if name and group and tape.ops[node] == LEAF else [name]
    text = unicodedata.normalize("NFKC", "_".join(part for part in parts if part))
    text = text.replace("][", "_").replace("[", "").replace("]", "")
    text = re.sub(r"[^0-9A-Za-z_\u0370-\u03ff]+", "_", text)
    text = text.strip("_") if not (name or "").isidentifier() else text
    if not text:
        text = "output" if node == tape.output else f"v{node}"
    if not text.isidentifier():
        text = f"_{text}" if f"_{text}".isidentifier() else f"v{node}"
    return f"{text}_" if text in reserved else text


def assignments(
    tape: Tape,
    names: Sequence[str],
    template: Callable[[int], str],
    lift: Callable[[float], str],
    given: Mapping[int, str] = MappingProxyType({}),
) -> Iterator[str]:
    """`name = expression` for every node that is not a leaf, in build order.

    `template(node)` spells the node's op; `lift` turns a literal into the library's own scalar, needed wherever no
    operand of the library's stands beside it. `given` spells nodes that are computed elsewhere; with it, the data
    leaves that are read are assigned too.
    """
    if given:
        read = {operand for node, row in enumerate(tape.operands) if node not in given for operand in row}
        yield from (
            f"{names[node]} = {lift(tape.data[node])}" for node in leaves(tape, "data") if node in read
        )
    uses = [0] * len(tape.ops)
    for operands in tape.operands:
        for operand in operands:
            uses[operand] += 1
    pieces: list[Piece] = []
    for node, op in enumerate(tape.ops):
        if node in given:
            pieces.append(Piece(given[node]))
            continue
        if op == LEAF:
            is_constant = tape.roles[node] == "constant"
            pieces.append(constant(tape.data[node]) if is_constant else Piece(names[node]))
            continue
        piece = expression(template(node), [pieces[operand] for operand in tape.operands[node]], lift)
        hidden = tape.names[node] is None and node != tape.output
        if hidden and uses[node] <= 1 and len(piece.text) <= _INLINE:
            pieces.append(piece)
            continue
        yield f"{names[node]} = {piece.text}"
        pieces.append(Piece(names[node]))


def expression(template: str, operands: Sequence[Piece], lift: Callable[[float], str]) -> Piece:
    """Fill a template of the op table: `{0} + {1}`, `-{0}`, `torch.stack([{*}]).amax()`, `{0} ** {1:number}`."""

    def lifted(piece: Piece) -> Piece:
        return piece if piece.number is None else Piece(lift(piece.number))

    if infix := _INFIX_TEMPLATE.fullmatch(template):
        level, left, right = INFIX[infix[1]]
        x, y = operands
        if ":number" in template:
            if y.number is None:
                raise SpellingError(template)
            x = lifted(x)
        elif x.number is not None and y.number is not None:
            x = lifted(x)
        return Piece(f"{x.within(left)} {infix[1]} {y.within(right)}", level)
    if template == "-{0}":
        return Piece(f"-{lifted(operands[0]).within(PREFIX)}", PREFIX)

    def place(found: re.Match[str]) -> str:
        if found[1] == "*":
            return ", ".join(lifted(piece).text for piece in operands)
        before, after = template[: found.start()].rstrip()[-1:], template[found.end() :].lstrip()[:1]
        alone = before in ("", "(", "[", ",") and after in ("", ")", "]", ",")
        return lifted(operands[int(found[1])]).within(0 if alone else ATOM)

    return Piece(_PLACE.sub(place, template))


def spelled(tape: Tape, column: str) -> Callable[[int], str]:
    """The template of each node's op from a column of the table."""
    templates = {name: getattr(row, column) for name, row in OPS.items()}
    return lambda node: templates[tape.ops[node]]


def listing(head: str, items: Sequence[str], tail: str, indent: str = "") -> str:
    """`head item, item tail` on one line if it fits, else over several lines."""
    line = f"{indent}{head}{', '.join(items)}{tail}"
    if len(line) <= WIDTH:
        return line
    lines = [f"{indent}{head}"]
    row = f"{indent}   "
    for item in items:
        if len(row) + len(item) + 2 > WIDTH and row.strip():
            lines.append(row)
            row = f"{indent}   "
        row += f" {item},"
    return "\n".join([*lines, row, f"{indent}{tail}"])


def rows(head: str, lines: Iterable[Sequence[float]], tail: str, indent: str = "") -> str:
    """A list of rows of numbers, a line each."""
    items = [f"{indent}    [{', '.join(literal(number) for number in line)}]," for line in lines]
    return "\n".join([f"{indent}{head}[", *items, f"{indent}]{tail}"])


def leaves(tape: Tape, role: str) -> list[int]:
    """The ids of the leaves with this role, in build order."""
    return [node for node, op in enumerate(tape.ops) if op == LEAF and tape.roles[node] == role]
