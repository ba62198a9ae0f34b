"""The log: one JSON object a line, and never a user's text.

A request is logged as method, route, status and milliseconds. The route is the app's own name for the address
(`/g/{id}`): no query, no link's name, no address of a person.
"""

from __future__ import annotations

import logging
import os
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import orjson
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import plain
from app.proxy import inner_path

STDERR = 2
access = logging.getLogger("seegrad.access")


class Line(logging.Formatter):
    """A record as a JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, Any] = {"message": record.getMessage()}
        if record.exc_info:
            # Its message may hold a user's text; where it happened cannot.
            fields["error"] = record.exc_info[0].__name__ if record.exc_info[0] else None
        return line_of(record.created, record.levelname.lower(), record.name, fields).decode()


def line_of(seconds: float, level: str, logger: str, fields: dict[str, Any]) -> bytes:
    """A line of the log, without its end."""
    moment = datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")
    return orjson.dumps({"time": moment, "level": level, "logger": logger, **fields})


def write(line: bytes) -> None:
    """Puts a line where the log goes. A record on its way through `logging` takes as long as half a minimal request."""
    with suppress(OSError):  # whoever read it may have gone
        os.write(STDERR, line + b"\n")


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
            write(line_of(time.time(), "info", access.name, fields))


def route_of(scope: Scope) -> str:
    """The path with its variable parts as the app names them; where nothing answered, only how it begins."""
    path = inner_path(scope)
    if "endpoint" not in scope:
        first, more, _ = path[1:].partition("/")
        return plain(f"/{first}{'/…' if more else ''}")
    for name, value in scope.get("path_params", {}).items():
        path = path.replace(f"/{value}", f"/{{{name}}}", 1)
    return plain(path)
