"""What a page loads before anybody touches it, in bytes as the server sends them to a client that takes gzip alone."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from app.pages import folder
from tests.app.conftest import Ask

KB = 1000
IMPORT = re.compile(r"""\b(?:import|from)\s*"\./([^"]+)\"""")
LINKED = re.compile(r"""(?:src|href)="(/static/[^"]+\.(?:js|css))\"""")


def sent(response: httpx.Response) -> int:
    assert response.status_code == 200
    assert response.headers["content-encoding"] == "gzip"
    return int(response.headers["content-length"])


def loaded(ask: Ask, url: str) -> dict[str, int]:
    """Bytes by address: the page, what it links, and all that its scripts import, not what they import later."""
    headers = {"accept-encoding": "gzip"}
    page = ask("GET", url, headers=headers)
    found = {url: sent(page)}
    waiting = LINKED.findall(page.text)
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        file = ask("GET", address, headers=headers)
        found[address] = sent(file)
        if address.endswith(".js"):
            waiting += [f"/static/{name}" for name in IMPORT.findall(file.text)]
    return found


@pytest.mark.parametrize("query", ["", "?program=a%3D2%3Bb%3D-3%3BL%3Da*b", "?link=nothing"])
def test_an_embed_loads_in_50_kb(ask: Ask, query: str) -> None:
    found = loaded(ask, f"/embed{query}")
    assert len(found) == 4, (
        found
    )  # the page, its style, its script, and all that this shares with what comes later
    assert sum(found.values()) <= 50 * KB, found


def test_the_studio_loads_70_kb_of_scripts_and_the_editor_later(ask: Ask) -> None:
    scripts = {address: size for address, size in loaded(ask, "/").items() if address.endswith(".js")}
    assert sum(scripts.values()) <= 70 * KB, scripts
    texts = [ask("GET", address).text for address in scripts]
    assert not any("cm-content" in text for text in texts)  # the editor's own class


@pytest.mark.parametrize("url", ["/", "/network", "/api", "/embed"])
def test_a_page_names_all_that_its_scripts_import(ask: Ask, url: str) -> None:
    linked = LINKED.findall(ask("GET", url).text)
    assert len(linked) == len(set(linked))
    assert set(linked) == set(loaded(ask, url)) - {url}


@pytest.mark.parametrize(("encoding", "suffix"), [("br", ".br"), ("gzip", ".gz")])
def test_files_are_sent_as_the_build_packed_them(ask: Ask, encoding: str, suffix: str) -> None:
    page = ask("GET", "/embed")
    for address in LINKED.findall(page.text):
        plain = ask("GET", address, headers={"accept-encoding": "identity"})
        packed = ask("GET", address, headers={"accept-encoding": encoding})
        assert packed.headers["content-encoding"] == encoding
        assert packed.headers["content-type"] == plain.headers["content-type"]
        assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
        assert packed.headers["cache-control"] == plain.headers["cache-control"]
        assert packed.content == plain.content
        assert packed.headers["etag"] != plain.headers["etag"]
        built = folder("static") / "dist" / f"{Path(address).name}{suffix}"
        assert int(packed.headers["content-length"]) == built.stat().st_size < len(plain.content) / 2
        part = ask("GET", address, headers={"accept-encoding": encoding, "range": "bytes=0-9"})
        assert (part.status_code, part.content) == (206, plain.content[:10])
        again = ask(
            "GET", address, headers={"accept-encoding": encoding, "if-none-match": packed.headers["etag"]}
        )
        assert (again.status_code, again.content) == (304, b"")
