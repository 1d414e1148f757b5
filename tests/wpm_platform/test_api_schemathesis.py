"""Requests made up from the OpenAPI document, right and wrong: no 5xx, and answers as described."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
    use_after_free,
)

from tests.wpm_platform.world import make_world
from wpm_platform.organisations.door import api_keys
from wpm_platform.wsgi import application

pytestmark = pytest.mark.django_db
CHECKS = (
    not_a_server_error,
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
    use_after_free,
)


OPERATIONS = {
    "list_staff": "/api/v1/staff",
    "put_staff": "/api/v1/staff",
    "list_campaigns": "/api/v1/campaigns",
    "get_campaign_response": "/api/v1/campaigns/{code}/response",
    "list_reports": "/api/v1/reports",
    "get_report": "/api/v1/reports/{code}",
    "get_report_export": "/api/v1/reports/{code}/export.{file_format}",
    "file_report": "/api/v1/reports/{code}/filing",
    "get_report_schema": "/api/v1/report-schema.json",
    "get_evidence_schema": "/api/v1/evidence-schema.json",
}
# Nothing can be made up about a request that takes nothing; test_walk_api.py asks it.
WITHOUT_INPUT = {"get_report_schema", "get_evidence_schema"}


@pytest.fixture
def api(db, monkeypatch):
    """The document as the server gives it; so many requests a minute that the limit is not what is tested."""
    monkeypatch.setattr(api_keys, "REQUESTS_PER_MINUTE", 1_000_000)
    # As Django's own test client does: the end of a request must not close the test's connection.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("name", sorted(OPERATIONS.keys() - WITHOUT_INPUT))
def test_any_request_is_answered_as_described(api, name, mode):
    key = make_world().key
    operation = api.find_operation_by_id(name)

    @settings(max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        case.call_and_validate(headers={"Authorization": f"Bearer {key}"}, checks=CHECKS)

    ask()


def test_every_operation_is_asked(api):
    assert {result.ok().definition.raw["operationId"] for result in api.get_all_operations()} == set(OPERATIONS)
