"""Calls: ops by name, functions, methods, networks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.ops import OPS
from engine.program.errors import ProgramError, shorten
from engine.program.functions import FUNCTIONS, PLACES, positional
from engine.program.names import BUILT_IN, METHODS, RESERVED, hint_for
from engine.program.steps import Step
from engine.program.things import Number, Thing, article, describe
from engine.record import Model
from engine.value import Value

if TYPE_CHECKING:
    from engine.program.machine import Machine

_EXTREMES = frozenset(op.name for op in OPS.values() if op.variadic)


def call(machine: Machine, arguments: list[Thing], step: Step) -> Thing:
    """A function's result."""
    name = step.name
    if name in _EXTREMES and len(arguments) == 1 and not step.keywords:
        arguments = machine.drained(arguments[0], name)
        if not arguments:
            raise machine.error("empty_list", f"The {name} of an empty list is no number.")
    if step.keywords and name in PLACES:
        arguments, step = _in_order(machine, arguments, step, PLACES[name])
    if name in OPS:
        return op_call(machine, name, arguments, step)
    if name in FUNCTIONS:
        return FUNCTIONS[name](machine, arguments, step)
    span = (step.span[0], step.span[0] + len(name))
    raise machine.error(
        "unknown_function", f"There is no function {shorten(name)}.", span, hint_for(name, RESERVED)
    )


def _in_order(
    machine: Machine, arguments: list[Thing], step: Step, places: tuple[str, ...]
) -> tuple[list[Thing], Step]:
    """Arguments that were given the names of the next places, put there."""
    placed = arguments[: len(arguments) - len(step.keywords)]
    named = dict(zip(step.keywords, arguments[len(placed) :], strict=True))
    for name in places[len(placed) :]:
        if name not in named:
            break
        placed.append(named.pop(name))
    for name in places:
        if name in named:
            twice = places.index(name) < len(placed)
            message = f"{name} is given twice." if twice else f"{step.name} needs more than {name}."
            raise machine.error("wrong_arguments", message)
    return [*placed, *named.values()], replace(step, keywords=(*named,))


def op_call(machine: Machine, op: str, arguments: list[Thing], step: Step) -> Thing:
    """An op written as a function or a method."""
    row = OPS[op]
    positional(machine, op, step)
    wanted = len(row.operands)
    if not (arguments if row.variadic else len(arguments) == wanted):
        usage = f"{op}({', '.join(row.operands)})"
        amount = f"{wanted} argument{'s' * (wanted != 1)}"
        message = f"{op} takes {'at least 1 argument' if row.variadic else amount}, not {len(arguments)}."
        raise machine.error("wrong_arguments", message, hint=f"As in {usage}.")
    machine.record.make_room(len(arguments))
    return machine.apply(op, arguments)


def invoke(machine: Machine, called: Thing, arguments: list[Thing], step: Step) -> Thing:
    """A network called on a list of numbers."""
    if not isinstance(called, Model):
        hint = "Write * to multiply." if isinstance(called, (Value, Number)) else ""
        raise machine.error("not_callable", f"{describe(called).capitalize()} cannot be called.", hint=hint)
    what = "A" + article(called)[1:]
    positional(machine, what, step)
    if len(arguments) != 1:
        raise machine.error(
            "wrong_arguments",
            f"{what} is called on one list, not on {len(arguments)} arguments.",
            hint="As in n([2.0, 3.0]).",
        )
    span = machine.span
    inputs = machine.drained(arguments[0], what)
    if len(inputs) != called.nin:
        raise machine.error("wrong_count", f"{what} of {called.nin} inputs got a list of {len(inputs)}.")
    machine.record.make_room(called.nodes_per_call + len(inputs))
    path = machine.record.example(called)
    x = [
        machine.node(each, path) if isinstance(each, Number) else machine.number(each, span)
        for each in inputs
    ]
    out = machine.record.run(path, x, span)
    return out if isinstance(out, Value) else list(out)


def method(machine: Machine, thing: Thing, arguments: list[Thing], step: Step) -> Thing:
    name = step.name
    if isinstance(thing, Model):
        if name == "parameters" and not arguments:
            return list(thing.module.parameters())
        raise machine.error(
            "unknown_function",
            f"There is no method {shorten(name)} here.",
            hint=hint_for(name, ["parameters"]),
        )
    if name == "backward":
        message = "backward() is the last line of a program, on its own: it names the output."
        raise machine.error("bad_backward", message)
    if name not in METHODS:
        hint = f"Write {name}(xs)." if name in BUILT_IN else hint_for(name, METHODS)
        raise machine.error("unknown_function", f"There is no method {shorten(name)}.", hint=hint)
    return op_call(machine, name, [thing, *arguments], step)


def attribute(machine: Machine, thing: Thing, step: Step) -> ProgramError:
    name = shorten(step.name)
    if isinstance(thing, Model):
        return machine.error(
            "not_supported", f".{name} cannot be read.", hint="parameters() gives the weights and biases."
        )
    if name in ("data", "grad"):
        return machine.error(
            "not_supported",
            f".{name} cannot be read in a program.",
            hint="Every node shows its data and grad.",
        )
    if step.name in METHODS or step.name == "backward":
        return machine.error("function_without_call", f"{name} is a method.", hint=f"Write .{name}().")
    return machine.error(
        "not_supported", f".{name} is not part of the language.", hint=hint_for(step.name, METHODS)
    )
