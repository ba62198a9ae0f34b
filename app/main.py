"""The app, put together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app import __version__
from app.api import (
    check,
    datasets,
    examples,
    explain,
    export,
    graph,
    health,
    links,
    ops,
    page,
    pictures,
    train,
)
from app.build import first_refusal
from app.compress import Compress
from app.database import Database
from app.embeds import embed_router
from app.errors import Problem, http_problem, log
from app.etag import Conditional
from app.headers import Envelope
from app.links import Links
from app.log import AccessLog
from app.oembed import router as oembed_router
from app.openapi import describe
from app.pages import Assets, Pages, StaticFolder, folder
from app.pictures import Pictures
from app.proxy import Proxied
from app.rates import Rates
from app.remembered import Remembered
from app.runs import Runs
from app.settings import Settings
from app.stopping import on_stop


def create_app(
    settings: Settings | None = None, static: Path | None = None, templates: Path | None = None
) -> FastAPI:
    """The ASGI app. `static` and `templates` are the folders of built files and of templates, if not the usual ones."""
    settings = settings or Settings()
    database = Database(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            await asyncio.to_thread(lambda: database.engine)
        except Exception as error:  # the pages and the graphs do without
            log.error("the database cannot be opened: %s", error)
        with on_stop(app.state.runs.stop):  # streams say so and end, instead of being cut off
            yield
        await asyncio.to_thread(database.close)

    app = FastAPI(
        lifespan=lifespan,
        title="SeeGrad",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # a redirect's address would be made from the Host header
    )
    app.state.settings = settings
    app.state.links = Links(database)
    app.state.runs = Runs(settings)
    app.state.answers = Remembered(settings.remembered_bytes)
    app.state.rates = Rates(settings)
    app.openapi = lambda: describe(app)

    assets = Assets(static or folder("static") / "dist")
    app.state.pictures = Pictures(assets, app.state.settings)
    app.state.assets = assets
    pages = Pages(assets, templates or folder("templates"))
    app.state.pages = pages
    answers = (graph, check, explain, export, train, page)
    for router in (each.router for each in (*answers, links, datasets, ops, examples)):
        app.include_router(router, prefix="/api/v1")
    app.include_router(health.router)
    app.include_router(pictures.router)
    app.include_router(pages.router())
    app.include_router(embed_router(pages))
    app.include_router(oembed_router)
    app.mount("/static", StaticFolder(assets))

    async def answer_problem(request: Request, error: Exception) -> Response:
        assert isinstance(error, Problem)
        return pages.error(request, error)

    async def answer_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return pages.error(request, http_problem(error))

    async def answer_query(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        found = [{**each, "loc": each["loc"][1:]} for each in error.errors()]
        return pages.error(request, first_refusal(found))

    app.add_exception_handler(Problem, answer_problem)
    app.add_exception_handler(HTTPException, answer_http)
    app.add_exception_handler(RequestValidationError, answer_query)
    app.add_middleware(Conditional)
    app.add_middleware(Compress)
    app.add_middleware(Envelope, settings=settings)
    app.add_middleware(AccessLog)
    app.add_middleware(Proxied, settings=settings)  # added last: outermost
    return app
