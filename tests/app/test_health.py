"""GET /healthz and /readyz."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import httpx

from app import __version__
from app.main import create_app
from app.schema import ProblemDocument
from app.settings import Settings

Ask = Callable[..., httpx.Response]
Check = Callable[..., ProblemDocument]


def test_ready_is_who_can_read_the_database_and_has_the_pages(
    tmp_path: Path, ask_of: Ask, problem: Check
) -> None:
    bare, data = tmp_path / "bare", tmp_path / "data"
    bare.mkdir()
    app = create_app(Settings(data=str(data)), static=bare)
    assert "not built" in problem(ask_of(app, "GET", "/readyz"), "not_ready").detail
    assert ask_of(app, "GET", "/healthz").json() == {"status": "ok", "version": __version__}
    (bare / "manifest.json").write_text(json.dumps({}))
    ready = ask_of(app, "GET", "/readyz")
    assert (ready.status_code, ready.json()) == (200, {"status": "ready"})
    assert ready.headers["cache-control"] == "no-store"

    (tmp_path / "file").write_text("in the way")
    app = create_app(Settings(data=str(tmp_path / "file" / "data")), static=bare)
    answer = ask_of(app, "GET", "/readyz")
    assert "cannot be reached" in problem(answer, "not_ready").detail
    assert answer.headers["retry-after"] == "5"
    assert ask_of(app, "GET", "/healthz").status_code == 200


def test_a_database_that_is_away_is_not_waited_for_for_ever(
    ask_of: Ask, problem: Check, tmp_path: Path
) -> None:
    (tmp_path / "manifest.json").write_text("{}")
    app = create_app(Settings(database="sqlite:////proc/nothing/links.db"), static=tmp_path)
    problem(ask_of(app, "GET", "/readyz"), "not_ready")
