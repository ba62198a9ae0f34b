"""What a client would rather have, by media type. Encodings: test_headers.py."""

from __future__ import annotations

import pytest

from app.negotiation import preferred

KINDS = ("application/json", "text/plain")


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("*/*", "application/json"),
        ("text/plain", "text/plain"),
        ("text/*", "text/plain"),
        ("Text/Plain ; Q=0.4, application/json;q=0.3", "text/plain"),
        ("text/plain;q=0.5, application/json", "application/json"),
        ("text/plain;charset=utf-8", "text/plain"),
        ("text/plain;q=0, */*", "application/json"),
        ("application/json;q=0, */*;q=0.1", "text/plain"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("image/png", None),
        ("text/plain;q=much", None),
    ],
)
def test_the_media_type_is_the_clients_choice(accepted: str, expected: str | None) -> None:
    assert preferred(accepted, KINDS) == expected
