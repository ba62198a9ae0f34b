"""Answers compressed with brotli or gzip, as the client prefers.

At a quality that costs less than sending the difference; large bodies in a thread, so that the loop keeps breathing.
Event streams, ranges, pictures and what is already encoded pass untouched.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Callable

import brotli
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.negotiation import preferred

SMALLEST = 500
"""Bytes below which headers outweigh what compression saves."""
LARGEST_INLINE = 128 * 1024
"""Bytes above which compressing (about 100 MB/s) would be felt by others."""
QUALITY = 4
LEVEL = 4

COMPRESSIBLE = (
    b"text/html", b"text/css", b"text/plain", b"text/javascript", b"image/svg+xml", b"application/"
)  # fmt: skip
VARY = b"vary"

Encode = Callable[[bytes, bool], bytes]
"""(chunk, whether it is the last) -> encoded bytes"""


def brotli_encoder() -> Encode:
    packer = brotli.Compressor(mode=brotli.MODE_TEXT, quality=QUALITY)
    return lambda chunk, last: packer.process(chunk) + (packer.finish() if last else b"")


def gzip_encoder() -> Encode:
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    return lambda chunk, last: packer.compress(chunk) + (packer.flush() if last else b"")


ENCODERS = {"br": brotli_encoder, "gzip": gzip_encoder}
ENCODINGS = tuple(ENCODERS)


class Compress:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        accepted = dict(scope["headers"]).get(b"accept-encoding", b"").decode("latin-1")
        encoding = preferred(accepted, ENCODINGS)
        held: Message | None = None
        encode: Encode | None = None

        async def send_compressed(message: Message) -> None:
            nonlocal held, encode
            if message["type"] == "http.response.start" and is_compressible(message):
                headers = dict(message["headers"])
                vary = [headers[VARY]] if VARY in headers else []
                headers[VARY] = b", ".join([*vary, b"Accept-Encoding"])
                message = {**message, "headers": list(headers.items())}
                if encoding is not None:
                    held = message  # until the first chunk shows how long the body is
                    return
            if message["type"] == "http.response.body" and encoding is not None:
                body, last = message.get("body", b""), not message.get("more_body", False)
                if held is not None and (not last or len(body) >= SMALLEST):
                    encode = ENCODERS[encoding]()
                if encode is not None:
                    long = len(body) > LARGEST_INLINE
                    body = await asyncio.to_thread(encode, body, last) if long else encode(body, last)
                    message = {**message, "body": body}
                if held is not None:
                    if encode is not None:
                        relabel(held, encoding, len(body) if last else None)
                    await send(held)
                    held = None
            await send(message)

        await self.app(scope, receive, send_compressed)


def is_compressible(start: Message) -> bool:
    """Whether the answer has a body, the whole of it, of a kind that shrinks and is not encoded yet."""
    headers = dict(start["headers"])
    return (
        start["status"] not in (204, 206, 304)
        and headers.get(b"content-type", b"").startswith(COMPRESSIBLE)
        and b"content-encoding" not in headers
    )


def relabel(start: Message, encoding: str, length: int | None) -> None:
    """The headers of the encoded body: its length where it is known, and a weak ETag (other bytes, same content)."""
    headers = dict(start["headers"]) | {b"content-encoding": encoding.encode()}
    if length is None:
        headers.pop(b"content-length", None)
    else:
        headers[b"content-length"] = b"%d" % length
    etag = headers.get(b"etag", b"")
    if etag and not etag.startswith(b"W/"):
        headers[b"etag"] = b"W/" + etag
    start["headers"] = list(headers.items())
