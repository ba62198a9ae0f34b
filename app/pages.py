"""The pages and the files they load.

`static/dist` and `templates` are looked for inside the installed package first, then beside it in a checkout.
"""

from __future__ import annotations

import asyncio
import json
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi import Path as InPath
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app.codes import CODES, KINDS
from app.errors import Problem
from app.extras import is_installed
from app.handbook import handbook, worded
from app.negotiation import preferred
from app.oembed import discovery
from app.proxy import base_of, inner_path, public_address
from app.rates import units_of
from app.settings import Settings
from app.sights import first_sight, network_sight, sight_of

BAR = (("studio", "Studio", ""), ("network", "Network", "network"), ("api", "API", "api"))
"""The pages in the top bar: id, label, address."""

TITLE = "SeeGrad: see what backpropagation does"
CARD = (1200, 630)
"""Pixels of the picture that chats and feeds show of a page."""

PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """`name` inside the package, else beside it."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


class Assets:
    """The built scripts and styles: plain names to the hashed file names of `manifest.json`.

    The manifest is read again when its file changes, so that a rebuild shows without a restart.
    """

    def __init__(self, place: Path) -> None:
        self.place = place
        self._manifest: dict[str, Any] = {}
        self._read_at: int | None = None

    def manifest(self) -> dict[str, Any]:
        """Raises Problem (not_built) when there is none."""
        file = self.place / "manifest.json"
        try:
            changed = file.stat().st_mtime_ns
            if changed != self._read_at:
                self._manifest = json.loads(file.read_text("utf-8"))
                self._read_at = changed
        except FileNotFoundError:
            raise Problem(
                "not_built",
                "The page's scripts and styles are not built.",
                hint="Start SeeGrad with `python3 run serve`, which builds them. The API works without.",
            ) from None
        return self._manifest

    def name(self, plain: str) -> str:
        """The hashed file name of a plain one. Raises Problem (not_built) when it is not in the manifest."""
        try:
            return self.manifest()[plain]
        except KeyError:
            raise Problem("not_built", f"The build has no file {plain}.") from None

    def imports(self, plain: str) -> list[str]:
        """The hashed names of what a script imports before it runs: a page names them, and the browser need not find
        them one behind the other."""
        return self.manifest().get("imports", {}).get(plain, [])

    def is_hashed(self, name: str) -> bool:
        """Whether a file is named by its content: the manifest's entries, and the chunks that they share."""
        return name.startswith("chunk-") or name in self.manifest().values()


PACKED = {"br": ".br", "gzip": ".gz"}
"""Encodings that the build made each text file in, beside it: smaller than what can be made while somebody waits."""


