"""Stored links: one state, one id, for ever; what is refused; what happens when the disk is."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import os
import re
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from fastapi import FastAPI

from app.cli import main
from app.database import FILE, Database, open_sqlite, write_ahead
from app.errors import Problem
from app.links import ID, Links, id_of, links
from app.main import create_app
from app.schema import ProblemDocument
from app.settings import Settings
from app.states import LARGEST, NetworkState, StudioState, canonical, read_state

Ask = Callable[..., httpx.Response]
Check = Callable[..., ProblemDocument]

ROOT = Path(__file__).resolve().parents[2]
LINKS = "/api/v1/links"
FULL: dict[str, Any] = {
    "program": "a = 2 # α\nb = a*x",
    "example": "used-twice", "values": {"x": 2.5, "y": -1e-7}, "node": 3, "open": [1, 4],
    "fold": ["layer1.neuron2", "loss"], "step": 17, "local": False, "theme": "dark", "view": "table",
}  # fmt: skip


@pytest.fixture
def stored(tmp_path: Path) -> Links:
    return Links(Database(Settings(data=str(tmp_path))))


def state(program: str) -> StudioState:
    return StudioState(program=program)


def test_a_state_comes_back_as_it_was_saved(ask: Ask) -> None:
    made = ask("POST", LINKS, json=FULL)
    assert made.status_code == 201
    assert made.json() == {
        "version": 1,
        "id": made.json()["id"],
        "url": f"http://seegrad.test/g/{made.json()['id']}",
    }
    assert made.headers["location"] == made.json()["url"]
    found = ask("GET", f"{LINKS}/{made.json()['id']}").json()
    assert found.pop("state") == FULL | {"version": 1, "page": "studio"}
    assert date.fromisoformat(found.pop("saved")) >= date.today() - timedelta(days=1)
    assert found == made.json()


def test_the_same_state_is_stored_once_however_it_is_spelled(ask: Ask) -> None:
    made = ask("POST", LINKS, json=FULL | {"step": 18})
    turned = dict(reversed((FULL | {"step": 18, "version": 1, "page": "studio"}).items()))
    again = ask(
        "POST",
        LINKS,
        content=json.dumps(turned | {"values": {"y": -0.0000001, "x": 2.50}}, indent=3),
        headers={"content-type": "application/json"},
    )
    assert (made.status_code, again.status_code) == (201, 200)
    assert again.json() == made.json()
    assert "location" not in again.headers
    nulls = ask("POST", LINKS, json={"program": "q = 1", "example": None, "open": None})
    assert nulls.json()["id"] == ask("POST", LINKS, json={"program": "q = 1"}).json()["id"]


def test_the_id_is_the_hash_of_the_state_and_nothing_else() -> None:
    """Against the standard library: RFC 4648's base 32, its alphabet changed for Crockford's."""
    content = b'{"page":"studio","program":"a = 2","version":1}'
    assert canonical(state("a = 2")) == content
    plain = base64.b32encode(hashlib.sha256(content).digest()).decode()[:26]
    letters = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789abcdefghjkmnpqrstvwxyz")
    assert id_of(content) == plain.translate(letters)
    assert ID.fullmatch(id_of(content))


# Links that were once given away: their states keep their ids for ever. Add new ones, never change these.
GIVEN_AWAY: list[tuple[str, dict[str, Any]]] = [
    ("3ajqw28ageswcnmcrxrzncd3d3", {"program": "a = 2"}),
    ("fr4n1rn1k6acgf5hhnyyhgxa1j", FULL),
    ("df9nppx9a2mqad6vr4pcj2jrp1", {"page": "network", "fields": {"layers": "2.8.1", "data": "moons"}}),
]


@pytest.mark.parametrize(("name", "body"), GIVEN_AWAY, ids=["text", "full", "network"])
def test_links_given_away_keep_their_ids(name: str, body: dict[str, Any]) -> None:
    assert id_of(canonical(read_state(body, Settings().limits))) == name


def test_the_documented_link_is_the_link_of_the_documented_call(ask: Ask) -> None:
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    call = re.search(r"v1/links -H 'content-type: application/json' -d '(\{.*?\})'", text)
    assert call
    made = ask("POST", LINKS, json=json.loads(call[1])).json()
    assert f'"id": "{made["id"]}", "url": "http://127.0.0.1:8000/g/{made["id"]}"' in text


def test_the_fields_are_those_of_the_address() -> None:
    source = (ROOT / "static" / "src" / "url.js").read_text("utf-8")
    described = source[source.index("@typedef {object} Link") : source.index("*/", source.index("} Link"))]
    named = set(re.findall(r"@property \{.*?\} \[(\w+)\]", described, re.DOTALL))
    assert named == set(StudioState.model_fields) - {"version", "page"}


REFUSED: list[tuple[str, Any, str]] = [
    ("nothing", {}, "missing_field"), ("no text", {"step": 3}, "missing_field"), ("a list", [], "wrong_type"),
    ("a text", "a = 1", "wrong_type"), ("a number for a text", {"program": 3}, "wrong_type"),
    ("an unknown field", {"program": "a", "expression": "a"}, "unknown_field"),
    ("another version", {"program": "a", "version": 2}, "invalid_value"),
    ("another page", {"program": "a", "page": "lesson"}, "invalid_value"),
    ("true for a step", {"program": "a", "step": True}, "wrong_type"),
    ("half a step", {"program": "a", "step": 1.5}, "wrong_type"),
    ("a step before the first", {"program": "a", "step": -1}, "invalid_value"),
    ("node -2", {"program": "a", "node": -2}, "invalid_value"),
    ("a huge node", {"program": "a", "node": 2**70}, "wrong_type"),
    ("too many taken apart", {"program": "a", "open": [1] * 101}, "invalid_value"),
    ("markup for a group", {"program": "a", "fold": ["<b>"]}, "invalid_value"),
    ("markup for an example", {"example": "<b>"}, "invalid_value"),
    ("a theme", {"program": "a", "theme": "pink"}, "invalid_value"),
    ("NaN", {"program": "a", "values": {"x": "NaN"}}, "wrong_type"),
    ("a text for a value", {"program": "a", "values": {"x": "1"}}, "wrong_type"),
    ("a long text", {"program": "a" * 10_001}, "program_too_long"),
    ("a network without fields", {"page": "network"}, "missing_field"),
    ("a number in the fields", {"page": "network", "fields": {"a": 1}}, "wrong_type"),
    ("a strange key", {"page": "network", "fields": {"__proto__": "1"}}, "invalid_value"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "body", "code"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_is_no_state_is_refused(ask: Ask, problem: Check, name: str, body: Any, code: str) -> None:
    problem(ask("POST", LINKS, json=body), code)


def test_a_state_is_bounded(ask: Ask, problem: Check) -> None:
    fields = {"a": "x" * (LARGEST - 100), "b": ""}
    room = LARGEST - len(canonical(NetworkState(page="network", fields=fields)))
    fields["b"] = "y" * room
    assert ask("POST", LINKS, json={"page": "network", "fields": fields}).status_code in (201, 413)
    assert len(canonical(read_state({"page": "network", "fields": fields}, Settings().limits))) == LARGEST
    with pytest.raises(Problem, match="body_too_large"):
        read_state({"page": "network", "fields": {**fields, "b": fields["b"] + "y"}}, Settings().limits)


@pytest.mark.parametrize(
    "name", ["0" * 26, "0" * 25, "A" * 26, "undefined", "-1", "' OR 1=1--", "%00", "%3Cscript%3E", "..%2f..%2fetc",
             "%F0%28%8C%28", "a" * 4_000],
)  # fmt: skip
def test_an_unknown_link_is_always_the_same_404(ask: Ask, problem: Check, name: str) -> None:
    for address in (f"{LINKS}/{name}", f"/g/{name}"):
        found = ask("GET", address)
        assert problem(found).status == 404
        assert "script" not in found.text
    page = ask("GET", f"/g/{name}", headers={"accept": "text/html"})
    assert page.status_code == 404
    assert "<h1>" in page.text
    assert "script&" not in page.text


def first_of(page: httpx.Response) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="first">(.*?)</script>', page.text, re.DOTALL)
    assert found, page.text
    return json.loads(found[1])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """An app with a build, the smallest there is, and a folder of its own."""
    folder = tmp_path_factory.mktemp("dist")
    names = {"studio.js": "studio-AAAA1111.js", "studio.css": "studio-BBBB2222.css"}
    names["layout-worker.js"] = "layout-worker-EEEE5555.js"
    (folder / "manifest.json").write_text(json.dumps(names))
    return create_app(Settings(data=str(folder), public_url="https://course.example/seegrad/"), static=folder)


def test_the_page_of_a_link_brings_its_state_and_its_graph(built: FastAPI, ask_of: Ask) -> None:
    made = ask_of(
        built, "POST", LINKS, json={"program": "p = 3\nq = p*x", "values": {"x": 4}, "step": 2}
    ).json()
    assert made["url"] == f"https://course.example/seegrad/g/{made['id']}"
    page = ask_of(built, "GET", f"/g/{made['id']}")
    assert page.status_code == 200
    assert f'<link rel="canonical" href="{made["url"]}">' in page.text
    assert page.headers["x-robots-tag"] == "noindex"
    first = first_of(page)
    assert first["link"] == {"program": "p = 3\nq = p*x", "values": {"x": 4}, "step": 2}
    assert first["request"] == {"program": "p = 3\nq = p*x", "values": {"x": 4}}
    assert {node["name"] for node in first["graph"]["nodes"]} == {"x", "p", "q"}
    assert first["graph"]["nodes"][first["graph"]["output"]]["data"] == 12
    assert first["home"] == "/"
    assert "canonical" not in ask_of(built, "GET", "/").text


@pytest.mark.parametrize(
    "program", ["a = (", "x = 1\n" + "x = sin(x)\n" * 900, "</script><script>alert(1)</script>"]
)
def test_a_text_with_a_problem_or_a_large_one_is_left_to_the_page(
    built: FastAPI, ask_of: Ask, program: str
) -> None:
    made = ask_of(built, "POST", LINKS, json={"program": program}).json()
    page = ask_of(built, "GET", f"/g/{made['id']}")
    assert "<script>alert" not in page.text
    first = first_of(page)
    assert first["link"] == {"program": program}
    assert "request" not in first
    assert first["graph"]["nodes"][6]["name"] == "L"


def test_the_privacy_page_names_every_column(built: FastAPI, ask_of: Ask) -> None:
    """The state, the day and the name: a further column has to be told there first."""
    text = ask_of(built, "GET", "/privacy").text
    assert "<h1>Privacy</h1>" in text
    assert {column.name for column in links.columns} == {"id", "state", "saved"}
    for promise in (
        "the text and how you look at it",
        "the day on",
        "Until whoever runs this server deletes it",
    ):
        assert promise in " ".join(text.split())


# --- the store ------------------------------------------------------------------------------------------------------


def test_deleting_and_pruning(stored: Links) -> None:
    names = [stored.keep(state(f"a = {at}"))[0] for at in range(4)]
    old = date(2020, 1, 1)
    with stored.database.engine.connect() as connection:
        connection.execute(links.update().where(links.c.id.in_(names[:2])).values(saved=old))
    assert [link.id for link in stored.all()][-2:] == sorted(names[:2])
    stored.keep(state("a = 0"))  # saved again today
    assert stored.prune(date(2021, 1, 1)) == 1
    assert {link.id for link in stored.all()} == {names[0], *names[2:]}
    assert stored.delete(names[2])
    assert not stored.delete(names[2])
    assert len(list(stored.all())) == 2
    with pytest.raises(Problem, match="unknown_link"):
        stored.find(names[2])


def test_two_stores_on_one_file_start_and_write_at_once(tmp_path: Path) -> None:
    """As two workers do: the tables are made once, a state is stored once, nobody meets a lock."""
    stores = [Links(Database(Settings(data=str(tmp_path)))) for _ in range(4)]

    def write(at: int) -> tuple[str, bool]:
        return stores[at % 4].keep(state(f"a = {at // 4}"))

    with ThreadPoolExecutor(20) as pool:
        made = list(pool.map(write, range(200)))
    assert len({name for name, _ in made}) == 50
    assert sum(new for _, new in made) == 50
    assert len(list(stores[0].all())) == 50


def test_the_log_of_a_new_file_is_turned_on_by_all_who_open_it_at_once(tmp_path: Path) -> None:
    """SQLite refuses some of them without waiting, about one in four hundred."""

    class Refused:
        """A connection that is refused twice."""

        def __init__(self, code: int) -> None:
            self.code, self.asked = code, 0

        def execute(self, statement: str) -> None:
            assert statement == "PRAGMA journal_mode = WAL"
            self.asked += 1
            if self.asked < 3:
                error = sqlite3.OperationalError("database is locked")
                error.sqlite_errorcode = self.code
                raise error

    busy, full = Refused(sqlite3.SQLITE_BUSY), Refused(sqlite3.SQLITE_FULL)
    write_ahead(cast(sqlite3.Connection, busy))
    assert busy.asked == 3
    with pytest.raises(sqlite3.OperationalError):
        write_ahead(cast(sqlite3.Connection, full))
    assert full.asked == 1

    def opened(at: int) -> str:
        connection = open_sqlite(tmp_path / f"{at // 8}.db", 1 << 20)
        (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
        connection.close()
        return mode

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(opened, range(160))) == {"wal"}


def test_it_is_on_the_disk_when_it_is_acknowledged(stored: Links) -> None:
    with stored.database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL


def test_the_migrations_make_the_tables_that_the_code_reads(stored: Links) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with stored.database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), links.metadata) == []


def test_a_full_disk_is_a_507_and_reading_goes_on(tmp_path: Path, ask_of: Ask, problem: Check) -> None:
    app = create_app(Settings(data=str(tmp_path), data_bytes=2**16))
    kept = ask_of(app, "POST", LINKS, json={"program": "first = 1"}).json()["id"]
    for at in range(40):
        answer = ask_of(app, "POST", LINKS, json={"program": f"a{at} = 1 # " + "x" * 4_000})
        if answer.status_code != 201:
            break
    found = problem(answer, "storage_full")
    assert "full" in found.detail
    assert ask_of(app, "GET", f"{LINKS}/{kept}").json()["state"]["program"] == "first = 1"
    assert ask_of(app, "POST", LINKS, json={"program": "first = 1"}).status_code == 200
    assert ask_of(app, "POST", "/api/v1/graph", json={"program": "a = 1"}).status_code == 200
    with sqlite3.connect(tmp_path / FILE) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    file.close()


READ_ONLY = """
import os, sys
from app.database import Database
from app.errors import Problem
from app.links import Links
from app.settings import Settings
from app.states import StudioState
folder, name, another = sys.argv[1:]
Links(Database(Settings(data=another))).check()  # everything is imported while it can be read
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
links = Links(Database(Settings(data=folder)))
try:
    links.keep(StudioState(program="b = 1"))
