"""Every address of the API with another organisation's objects, and with GET and HEAD."""

import pytest
from django.urls import get_resolver, reverse

from tests.api_client import System, problem, wrong
from tests.factories import make_api_key, make_organisation
from tests.wpm_platform.database import fingerprints
from tests.wpm_platform.world import make_world

pytestmark = pytest.mark.django_db


# These only take a POST; their own tests ask them with another organisation's objects.
NOT_READ = {"api_report_filing"}
SCHEMAS = {"api_report_schema", "api_evidence_schema"}


def addresses(world):
    """Name → address of everything that names an object or a list."""
    (api,) = (p for p in get_resolver().url_patterns if str(p.pattern) == "api/v1/")
    patterns = [p for part in api.url_patterns for p in getattr(part, "url_patterns", [])]
    subjects = {"api_campaign_response": "campaign", "api_report": "report", "api_report_export": "report"}
    found = {}
    for pattern in patterns:
        if pattern.name in NOT_READ:
            continue
        known = {"code": world.codes.get(subjects.get(pattern.name, "")), "file_format": "json"}
        found[pattern.name] = reverse(pattern.name, kwargs={name: known[name] for name in pattern.pattern.converters})
    return found


def test_objects_of_another_organisation_are_not_found_and_lists_are_empty():
    world = make_world()
    own, other = System(world.key), System(make_api_key(make_organisation()))
    for name, address in addresses(world).items():
        path = address.removeprefix("/api/v1/")
        assert own.get(path).status_code == 200, name
        response = other.get(path)
        if str(world.codes["campaign"]) in address or str(world.codes["report"]) in address:
            assert problem(response) == wrong(404), name
        elif name not in SCHEMAS:
            assert response.json()["items"] == [], name


def test_reading_changes_nothing_but_the_keys_last_use_and_the_log_of_who_was_read():
    world = make_world()
    system = System(world.key)
    before = fingerprints()
    for address in addresses(world).values():
        for method in (system.client.get, system.client.head, system.client.options):
            method(address, headers=system.headers)
    after = fingerprints()
    assert {table for table in after if after[table] != before[table]} == {"organisations_apikey", "surveys_personread"}


def test_reading_without_a_key_changes_nothing():
    world = make_world()
    before = fingerprints()
    for address in [*addresses(world).values(), "/api/v1/openapi.json", "/api/v1/docs/", "/api/v1/x"]:
        System().client.get(address)
    assert fingerprints() == before
