"""The last resort, and the list of codes against the code base."""

from __future__ import annotations

import ast
import asyncio
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from app.codes import CODES, KINDS, NETWORK, PROGRAM, TRAINING
from app.errors import Problem, plain
from app.main import create_app
from app.schema import ProblemDocument
from app.settings import Settings

Ask = Callable[..., httpx.Response]
Check = Callable[..., ProblemDocument]

ROOT = Path(__file__).resolve().parents[2]


def test_a_bug_is_a_problem_without_details_and_a_log_entry_without_texts(
    problem: Check, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(Settings())

    @app.get("/api/v1/broken")
    async def broken() -> None:
        raise ValueError("secret = 42")

    async def go() -> httpx.Response:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://seegrad.test"
        ) as client:
            return await client.get("/api/v1/broken")

    with caplog.at_level(logging.ERROR, "seegrad"):
        response = asyncio.run(go())
    problem(response, "internal_error")
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
    assert response.headers["access-control-allow-origin"] == "*"
    assert "ValueError" in caplog.text
    assert "in broken" in caplog.text
    assert "secret = 42" not in "".join(line for line in caplog.text.splitlines() if "raise" not in line)


def test_details_are_short_and_printable() -> None:
    body = Problem("invalid_value", "é" * 5_000 + "\x00", hint="\u202e<b>").body()
    assert len(body["detail"]) == 300
    assert body["hint"] == "�<b>"
    assert plain("a\nb") == "a�b"


def raised(path: Path) -> Iterator[str]:
    """The codes a file names: the first text of every call that makes an error, and `code=`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in MAKERS:
                given = [*node.args, *(word.value for word in node.keywords if word.arg == "code")]
                yield from (each.value for each in given[:1] if isinstance(each, ast.Constant))


MAKERS = {"ProgramError", "NetworkError", "Problem", "error"}


def test_every_code_is_listed_and_every_listed_code_is_raised() -> None:
    program = {code for path in (ROOT / "engine" / "program").rglob("*.py") for code in raised(path)}
    assert program == set(PROGRAM)
    network = {code for name in ("network.py", "spec.py") for code in raised(ROOT / "engine" / name)}
    assert network == set(NETWORK)


def test_codes_are_words_with_a_status_and_a_sentence() -> None:
    assert set(CODES) == {name for kind in KINDS.values() for name in kind}
    for name, code in CODES.items():
        assert name.replace("_", "").isalpha()
        assert name.islower()
        assert 400 <= code.status < 600
        assert code.meaning.endswith(".")
    assert {code.status for code in (*PROGRAM.values(), *NETWORK.values(), *TRAINING.values())} == {422}
