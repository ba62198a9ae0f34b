"""POST /api/v1/check: every gradient of a graph beside a central difference."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.answers import check_answer
from app.build import asked_by, made_from
from app.errors import Problem
from app.openapi import graph_body
from app.rates import units_of
from app.schema import GradientCheck
from app.settings import Settings
from engine.gradcheck import gradcheck
from engine.tape import Tape

NODE_PAIRS_PER_UNIT = 2_000

router = APIRouter(tags=["graph"])


def units_of_check(nodes: int) -> int:
    """Every node is moved, and every node computed for each: the work grows with their square."""
    return units_of(nodes) + nodes * nodes // NODE_PAIRS_PER_UNIT


@router.post(
    "/check",
    operation_id="check_gradients",
    summary="Every gradient beside a central difference",
    description="The body is that of POST /api/v1/graph. Every node but the constants is moved a little up and down, "
    "and the output's change over the step is compared with its grad. `kink`: the slopes on both sides differ, or the "
    "output jumps: no single number is right there. `undefined`: something beside the node's value is not a finite "
    "number.",
    responses={200: {"model": GradientCheck}},
    openapi_extra={"requestBody": graph_body()},
)
async def check_gradients(
    request: Request,
    tolerance: Annotated[
        float, Query(gt=0, le=1, allow_inf_nan=False, description="Relative error allowed.")
    ] = 1e-6,
) -> Response:
    settings: Settings = request.app.state.settings

    def answer(tape: Tape) -> bytes:
        if len(tape) > settings.check_nodes:
            raise Problem(
                "too_much_to_check",
                f"The graph has {len(tape):,} nodes; up to {settings.check_nodes:,} are checked.",
                hint="`seegrad check` on your own machine has no such limit.",
            )
        return check_answer(tape, gradcheck(tape, tolerance=tolerance), tolerance)

    body = await made_from(request, await asked_by(request), answer, units=units_of_check)
    return Response(body, media_type="application/json")
