"""Requests to the app in this process, no network."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app import cli
from app.codes import CODES
from app.main import create_app
from app.schema import ProblemDocument
from app.settings import Settings

Ask = Callable[..., httpx.Response]


def ask_app(app: FastAPI, method: str, url: str, **options: Any) -> httpx.Response:
    """One request, one answer."""

    async def go() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://seegrad.test") as client:
            return await client.request(method, url, **options)

    return asyncio.run(go())


@pytest.fixture(scope="session")
def app() -> FastAPI:
    return create_app(Settings())


@pytest.fixture(scope="session")
def ask(app: FastAPI) -> Ask:
    """`ask("GET", "/healthz")`"""
    return lambda method, url, **options: ask_app(app, method, url, **options)


@pytest.fixture(scope="session")
def graph(ask: Ask) -> Callable[..., dict[str, Any]]:
    """`graph("a = 2")` or `graph(network=…, inputs=…)`: the answer's JSON; anything but 200 fails the test."""

    def post(
        program: str | None = None, shape: str = "rows", only: str | None = None, **body: Any
    ) -> dict[str, Any]:
        asked = body if program is None else {"program": program, **body}
        query = f"shape={shape}" if only is None else f"shape={shape}&fields={only}"
        response = ask("POST", f"/api/v1/graph?{query}", json=asked)
        assert response.status_code == 200, response.text
        return response.json()

    return post


@pytest.fixture(scope="session")
def problem() -> Callable[..., ProblemDocument]:
    """`problem(response, "unknown_name")`: checks the one error shape and returns the document."""

    def check(response: httpx.Response, code: str | None = None) -> ProblemDocument:
        assert response.headers["content-type"] == "application/problem+json", response.text
        assert len(response.content) <= 2048
        document = ProblemDocument.model_validate_json(response.content)
        kind = CODES[document.code]
        assert document.status == response.status_code == kind.status
        assert (document.type, document.title) == (f"urn:seegrad:problem:{document.code}", kind.title)
        assert "Traceback" not in response.text
        assert document.detail
        assert len(document.detail) <= 300
        assert document.detail.isprintable()
        if code is not None:
            assert document.code == code, response.text
        return document

    return check


@pytest.fixture(scope="session")
def ask_of() -> Ask:
    """`ask_of(app, "GET", "/healthz")`: of an app of the test's own."""
    return ask_app


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    """run("show", "-e", "a = 2") -> (exit code, standard output, standard error)"""

    def call(*words: str) -> tuple[int, str, str]:
        try:
            code = cli.main(words)
        except SystemExit as stop:  # argparse's way
            code = int(stop.code or 0)
        heard = capsys.readouterr()
        return code, heard.out, heard.err

    return call
