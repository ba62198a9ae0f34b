"""The outermost layer: what every answer carries, whatever made it.

Security headers and CORS, bounds on the address and the headers, HEAD as GET without a body, and the last resort when
something of ours fails.
"""

from __future__ import annotations

from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import Problem, unexpected
from app.proxy import inner_path
from app.rates import headers_of
from app.settings import Settings

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types workers",
    ]
)

POLICY = b"content-security-policy"
COMMON = [
    (POLICY, CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
]
"""What every answer carries unless it says otherwise itself."""

# Anyone's page may use these; there are no cookies and no credentials, so `*` gives nothing away.
OPEN = ("/api/", "/static/", "/graph.", "/openapi.json", "/healthz", "/readyz", "/embed", "/oembed")
EMBED = "/embed"
"""The one page that others may frame, if the settings let them."""

TO_OTHERS = [
    (b"cross-origin-resource-policy", b"cross-origin"),
    (b"access-control-expose-headers", b"etag, location, ratelimit, ratelimit-policy, retry-after"),
    (b"access-control-allow-origin", b"*"),
]
TO_OURS = [(b"cross-origin-resource-policy", b"same-origin")]

PREFLIGHT = {
    "access-control-allow-headers": "content-type, if-none-match",
    "access-control-max-age": "86400",
}


class Envelope:
    """ASGI middleware around everything else."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings
        embed_policy = CONTENT_SECURITY_POLICY.replace(
            "frame-ancestors 'none'", f"frame-ancestors {settings.embed_ancestors}"
        )
        self.of_embed = [(POLICY, embed_policy.encode()), *COMMON[1:]]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = inner_path(scope)
        is_open = path.startswith(OPEN)
        is_head = scope["method"] == "HEAD"
        inner = {**scope, "method": "GET"} if is_head else scope
        started = False

        async def send_dressed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = list(message["headers"])
                said = {name for name, _ in headers}
                common = self.of_embed if path == EMBED else COMMON
                headers += [header for header in common if header[0] not in said]
                headers += TO_OTHERS if is_open else TO_OURS
                headers += headers_of(inner)
                message = {**message, "headers": headers}
            elif is_head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        try:
            if problem := self.out_of_bounds(scope):
                await problem.response()(scope, receive, send_dressed)
            elif is_open and scope["method"] == "OPTIONS":
                await self.answer_options(scope, receive, send_dressed)
            else:
                await self.app(inner, receive, send_dressed)
        except Exception as error:
            if started:
                raise
            await unexpected(error).response()(scope, receive, send_dressed)
        finally:
            if is_head:  # what was found out on the way, such as the route for the log
                scope.update({**inner, "method": "HEAD"})

    async def answer_options(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What an address knows, which its own refusal of OPTIONS tells; where there is nothing, its own answer."""
        told: list[Message] = []

        async def hear(message: Message) -> None:
            told.append(message)

        await self.app(scope, receive, hear)
        if told[0]["status"] == HTTPStatus.METHOD_NOT_ALLOWED:
            known = MutableHeaders(scope=told[0]).get("allow", "GET")
            methods = known.replace("GET", "GET, HEAD") if "HEAD" not in known else known
            allowed = {"allow": f"{methods}, OPTIONS", "access-control-allow-methods": methods}
            await Response(status_code=HTTPStatus.NO_CONTENT, headers=PREFLIGHT | allowed)(
                scope, receive, send
            )
            return
        for message in told:
            await send(message)

    def out_of_bounds(self, scope: Scope) -> Problem | None:
        """A problem when the address or the headers are longer than the limits."""
        longest = self.settings.url_bytes
        if len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"]) > longest:
            return Problem("url_too_long", f"The address is longer than {longest:,} bytes.")
        largest = self.settings.header_bytes
        if sum(len(name) + len(value) for name, value in scope["headers"]) > largest:
            return Problem("headers_too_large", f"The headers are longer than {largest:,} bytes.")
        return None
