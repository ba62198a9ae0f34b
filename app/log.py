"""The log: one JSON object a line, and never a user's text.

A request is logged as method, route, status and milliseconds. The route is the app's own name for the address
(`/g/{id}`): no query, no link's name, no address of a person.
"""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime
from typing import Any

import orjson
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import plain
from app.proxy import inner_path

access = logging.getLogger("seegrad.access")

LEVELS = ("debug", "info", "warning", "error")


class Line(logging.Formatter):
    """A record as a JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"time": time, "level": record.levelname.lower(), "logger": record.name}
        line |= getattr(record, "fields", None) or {"message": record.getMessage()}
        if record.exc_info:
            # Its message may hold a user's text; where it happened cannot.
            line["error"] = record.exc_info[0].__name__ if record.exc_info[0] else None
        return orjson.dumps(line).decode()


def log_config(level: str) -> dict[str, Any]:
    """For `logging.config.dictConfig`: ours from `level` on, uvicorn's only when something is wrong."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "app.log.Line"}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"}
        },
        "loggers": {
            "seegrad": {"handlers": ["stderr"], "level": level.upper(), "propagate": False},
            "uvicorn": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        },
    }


class AccessLog:
    """ASGI middleware: a line per request, when its answer has ended."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not access.isEnabledFor(logging.INFO):
            await self.app(scope, receive, send)
            return
        began, method, status = time.perf_counter(), scope["method"], 0

        async def send_watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_watched)
        finally:
            fields = {
                "method": plain(method),
                "path": route_of(scope),
                "status": status,
                "ms": round(1000 * (time.perf_counter() - began), 2),
            }
            record = access.makeRecord(access.name, logging.INFO, "", 0, "request", (), None)
            record.fields = fields
            access.handle(record)  # `access.info` would look up the stack who logs


def route_of(scope: Scope) -> str:
    """The path with its variable parts as the app names them; where nothing answered, only how it begins."""
    path = inner_path(scope)
    if "endpoint" not in scope:
        first, more, _ = path[1:].partition("/")
        return plain(f"/{first}{'/…' if more else ''}")
    for name, value in scope.get("path_params", {}).items():
        path = path.replace(f"/{value}", f"/{{{name}}}", 1)
    return plain(path)
