"""POST /api/v1/page: a graph as one file that asks nobody for anything."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Callable
from typing import Any

import httpx

from app.schema import ProblemDocument

Ask = Callable[..., httpx.Response]
Check = Callable[..., ProblemDocument]
LECTURE = "a = 2; b = -3\nc = 10; f = -2\ne = a*b\nd = e + c\nL = d * f"
LARGEST = 150_000


def page(ask: Ask, **state: Any) -> str:
    response = ask("POST", "/api/v1/page", json=state)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["content-disposition"] == 'attachment; filename="seegrad.html"'
    return response.text


def inside(html: str, name: str) -> str:
    (text,) = re.findall(rf'<script type="[^"]+" id="{name}">(.*?)</script>', html, re.DOTALL)
    return text


def test_it_is_small_and_complete(ask: Ask) -> None:
    html = page(ask, program=LECTURE, node=2)
    assert len(html.encode()) <= LARGEST
    first = json.loads(inside(html, "first"))
    assert {node["name"]: node["grad"] for node in first["graph"]["nodes"]}["c"] == -2
    assert first["link"]["node"] == 2
    script = gzip.decompress(base64.b64decode(inside(html, "player"))).decode()
    assert script.startswith(("(()=>{", '"use strict";(()=>{'))
    assert "fetch(" not in script.replace(".fetch(", "")


def test_it_names_no_other_address(ask: Ask) -> None:
    html = page(ask, program=LECTURE)
    assert "default-src 'none'" in html
    without = re.sub(r'<script type="text/plain".*?</script>', "", html, flags=re.DOTALL)
    assert re.findall(r'(?:src|href)="(?!data:)[^"]*"', without) == []
    assert re.findall(r"url\((?!#|data:)[^)]*\)", without) == []


def test_text_of_the_program_stays_text(ask: Ask) -> None:
    program = "x = Value(2, label='</script><b>')  # </script><script>alert(1)</script>\ny = x*x"
    html = page(ask, program=program)
    assert html.count("</script>") == 3
    assert json.loads(inside(html, "first"))["request"]["program"] == program


def test_readers_without_scripts_get_the_numbers(ask: Ask) -> None:
    (table,) = re.findall(r"<noscript>(.*?)</noscript>", page(ask, program="a = 3; b = a + a"), re.DOTALL)
    assert "<tr><th>a</th><td>leaf</td><td>3.0</td><td>2.0</td></tr>" in table


def test_what_cannot_be_a_page(ask: Ask, problem: Check) -> None:
    problem(ask("POST", "/api/v1/page", json={"program": "a = b"}), "unknown_name")
    problem(ask("POST", "/api/v1/page", json={"example": "nothing"}), "unknown_example")
    problem(ask("POST", "/api/v1/page", json={"page": "network", "fields": {}}), "no_picture")
    problem(ask("POST", "/api/v1/page", json={}), "missing_field")
