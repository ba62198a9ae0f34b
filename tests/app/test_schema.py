"""Requests made up from the OpenAPI document: nothing breaks, and every answer is one that the document promises."""

from __future__ import annotations

import os
from collections.abc import Callable

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import positive_data_acceptance

from app.main import create_app
from app.settings import Settings

EXAMPLES = int(os.environ.get("SEEGRAD_TEST_EXAMPLES", "8"))
"""Per operation; by hand: SEEGRAD_TEST_EXAMPLES=300 python3 run test tests/app/test_schema.py"""

DOCUMENTED = {501, 503, 507}
"""What is no bug of ours: no pictures in this installation, not built, a full disk."""

schema = schemathesis.openapi.from_asgi("/openapi.json", create_app(Settings(rate_units=0)))


def answers_of(operation: APIOperation) -> Callable[..., None]:
    @schema.include(path=operation.path, method=operation.method).parametrize()
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def every_answer_is_a_documented_one(case: Case) -> None:
        # Valid by the schema, and still no graph: a schema cannot tell a program that can be read from one that cannot.
        passed_over = [positive_data_acceptance]
        response = case.call()
        if response.status_code in DOCUMENTED:
            passed_over.append(not_a_server_error)
        case.validate_response(response, excluded_checks=passed_over)

    return every_answer_is_a_documented_one


# A test of its own name for each: Schemathesis gives all operations of one function one id.
for found in schema.get_all_operations():
    operation = found.ok()
    globals()[f"test_every_answer_of_{operation.definition.raw['operationId']}"] = answers_of(operation)