class StaticFolder(StaticFiles):
    """`/static`: hashed names may be kept for ever, all others are asked for again (ETag, 304)."""

    def __init__(self, assets: Assets) -> None:
        super().__init__(directory=assets.place, check_dir=False)
        self.assets = assets

    async def check_config(self) -> None:
        """Raises Problem (not_built) when nothing is built."""
        self.assets.manifest()

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await self.packed(path, scope) or await super().get_response(path, scope)
        lasting = self.assets.is_hashed(Path(path).name)
        response.headers["cache-control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
        return response

    async def packed(self, path: str, scope: Scope) -> Response | None:
        """The file as the build compressed it, where the client takes it so; a range is of the file itself."""
        headers = Headers(scope=scope)
        encoding = preferred(headers.get("accept-encoding", ""), tuple(PACKED))
        if encoding is None or "range" in headers:
            return None
        try:
            response = await super().get_response(path + PACKED[encoding], scope)
        except HTTPException:
            return None
        if response.status_code == HTTPStatus.OK:
            response.headers["content-encoding"] = encoding
        response.headers.add_vary_header("Accept-Encoding")
        return response


class Pages:
    """The HTML side: templates rendered with what docs/architecture.md promises them."""

    def __init__(self, assets: Assets, templates: Path) -> None:
        self.assets = assets
        self.environment = Environment(
            loader=FileSystemLoader(templates), autoescape=True, undefined=StrictUndefined
        )
        self.environment.filters["worded"] = worded

    def render(self, request: Request, template: str, status_code: int = 200, **context: Any) -> HTMLResponse:
        """A page. Raises Problem (not_built) without the built assets."""
        base = base_of(request)
        html = self.environment.get_template(template).render(
            base=base,
            asset=lambda plain: f"{base}/static/{self.assets.name(plain)}",
            imports=lambda plain: [f"{base}/static/{name}" for name in self.assets.imports(plain)],
            pages=[{"id": name, "label": label, "href": f"{base}/{place}"} for name, label, place in BAR],
            pictures=is_installed(),
            **{"canonical": None, "card": None, "oembed": None} | context,
        )
        return HTMLResponse(html, status_code, headers={"cache-control": "no-cache"})

    def error(self, request: Request, problem: Problem) -> Response:
        """A problem as a page for people, who come with a browser and not to the API; for all others as it is."""
        here = inner_path(request.scope).startswith(("/api/", "/static/"))
        if here or "text/html" not in request.headers.get("accept", ""):
            return problem.response()
        title, status = CODES[problem.code].title, CODES[problem.code].status
        try:
            return self.render(
                request, "error.html", status, page="", status=status, title=title, detail=problem.detail
            )
        except Problem:
            return problem.response()

    def router(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)

        @router.get("/")
        async def studio(request: Request) -> HTMLResponse:
            first = first_sight() | {"home": f"{base_of(request)}/"}
            card, oembed = card_of(request, first, "/", ""), discovery(request, "/")
            return self.render(request, "studio.html", page="studio", first=first, card=card, oembed=oembed)

        @router.get("/g/{id}")
        async def link(request: Request, link_id: Annotated[str, InPath(alias="id")]) -> HTMLResponse:
            request.app.state.rates.admit(request)
            found = await asyncio.to_thread(request.app.state.links.find, link_id)
            settings: Settings = request.app.state.settings
            kind = found.state.get("page", "studio")
            if kind == "network":
                first = network_sight() | {"link": found.state["fields"]}
            else:
                first = await asyncio.to_thread(sight_of, found.state, settings.limits)
                request.app.state.rates.spend(request, units_of(len(first["graph"]["nodes"])))
            page = self.render(
                request,
                f"{kind}.html",
                page=kind,
                first=first | {"home": f"{base_of(request)}/"},
                canonical=f"{public_address(request)}/g/{link_id}",
                card=network_card(request, f"/g/{link_id}")
                if kind == "network"
                else card_of(request, first, f"/g/{link_id}", f"?link={link_id}"),
                oembed=discovery(request, f"/g/{link_id}") if kind == "studio" else None,
            )
            page.headers["x-robots-tag"] = "noindex"  # for those to whom it was given
            return page

        @router.get("/privacy")
        async def privacy(request: Request) -> HTMLResponse:
            return self.render(request, "privacy.html", page="privacy")

        @router.get("/api")
        async def api(request: Request) -> HTMLResponse:
            return self.render(
                request, "api.html", page="api", book=handbook(request.app.openapi()), codes=KINDS
            )

        @router.get("/network")
        async def network(request: Request) -> HTMLResponse:
            first = network_sight() | {"home": f"{base_of(request)}/"}
            card = network_card(request, "/network")
            return self.render(request, "network.html", page="network", first=first, card=card)

        return router


def network_card(request: Request, path: str) -> dict[str, Any]:
    """The same of a network, without a picture: a training run has none of its own."""
    return {
        "title": "SeeGrad: a small network that trains in front of you",
        "url": public_address(request) + path,
        "image": None,
    }


def card_of(request: Request, first: dict[str, Any], path: str, query: str) -> dict[str, Any] | None:
    """What a chat or a feed shows of a page that somebody names there; None where the server draws no pictures."""
    if not is_installed():
        return None
    graph, public = first["graph"], public_address(request)
    output = graph["nodes"][graph["output"]]
    name = output["name"] or "The output"
    size = f"width={CARD[0]}&height={CARD[1]}"
    return {
        "title": f"{name} = {output['data']}, with every gradient" if query else TITLE,
        "alt": f"A computation graph of {len(graph['nodes'])} values. {name} is {output['data']}.",
        "url": public + path,
        "image": f"{public}/graph.png{query}{'&' if query else '?'}{size}",
        "query": query,
        "width": CARD[0],
        "height": CARD[1],
    }
