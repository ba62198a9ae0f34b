"""POST /api/v1/train: a training run, as one JSON answer or as a stream of server-sent events."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.errors import Problem
from app.limits import read_json
from app.negotiation import preferred
from app.openapi import MOONS_TRAINING, model_body, refusals, train_stream
from app.rates import Rates
from app.runs import Place, Runs, Work
from app.schema import Training, TrainRequest
from app.settings import Settings
from app.training import Run, RunEvent, events, numbers_told, read_training, run_of, whole

JSON, EVENTS = "application/json", "text/event-stream"
NODES_TIMES_STEPS_PER_UNIT = 10_000
VARY = {"vary": "Accept"}

router = APIRouter(tags=["training"])


@router.post(
    "/train",
    operation_id="train_network",
    summary="Train a network: every step's loss, and the trained weights",
    description="One JSON answer, or with `Accept: text/event-stream` the steps as they are taken. "
    "The answer is a pure function of the request.",
    responses={
        200: {"model": Training, "content": train_stream()},
    }
    | refusals("busy", "stopping"),
    openapi_extra={"requestBody": model_body(TrainRequest, example=MOONS_TRAINING)},
)
async def train_network(
    request: Request,
    stream: Annotated[
        bool | None,
        Query(description="Whether to stream, whatever `Accept` says."),
    ] = None,
) -> Response:
    settings: Settings = request.app.state.settings
    runs: Runs = request.app.state.runs
    streams = stream
    if streams is None:
        streams = preferred(request.headers.get("accept", "*/*"), (JSON, EVENTS)) == EVENTS
    rates: Rates = request.app.state.rates
    rates.admit(request)
    body = await read_json(request, settings, settings.training_body_bytes)
    place = runs.enter()
    try:
        run, work, cost = await runs.in_turn(lambda: begin(body, place, settings, streams))
        rates.spend(request, 1 + cost // NODES_TIMES_STEPS_PER_UNIT)
        if streams:
            return EventStream(work, settings.stall_seconds)
        return await one_answer(request, run, work)
    except BaseException:
        place.leave()
        raise


def begin(body: Any, place: Place, settings: Settings, streams: bool) -> tuple[Run, Work[RunEvent], int]:
    """The run that is asked for, in its place, and its nodes times its steps. Raises Problem."""
    asked = read_training(body)
    run = run_of(asked, settings.limits)
    most = settings.answer_numbers
    if not streams and numbers_told(asked, run) > most:
        raise Problem(
            "answer_too_large",
            f"The answer would hold more than {most:,} numbers.",
            where=("every",),
            hint="Let fewer steps be told with `every`, or ask for a stream.",
        )
    nodes = len(run.network.tape)
    place.weigh(nodes)
    return run, Work(place, events(asked, run)), nodes * asked.recipe.steps


async def one_answer(request: Request, run: Run, work: Work[RunEvent]) -> Response:
    """All steps at once. Gives up when the client has left."""
    left = asyncio.ensure_future(leaving(request.receive))
    told: list[RunEvent] = []
    try:
        while (some := await work.slice()) is not None:
            if left.done():
                return Response(status_code=204)  # nobody reads it
            told += some
    finally:
        left.cancel()
        work.place.leave()
    return Response(whole(run, told), media_type=JSON, headers=VARY)


class EventStream(Response):
    """The events of a run, each slice's as soon as it is there.

    A reader that takes nothing for `stall` seconds is given up. A problem on the way is the last event, `error`.
    """

    media_type = EVENTS

    def __init__(self, work: Work[RunEvent], stall: float) -> None:
        super().__init__(headers=VARY | {"cache-control": "no-store", "x-accel-buffering": "no"})
        del self.headers["content-length"]
        self.work, self.stall = work, stall

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        left = asyncio.ensure_future(leaving(receive))

        async def say(body: bytes, more: bool = True) -> None:
            async with asyncio.timeout(self.stall):
                await send({"type": "http.response.body", "body": body, "more_body": more})

        try:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            while (told := await self.work.slice()) is not None:
                if left.done():
                    return
                if told:
                    await say(b"".join(event.line() for event in told))
            await say(b"", more=False)
        except Problem as problem:
            await say(RunEvent("error", None, orjson.dumps(problem.body())).line())
            await say(b"", more=False)
        except TimeoutError:
            return
        finally:
            left.cancel()
            self.work.place.leave()


async def leaving(receive: Receive) -> None:
    """Returns when the client has left."""
    while (await receive())["type"] != "http.disconnect":
        pass
