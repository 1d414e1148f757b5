"""The audit trail's page."""

import datetime
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from tests.factories import NOW, as_owner, make_campaign, make_employee, make_member, make_organisation, make_user
from tests.reporting.report_rows import make_report
from wpm_platform.organisations.action_labels import ACTION_LABELS
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.event_facts import Facts, event_facts
from wpm_platform.organisations.models import AuditEvent
from wpm_platform.organisations.selectors.event_names import event_names
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return make_organisation(slug="fietsfabriek")


def note(organisation, *, action="site.added", actor=None, subject="", minutes=0, detail=None):
    with as_owner(organisation):
        AuditEvent.objects.create(
            organisation=organisation,
            action=action,
            actor=actor,
            subject=subject,
            at=NOW + datetime.timedelta(minutes=minutes),
            detail=detail or {"note": "<script>alert(1)</script>"},
        )


def subjects(page):
    return [row["subject"] for row in page.context["rows"]]


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


def test_campaigns_and_reports_are_named_and_fingerprints_stand_apart(hr, organisation):
    campaign = make_campaign(organisation, name="Reisweek voorjaar")
    report = make_report(organisation=organisation)
    note(organisation, action="campaign.started", subject=str(campaign.code), detail={"invited": 12})
    detail = {"campaign": str(campaign.code), "inputs_hash": "0123456789abcdef"}
    note(organisation, action="report.campaign_chosen", subject=str(report.code), detail=detail, minutes=1)
    page = hr.get("/o/fietsfabriek/settings/audit/", headers={"accept-language": "en"})
    assert set(subjects(page)) == {f"{report.legal_entity.name} {report.reporting_year}", "Reisweek voorjaar"}
    assert [row["facts"] for row in page.context["rows"] if row["event"].action == "report.campaign_chosen"] == [
        Facts(["Campaign: Reisweek voorjaar"], ["Fingerprint of the input: 0123456789ab…"])
    ]
    assert str(campaign.code) not in page.text


def test_names_of_another_employer_stay_there(hr, organisation):
    elsewhere = make_campaign(make_organisation(), name="Geheime week")
    note(organisation, action="campaign.started", subject=str(elsewhere.code))
    assert subjects(hr.get("/o/fietsfabriek/settings/audit/")) == [str(elsewhere.code)]


def test_names_take_one_query_for_each_kind(hr, organisation, django_assert_num_queries):
    for number in range(3):
        note(organisation, subject=str(make_campaign(organisation, name=f"Week {number}").code))
    with organisation_scope(organisation), django_assert_num_queries(3):
        events = AuditEvent.objects.all()
        assert sorted(event_names(organisation=organisation, events=events).values()) == ["Week 0", "Week 1", "Week 2"]


@pytest.mark.parametrize(
    ("detail", "plain"),
    [
        ({"role": "reader"}, ["Role: Reader"]),
        ({"fields": ["name", "contact_name"]}, ["Changed details: Name, Name for employees' questions"]),
        ({"none": [], "nothing": None, "empty": ""}, []),
        ({"switches": {"stores_names": True}}, ["Names of employees kept: yes"]),
        ({"mondays": ["2026-03-09", "2026-03-16"]}, ["Weeks from Monday: 9 March 2026, 16 March 2026"]),
        ({"expires_at": "2026-03-09T10:00:00+01:00"}, ["Valid until: 9 March 2026"]),
        ({"kvk_number": "90000001", "new": 0}, ["KvK number: 90000001", "New: 0"]),
        ({"kind": "one_week", "language": "nl"}, ["Kind: One week", "Language: Dutch"]),
        ({"asks": "anchor", "invited": 60}, ["Who is asked: A few people drawn by lot", "Invited: 60"]),
        ({"silent": 45, "reachable": 41, "asked": 40}, ["Did not answer: 45", "A mail may go to: 41", "Asked: 40"]),
        ({"something_new": "no_words_yet"}, ["Something new: no words yet"]),
        ({"note": "2026-not-a-date"}, ["Note: 2026-not-a-date"]),
    ],
)
def test_detail_reads_as_facts(detail, plain):
    with override("en"):
        assert event_facts(detail, names={}) == Facts(plain, [])


@pytest.mark.parametrize(
    ("role", "is_told"), [(MemberRole.OWNER, True), (MemberRole.HR_ADMIN, True), (MemberRole.READER, False)]
)
def test_whom_a_change_of_staff_is_about_is_told_to_who_may_see_staff(client, organisation, role, is_told):
    employee = make_employee(organisation, staff_number="geheim-007", language="nl")
    client.force_login(make_member(organisation))
    person = f"/o/fietsfabriek/staff/{employee.code}/"
    assert client.post(person, {"email": employee.email, "language": "pl"}).status_code == 302
    note(organisation, action="staff_import.applied", subject="geheim-bestand.csv", detail={"new": 4711})
    note(organisation, action="site.added", subject="Utrecht", detail={"postcode": "3511AB"})
    client.force_login(make_member(organisation, role=role))
    page = client.get("/o/fietsfabriek/settings/audit/", headers={"accept-language": "en"}).text
    for word in ("geheim-007", "geheim-bestand.csv", "4711"):
        assert (word in page) is is_told
    for word in ("Employee corrected by hand", "Staff file applied", "Utrecht", "3511AB"):
        assert word in page
