"""Settings from the environment, and the engine's limits made of them."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from pydantic import ValidationError

from app import __version__
from app.settings import Settings
from engine.limits import DEFAULT_LIMITS, Limits


def test_the_defaults_are_the_engines_and_the_contracts() -> None:
    settings = Settings()
    assert settings.limits == DEFAULT_LIMITS
    assert (settings.body_bytes, settings.program_characters, settings.nesting) == (65_536, 10_000, 100)
    assert (settings.program_nodes, settings.network_nodes, settings.parameters) == (20_000, 200_000, 5_000)
    assert (settings.name_characters, settings.number_characters) == (64, 40)


def test_the_environment_replaces_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEEGRAD_PROGRAM_NODES", "7")
    monkeypatch.setenv("SEEGRAD_PORT", "9000")
    settings = Settings()
    assert settings.limits.program_nodes == 7
    assert settings.port == 9000


def test_nonsense_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEEGRAD_BODY_BYTES", "0")
    with pytest.raises(ValidationError):
        Settings()


def test_every_limit_is_a_setting() -> None:
    assert {field.name for field in fields(Limits)} <= set(Settings.model_fields)


def test_every_setting_says_what_it_is() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_the_version_is_the_packages() -> None:
    pyproject = Path(__file__).resolve().parents[2] / "pyproject.toml"
    assert tomllib.loads(pyproject.read_text("utf-8"))["project"]["version"] == __version__
