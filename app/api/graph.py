"""POST /api/v1/graph: a program or a network in, its graph with data and grad out."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.answers import graph_answer, table_answer
from app.build import asked_by, made_from
from app.errors import Problem
from app.negotiation import preferred
from app.openapi import graph_body, problem_content, text_content
from app.remembered import Remembered
from app.schema import Graph, GraphColumns
from engine.tape import Tape

KINDS = ("application/json", "text/plain")

router = APIRouter(tags=["graph"])


@router.post(
    "/graph",
    operation_id="create_graph",
    summary="The computation graph of a program or a network",
    description="Give a `program`, or a `network` with its `inputs`. The answer is a pure function of the request. "
    "`Accept: text/plain` gets a table for a terminal.",
    responses={
        200: {"model": Graph | GraphColumns, "content": problem_content() | text_content("text/plain")}
    },
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
    kind = preferred(request.headers.get("accept", "*/*"), KINDS) or KINDS[0]

    def answer(tape: Tape) -> bytes:
        return table_answer(tape) if kind == "text/plain" else graph_answer(tape, columns=shape == "columns")

    asked = await asked_by(request)
    answers: Remembered = request.app.state.answers
    question = (kind, shape, repr(asked))  # to the last bit; JSON has no NaN
    try:
        body = answers.find(question)
        if body is None:
            body = await made_from(request, asked, answer)
            answers.keep(question, body)
    except Problem as problem:
        if problems == "status":
            raise
        return problem.response(inline=True)
    return Response(body, media_type=kind, headers={"vary": "Accept"})
