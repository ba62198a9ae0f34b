"""Behind a proxy: who asks, by which address, and which folder of it is ours.

A proxy says so in X-Forwarded-For, -Proto, -Host and -Prefix. It is believed when it is among `trusted_proxies`; from
anyone else these headers mean nothing.
"""

from __future__ import annotations

import re
from ipaddress import ip_address, ip_network
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.settings import Settings

HOST = re.compile(r"(?:[A-Za-z0-9._-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")
PREFIX = re.compile(r"(?:/(?!\.\.?(?:/|$))[A-Za-z0-9._~-]{1,64}){1,16}")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Proxied:
    """ASGI middleware: a request as it was sent to the proxy, its path with the folder in front."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.base_path = settings.base_path.rstrip("/")
        words = [word.strip() for word in settings.trusted_proxies.split(",") if word.strip()]
        self.everyone = "*" in words
        self.trusted = [ip_network(word, strict=False) for word in words if word != "*"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            peer = scope["client"][0] if scope.get("client") else ""
            prefix = self.base_path
            # Without these headers there is nothing to believe, and finding that out would take 7 µs.
            if any(name.startswith(b"x-forwarded-") for name, _ in scope["headers"]) and self.trusts(peer):
                prefix = self.believe(scope, peer) or prefix
            if prefix:
                stand_in(scope, prefix)
        await self.app(scope, receive, send)

    def trusts(self, peer: str) -> bool:
        if self.everyone:
            return True
        try:
            address = ip_address(peer)
        except ValueError:
            return False
        address = getattr(address, "ipv4_mapped", None) or address
        return any(address in network for network in self.trusted)

    def believe(self, scope: Scope, peer: str) -> str:
        """Takes over what a trusted proxy says, piece by piece where it makes sense. Returns the prefix."""
        headers = Headers(scope=scope)
        scope["client"] = (self.client(headers.get("x-forwarded-for", ""), peer), 0)
        if (scheme := last(headers.get("x-forwarded-proto", "")).lower()) in ("http", "https"):
            scope["scheme"] = scheme
        if HOST.fullmatch(host := last(headers.get("x-forwarded-host", ""))):
            MutableHeaders(scope=scope)["host"] = host
            scope["host_is_believed"] = True
        prefix = last(headers.get("x-forwarded-prefix", "")).rstrip("/")
        return prefix if PREFIX.fullmatch(prefix) else ""

    def client(self, forwarded: str, peer: str) -> str:
        """The address nearest to us that is not a trusted proxy's; beyond it anybody may have written anything."""
        found = peer
        for word in reversed(forwarded.split(",")[-32:]):
            try:
                found = str(ip_address(without_port(word.strip())))
            except ValueError:
                break
            if not self.trusts(found):
                break
        return found


def last(words: str) -> str:
    """What the proxy next to us wrote, of a header that several wrote to."""
    return words.rpartition(",")[2].strip()


def without_port(word: str) -> str:
    """`1.2.3.4` of `1.2.3.4:56`, `::1` of `[::1]:56`."""
    if word.startswith("["):
        return word[1:].partition("]")[0]
    return word.partition(":")[0] if word.count(":") == 1 else word


def stand_in(scope: Scope, prefix: str) -> None:
    """Puts the app into a folder; the path has it in front afterwards, whether the proxy took it away or not."""
    path = scope["path"]
    scope["root_path"] = prefix
    if path == prefix:
        scope["path"] = f"{prefix}/"
    elif not path.startswith(f"{prefix}/"):
        scope["path"] = prefix + path
        if "raw_path" in scope:
            scope["raw_path"] = prefix.encode() + (scope["raw_path"] or b"")


def trusted_address(request: Request) -> str | None:
    """The same for what others keep and pass on: as set, as a trusted proxy says, or on this very machine as asked.

    A `Host` header is the asker's own word, so an address made from it is none to be handed out.
    """
    believed = request.app.state.settings.public_url or request.scope.get("host_is_believed", False)
    return public_address(request) if believed or request.url.hostname in LOOPBACK else None


def base_of(request: Request) -> str:
    """The path that the service stands under, without a slash at its end; empty at the root of a host."""
    return root_of(request.scope)


def root_of(scope: Any) -> str:
    return scope.get("app_root_path", scope.get("root_path", "")).rstrip("/")


def inner_path(scope: Any) -> str:
    """The path within the service, whatever folder it stands in."""
    return scope["path"].removeprefix(root_of(scope)) or "/"


def public_address(request: Request) -> str:
    """The address of the whole service, without a slash at its end: as set, else as the request names it.

    A Host that is none is left out; what remains is right for whoever asked.
    """
    settings: Settings = request.app.state.settings
    if settings.public_url:
        return settings.public_url.rstrip("/")
    host = request.headers.get("host", "")
    origin = f"{request.scope['scheme']}://{host}" if HOST.fullmatch(host) else ""
    return origin + base_of(request)
