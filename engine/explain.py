"""What the numbers mean, in words: how the output answers to a node, and what each event of the trace did.

The sentences are the table of `engine/phrases.py` and the `hands` of the op table, filled in; the browser fills in the
same (`static/src/explain.js`). A sentence is a tuple of pieces, so that names can be set in italics and marks kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from unicodedata import normalize

from engine.numbers import MINUS, code_number, short_number
from engine.ops import OPS
from engine.phrases import PACE_TOLERANCE, PACES, PHRASES, SIZES, TIMES
from engine.readings.mathml import Tree, filled, formula_math, mathml
from engine.replay import node_partials
from engine.sentence import Piece, Sentence, fill, say
from engine.spelling import in_code, in_numbers, name_of, written
from engine.tape import Tape
from engine.trace import Event

# What of a name stands below the line: the index of `w[0]`, the number of `a₂`.
_BELOW = re.compile(r"(\[\d+(?:\]\[\d+)*\](?![\[₀-₉])|[₀-₉]+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Step:
    """One event of the trace explained: in words, as Python, with its numbers, and as MathML."""

    sentence: Sentence
    code: str
    comment: str
    formula: str


def effect(tape: Tape, grads: Sequence[float | None], node: int) -> Sentence:
    """How the output answers when a node is raised slightly."""
    name, output = _name(tape, node), _name(tape, tape.output)
    grad = grads[node]
    if grad is None:
        return say("constant", name=name)
    if not tape.reaches[node]:
        return say("unconnected", name=name, output=output)
    if node == tape.output:
        return say("itself", output=output)
    if isnan(grad) or isnan(tape.data[tape.output]):
        return say("unknown", name=name, output=output) if isnan(grad) else say("no_output", output=output)
    for below, rising, falling in SIZES:
        if abs(grad) < below:
            return say(falling if grad < 0 else rising, name=name, output=output, pace=pace(abs(grad)))
    return say("rises_endlessly" if grad > 0 else "falls_endlessly", name=name, output=output)


def pace(size: float) -> str:
    """How fast, in words where there are some."""
    for known, words in PACES:
        if abs(size - known) <= PACE_TOLERANCE * known:
            return words
    return TIMES.format(times=short_number(size))


def explain(tape: Tape, trace: Sequence[Event], step: int) -> Step:
    """The event that `step` (1 to len(trace)) takes, for the values the trace was made with."""
    data = [event.amount for event in trace[: len(tape)]]
    event = trace[step - 1]
    if event.kind == "forward":
        return _forward_step(tape, data, event.node)
    if event.kind == "seed":
        output = _name(tape, event.node)
        tree = ("mrow", _derivative(tape, event.node), ("mo", "="), ("mn", "1"))
        code = f"{in_code(tape, event.node)}.grad = 1.0"
        return Step(say("seed", output=output), code, "", mathml(tree))
    return _contribution_step(tape, data, trace, step)


def _forward_step(tape: Tape, data: Sequence[float], node: int) -> Step:
    name, number = _name(tape, node), _number(data[node])
    operands, op = tape.operands[node], tape.ops[node]
    code = in_code(tape, node)
    if not operands:
        sentence = say(f"given_{tape.roles[node]}", name=name, data=number)
        tree: Tree = ("mrow", _name_tree(tape, node), ("mo", "="), _number_tree(data[node]))
        return Step(sentence, f"{code} = {code_number(data[node])}", "", mathml(tree))
    numbers = in_numbers(op, [data[operand] for operand in operands])
    named = [_name_tree(tape, operand) for operand in operands]
    valued = [_number_tree(data[operand]) for operand in operands]
    out = _number_tree(data[node])
    formula = formula_math(OPS[op])
    sides = (_name_tree(tape, node), filled(formula, named, out), filled(formula, valued, out), out)
    return Step(
        say("computed", name=name, data=number, numbers=Piece(numbers, "number")),
        f"{code} = {written(op, [in_code(tape, operand) for operand in operands], code=True)}",
        f"# {numbers} = {number.text}",
        mathml(_equation(sides)),
    )


def _contribution_step(tape: Tape, data: Sequence[float], trace: Sequence[Event], step: int) -> Step:
    event = trace[step - 1]
    assert event.slot is not None
    node, target = event.node, event.target
    partial = node_partials(tape, data, node)[event.slot]
    assert partial is not None
    written = [past.amount for past in trace[len(tape) : step - 1] if past.target == target]
    upstream = _total([past.amount for past in trace[len(tape) : step - 1] if past.target == node])
    sentence = (
        *say("hands", node=_name(tape, node), target=_name(tape, target)),
        Piece(" "),
        *_how_handed(tape, data, node, event.slot, partial),
    )
    if written:
        adding = say("adds", target=_name(tape, target), before=_number(_total(written)))
        sentence = (*sentence, Piece(" "), *adding)
    factor = code_number(partial)
    closed = OPS[tape.ops[node]].gate and partial == 0
    before = _total(written) if written else 0.0
    numbers = f"{factor.replace('-', MINUS)} × {short_number(upstream)}"
    result = short_number(before + event.amount)
    comment = PHRASES["code_closed"] if closed else f"{short_number(before)} + {numbers} = {result}"
    product: tuple[Tree, ...] = (_number_tree(upstream), ("mo", "·"), _number_tree(partial, follows=True))
    chain: tuple[Tree, ...] = (_derivative(tape, node), ("mo", "·"), _derivative(tape, target, node))
    sides = (_derivative(tape, target), ("mrow", *chain), ("mrow", *product), _number_tree(event.amount))
    code = f"{in_code(tape, target)}.grad += {factor} * {in_code(tape, node)}.grad"
    return Step(sentence, code, f"# {comment}", mathml(_equation(sides)))


def _how_handed(tape: Tape, data: Sequence[float], node: int, slot: int, partial: float) -> Sentence:
    """What the op does to the gradient along one of its edges."""
    op, operands = OPS[tape.ops[node]], tape.operands[node]
    fields: dict[str, Piece | str] = {
        "op": op.symbol,
        "target": _name(tape, operands[slot]),
        "other": _name(tape, operands[len(operands) - 1 - slot]),
        "out": _number(data[node]),
        "partial": _number(partial),
    }
    if op.gate:
        return fill(
            PHRASES[f"gate_{'closed' if partial == 0 else 'open' if partial == 1 else 'shared'}"], fields
        )
    if op.hands:
        return fill(op.hands[slot if len(op.hands) > 1 else 0], fields)
    return fill(PHRASES["by_slope"], fields)


def _total(amounts: Sequence[float]) -> float:
    """A grad as the walk back adds it: from the first contribution on, in order."""
    total = amounts[0]
    for amount in amounts[1:]:
        total += amount
    return total


def _name(tape: Tape, node: int) -> Piece:
    if tape.names[node] is None and not tape.operands[node]:
        return _number(tape.data[node])
    return Piece(name_of(tape, node), "name", node)


def _number(x: float) -> Piece:
    return Piece(short_number(x), "number")


def _name_tree(tape: Tape, node: int) -> Tree:
    name = name_of(tape, node)
    text, *below = _BELOW.split(name)
    if text and below[1:] == [""]:
        return ("msub", ("mi", text), ("mn", normalize("NFKC", below[0]).replace("][", ",").strip("[]")))
    return ("mi", name)


def _number_tree(x: float, follows: bool = False) -> Tree:
    """A number with a true minus and, where it needs one, a power of ten; in brackets when it follows an operator."""
    text = short_number(x)
    mantissa, _, exponent = text.partition("e")
    parts: list[Tree] = [("mo", MINUS)] if mantissa.startswith(MINUS) else []
    parts.append(("mn", mantissa.removeprefix(MINUS)))
    if exponent:
        parts += [("mo", "×"), ("msup", ("mn", "10"), ("mn", exponent))]
    tree: Tree = ("mrow", *parts)
    return ("mrow", ("mo", "("), tree, ("mo", ")")) if follows and len(parts) > 1 else tree


def _derivative(tape: Tape, of: int, output: int | None = None) -> Tree:
    top = _name_tree(tape, tape.output if output is None else output)
    return ("mfrac", ("mrow", ("mi", "∂"), top), ("mrow", ("mi", "∂"), _name_tree(tape, of)))


def _equation(sides: Sequence[Tree]) -> Tree:
    first, *rest = sides
    return ("mrow", first, *(part for side in rest for part in (("mo", "="), side)))
