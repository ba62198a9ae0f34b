"""A graph in somebody else's page: `/embed`, which `static/src/pages/embed.js` brings to life.

The state stands in the fragment, which never reaches the server, as in the studio's links; or in the query, as
`program` or `example`, and then the answer carries the graph and saves the page a question. The options
(`app/embed_options.py`) are the page's own affair.
"""

from __future__ import annotations

from typing import Any

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from app.answers import graph_answer
from app.build import made_from
from app.errors import Problem
from app.examples import EXAMPLES
from app.pages import Pages
from app.schema import ProgramRequest
from engine.tape import Tape

KNOWN = {example.id: example for example in EXAMPLES}


def embed_router(pages: Pages) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/embed")
    async def embed(request: Request) -> Response:
        first = await first_sight(request)
        return pages.render(request, "embed.html", first=first, title=title_of(first))

    return router


async def first_sight(request: Request) -> dict[str, Any]:
    """What the page starts from: a `program`, the query's or else an example's, with its `graph` or its `problem`."""
    query = request.query_params
    program = query.get("program")
    if program is None:
        program = KNOWN.get(query.get("example", ""), EXAMPLES[0]).program

    def answer(tape: Tape) -> Any:
        return orjson.loads(graph_answer(tape, columns=False))

    try:
        request.app.state.rates.admit(request)
        graph = await made_from(request, ProgramRequest(program=program, values={}), answer)
    except Problem as problem:
        return {"program": program, "problem": problem.body()}
    return {"program": program, "graph": graph}


def title_of(first: dict[str, Any]) -> str:
    """What a screen reader calls the frame before its script has run."""
    if "graph" not in first:
        return "A graph"
    name = first["graph"]["nodes"][first["graph"]["output"]]["name"]
    return "A graph" if name is None else f"The graph of {name}"