except Problem as problem:
    print(problem.code, links.find(name).state["program"])
"""


def test_a_read_only_folder_is_a_507_and_reading_goes_on(tmp_path: Path) -> None:
    """In a process that is not root, whom nothing is read-only to."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.getuid():
            folder.chmod(folder.stat().st_mode | stat.S_IXOTH)
    place = tmp_path / "data"
    stored = Links(Database(Settings(data=str(place))))
    name, _ = stored.keep(state("a = 1"))
    stored.database.close()
    (place / FILE).chmod(0o444)
    place.chmod(0o555)
    try:
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY, place, name, tmp_path / "another"],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )
    finally:
        place.chmod(0o755)
    assert done.stdout == "storage_full a = 1\n", done.stderr


def test_a_folder_that_cannot_be_made_is_a_507_and_reading_says_why(
    tmp_path: Path, ask_of: Ask, problem: Check
) -> None:
    (tmp_path / "file").write_text("in the way")
    app = create_app(Settings(data=str(tmp_path / "file" / "data")))
    problem(ask_of(app, "POST", LINKS, json={"program": "a = 1"}), "storage_full")
    problem(ask_of(app, "GET", f"{LINKS}/{'0' * 26}"), "storage_unreachable")
    assert ask_of(app, "POST", "/api/v1/graph", json={"program": "a = 1"}).status_code == 200


