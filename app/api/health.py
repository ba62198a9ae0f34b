"""GET /healthz and /readyz: whether the server answers, and whether it can do all of its work."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request
from starlette.responses import Response

from app import __version__
from app.errors import Problem
from app.openapi import refusals
from app.schema import Health, Readiness

router = APIRouter(tags=["service"])

FRESH = {"cache-control": "no-store"}


@router.get(
    "/healthz",
    operation_id="get_health",
    summary="Whether the server answers",
    responses={200: {"model": Health}},
)
async def get_health() -> Response:
    health = Health(status="ok", version=__version__)
    return Response(health.model_dump_json(), media_type="application/json", headers=FRESH)


@router.get(
    "/readyz",
    operation_id="get_readiness",
    summary="Whether the server can do all of its work",
    description="The database can be read, and the pages are built.",
    responses={200: {"model": Readiness}, **refusals("not_ready")},
)
async def get_readiness(request: Request) -> Response:
    state = request.app.state
    try:
        state.assets.manifest()
        await asyncio.to_thread(state.links.check)
    except Problem as problem:
        raise Problem("not_ready", problem.detail, headers={"retry-after": "5"}) from problem
    return Response(Readiness(status="ready").model_dump_json(), media_type="application/json", headers=FRESH)
