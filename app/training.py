"""A training request to a run, and a run's steps to the events of the contract."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
import orjson
from pydantic import ValidationError

from app.answers import wire, wire_number
from app.build import network_problem, refused, spec_of
from app.errors import Problem
from app.schema import VERSION, TrainRequest
from engine.datasets import check_fit, dataset
from engine.limits import Limits
from engine.network import Network, NetworkError
from engine.spec import check_spec, find_loss
from engine.training import Floats, Recipe, Run, Step, prepare


@dataclass(frozen=True, slots=True)
class RunEvent:
    """One event: its name, its number (a step's) and its data as JSON."""

    name: str
    number: int | None
    data: bytes

    def line(self) -> bytes:
        """As a server-sent event."""
        number = b"" if self.number is None else b"id: %d\n" % self.number
        return b"event: %s\n%sdata: %s\n\n" % (self.name.encode(), number, self.data)


def read_training(body: Any) -> TrainRequest:
    """The request in a JSON document. Raises Problem: missing_field, unknown_field, wrong_type, invalid_value."""
    if not isinstance(body, dict):
        raise Problem("wrong_type", "The body must be an object.", hint='Send {"network": …, "dataset": …}.')
    try:
        asked = TrainRequest.model_validate(body)
    except ValidationError as error:
        raise refused(error, TrainRequest) from None
    if asked.dataset is None:
        for field in ("inputs", "targets"):
            if getattr(asked, field) is None:
                raise Problem(
                    "missing_field",
                    f"`{field}` is missing.",
                    where=(field,),
                    hint='Give `inputs` and `targets`, or a `dataset` such as {"name": "moons"}.',
                )
    elif asked.inputs is not None or asked.targets is not None:
        raise Problem(
            "invalid_value", "`dataset` takes the place of `inputs` and `targets`.", where=("dataset",)
        )
    return asked


def run_of(asked: TrainRequest, limits: Limits) -> Run:
    """The run that a request describes, ready to go. Raises Problem."""
    try:
        spec, inputs, targets = spec_of(asked.network), asked.inputs, asked.targets
        if asked.dataset is not None:
            chosen = asked.dataset
            check_spec(spec, limits)
            loss = find_loss(asked.loss, spec.nouts[-1])
            made = dataset(chosen.name, chosen.count, chosen.noise, chosen.seed, limits)
            check_fit(chosen.name, spec, loss)
            inputs, targets = made.inputs, made.targets(loss)
        assert inputs is not None
        assert targets is not None
        recipe = Recipe(**{name: getattr(asked.recipe, name) for name in type(asked.recipe).model_fields})
        return prepare(spec, inputs, targets, recipe, asked.loss, asked.parameters, asked.alpha, limits)
    except NetworkError as error:
        raise network_problem(error) from None


def numbers_told(asked: TrainRequest, run: Run) -> int:
    """How many numbers the events of a run hold, about."""
    steps = ceil(asked.recipe.steps / asked.every) + 1
    return steps * (4 + len(set(asked.include)) * run.network.parameters)


def events(asked: TrainRequest, run: Run) -> Iterator[list[RunEvent]]:
    """What each step has to tell: nothing, a step, or the last step and how the run ended."""
    for step in run.steps:
        last = step.diverged is not None or step.step == asked.recipe.steps - 1
        told = []
        if last or step.step % asked.every == 0:
            told.append(_step_event(step, asked.include))
        if last:
            told.append(_last_event(step, run.network))
        yield told


def whole(run: Run, told: list[RunEvent]) -> bytes:
    """All events as one JSON answer."""
    *steps, last = told
    ends = {name: last.data if last.name == name else b"null" for name in ("done", "diverged")}
    return b'{"version":%d,"nodes":%d,"steps":[%s],"done":%s,"diverged":%s}' % (
        VERSION,
        len(run.network.tape),
        b",".join(step.data for step in steps),
        ends["done"],
        ends["diverged"],
    )


def _step_event(step: Step, include: list[Any]) -> RunEvent:
    row = _measures(step) | {"rate": wire_number(step.rate)}
    if "parameters" in include:
        row["parameters"] = _array(step.data)
    if "grads" in include:
        row["grads"] = _array(step.grad)
    return RunEvent("step", step.step, _json(row))


def _last_event(step: Step, network: Network) -> RunEvent:
    row = _measures(step)
    found = step.diverged
    if found is None:
        return RunEvent("done", None, _json(row | {"parameters": _array(step.after)}))
    tape, node = network.tape, found.node
    began = {
        "id": node,
        "op": tape.ops[node],
        "name": tape.names[node],
        "group": tape.groups[node],
        "value": wire_number(found.value),
    }
    row |= {"phase": found.phase, "node": began, "parameters": _array(step.data)}
    return RunEvent("diverged", None, _json(row))


def _measures(step: Step) -> dict[str, Any]:
    return {"step": step.step, "loss": wire_number(step.loss), "accuracy": step.accuracy}


def _array(numbers: Floats) -> Any:
    return numbers if np.isfinite(numbers).all() else wire(numbers.tolist())


def _json(row: dict[str, Any]) -> bytes:
    return orjson.dumps(row, option=orjson.OPT_SERIALIZE_NUMPY)
