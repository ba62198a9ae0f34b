"""GET /api/v1/datasets: what a network can learn from, and its numbers."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import Annotated

import orjson
from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from app.build import network_problem
from app.errors import Problem
from app.openapi import refusals
from app.schema import DatasetRow, DatasetRows
from engine.datasets import DATASETS, check_fit, dataset
from engine.losses import LOSSES
from engine.network import NetworkError, NetworkSpec
from engine.spec import find_loss

router = APIRouter(tags=["reference"])


@cache
def table() -> bytes:
    return orjson.dumps([outline(name) for name in DATASETS])


def outline(name: str) -> dict[str, object]:
    """What is said of a data set without its numbers."""
    return {field: getattr(DATASETS[name], field) for field in DatasetRow.model_fields}


@router.get(
    "/datasets",
    operation_id="list_datasets",
    summary="The data sets there are, with their usual size and noise",
    responses={200: {"model": list[DatasetRow]}},
)
async def list_datasets() -> Response:
    return Response(table(), media_type="application/json")


@router.get(
    "/datasets/{name}",
    operation_id="get_dataset",
    summary="A data set's inputs and targets, made to order",
    description="The same numbers for the same address, for ever.",
    responses={200: {"model": DatasetRows}} | refusals("not_found"),
)
async def get_dataset(
    request: Request,
    name: Annotated[str, Path(description="A name from `GET /api/v1/datasets`.")],
    count: Annotated[int | None, Query(description="Examples; without it the usual number.")] = None,
    noise: Annotated[float | None, Query(description="How far points are moved at random.")] = None,
    seed: Annotated[int, Query(description="What the points are drawn from.")] = 1337,
    loss: Annotated[str, Query(description="The loss that the targets are for.")] = "squared_error",
) -> Response:
    if name not in DATASETS:
        raise Problem("not_found", "There is no such data set.", hint=f"There are {', '.join(DATASETS)}.")
    limits = request.app.state.settings.limits

    def answer() -> bytes:
        row = DATASETS[name]
        outputs = row.classes if loss in LOSSES and LOSSES[loss].targets == "class" else 1
        wanted = find_loss(loss, max(outputs, 1))
        check_fit(name, NetworkSpec(row.nin, [max(outputs, 1)]), wanted)
        made = dataset(name, count, noise, seed, limits)
        usual = outline(name)
        own = {} if row.fixed else {"count": len(made.inputs), "noise": row.noise if noise is None else noise}
        numbers = {"inputs": made.inputs, "targets": made.targets(wanted), "seed": seed, "loss": loss}
        return orjson.dumps(usual | own | numbers)

    try:
        body = await asyncio.to_thread(answer)
    except NetworkError as error:
        problem = network_problem(error)
        if problem.where and problem.where[0] == "dataset":  # here its fields are the query's own
            problem.where = problem.where[1:]
        raise problem from None
    return Response(body, media_type="application/json", headers={"cache-control": "public, max-age=3600"})
