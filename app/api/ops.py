"""GET /api/v1/ops: the op table."""

from __future__ import annotations

from functools import cache

import orjson
from fastapi import APIRouter
from starlette.responses import Response

from app.schema import Operation
from engine.ops import OPS

router = APIRouter(tags=["reference"])


@cache
def table() -> bytes:
    """The rows in table order, with the contract's fields."""
    return orjson.dumps(
        [{field: getattr(op, field) for field in Operation.model_fields} for op in OPS.values()]
    )


@router.get(
    "/ops",
    operation_id="list_ops",
    summary="The op table: formula, partials and note of every operation",
    responses={200: {"model": list[Operation]}},
)
async def list_ops() -> Response:
    return Response(table(), media_type="application/json")
