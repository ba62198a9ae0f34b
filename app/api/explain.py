"""POST /api/v1/explain: the trace of a graph, event by event, in words, code and MathML."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.answers import explain_answer
from app.build import asked_by, made_from
from app.openapi import graph_body
from app.schema import Explanation

MOST = 500
"""Events of one answer: each needs about 700 bytes, and up to a millisecond on a large graph."""

router = APIRouter(tags=["graph"])


@router.post(
    "/explain",
    operation_id="explain_graph",
    summary="The trace, event by event: a sentence, a line of code, a formula",
    description="The body is that of POST /api/v1/graph. Events stand in order: each forward write, the seed, and "
    "every single `grad += contribution`, outputs first.",
    responses={200: {"model": Explanation}},
    openapi_extra={"requestBody": graph_body()},
)
async def explain_graph(
    request: Request,
    first: Annotated[int, Query(ge=1, le=2**53, description="The first step to explain, from 1.")] = 1,
    count: Annotated[int, Query(ge=1, le=MOST, description="How many steps at the most.")] = 100,
) -> Response:
    body = await made_from(request, await asked_by(request), lambda tape: explain_answer(tape, first, count))
    return Response(body, media_type="application/json")
