"""The app, put together."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app import __version__
from app.api import check, datasets, examples, explain, export, graph, health, links, ops, pictures, train
from app.build import first_refusal
from app.compress import Compress
from app.database import Database
from app.embeds import embed_router
from app.errors import Problem, http_problem
from app.etag import Conditional
from app.headers import Envelope
from app.links import Links
from app.openapi import describe
from app.pages import Assets, Pages, StaticFolder, folder
from app.pictures import Pictures
from app.runs import Runs
from app.settings import Settings


def create_app(
    settings: Settings | None = None, static: Path | None = None, templates: Path | None = None
) -> FastAPI:
    """The ASGI app. `static` and `templates` are the folders of built files and of templates, if not the usual ones."""
    app = FastAPI(
        title="SeeGrad",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # a redirect's address would be made from the Host header
    )
    app.state.settings = settings or Settings()
    database = Database(app.state.settings)
    app.state.links = Links(database)
    app.state.runs = Runs(app.state.settings)
    app.openapi = lambda: describe(app)

    assets = Assets(static or folder("static") / "dist")
    app.state.pictures = Pictures(assets, app.state.settings)
    pages = Pages(assets, templates or folder("templates"))
    answers = (graph, check, explain, export, train)
    for router in (each.router for each in (*answers, links, datasets, ops, examples)):
        app.include_router(router, prefix="/api/v1")
    app.include_router(health.router)
    app.include_router(pictures.router)
    app.include_router(pages.router())
    app.include_router(embed_router(pages))
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
    app.add_middleware(Envelope, settings=app.state.settings)  # added last: outermost
    return app
