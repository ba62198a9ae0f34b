"""What a network's tape holds besides its parameters, from Values under record: examples, and the loss over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.losses import Loss, penalty
from engine.record import Model, Path, Record
from engine.value import Value

LOSS: Path = ("loss",)


def predict(record: Record, model: Model, x: Sequence[float]) -> list[Value]:
    """One example's outputs; its inputs are leaves of its own, shared by all that read them."""
    path = record.example(model)
    out = record.run(path, input_leaves(record, x, path))
    return out if isinstance(out, list) else [out]


def input_leaves(record: Record, x: Sequence[float], path: Path = ()) -> list[Value]:
    return [record.add(Value(number, f"x[{slot}]", "data"), None, path) for slot, number in enumerate(x)]


@dataclass(slots=True)
class LossNodes:
    """A loss on a record: its output, its targets' leaves (a row per example), and where its parts end.

    Part by part: the term of each example, with the addition to the terms before it; the mean, if the loss is one; and
    with a penalty its first square, the other squares with their additions, and its weight.
    """

    output: Value
    targets: list[list[Value]]
    ends: list[int]


def record_loss(
    record: Record,
    row: Loss,
    outputs: Sequence[Sequence[Value]],
    examples: int,
    alpha: float,
    parameters: Sequence[Value],
) -> LossNodes:
    """Takes in the loss over the examples with these outputs; its mean is that of so many `examples`."""
    targets: list[list[Value]] = []
    terms: list[Value] = []
    ends: list[int] = []

    def take_in(*results: Value) -> None:
        record.absorb(results, path=LOSS)
        ends.append(len(record.nodes))

    output = None
    for outs in outputs:
        targets.append([])
        terms.append(row.term(outs, _leaves(len(outs), targets[-1])))
        output = terms[-1] if output is None else output + terms[-1]
        take_in(output)
    assert output is not None
    record.mark_sum(output, terms[0], LOSS)
    if row.mean:
        output = output / float(examples * (1 if row.targets == "class" else len(outputs[0])))
    take_in(output)
    if alpha:
        squares = penalty(parameters)
        first = _first_term(squares, len(parameters))
        take_in(first)
        take_in(squares)
        record.mark_sum(squares, first, LOSS)
        output = output + squares * alpha
        take_in(output)
    return LossNodes(output, targets, ends)


def _leaves(count: int, made: list[Value]) -> Iterator[Value]:
    """A target's leaves, each made when the loss asks for it; their numbers are given later."""
    for slot in range(count):
        made.append(Value(0.0, f"y[{slot}]", "data"))
        yield made[-1]


def _first_term(total: Value, terms: int) -> Value:
    """The first of the terms that a left fold added up."""
    for _ in range(terms - 1):
        total = total.operands[0]
    return total
