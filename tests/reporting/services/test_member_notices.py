"""Deadlines are mailed to who makes the report: in time, once, and no more when it is filed."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail as outbox
from django.db import connection

from reporting.services.member_notices import plan_deadline_reminders, reminder_due
from reporting.services.notice_mail import send_notices
from reporting.services.retention.due import retain_due
from reporting.services.settings import set_parameter
from tests.factories import as_owner, make_employee, make_legal_entity, make_member, make_organisation
from tests.reporting.employers import add_people, make_employer
from tests.reporting.report_rows import file, make_report
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.models import LegalEntity, Membership
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
SENDER = "wpm@platform.example"


def at(day):
    return datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(12), tzinfo=datetime.UTC)


def plan(organisation, day):
    with organisation_scope(organisation):
        return plan_deadline_reminders(organisation=organisation, now=at(day))


def send(organisation, day):
    outbox.outbox.clear()
    sent = send_notices(organisation_id=organisation.pk, now=at(day), sender=SENDER)
    assert sent == len(outbox.outbox)
    return list(outbox.outbox)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2027-03-31", None),
        ("2027-04-01", 90),
        ("2027-05-30", 90),
        ("2027-05-31", 30),
        ("2027-06-23", 7),
        ("2027-06-30", 7),
        ("2027-07-01", None),
    ],
)
def test_which_reminder_has_come(today, expected):
    deadline, day = datetime.date(2027, 6, 30), datetime.date.fromisoformat(today)
    assert reminder_due(deadline=deadline, today=day) == expected


def test_owners_and_hr_admins_are_reminded_each_once():
    organisation = make_employer()
    for role in (MemberRole.OWNER, MemberRole.HR_ADMIN, MemberRole.READER):
        make_member(organisation, role=role)
    plan(organisation, "2026-04-01")
    plan(organisation, "2026-04-02")
    (first, second) = send(organisation, "2026-04-02")
    assert "WPM-rapport 2025: nog 89 dagen" in (first.subject, second.subject)
    assert "100 medewerkers tellen mee" in first.body
    assert "/settings/notices/" in first.body
    assert send(organisation, "2026-04-03") == []
    plan(organisation, "2026-05-31")
    assert len(send(organisation, "2026-05-31")) == 2


def test_who_switched_them_off_gets_none_even_after_they_were_planned():
    organisation = make_employer()
    user = make_member(organisation)
    plan(organisation, "2026-04-01")
    with as_owner(organisation):
        Membership.objects.filter(user=user).update(gets_notices=False)
    assert send(organisation, "2026-04-01") == []
    with as_owner(organisation):
        assert OutgoingMail.objects.get().state == "withdrawn"
    assert plan(organisation, "2026-05-31") == 0


def test_who_lost_their_membership_gets_none():
    organisation = make_employer()
    user = make_member(organisation)
    plan(organisation, "2026-04-01")
    with as_owner(organisation):
        Membership.objects.filter(user=user).delete()
    assert send(organisation, "2026-04-01") == []


def test_a_filed_report_is_not_reminded_of():
    """Only what is not filed stands in the mail; with everything filed there is none."""
    organisation = make_organisation()
    report = make_report(organisation=organisation, case="several_fuels")
    add_people(organisation, report.legal_entity, 100)
    make_member(organisation)
    plan(organisation, "2026-06-01")
    file(report)
    assert send(organisation, "2026-06-01") == []
    assert plan(organisation, "2026-06-25") == 0


@pytest.mark.parametrize(
    ("people", "fields"), [(99, {}), (150, {"has_mobility_provision": False}), (150, {"monthly_hours": 8})]
)
def test_who_need_not_report_is_not_reminded(people, fields):
    organisation = make_organisation()
    entity = make_legal_entity(organisation)
    if "monthly_hours" in fields:
        for _person in range(3):
            make_employee(organisation, legal_entity=entity, **fields)
    else:
        add_people(organisation, entity, people, **fields)
    make_member(organisation)
    assert plan(organisation, "2026-06-01") == 0


def test_two_legal_entities_are_one_mail_that_names_who_must_report():
    organisation = make_employer(people=120)
    with as_owner(organisation):
        LegalEntity.objects.update(name="Voorbeeld Groot B.V.")
    small = make_legal_entity(organisation, name="Voorbeeld Klein B.V.")
    add_people(organisation, small, 20)
    make_member(organisation)
    plan(organisation, "2026-06-25")
    (letter,) = send(organisation, "2026-06-25")
    assert "Groot" in letter.body
    assert "Klein" not in letter.body


def test_a_switched_threshold_ends_the_reminders():
    """The pending threshold of 2026 becomes law: 120 people are below it."""
    organisation = make_employer(people=120)
    make_member(organisation)
    assert plan(organisation, "2027-06-01") == 1
    with organisation_scope(organisation):
        set_parameter(
            organisation=organisation,
            actor=None,
            now=at("2027-06-02"),
            reporting_year=2026,
            name="threshold_250",
            value="in_force",
            source="Staatsblad",
        )
    assert send(organisation, "2027-06-02") == []
    assert plan(organisation, "2027-06-25") == 0


def test_of_another_organisation_nothing_is_sent():
    organisation, other = make_employer(), make_employer()
    make_member(organisation)
    make_member(other)
    plan(organisation, "2026-04-01")
    assert send(other, "2026-04-01") == []
    assert len(send(organisation, "2026-04-01")) == 1


def test_the_end_of_a_campaigns_rows_is_mailed_with_the_drafts_that_become_final():
    report = make_report()
    make_member(report.organisation)
    told = at("2028-03-02")
    retain_due(organisation_id=report.organisation.pk, clock=lambda: told)
    retain_due(organisation_id=report.organisation.pk, clock=lambda: told)
    (letter,) = send(report.organisation, "2028-03-02")
    assert "wordt anoniem op 16 maart 2028" in letter.subject
    assert str(report.legal_entity) in letter.body
    assert "/retention/" in letter.body


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_plan_and_send_once():
    organisation = make_employer(people=100)
    make_member(organisation)

    def work(_number):
        try:
            plan(organisation, "2026-04-01")
            return send_notices(organisation_id=organisation.pk, now=at("2026-04-01"), sender=SENDER)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(work, range(2))) == 1
