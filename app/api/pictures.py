"""GET /graph.svg and /graph.png: the picture that the page would save, drawn by the server."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import ConfigDict
from starlette.responses import Response

from app.errors import Problem
from app.openapi import refusals
from app.pictures import DRAW_SECONDS, Kind, Pictures
from app.rates import Rates
from app.schema import Wire
from app.settings import Settings
from app.sights import sight_to_draw
from app.states import StudioState

router = APIRouter(tags=["pictures"])

KEPT_SECONDS = 86_400
BYTES_PER_UNIT: dict[Kind, int] = {"svg": 1_000, "png": 250}
"""How much of a picture is drawn in half a millisecond."""
GIVEN_UP_UNITS = 2_000 * DRAW_SECONDS
MEDIA_TYPES: dict[Kind, str] = {"svg": "image/svg+xml", "png": "image/png"}


class Asked(Wire):
    """What to draw, as the query says it."""

    model_config = ConfigDict(strict=False)

    program: str | None = Query(
        None, description="The text. Or `example`, or `link`; without any: the lecture's graph."
    )
    example: str | None = Query(None, pattern="^[A-Za-z0-9_-]{1,64}$", description="Id of an example.")
    link: str | None = Query(None, description="Id of a stored link: its graph as it was shared.")
    node: int | None = Query(None, ge=-1, le=999_999_999, description="Id of the selected node; -1: none.")
    step: int | None = Query(
        None, ge=0, le=999_999_999, description="Events of the trace that have happened; absent: all."
    )
    local: bool | None = Query(None, description="Local derivatives on the edges.")
    theme: Literal["light", "dark"] | None = Query(None, description="As the link has it, else light.")
    width: int | None = Query(None, ge=80, le=4096, description="Pixels; together with `height`.")
    height: int | None = Query(None, ge=80, le=4096, description="The graph as large as fits, in the middle.")


async def first_of(request: Request, asked: Asked) -> dict[str, Any]:
    """What a page would start from. Raises Problem."""
    settings: Settings = request.app.state.settings
    state: dict[str, Any] = {}
    if asked.link is not None:
        state = (await asyncio.to_thread(request.app.state.links.find, asked.link)).state
    given = asked.model_dump(include=set(StudioState.model_fields), exclude_none=True)
    if state.get("page") == "network":
        raise Problem(
            "no_picture", "A training run has no picture of its own.", hint="Open the link instead."
        )
    if given.keys() & {"program", "example"}:
        state = {}  # another graph: what was said of the link's nodes does not hold
    return await asyncio.to_thread(sight_to_draw, state | given, settings.limits)


async def drawn(request: Request, asked: Asked, kind: Kind) -> Response:
    pictures: Pictures = request.app.state.pictures
    rates: Rates = request.app.state.rates
    rates.admit(request)
    first = await first_of(request, asked)
    frame: dict[str, Any] = {"theme": first["link"].pop("theme", "light")}
    if asked.width and asked.height:
        frame |= {"width": asked.width, "height": asked.height}
    try:
        body, is_new = await pictures.picture(first, frame, kind)
    except Problem as problem:
        if problem.code == "too_large_to_draw":
            rates.spend(request, GIVEN_UP_UNITS)
        raise
    if is_new:
        rates.spend(request, len(body) // BYTES_PER_UNIT[kind])
    headers = {"cache-control": f"public, max-age={KEPT_SECONDS}"}
    return Response(body, media_type=MEDIA_TYPES[kind], headers=headers)


REFUSALS = refusals(
    "too_many_requests",
    "unknown_link",
    "no_picture",
    "pictures_missing",
    "busy",
    "not_built",
    "storage_unreachable",
)


@router.get(
    "/graph.svg",
    operation_id="draw_svg",
    summary="A graph's picture as SVG",
    description="Drawn by the page's own layout and painter, so it is the picture that the page saves.",
    response_class=Response,
    responses={
        200: {"description": "The picture.", "content": {"image/svg+xml": {"schema": {"type": "string"}}}},
        **REFUSALS,
    },
)
async def draw_svg(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    return await drawn(request, asked, "svg")


@router.get(
    "/graph.png",
    operation_id="draw_png",
    summary="A graph's picture as PNG",
    description="At twice the size of the SVG, unless `width` and `height` are given.",
    response_class=Response,
    responses={
        200: {
            "description": "The picture.",
            "content": {"image/png": {"schema": {"type": "string", "contentMediaType": "image/png"}}},
        },
        **REFUSALS,
    },
)
async def draw_png(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    return await drawn(request, asked, "png")