def test_a_file_that_is_no_database_is_a_503(tmp_path: Path, ask_of: Ask, problem: Check) -> None:
    (tmp_path / FILE).write_bytes(os.urandom(8_192))
    app = create_app(Settings(data=str(tmp_path)))
    problem(ask_of(app, "POST", LINKS, json={"program": "a = 1"}), "storage_unreachable")


def test_requests_at_once_on_one_app(tmp_path: Path) -> None:
    app = create_app(Settings(data=str(tmp_path)))

    async def go() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://seegrad.test") as client:
            return await asyncio.gather(
                *(client.post(LINKS, json={"program": f"a = {at // 2}"}) for at in range(60))
            )

    answers = asyncio.run(go())
    assert sorted({answer.status_code for answer in answers}) == [200, 201]
    assert len({answer.json()["id"] for answer in answers}) == 30


# --- the operator's command -----------------------------------------------------------------------------------------


def test_the_operators_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SEEGRAD_DATA", str(tmp_path))
    stored = Links(Database(Settings()))
    names = [stored.keep(state(f"a = {at}\nb = 2\x1b[31m"))[0] for at in range(3)]
    with stored.database.engine.connect() as connection:
        connection.execute(links.update().where(links.c.id == names[0]).values(saved=date(2020, 2, 3)))
    assert main(["links", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert lines[-1].split()[:3] == [names[0], "2020-02-03", "16"]
    assert lines[-1].endswith("a = 0 b = 2�[31m")
    assert main(["links", "prune", "--older-than", "30", "--dry-run"]) == 0
    assert capsys.readouterr().out == "1 link would be deleted.\n"
    assert main(["links", "prune", "--older-than", "2020-02-03"]) == 0
    assert main(["links", "prune", "--older-than", "30"]) == 0
    assert capsys.readouterr().out == "0 links deleted.\n1 link deleted.\n"
    assert main(["links", "delete", f"https://course.example/g/{names[1]}", names[0]]) == 1
    said = capsys.readouterr()
    assert said.out == "1 link deleted.\n"
    assert said.err == f"There is no link {names[0]}.\n"
    assert [link.id for link in stored.all()] == [names[2]]
    with pytest.raises(SystemExit):
        main(["links", "prune", "--older-than", "last week"])


def test_the_operators_command_says_what_is_wrong_with_the_storage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("SEEGRAD_DATA", str(tmp_path / "file" / "data"))
    assert main(["links", "list"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("The stored links cannot be used: ")
    assert said.count("\n") == 1
