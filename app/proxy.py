"""Where the service stands, seen from outside."""

from __future__ import annotations

from starlette.requests import Request

from app.settings import Settings


def public_address(request: Request) -> str:
    """The address of the whole service, without a slash at its end: as set, else as the request names it."""
    settings: Settings = request.app.state.settings
    return settings.public_url.rstrip("/") or f"{request.url.scheme}://{request.url.netloc}{base_of(request)}"


def base_of(request: Request) -> str:
    """The path that the service stands under, without a slash at its end; empty at the root of a host."""
    return request.scope.get("app_root_path", request.scope.get("root_path", "")).rstrip("/")
