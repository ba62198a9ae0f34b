"""Answers given again: the same bytes as computed ones, within their bound."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest
from fastapi import FastAPI

from app.main import create_app
from app.remembered import Remembered
from app.settings import Settings

Ask = Callable[..., httpx.Response]

GRAPH = "/api/v1/graph"


def test_the_least_lately_asked_for_goes_first() -> None:
    kept = Remembered(1_600)
    for name in "abcdefghijklmnop":
        kept.keep(name, name.encode() * 100)
    assert kept.find("a") == b"a" * 100
    kept.keep("q", b"q" * 100)
    assert kept.find("a") == b"a" * 100
    assert kept.find("b") is None
    kept.keep("r", b"r" * 101)  # more than a sixteenth
    assert kept.find("r") is None
    kept.keep("a", b"A" * 50)
    assert kept.size == 1_550
    assert kept.find("a") == b"A" * 50


def test_nothing_is_kept_where_there_is_no_room() -> None:
    kept = Remembered(0)
    kept.keep("a", b"1")
    assert kept.find("a") is None


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> tuple[FastAPI, list[str]]:
    """An app, and the programs that it computes."""
    import app.build

    computed: list[str] = []
    real = app.build.tape_for

    def counting(asked: object, limits: object) -> object:
        computed.append(getattr(asked, "program", "network"))
        return real(asked, limits)  # type: ignore[arg-type]

    monkeypatch.setattr(app.build, "tape_for", counting)
    return create_app(Settings()), computed


def test_the_same_question_is_computed_once(counted: tuple[FastAPI, list[str]], ask_of: Ask) -> None:
    app, computed = counted
    asked = {"program": "a = 2\nb = a*x", "values": {"x": -0.0}}
    first, again = ask_of(app, "POST", GRAPH, json=asked), ask_of(app, "POST", GRAPH, json=asked)
    assert first.content == again.content
    assert first.headers["etag"] == again.headers["etag"]
    assert len(computed) == 1


def test_whatever_differs_is_computed(counted: tuple[FastAPI, list[str]], ask_of: Ask) -> None:
    app, computed = counted
    asked = {"program": "a = 2\nb = a*x", "values": {"x": 0.0}}
    answers = [
        ask_of(app, "POST", GRAPH, json=asked),
        ask_of(app, "POST", GRAPH, json=asked | {"values": {"x": -0.0}}),
        ask_of(app, "POST", GRAPH, json=asked | {"values": {"x": "NaN"}}),
        ask_of(app, "POST", GRAPH, json=asked | {"values": {"x": "Infinity"}}),
        ask_of(app, "POST", GRAPH, json=asked | {"values": {"x": "-Infinity"}}),
        ask_of(app, "POST", GRAPH, json=asked | {"values": {"x": 5e-324}}),
        ask_of(app, "POST", GRAPH, json=asked | {"program": "a = 2\nb = a*x "}),
        ask_of(app, "POST", f"{GRAPH}?shape=columns", json=asked),
        ask_of(app, "POST", f"{GRAPH}?fields=data", json=asked),
        ask_of(app, "POST", f"{GRAPH}?fields=data,grad", json=asked),
        ask_of(app, "POST", GRAPH, json=asked, headers={"accept": "text/plain"}),
    ]
    assert len(computed) == len(answers)
    assert (
        len({answer.content for answer in answers}) == len(answers) - 1
    )  # a blank at the end changes nothing


def test_what_is_refused_is_read_again(counted: tuple[FastAPI, list[str]], ask_of: Ask) -> None:
    app, computed = counted
    for _ in range(2):
        assert ask_of(app, "POST", GRAPH, json={"program": "a = ("}).status_code == 422
    assert len(computed) == 2
