"""Requests made up from the OpenAPI document: nothing breaks, and every answer is one that the document promises."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.specs.openapi.checks import positive_data_acceptance

from app.main import create_app
from app.settings import Settings

EXAMPLES = int(os.environ.get("SEEGRAD_TEST_EXAMPLES", "8"))
"""Per operation; by hand: SEEGRAD_TEST_EXAMPLES=300 python3 run test tests/app/test_schema.py"""


def made() -> FastAPI:
    """An app with pages, the smallest there are."""
    dist = Path(tempfile.mkdtemp(prefix="seegrad-tests-"))
    (dist / "manifest.json").write_text("{}")
    return create_app(Settings(rate_units=0), static=dist)


schema = schemathesis.openapi.from_asgi("/openapi.json", made())


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_a_documented_one(case: Case) -> None:
    # Valid by the schema, and still no graph: a schema cannot tell a program that can be read from one that cannot.
    case.call_and_validate(excluded_checks=[positive_data_acceptance])
