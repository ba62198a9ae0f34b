"""POST /api/v1/export/{format}: a graph as source for other tools."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from app.build import asked_by, made_from
from app.errors import Problem
from app.openapi import graph_body, refusals, text_content
from engine.export import EXPORTS

router = APIRouter(tags=["graph"])

CONTENT = {kind: text for row in EXPORTS.values() for kind, text in text_content(row.media_type).items()}


@router.post(
    "/export/{format}",
    operation_id="export_graph",
    summary="The graph as PyTorch, JAX, micrograd, DOT, Mermaid or CSV",
    description="The body is that of POST /api/v1/graph. A network becomes a module, not a thousand lines.",
    response_class=Response,
    responses={
        200: {"description": "The source, as a file of its kind.", "content": CONTENT},
        **refusals("unknown_format"),
    },
    openapi_extra={"requestBody": graph_body()},
)
async def export_graph(
    request: Request,
    to: Annotated[
        str, Path(alias="format", description="What to write.", json_schema_extra={"enum": list(EXPORTS)})
    ],
) -> Response:
    if to not in EXPORTS:
        raise Problem("unknown_format", "There is no such format.", hint=f"There are {', '.join(EXPORTS)}.")
    row = EXPORTS[to]
    text = await made_from(request, await asked_by(request), row.write)
    named = {"content-disposition": f'inline; filename="graph{row.suffix}"'}
    return Response(text, media_type=row.media_type, headers=named)
