"""Reading a request body within its bounds, before anything looks at it.

The bytes are counted while they arrive, so a body of any size, announced or chunked, costs at most the limit of
memory. What lies beyond the limit is left to the server, which discards it.
"""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request

from app.errors import Problem
from app.settings import Settings


async def read_json(request: Request, settings: Settings, limit: int | None = None) -> Any:
    """The request's body as Python objects; `limit` replaces `body_bytes`.

    Strict UTF-8, strict JSON (no NaN, no comments, nesting up to 1,024, numbers within float64). When a name occurs
    twice in an object, the last one counts.

    Raises Problem: unsupported_media_type, body_too_large, body_timeout, malformed_json.
    """
    return parse_json(await read_body(request, settings, limit))


def parse_json(body: bytes) -> Any:
    """A body as Python objects. Raises Problem (malformed_json)."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        # orjson quotes nothing of the document in its message
        reason = str(error).partition(": line")[0]
        if not is_utf8(body):
            raise Problem("malformed_json", "The body is not UTF-8.", hint="JSON is sent as UTF-8.") from None
        raise Problem(
            "malformed_json",
            f"The body is not JSON: {reason}.",
            line=error.lineno,
            column=error.colno,
            hint='Numbers that are not finite are the strings "NaN", "Infinity" and "-Infinity".'
            if b"NaN" in body or b"Infinity" in body or "infinity" in reason
            else None,
        ) from None


def is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def check_type(request: Request) -> None:
    """Raises Problem unless the body is declared as plain JSON in UTF-8.

    The declaration is what makes browsers ask first (CORS preflight), so a form on another site cannot post here.
    """
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    charset = parameters.replace(" ", "").replace('"', "").lower()
    plain = request.headers.get("content-encoding", "identity").strip().lower() == "identity"
    if kind.strip().lower() != "application/json" or charset not in ("", "charset=utf-8") or not plain:
        raise Problem(
            "unsupported_media_type",
            "The body must be JSON in UTF-8, uncompressed.",
            hint="Send the header Content-Type: application/json.",
            headers={"accept": "application/json", "accept-encoding": "identity"},
        )


async def read_body(request: Request, settings: Settings, limit: int | None = None) -> bytes:
    """A body of JSON: at most `limit` or `body_bytes` of it, within `body_seconds`.

    Raises Problem: unsupported_media_type, body_too_large, body_timeout, malformed_json.
    """
    check_type(request)
    limit = limit or settings.body_bytes
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:20]) > limit:
        raise _too_large(limit)
    body = bytearray()
    try:
        async with asyncio.timeout(settings.body_seconds):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limit:
                    raise _too_large(limit)
    except TimeoutError:
        raise Problem(
            "body_timeout",
            f"The body did not arrive within {settings.body_seconds:g} seconds.",
            headers={"connection": "close"},
        ) from None
    except ClientDisconnect:
        raise Problem("malformed_json", "The body is incomplete.") from None
    return bytes(body)


def _too_large(limit: int) -> Problem:
    return Problem("body_too_large", f"The body is longer than {limit:,} bytes.", hint="Send less at once.")
