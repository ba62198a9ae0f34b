"""POST /api/v1/graph: a program or a network in, its graph with data and grad out."""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.answers import graph_answer
from app.build import is_small, read_request, tape_for
from app.errors import Problem
from app.limits import read_json
from app.openapi import graph_body, problem_content
from app.schema import Graph, GraphColumns
from app.settings import Settings

router = APIRouter(tags=["graph"])


@router.post(
    "/graph",
    operation_id="create_graph",
    summary="The computation graph of a program or a network",
    description="Give a `program`, or a `network` with its `inputs`. The answer is a pure function of the request.",
    responses={200: {"model": Graph | GraphColumns, "content": problem_content()}},
    openapi_extra={"requestBody": graph_body()},
)
async def create_graph(
    request: Request,
    shape: Annotated[
        Literal["rows", "columns"],
        Query(description="`rows`: an object per node. `columns`: an array per field, for large graphs."),
    ] = "rows",
    problems: Annotated[
        Literal["status", "inline"],
        Query(
            description="`inline`: what is wrong with the program is answered with status 200 and the same problem "
            "document, for a page that asks while someone types (a browser logs every 4xx as an error)."
        ),
    ] = "status",
) -> Response:
    settings: Settings = request.app.state.settings
    asked = read_request(await read_json(request, settings))

    def answer() -> bytes:
        return graph_answer(tape_for(asked, settings.limits), columns=shape == "columns")

    try:
        body = answer() if is_small(asked) else await asyncio.to_thread(answer)
    except Problem as problem:
        if problems == "status":
            raise
        return problem.response(inline=True)
    return Response(body, media_type="application/json")
