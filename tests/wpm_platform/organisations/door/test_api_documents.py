"""The API's description is complete, and its pages keep to the content security policy."""

import re

import pytest
from django.urls import get_resolver

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(client):
    response = client.get("/api/v1/openapi.json")
    assert response["Content-Type"] == "application/json"
    return response.json()


def test_every_address_is_described(document):
    assert document["openapi"] == "3.1.0"
    assert sorted(document["paths"]) == [
        "/api/v1/campaigns",
        "/api/v1/campaigns/{code}/response",
        "/api/v1/evidence-schema.json",
        "/api/v1/report-schema.json",
        "/api/v1/reports",
        "/api/v1/reports/{code}",
        "/api/v1/reports/{code}/export.{file_format}",
        "/api/v1/reports/{code}/filing",
        "/api/v1/staff",
    ]


def test_keys_and_problems_are_described(document):
    assert document["components"]["securitySchemes"]["ApiKey"]["scheme"] == "bearer"
    for path, methods in document["paths"].items():
        for operation in methods.values():
            if path in {"/api/v1/report-schema.json", "/api/v1/evidence-schema.json"}:
                continue
            assert operation["security"] == [{"ApiKey": []}]
            assert {"401", "403", "429"} <= set(operation["responses"])
            assert list(operation["responses"]["401"]["content"]) == ["application/problem+json"]


def test_descriptions_are_written_for_readers(document):
    for methods in document["paths"].values():
        for operation in methods.values():
            assert operation["summary"]
            assert "self." not in operation["description"]


def test_page_has_no_inline_script_and_loads_from_us_only(client):
    page = client.get("/api/v1/docs/")
    assert page.status_code == 200
    assert re.findall(r"<script(?![^>]*\bsrc=)", page.text) == []
    assert "<style" not in page.text
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert [address for address in addresses if not address.startswith("/")] == []
    script = next(address for address in addresses if "script=" in address)
    answer = client.get(script)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/javascript")
    assert "openapi.json" in answer.text


def test_every_api_view_goes_through_the_door():
    (api,) = (p for p in get_resolver().url_patterns if str(p.pattern) == "api/v1/")
    open_to_all = {"api_openapi", "api_docs", "api_unknown", "api_report_schema", "api_evidence_schema"}
    views = {p.name: p.callback.cls for part in api.url_patterns for p in getattr(part, "url_patterns", [part])}
    assert {name for name, view in views.items() if not getattr(view, "scopes", None)} == open_to_all
