"""The trace: backpropagation as a list of single events, in order, each of them reversible.

Forward, one write per node in id order; then the seed, output.grad = 1; then nodes by falling id, each node's slots
from the last to the first: one `grad += contribution` per operand edge on a path to the output. Constants get none, and
neither does what only decides: a comparison's operands, a condition.
The lecture's L = (a*b + c) * f has 7 + 1 + 6 = 14 steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.ops import OPS
from engine.replay import backward, contribution
from engine.tape import CONSTANT, Tape

Kind = Literal["forward", "seed", "contribution"]


@dataclass(frozen=True, slots=True)
class Event:
    """One step of the trace.

    forward       `data` of `node` is written (`target` is the node itself)
    seed          `grad` of `node`, the output, becomes 1
    contribution  `grad` of `target` grows by `amount`, along `slot` of `node`
    """

    kind: Kind
    node: int
    slot: int | None
    target: int
    amount: float


def events(tape: Tape, data: list[float] | None = None) -> list[Event]:
    """The whole trace for the values in `data`, or the tape's own."""
    data = tape.data if data is None else data
    trace = [Event("forward", node, None, node, number) for node, number in enumerate(data)]
    if tape.roles[tape.output] == CONSTANT:
        return trace
    grads, partials = backward(tape, data)
    trace.append(Event("seed", tape.output, None, tape.output, 1.0))
    for node in range(tape.output, -1, -1):
        grad = grads[node]
        if grad is None or not tape.receives[node]:
            continue
        decides = OPS[tape.ops[node]].decides if tape.operands[node] else ()
        for slot in reversed(range(len(partials[node]))):
            partial = partials[node][slot]
            if partial is not None and slot not in decides:
                amount = contribution(tape.ops[node], grad, partial)
                trace.append(Event("contribution", node, slot, tape.operands[node][slot], amount))
    return trace


@dataclass(slots=True)
class State:
    """What stands on the page after some steps: None where nothing has been written yet."""

    data: list[float | None]
    grad: list[float | None]


def state_at(tape: Tape, trace: list[Event], step: int) -> State:
    """The state after the first `step` events, 0 to len(trace). Raises IndexError for another step."""
    if not 0 <= step <= len(trace):
        raise IndexError(f"step {step} of {len(trace)}")
    state = State([None] * len(tape), [None] * len(tape))
    for event in trace[:step]:
        if event.kind == "forward":
            state.data[event.target] = event.amount
        elif event.kind == "seed":
            state.grad[event.target] = event.amount
        else:
            before = state.grad[event.target]
            state.grad[event.target] = event.amount if before is None else before + event.amount
    return state
