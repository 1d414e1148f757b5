"""The headcount page: counts for who may see reports, people for who may see the staff list."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_employee, make_legal_entity, make_member, make_organisation, make_site
from wpm_platform.organisations.enums import MemberRole

pytestmark = pytest.mark.django_db

EN = {"accept-language": "en"}


@pytest.fixture
def entity():
    entity = make_legal_entity(make_organisation())
    make_employee(entity.organisation, legal_entity=entity, staff_number="counts")
    make_employee(entity.organisation, legal_entity=entity, staff_number="oproep", contract_kind="on_call")
    make_employee(
        entity.organisation, legal_entity=entity, staff_number="later", employed_from=datetime.date(2026, 2, 1)
    )
    return entity


@pytest.fixture
def hr(client, entity):
    client.force_login(make_member(entity.organisation))
    return client


def address(entity, query="?year=2026"):
    return reverse("headcount", kwargs={"slug": entity.organisation.slug}) + query


def listed(response):
    return [person.staff_number for person in response.context["people"]]


def test_everybody_who_does_not_count_is_listed_with_the_reason(hr, entity):
    response = hr.get(address(entity), headers=EN)
    assert [(line.code, line.people) for line in response.context["page"].reasons] == [
        ("counts", 1),
        ("not_yet_employed", 1),
        ("on_call", 1),
    ]
    assert listed(response) == ["later", "oproep"]
    assert [str(reason) for _, reason in response.context["rows"]] == [
        "Not yet employed on the reference date",
        "On call or zero hours",
    ]


@pytest.mark.parametrize(
    ("reason", "people"),
    [
        ("on_call", ["oproep"]),
        ("counts", ["counts"]),
        ("start_unknown", ["counts"]),
        ("on_call_with_hours", ["oproep"]),
        ("left", ["later", "oproep"]),  # occurs with nobody: no filter
        ("'; drop table", ["later", "oproep"]),
    ],
)
def test_the_list_follows_the_reason(hr, entity, reason, people):
    where = reverse("headcount", kwargs={"slug": entity.organisation.slug})
    assert listed(hr.get(where, {"reason": reason, "year": "2026"})) == people


def test_another_year_has_another_reference_date(hr, entity):
    response = hr.get(address(entity, "?year=2027"))
    assert response.context["page"].counted.reference_date == datetime.date(2027, 1, 1)
    assert [line.people for line in response.context["page"].reasons] == [2, 1]


@pytest.mark.parametrize(
    "query", ["?year=1999", "?year=abc", "?year=%C2%B2", f"?year={'9' * 5000}", "?entity=nonsense", "?page=999"]
)
def test_a_strange_address_falls_back(hr, entity, query):
    assert hr.get(address(entity, query)).context["page"].legal_entity == entity


def test_the_duty_is_shown_with_its_sources_and_certainty(hr, entity):
    text = hr.get(address(entity), headers=EN).text
    for piece in (
        "You may report, it is not required",
        "Threshold of 100 employees, in force",
        "Threshold of 250 employees, pending",
        "Draft decree of April 2026, intended to work back to 1 January 2026",
        "Likely: one good source",
    ):
        assert piece in text


def test_a_reader_sees_numbers_but_no_people(client, entity):
    client.force_login(make_member(entity.organisation, role=MemberRole.READER))
    response = client.get(address(entity))
    assert response.context["people"] is None
    assert "oproep" not in response.text


def test_a_site_lead_sees_no_headcount_of_the_organisation(client, entity):
    site = make_site(entity.organisation)
    client.force_login(make_member(entity.organisation, role=MemberRole.SITE_LEAD, site=site))
    assert client.get(address(entity)).status_code == 403


def test_another_organisation_sees_its_own_people_only(client, entity):
    other = make_legal_entity(make_organisation())
    client.force_login(make_member(other.organisation))
    response = client.get(address(other, f"?entity={entity.code}"))
    assert response.context["page"].legal_entity == other
    assert client.get(address(entity)).status_code == 404


def test_without_a_kvk_number_the_page_says_what_to_do(client):
    organisation = make_organisation()
    client.force_login(make_member(organisation))
    response = client.get(reverse("headcount", kwargs={"slug": organisation.slug}))
    assert reverse("settings_general", kwargs={"slug": organisation.slug}) in response.text


def test_number_of_queries_does_not_grow_with_people(hr, entity):
    counts = []
    for people in (0, 3):
        for _ in range(people):
            make_employee(entity.organisation, legal_entity=entity, contract_kind="volunteer")
        with CaptureQueriesContext(connection) as queries:
            hr.get(address(entity))
        counts.append(len(queries))
    assert counts[0] == counts[1]
