"""The compression middleware by itself: bytes, lengths, streams, what must pass untouched."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable
from typing import Any

import brotli
import pytest
from starlette.types import Receive, Scope, Send

from app.compress import LARGEST_INLINE, SMALLEST, Compress

Message = dict[str, Any]


def answer(
    chunks: list[bytes], headers: dict[str, str] | None = None, status: int = 200, accepted: str = "br"
) -> tuple[dict[bytes, bytes], bytes]:
    """Headers and body as they leave the middleware, for an app that sends `chunks`."""
    sent: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        named = {"content-type": "application/json"} | (headers or {})
        raw = [(name.encode(), value.encode()) for name, value in named.items()]
        await send({"type": "http.response.start", "status": status, "headers": raw})
        for at, chunk in enumerate(chunks, start=1):
            await send({"type": "http.response.body", "body": chunk, "more_body": at < len(chunks)})

    async def receive() -> Message:
        raise AssertionError("nothing to receive")

    async def send(message: Any) -> None:
        sent.append(message)

    scope: Message = {"type": "http", "headers": [(b"accept-encoding", accepted.encode())]}
    asyncio.run(Compress(app)(scope, receive, send))
    assert [message["type"] for message in sent] == ["http.response.start"] + ["http.response.body"] * len(
        chunks
    )
    assert [message["more_body"] for message in sent[1:]] == [True] * (len(chunks) - 1) + [False]
    return dict(sent[0]["headers"]), b"".join(message["body"] for message in sent[1:])


@pytest.mark.parametrize(("accepted", "decode"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
@pytest.mark.parametrize("size", [SMALLEST, 10_000, LARGEST_INLINE + 1])
def test_one_body(accepted: str, decode: Callable[[bytes], bytes], size: int) -> None:
    body = b"0123456789" * (size // 10) + b"x" * (size % 10)
    headers, packed = answer([body], {"content-length": str(size), "etag": '"abc"'}, accepted=accepted)
    assert decode(packed) == body
    assert headers[b"content-encoding"] == accepted.encode()
    assert headers[b"content-length"] == str(len(packed)).encode()
    assert headers[b"etag"] == b'W/"abc"'
    assert headers[b"vary"] == b"Accept-Encoding"


@pytest.mark.parametrize(("accepted", "decode"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_a_body_in_chunks(accepted: str, decode: Callable[[bytes], bytes]) -> None:
    chunks = [b"a" * 70_000, b"b" * 70_000, b"c" * 100, b""]
    headers, packed = answer(chunks, {"content-length": "140100"}, accepted=accepted)
    assert decode(packed) == b"".join(chunks)
    assert b"content-length" not in headers


@pytest.mark.parametrize(
    ("headers", "status", "accepted"),
    [
        ({}, 200, "identity"),
        ({"content-type": "text/event-stream"}, 200, "br"),
        ({"content-type": "image/png"}, 200, "br"),
        ({"content-encoding": "zstd"}, 200, "br"),
        ({"content-range": "bytes 0-9/100"}, 206, "br"),
        ({}, 304, "br"),
    ],
)
def test_what_passes_untouched(headers: dict[str, str], status: int, accepted: str) -> None:
    body = b"a" * 1_000
    after, sent = answer([body], headers, status, accepted)
    assert sent == body
    assert after.get(b"content-encoding", b"zstd") == b"zstd"


def test_below_the_smallest_size_nothing_is_done() -> None:
    headers, sent = answer([b"a" * (SMALLEST - 1)])
    assert sent == b"a" * (SMALLEST - 1)
    assert b"content-encoding" not in headers
