"""The audit trail's page."""

import datetime
import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.factories import NOW, as_owner, make_member, make_organisation, make_user
from wpm_platform.organisations.action_labels import ACTION_LABELS, detail_lines
from wpm_platform.organisations.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return make_organisation(slug="fietsfabriek")


@pytest.fixture
def hr(client, organisation):
    client.force_login(make_member(organisation))
    return client


def note(organisation, *, action="site.added", actor=None, subject="", minutes=0):
    with as_owner(organisation):
        AuditEvent.objects.create(
            organisation=organisation,
            action=action,
            actor=actor,
            subject=subject,
            at=NOW + datetime.timedelta(minutes=minutes),
            detail={"note": "<script>alert(1)</script>"},
        )


def subjects(page):
    return [event.subject for event, _label, _lines in page.context["rows"]]


def test_newest_first_of_this_organisation_only_and_harmless(hr, organisation):
    note(organisation, subject="eerst")
    note(organisation, subject="laatst", minutes=1)
    note(make_organisation(), subject="elders")
    page = hr.get("/o/fietsfabriek/settings/audit/")
    assert subjects(page) == ["laatst", "eerst"]
    assert "<script>alert" not in page.text


def test_filter_by_action_and_person(hr, organisation):
    person = make_user(email="eva@voorbeeld.example", name="Eva")
    note(organisation, subject="a", actor=person)
    note(organisation, subject="b", action="site.changed", actor=person)
    note(organisation, subject="c")
    path = "/o/fietsfabriek/settings/audit/"
    assert subjects(hr.get(path, {"action": "site.added"})) == ["c", "a"]
    assert subjects(hr.get(path, {"person": "eva@voorbeeld.example"})) == ["b", "a"]
    assert subjects(hr.get(path, {"person": "eva@voorbeeld.example", "action": "site.changed"})) == ["b"]


@pytest.mark.parametrize("query", ["action=x.y", "person=nobody", "page=0", "page=99", "page=x", "action=%00"])
def test_any_query_is_answered(hr, organisation, query):
    note(organisation)
    assert hr.get(f"/o/fietsfabriek/settings/audit/?{query}").status_code == 200


def test_list_is_paged_and_keeps_the_filter(hr, organisation):
    for number in range(51):
        note(organisation, minutes=number)
    page = hr.get("/o/fietsfabriek/settings/audit/", {"action": "site.added"})
    assert (len(subjects(page)), "action=site.added&amp;page=2" in page.text) == (50, True)
    assert len(subjects(hr.get("/o/fietsfabriek/settings/audit/", {"page": 2}))) == 1


def test_every_recorded_action_has_words():
    recorded = set()
    for folder in ("wpm_platform", "surveys", "reporting"):
        for path in (Path(settings.BASE_DIR) / folder).rglob("*.py"):
            recorded |= set(re.findall(r'action="([a-z_]+\.[a-z_]+)"', path.read_text(encoding="utf-8")))
    assert "campaign.started" in recorded
    assert recorded - ACTION_LABELS.keys() == set()


def test_detail_reads_as_facts():
    detail = {
        "role_before": "reader",
        "fields": ["name", "contact_name"],
        "none": [],
        "switches": {"stores_names": True},
    }
    assert detail_lines(detail) == ["role before: reader", "fields: name, contact_name", "stores names: True"]
