"""ETags: an answer that the client has already is 304 and empty.

Every answer of the interface is a pure function of its request, so its content is its own version. That holds for POST
as well: `POST /api/v1/graph` changes nothing on the server, it only carries a question that is too long for an address.
"""

from __future__ import annotations

from hashlib import blake2b

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.proxy import inner_path

DIGEST_BYTES = 16

PURE = ("/api/", "/openapi.json", "/embed", "/graph.")
"""Where an answer depends on nothing but its request."""


class Conditional:
    """ASGI middleware: an ETag for answers under `PURE` that come in one piece; `If-None-Match` answered.

    Streams, errors, and answers that bear `no-store` or an ETag of their own pass untouched.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not inner_path(scope).startswith(PURE):
            await self.app(scope, receive, send)
            return
        known = dict(scope["headers"]).get(b"if-none-match", b"")
        held: Message | None = None

        async def send_tagged(message: Message) -> None:
            nonlocal held
            if message["type"] == "http.response.start" and is_taggable(message):
                held = message  # until its body shows whether it comes in one piece
                return
            if held is not None and message["type"] == "http.response.body":
                start, held = held, None
                if not message.get("more_body", False):
                    etag = b'"%s"' % blake2b(message["body"], digest_size=DIGEST_BYTES).hexdigest().encode()
                    headers = {b"cache-control": b"no-cache", **dict(start["headers"]), b"etag": etag}
                    if matches(known, etag):
                        start["status"] = 304
                        headers.pop(b"content-length", None)
                        message = {**message, "body": b""}
                    start["headers"] = list(headers.items())
                await send(start)
            await send(message)

        await self.app(scope, receive, send_tagged)


def is_taggable(start: Message) -> bool:
    headers = dict(start["headers"])
    return (
        start["status"] == 200
        and b"etag" not in headers
        and b"no-store" not in headers.get(b"cache-control", b"")
        and not headers.get(b"content-type", b"").startswith((b"text/event-stream", b"application/problem"))
    )


def matches(known: bytes, etag: bytes) -> bool:
    """Whether `If-None-Match` names this ETag, compared weakly (RFC 9110, 13.1.2): compressing makes them weak."""
    return known.strip() == b"*" or etag in (each.strip().removeprefix(b"W/") for each in known.split(b","))
