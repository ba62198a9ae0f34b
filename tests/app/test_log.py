"""The log of requests: what an operator needs, nothing of what a user wrote."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from app.log import Line, log_config

Ask = Callable[..., httpx.Response]


@pytest.fixture
def lines(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> Callable[[], list[dict[str, Any]]]:
    caplog.set_level(logging.INFO, "seegrad.access")
    return lambda: [json.loads(line) for line in capfd.readouterr().err.splitlines()]


def test_a_request_is_a_line(ask: Ask, lines: Callable[[], list[dict[str, Any]]]) -> None:
    made = ask("POST", "/api/v1/links", json={"program": "sesame = 1"}).json()
    ask("GET", f"/api/v1/links/{made['id']}")
    ask("HEAD", f"/g/{made['id']}?sesame=1")
    ask("POST", "/api/v1/graph?sesame=2", json={"program": "sesame = ("})
    ask("GET", "/healthz")
    ask("GET", "/static/nothing.js")
    ask("GET", "/sesame%1b[31m/sesame")
    ask("FOO", "/healthz")
    found = lines()
    assert [(line["method"], line["path"], line["status"]) for line in found] == [
        ("POST", "/api/v1/links", found[0]["status"]),
        ("GET", "/api/v1/links/{id}", 200),
        ("HEAD", "/g/{id}", 200),
        ("POST", "/api/v1/graph", 422),
        ("GET", "/healthz", 200),
        ("GET", "/static/nothing.js", 404),
        ("GET", "/sesame�[31m/…", 404),
        ("FOO", "/healthz", 405),
    ]
    for line in found:
        assert set(line) == {"time", "level", "logger", "method", "path", "status", "ms"}
        assert line["ms"] >= 0
    text = json.dumps(found)
    assert made["id"] not in text
    assert "sesame =" not in text
    assert "?" not in text


def test_an_exception_is_logged_by_its_kind_only() -> None:
    try:
        raise ValueError("sesame")
    except ValueError:
        record = logging.getLogger("uvicorn.error").makeRecord(
            "uvicorn.error", logging.ERROR, "f", 1, "it failed", (), __import__("sys").exc_info()
        )
    line = json.loads(Line().format(record))
    assert (line["message"], line["error"]) == ("it failed", "ValueError")
    assert "sesame" not in json.dumps(line)


def test_the_level_is_ours_and_uvicorn_speaks_up_only_when_something_is_wrong() -> None:
    loggers = log_config("info")["loggers"]
    assert (loggers["seegrad"]["level"], loggers["uvicorn"]["level"]) == ("INFO", "WARNING")
