"""GET /healthz"""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from app import __version__
from app.schema import Health

router = APIRouter(tags=["service"])


@router.get(
    "/healthz",
    operation_id="get_health",
    summary="Whether the server answers",
    responses={200: {"model": Health}},
)
async def get_health() -> Response:
    health = Health(status="ok", version=__version__)
    return Response(
        health.model_dump_json(), media_type="application/json", headers={"cache-control": "no-store"}
    )
