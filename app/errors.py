"""One shape for every error: `application/problem+json` (RFC 9457) with a code and a place.

The codes are in `app/codes.py`. Nothing here repeats more of the request than a short word, and nothing of the
server's inside leaves it.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import orjson
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.codes import CODES

log = logging.getLogger("seegrad")

MEDIA_TYPE = "application/problem+json"
ECHO_CHARACTERS = 60
DETAIL_CHARACTERS = 300


class Problem(Exception):  # noqa: N818 - RFC 9457's word for it
    """An error answer on its way out.

    code: a key of `CODES`. detail: what is wrong, in one sentence. line, column, length: where in the text, 1-based, in
    code points. where: the path of it in the body, from 0. hint: what would have worked.
    """

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        line: int | None = None,
        column: int | None = None,
        length: int | None = None,
        where: Sequence[str | int] | None = None,
        hint: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.code, self.detail, self.hint = code, detail, hint
        self.line, self.column, self.length = line, column, length
        self.where = where
        self.headers = headers

    def body(self) -> dict[str, Any]:
        """The problem document; every member is always there, null where it says nothing."""
        kind = CODES[self.code]
        return {
            "type": f"urn:seegrad:problem:{self.code}",
            "title": kind.title,
            "status": kind.status,
            "code": self.code,
            "detail": plain(self.detail, DETAIL_CHARACTERS),
            "line": self.line,
            "column": self.column,
            "length": self.length,
            "where": self.where and [plain(part) if isinstance(part, str) else part for part in self.where],
            "hint": self.hint and plain(self.hint, DETAIL_CHARACTERS),
        }

    def response(self, inline: bool = False) -> Response:
        """The answer; `inline` sends the same document with HTTP status 200."""
        return Response(
            orjson.dumps(self.body()),
            status_code=200 if inline else CODES[self.code].status,
            media_type=MEDIA_TYPE,
            headers=dict(self.headers or {}) | {"cache-control": "no-store"},
        )


def plain(text: str, longest: int = ECHO_CHARACTERS) -> str:
    """`text` on one line, cut to `longest` characters, what cannot be printed shown as �."""
    if len(text) > longest:
        text = text[: longest - 1] + "…"
    return text if text.isprintable() else "".join(c if c.isprintable() else "�" for c in text)


def unexpected(error: BaseException) -> Problem:
    """A bug: the log gets its kind and where it happened, never its message (it may hold a user's text)."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    log.error("internal error: %s\n%s", type(error).__name__, frames)
    return Problem("internal_error", "Something went wrong on our side. Your request may be fine.")


def http_problem(error: HTTPException) -> Problem:
    """The framework's own refusals: no such address, a method it does not know; anything else is unexpected."""
    if error.status_code == HTTPStatus.NOT_FOUND:
        return Problem("not_found", "There is nothing at this address.", hint="The API is described at /api.")
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = (error.headers or {}).get("Allow")
        return Problem(
            "method_not_allowed",
            "This address does not know this method.",
            hint=allowed and f"It knows {allowed}.",
            headers=error.headers,
        )
    return unexpected(error)
