"""GET /api/v1/examples: graphs worth looking at."""

from __future__ import annotations

from functools import cache

import orjson
from fastapi import APIRouter
from starlette.responses import Response

from app.examples import EXAMPLES
from app.schema import Example

router = APIRouter(tags=["reference"])


@cache
def gallery() -> bytes:
    return orjson.dumps([example.row() for example in EXAMPLES])


@router.get(
    "/examples",
    operation_id="list_examples",
    summary="Examples, each with a body for POST /api/v1/graph",
    responses={200: {"model": list[Example]}},
)
async def list_examples() -> Response:
    return Response(gallery(), media_type="application/json")
