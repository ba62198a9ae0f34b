"""A graph in somebody else's page: `/embed`, which `static/src/pages/embed.js` brings to life.

The state stands in the fragment, which never reaches the server, as in the studio's links; or in the query, as
`program`, `example` or `link`, and then the answer carries the graph and saves the page a question. The options
(`app/embed_options.py`) are the page's own affair.
"""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from app.answers import graph_answer
from app.build import made_from
from app.errors import Problem
from app.examples import EXAMPLES
from app.links import Links
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
    """What the page starts from: `link`, the fields of a studio link, with its `graph` or the `problem` it has."""
    link: dict[str, Any] = {}
    try:
        request.app.state.rates.admit(request)
        link = await link_of(request)
        asked = ProgramRequest(program=link["program"], values=link.get("values", {}))
        return {"link": link, "graph": await made_from(request, asked, graph_of)}
    except Problem as problem:
        return {"link": link, "problem": problem.body()}


async def link_of(request: Request) -> dict[str, Any]:
    """What the query asks for, its program at least. Raises Problem: unknown_link, storage_unreachable."""
    query = request.query_params
    link: dict[str, Any] = {}
    if "link" in query:
        links: Links = request.app.state.links
        state = (await asyncio.to_thread(links.find, query["link"])).state
        if state["page"] != "studio":
            raise Problem(
                "unknown_link", "That link opens a network. Only the studio's graphs can be embedded."
            )
        link = {name: value for name, value in state.items() if name not in ("version", "page", "example")}
        program = state.get("program") or program_of(state.get("example", ""))
    else:
        program = query.get("program") or program_of(query.get("example", ""))
    return link | {"program": program}


def program_of(example: str) -> str:
    """The program of an example; of the first where there is none of that name."""
    return KNOWN.get(example, EXAMPLES[0]).program


def graph_of(tape: Tape) -> Any:
    return orjson.loads(graph_answer(tape, columns=False))


def title_of(first: dict[str, Any]) -> str:
    """What a screen reader calls the frame before its script has run."""
    if "graph" not in first:
        return "A graph"
    name = first["graph"]["nodes"][first["graph"]["output"]]["name"]
    return "A graph" if name is None else f"The graph of {name}"
