"""POST /api/v1/page: a state as a web page that is one file."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.embeds import title_of
from app.errors import Problem
from app.limits import read_json
from app.offline import offline_page
from app.openapi import model_body, refusals, text_content
from app.rates import Rates
from app.settings import Settings
from app.sights import sight_to_draw
from app.states import NetworkState, StudioState, read_state

UNITS = 25
"""What a page costs: mostly its own script, whatever the graph."""

router = APIRouter(tags=["pictures"])


@router.post(
    "/page",
    operation_id="create_page",
    summary="A state as a web page that is one file",
    description="The body is that of POST /api/v1/links for the studio. The page needs no network: it holds the graph, "
    "its numbers, the player with sliders and steps, and the inspector, and opens from a disk or in a course.",
    response_class=Response,
    responses={
        200: {"description": "The file.", "content": text_content("text/html")},
        **refusals("unknown_example", "no_picture", "too_large_to_draw", "not_built"),
    },
    openapi_extra={"requestBody": model_body(StudioState, example={"program": "a = 2\nb = a*a"})},
)
async def create_page(request: Request) -> Response:
    settings: Settings = request.app.state.settings
    rates: Rates = request.app.state.rates
    rates.admit(request)
    state = read_state(await read_json(request, settings), settings.limits)
    if isinstance(state, NetworkState):
        raise Problem("no_picture", "A training run has no page of its own.")

    def make() -> str:
        first = sight_to_draw(state.model_dump(exclude_none=True), settings.limits)
        pages = request.app.state.pages
        studio = settings.public_url or None
        theme: dict[str, Any] = {"theme": state.theme} if state.theme else {}
        return offline_page(
            pages.environment, pages.assets, first, title=title_of(first), studio=studio, options=theme
        )

    rates.spend(request, UNITS)
    text = await asyncio.to_thread(make)
    return Response(
        text, media_type="text/html", headers={"content-disposition": 'attachment; filename="seegrad.html"'}
    )
