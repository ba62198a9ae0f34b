"""POST /api/v1/links and GET /api/v1/links/{id}: states under short addresses."""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from app.limits import read_json
from app.links import DIGITS, LENGTH, Link, Links
from app.openapi import model_body, refusals
from app.proxy import public_address
from app.rates import Rates
from app.settings import Settings
from app.states import NetworkState, SavedLink, StoredLink, StudioState, canonical, read_state

FEWEST_UNITS, BYTES_PER_UNIT = 100, 8  # a disk fills for ever, where work is over in a moment

router = APIRouter(tags=["links"])


def answer(request: Request, link_id: str, status: int, link: Link | None = None) -> Response:
    """The link's name and address, with `link` also what it holds."""
    url = f"{public_address(request)}/g/{link_id}"
    body: dict[str, Any] = {"version": 1, "id": link_id, "url": url}
    if link is not None:
        body |= {"saved": link.saved, "state": link.state}
    headers = {"location": url} if status == 201 else {}
    if link is None:
        headers["cache-control"] = "no-store"  # it says what was done
    return Response(orjson.dumps(body), status, headers, media_type="application/json")


@router.post(
    "/links",
    operation_id="create_link",
    summary="Stores a state and gives it a short address",
    description="The same state always has the same id; saving it again changes nothing and is answered with 200. "
    "A stored state cannot be changed.",
    status_code=201,
    responses={
        200: {"model": SavedLink, "description": "It was stored already."},
        201: {"model": SavedLink, "description": "It is stored now."},
        **refusals("storage_unreachable", "storage_full"),
    },
    openapi_extra={
        "requestBody": model_body(StudioState, NetworkState, example={"program": "a = 2\nb = a*a"})
    },
)
async def create_link(request: Request) -> Response:
    settings: Settings = request.app.state.settings
    links: Links = request.app.state.links
    rates: Rates = request.app.state.rates
    rates.admit(request)
    state = read_state(await read_json(request, settings), settings.limits)
    rates.spend(request, FEWEST_UNITS + len(canonical(state)) // BYTES_PER_UNIT)
    link_id, new = await asyncio.to_thread(links.keep, state)
    return answer(request, link_id, 201 if new else 200)


@router.get(
    "/links/{id}",
    operation_id="get_link",
    summary="What a link holds",
    responses={
        200: {"model": StoredLink},
        **refusals("unknown_link", "storage_unreachable"),
    },
)
async def get_link(
    request: Request,
    link_id: str = Path(alias="id", description=f"{LENGTH} of the characters {DIGITS}."),
) -> Response:
    links: Links = request.app.state.links
    link = await asyncio.to_thread(links.find, link_id)
    return answer(request, link_id, 200, link)
