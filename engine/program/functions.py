"""The functions of a program that are not ops: lists, leaves, networks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.initialisation import INITIALISATIONS
from engine.nn import ACTIVATIONS, MLP, Layer, Neuron
from engine.ops import OPS
from engine.program.errors import shorten
from engine.program.steps import Step
from engine.program.things import Elements, Number, Text, Thing
from engine.value import Value, apply

if TYPE_CHECKING:
    from engine.program.machine import Machine

Function = Callable[["Machine", list[Thing], Step], Thing]

_SIGNS = {op.infix: op.name for op in OPS.values() if op.infix}


def positional(machine: Machine, name: str, step: Step) -> None:
    """Raises when arguments have names."""
    if step.keywords:
        raise machine.error("wrong_arguments", f"{name} takes no argument named {shorten(step.keywords[0])}.")


def counted(machine: Machine, arguments: list[Thing], step: Step, least: int, most: int, usage: str) -> None:
    """Raises unless there are `least` to `most` arguments, none of them named."""
    positional(machine, step.name, step)
    if not least <= len(arguments) <= most:
        amount = str(least) if least == most else f"{least} to {most}"
        message = f"{step.name} takes {amount} argument{'s' * (most != 1)}, not {len(arguments)}."
        raise machine.error("wrong_arguments", message, hint=f"As in {usage}.")


def _fold(machine: Machine, thing: Thing, name: str, first: Value | None) -> tuple[Value, int]:
    """Additions from the left, grouped as a sum; and how many elements there were."""
    span = machine.span
    total, count = first, 0
    for each in machine.elements(thing, name):
        value = machine.number(each, span)
        if total is None:
            first = total = value
        else:
            total = machine.record.add(apply(_SIGNS["+"], total, value), span)
        count += 1
    machine.span = span
    if total is None or first is None:
        raise machine.error("empty_list", f"The {name} of an empty list is no number.")
    machine.record.mark_sum(total, first)
    return total, count


def _sum(machine: Machine, arguments: list[Thing], step: Step) -> Thing:
    counted(machine, arguments, step, 1, 2, "sum(x**2 for x in xs)")
    first = machine.number(arguments[1], machine.span) if len(arguments) == 2 else None
    return _fold(machine, arguments[0], step.name, first)[0]


def _mean(machine: Machine, arguments: list[Thing], step: Step) -> Thing:
    counted(machine, arguments, step, 1, 1, "mean(x**2 for x in xs)")
    total, count = _fold(machine, arguments[0], step.name, None)
    return machine.apply(_SIGNS["/"], [total, Number(float(count), machine.span, "constant")])


def _len(machine: Machine, arguments: list[Thing], step: Step) -> Thing:
    counted(machine, arguments, step, 1, 1, "len(xs)")
    count = len(machine.list_at(arguments[0], "len needs a list"))
    return Number(float(count), machine.span, "constant", count)


def _zip(machine: Machine, arguments: list[Thing], step: Step) -> Thing:
    counted(machine, arguments, step, 1, 8, "zip(xs, ys)")
    columns = [machine.elements(each, step.name) for each in arguments]
    return Elements("zip(...)", (list(row) for row in zip(*columns, strict=False)))


def _enumerate(machine: Machine, arguments: list[Thing], step: Step) -> Thing:
    counted(machine, arguments, step, 1, 2, "enumerate(xs)")
    span, elements = machine.span, machine.elements(arguments[0], step.name)
    first = machine.whole(arguments[1], "Where to count from") if len(arguments) == 2 else 0
    rows = ([Number(float(at), span, "constant", at), each] for at, each in enumerate(elements, first))
    return Elements("enumerate(...)", rows)


def _range(machine: Machine, arguments: list[Thing], step: Step) -> Thing:
    counted(machine, arguments, step, 1, 3, "range(3)")
    bounds = [machine.whole(each, "A range's bound") for each in arguments]
    if len(bounds) == 3 and bounds[2] == 0:
        raise machine.error("bad_index", "A range's step is not 0.")
    numbers, limit = range(*bounds), machine.source.limits.program_nodes
    # len() cannot count beyond 2**63.
    count = (numbers[-1] - numbers[0]) // numbers.step + 1 if numbers else 0
    if count > limit:
        raise machine.error("too_many_nodes", f"A range has at most {limit:,} numbers.")
    machine.work(count)
    return [Number(float(at), machine.span, "constant", at) for at in numbers]


def _data(machine: Machine, arguments: list[Thing], step: Step) -> Thing:
    counted(machine, arguments, step, 1, 1, "data(2.0)")
    return _leaf(machine, arguments[0], "data")


def _value(machine: Machine, arguments: list[Thing], step: Step) -> Thing:
    label = arguments.pop() if step.keywords == ("label",) and len(arguments) == 2 else None
    if label is None:
        counted(machine, arguments, step, 1, 1, "Value(2.0, label='a')")
        return _leaf(machine, arguments[0], "parameter")
    if not isinstance(label, Text):
        raise machine.error("wrong_arguments", "A label is text.", hint="As in Value(2.0, label='a').")
    leaf = _leaf(machine, arguments[0], "parameter")
    leaf.label = label.text
    return leaf


def _leaf(machine: Machine, thing: Thing, role: str) -> Value:
    if not isinstance(thing, Number) or thing.role != "literal":
        message = "Only a number written out can be made a leaf."
        raise machine.error("not_a_literal", message, hint="As in data(2.0).")
    return machine.record.add(Value(thing.data, role=role), thing.span)


_MODULES: dict[str, tuple[Callable[..., Neuron | Layer | MLP], int, str]] = {
    "Neuron": (Neuron, 1, "Neuron(3)"),
    "Layer": (Layer, 2, "Layer(3, 4)"),
    "MLP": (MLP, 2, "MLP(3, [4, 4, 1])"),
}
_CHOICES = {
    "activation": ACTIVATIONS,
    "output_activation": ACTIVATIONS,
    "initialisation": (*INITIALISATIONS,),
}
_OPTIONS = dict.fromkeys(("Neuron", "Layer"), ("activation", "initialisation")) | {"MLP": (*_CHOICES,)}


def _module(machine: Machine, arguments: list[Thing], step: Step) -> Thing:
    """Neuron(nin), Layer(nin, nout), MLP(nin, nouts); activation, output_activation, initialisation, seed by name."""
    build, wanted, usage = _MODULES[step.name]
    hint = f"As in {usage}."
    named = arguments[len(arguments) - len(step.keywords) :]
    options: dict[str, object] = {"seed": machine.random}
    for keyword, thing in zip(step.keywords, named, strict=True):
        if keyword == "seed":
            options[keyword] = machine.whole(thing, "A seed")
        elif keyword not in _OPTIONS[step.name]:
            message = f"{step.name} takes no argument named {shorten(keyword)}."
            raise machine.error("wrong_arguments", message, hint=hint)
        elif isinstance(thing, Text) and thing.text in _CHOICES[keyword]:
            options[keyword] = thing.text
        else:
            names = _CHOICES[keyword]
            message = f"{keyword} is one of {', '.join(names)}."
            raise machine.error("wrong_arguments", message, hint=f"As in {keyword}='{names[1]}'.")
    sizes = arguments[: len(arguments) - len(step.keywords)]
    if len(sizes) != wanted or isinstance(sizes[-1], list) != (build is MLP):
        raise machine.error("wrong_arguments", f"{step.name} is made from its sizes.", hint=hint)
    nin = machine.whole(sizes[0], "A size")
    if build is MLP:
        nouts = [_size(machine, each) for each in machine.list_at(sizes[1], "MLP needs a list of sizes")]
    else:
        nouts = [machine.whole(each, "A size") for each in sizes[1:]] or [1]
    if min([nin, *nouts[:1], *nouts]) < 1 or not nouts:
        message = "Every layer has at least one neuron, and at least one input."
        raise machine.error("wrong_arguments", message, hint=hint)
    machine.count_parameters(sum((here + 1) * out for here, out in zip([nin, *nouts], nouts, strict=False)))
    shape = [nin, nouts][:wanted] if build is MLP else [nin, *nouts][:wanted]
    return machine.record.model(build(*shape, **options), machine.span)


def _size(machine: Machine, thing: Thing) -> int:
    """A size in a list; there, whole numbers are data already."""
    if isinstance(thing, Number) and thing.whole is not None:
        return thing.whole
    raise machine.error("not_whole", "A size is a whole number written in the text.")


FUNCTIONS: dict[str, Function] = {
    "sum": _sum,
    "mean": _mean,
    "len": _len,
    "zip": _zip,
    "range": _range,
    "enumerate": _enumerate,
    "data": _data,
    "Value": _value,
    **dict.fromkeys(_MODULES, _module),
}
"""By name; `names.BUILT_IN` is the same list without the code."""

PLACES: dict[str, tuple[str, ...]] = {
    "sum": ("", "start"),
    "enumerate": ("iterable", "start"),
    "data": ("data",),
    "Value": ("data",),
    "Neuron": ("nin",),
    "Layer": ("nin", "nout"),
    "MLP": ("nin", "nouts"),
}
"""What arguments are called that may be given by place or by name; the first of `sum` has none."""
