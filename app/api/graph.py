"""POST /api/v1/graph: a program or a network in, its graph with data and grad out."""

from __future__ import annotations

from hashlib import blake2b
from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field, ValidationError
from starlette.responses import Response

from app.answers import graph_answer, table_answer
from app.build import made_from, question_of, read_request, refused
from app.errors import Problem
from app.etag import DIGEST_BYTES
from app.limits import parse_json
from app.negotiation import preferred
from app.openapi import graph_body, problem_content, query_parameters, text_content
from app.remembered import Remembered
from app.schema import NODE_FIELDS, Graph, GraphColumns, GraphFields, NodeField
from engine.tape import Tape

KINDS = ("application/json", "text/plain")

router = APIRouter(tags=["graph"])


class Choices(BaseModel):
    """The query."""

    shape: Literal["rows", "columns"] = Field(
        default="rows",
        description="`rows`: an object per node. `columns`: an array per field, for large graphs.",
    )
    fields: list[NodeField] = Field(
        default=list(NODE_FIELDS),
        min_length=1,
        description="Of every node these fields, separated by commas; without it all. `groups` comes with `group`.",
    )
    problems: Literal["status", "inline"] = Field(
        default="status",
        description="`inline`: what is wrong with the program is answered with status 200 and the same problem "
        "document, for a page that asks while someone types (a browser logs every 4xx as an error).",
    )


USUAL = Choices()


def choices_of(request: Request) -> Choices:
    """The query of a request; FastAPI's way to read it takes a tenth of a small answer's time. Raises Problem."""
    if not request.scope["query_string"]:
        return USUAL
    query: dict[str, str | list[str]] = dict(request.query_params)
    if "fields" in query:
        query["fields"] = ",".join(request.query_params.getlist("fields")).split(",")
    try:
        return Choices.model_validate(query)
    except ValidationError as error:
        raise refused(error) from None


@router.post(
    "/graph",
    operation_id="create_graph",
    summary="The computation graph of a program or a network",
    description="Give a `program`, or a `network` with its `inputs`. The answer is a pure function of the request. "
    "`Accept: text/plain` gets a table for a terminal.",
    responses={
        200: {
            "model": Graph | GraphColumns | GraphFields,
            "content": problem_content() | text_content("text/plain"),
        }
    },
    openapi_extra={"parameters": query_parameters(Choices), "requestBody": graph_body()},
)
async def create_graph(request: Request) -> Response:
    choices = choices_of(request)
    fields = tuple(field for field in NODE_FIELDS if field in choices.fields)
    kind = preferred(request.headers.get("accept", "*/*"), KINDS) or KINDS[0]

    def answer(tape: Tape) -> bytes:
        return (
            table_answer(tape)
            if kind == "text/plain"
            else graph_answer(tape, choices.shape == "columns", fields)
        )

    text = await question_of(request)
    answers: Remembered = request.app.state.answers
    question = (kind, choices.shape, fields, blake2b(text, digest_size=DIGEST_BYTES).digest())
    body = answers.find(question)
    if body is None:
        asked = read_request(parse_json(text))
        try:
            body = await made_from(request, asked, answer)
        except Problem as problem:
            if choices.problems == "status":
                raise
            return problem.response(inline=True)
        answers.keep(question, body)
    return Response(body, media_type=kind, headers={"vary": "Accept"})
