"""Every code an error can have: the whole list, printed in `docs/api.md`.

A test compares it with the codes that the engine and the app raise.
"""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """One kind of problem: HTTP status, title, and when it happens."""

    status: int
    title: str
    meaning: str


REQUEST = {
    "malformed_json": Code(
        400, "Malformed JSON", "The body is not JSON. A bare `NaN` or `Infinity` is not JSON."
    ),
    "not_found": Code(404, "Not found", "There is nothing at this address."),
    "method_not_allowed": Code(
        405, "Method not allowed", "The address does not know this method; see `Allow`."
    ),
    "body_timeout": Code(408, "Body too slow", "The body did not arrive in time."),
    "body_too_large": Code(413, "Body too large", "The body is longer than the limit."),
    "url_too_long": Code(414, "Address too long", "Path and query together are longer than the limit."),
    "unsupported_media_type": Code(
        415, "Not JSON", "The body must be `application/json`, UTF-8, uncompressed."
    ),
    "headers_too_large": Code(431, "Headers too large", "The request headers are longer than the limit."),
    "missing_field": Code(422, "Missing field", "A required field is absent."),
    "unknown_field": Code(422, "Unknown field", "A field that the contract does not have."),
    "wrong_type": Code(
        422, "Wrong type", "Not the contract's type. Booleans and numerals in quotes are not numbers."
    ),
    "invalid_value": Code(422, "Invalid value", "The right type, but outside the range or in contradiction."),
}

SERVER = {
    "internal_error": Code(500, "A bug of ours", "The server failed; the request may be fine."),
    "not_built": Code(
        503, "Page not built", "The pages' scripts and styles are missing from this installation."
    ),
}

CODES: dict[str, Code] = REQUEST | SERVER
