"""The studio page, the built files, and what people see when something is missing."""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.examples import EXAMPLES
from app.main import create_app
from app.pages import Assets, folder
from app.schema import Graph, ProblemDocument
from app.settings import Settings

Check = Callable[..., ProblemDocument]
Get = Callable[..., httpx.Response]


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """A built folder with the studio's two files, the worker's and a chunk."""
    names = {"studio.js": "studio-AAAA1111.js", "studio.css": "studio-BBBB2222.css"}
    names["layout-worker.js"] = "layout-worker-EEEE5555.js"
    (tmp_path / "manifest.json").write_text(json.dumps(names))
    (tmp_path / "studio-AAAA1111.js").write_text("export const a = 1;\n" * 5_000)
    (tmp_path / "studio-BBBB2222.css").write_text("body{}")
    (tmp_path / "chunk-CCCC3333.js").write_text("export{}")
    return tmp_path


@pytest.fixture
def get(dist: Path) -> Get:
    app = create_app(Settings(), static=dist)

    def get(url: str, root_path: str = "", **options: Any) -> httpx.Response:
        async def go() -> httpx.Response:
            transport = httpx.ASGITransport(app, root_path=root_path)
            async with httpx.AsyncClient(transport=transport, base_url="http://seegrad.test") as client:
                return await client.get(url, **options)

        return asyncio.run(go())

    return get


def test_the_studio_loads_its_built_files(get: Get) -> None:
    response = get("/")
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["cache-control"] == "no-cache"
    assert '"/static/studio-AAAA1111.js"' in response.text
    assert '"/static/studio-BBBB2222.css"' in response.text


def test_nothing_in_the_page_runs_inline(get: Get) -> None:
    text = get("/").text
    for attributes, body in re.findall(r"<script([^>]*)>(.*?)</script>", text, re.DOTALL):
        assert 'type="application/json"' in attributes or not body.strip()
    assert "<style" not in text
    assert not re.search(r"<[^>]*\s(on\w+|style)=", text)


def test_the_page_brings_the_first_graph_and_the_examples(get: Get) -> None:
    found = re.search(r'<script type="application/json" id="first">(.*?)</script>', get("/").text, re.DOTALL)
    assert found
    first = json.loads(found[1])
    assert first["example"] == "lecture"
    Graph.model_validate_json(json.dumps(first["graph"]))
    assert [example["id"] for example in first["examples"]] == [example.id for example in EXAMPLES]
    assert first["examples"][0]["operands"] == [[], [], [], [], [0, 1], [4, 2], [5, 3]]


def test_the_page_works_under_a_sub_folder(get: Get) -> None:
    text = get("/tools/seegrad/", root_path="/tools/seegrad").text
    assert '"/tools/seegrad/static/studio-AAAA1111.js"' in text


def test_hashed_files_are_kept_for_ever_and_others_asked_for_again(get: Get) -> None:
    for name in ("studio-AAAA1111.js", "studio-BBBB2222.css", "chunk-CCCC3333.js"):
        response = get(f"/static/{name}")
        assert response.status_code == 200
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert get("/static/manifest.json").headers["cache-control"] == "no-cache"
    assert get("/static/studio-AAAA1111.js").headers["content-type"].startswith("text/javascript")


def test_a_file_that_is_still_fresh_is_not_sent_again(get: Get) -> None:
    for encoding in ("identity", "br", "gzip"):
        first = get("/static/studio-AAAA1111.js", headers={"accept-encoding": encoding})
        again = get(
            "/static/studio-AAAA1111.js",
            headers={"accept-encoding": encoding, "if-none-match": first.headers["etag"]},
        )
        assert (again.status_code, again.content) == (304, b"")


def test_a_rebuild_shows_without_a_restart(dist: Path) -> None:
    assets = Assets(dist)
    assert assets.name("studio.js") == "studio-AAAA1111.js"
    (dist / "manifest.json").write_text('{"studio.js": "studio-DDDD4444.js"}')
    changed = (dist / "manifest.json").stat().st_mtime_ns + 1
    os.utime(dist / "manifest.json", ns=(changed, changed))
    assert assets.name("studio.js") == "studio-DDDD4444.js"


def test_without_a_build_the_page_says_so_and_the_api_works(tmp_path: Path, problem: Check) -> None:
    app = create_app(Settings(), static=tmp_path / "nothing")

    async def go() -> list[httpx.Response]:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://seegrad.test"
        ) as client:
            return [
                await client.get("/", headers={"accept": "text/html"}),
                await client.get("/static/studio.js"),
                await client.get("/nowhere", headers={"accept": "text/html"}),
                await client.post("/api/v1/graph", json={"program": "a = 1"}),
            ]

    page, script, nowhere, graph = asyncio.run(go())
    problem(page, "not_built")
    problem(script, "not_built")
    problem(nowhere, "not_found")
    assert graph.status_code == 200


def test_people_get_a_page_where_programs_get_a_problem(get: Get, problem: Check) -> None:
    accept = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    response = get("/nowhere<script>", headers=accept)
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    assert "Not found" in response.text
    assert "nowhere" not in response.text
    problem(get("/api/v1/nowhere", headers=accept), "not_found")
    problem(get("/static/nowhere.js", headers=accept), "not_found")
    problem(get("/nowhere"), "not_found")


def test_folders_are_found_in_the_package_first_then_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.pages.PACKAGE", tmp_path / "app")
    assert folder("templates") == tmp_path / "templates"
    (tmp_path / "app" / "templates").mkdir(parents=True)
    assert folder("templates") == tmp_path / "app" / "templates"
