"""`/oembed`: the code that frames a page of ours, for sites that make a frame of every link (oembed.com, version 1.0).

Known are the studio, with its state in the fragment, stored links, and `/embed` itself.
"""

from __future__ import annotations

import asyncio
from html import escape
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

import orjson
from fastapi import APIRouter, Request
from starlette.datastructures import QueryParams
from starlette.responses import Response

from app.embed_options import SANDBOX
from app.errors import Problem
from app.links import Links
from app.proxy import LOOPBACK, trusted_address

WIDTH, HEIGHT = 720, 420
SMALLEST = 240
LONGEST = 86_400
"""Seconds for which an answer may be kept."""

router = APIRouter(include_in_schema=False)


def discovery(request: Request, path: str) -> str | None:
    """The address of what /oembed says of the page at `path`; None where our own address is not known for sure."""
    address = trusted_address(request)
    if address is None:
        return None
    return f"{address}/oembed?{urlencode({'url': address + path, 'format': 'json'})}"


@router.get("/oembed")
async def oembed(request: Request) -> Response:
    query = request.query_params
    if query.get("format", "json") != "json":
        raise Problem("format_not_offered", "There is no such format here.", hint="Ask with format=json.")
    address = trusted_address(request)
    if address is None:
        raise Problem(
            "not_found",
            "This server does not know its own address.",
            hint="Its operator can set SEEGRAD_PUBLIC_URL.",
        )
    source = await framed(request, query.get("url", ""), address)
    width, height = bounded(query, "maxwidth", WIDTH), bounded(query, "maxheight", HEIGHT)
    answer = {
        "version": "1.0",
        "type": "rich",
        "provider_name": "SeeGrad",
        "provider_url": f"{address}/",
        "title": "A computation graph, step by step",
        "cache_age": LONGEST,
        "width": width,
        "height": height,
        "html": f'<iframe src="{escape(source)}" width="{width}" height="{height}" title="A computation graph, '
        f'step by step" style="border:0;max-width:100%" loading="lazy" sandbox="{SANDBOX}"></iframe>',
    }
    return Response(
        orjson.dumps(answer),
        media_type="application/json",
        headers={"cache-control": f"public, max-age={LONGEST}"},
    )


async def framed(request: Request, url: str, address: str) -> str:
    """The address of the embed that shows what `url` shows. Raises Problem (not_found, unknown_link)."""
    try:
        asked, own = urlsplit(url), urlsplit(address)
        place, home = (asked.hostname, asked.port), (own.hostname, own.port)
    except ValueError:
        raise unknown() from None
    beside = asked.port == own.port and asked.hostname in LOOPBACK and own.hostname in LOOPBACK
    base = own.path
    if asked.scheme not in ("http", "https") or not (place == home or beside):
        raise unknown()
    if not asked.path.startswith(f"{base}/") and asked.path != base:
        raise unknown()
    path = asked.path.removeprefix(base) or "/"
    if path.startswith("/g/"):
        links: Links = request.app.state.links
        link = await asyncio.to_thread(links.find, path.removeprefix("/g/"))
        if link.state["page"] != "studio":
            raise unknown()
        return f"{address}/embed?link={link.id}"
    if path not in ("/", "/embed"):
        raise unknown()
    words = [quote(part, safe="=&%+-._~:,;!*'()/?") for part in (asked.query, asked.fragment)]
    return urlunsplit((own.scheme, own.netloc, f"{base}/embed", *words))


def bounded(query: QueryParams, name: str, usual: int) -> int:
    """A size no larger than the site allows, and no smaller than anything can be seen in."""
    text = query.get(name, "")
    return max(SMALLEST, min(usual, int(text))) if text.isascii() and text.isdigit() else usual


def unknown() -> Problem:
    return Problem(
        "not_found", "That is not the address of a graph of ours.", hint="Ask with the address of a link."
    )
