"""Reminders: who gets which, and when one falls away."""

import datetime

import pytest
from django.core import mail as django_mail

from surveys.models import Invitation
from surveys.services.campaign_progress import advance_campaigns
from surveys.services.campaigns import CampaignDetails
from tests.factories import as_owner, make_employee, make_organisation
from tests.surveys.campaigns import local, mails, make_started, rows, send_all
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
OPENING = local("2026-03-16")
FIRST, SECOND, THIRD = local("2026-03-18"), local("2026-03-23"), local("2026-03-27")


@pytest.fixture
def organisation():
    organisation = make_organisation()
    make_employee(organisation, email="anna@voorbeeld.example")
    return organisation


def pass_moment(organisation, now):
    with organisation_scope(organisation):
        advance_campaigns(organisation=organisation, now=now)
    send_all(organisation, now=now)


def sent(organisation):
    """Which steps were sent: 0 for the invitation, else the reminder's number."""
    found = mails(organisation, "occasion", "state")
    return [int(occasion[9]) if occasion.startswith("rem") else 0 for occasion, state in found if state == "sent"]


def test_whole_campaign_minute_by_minute_sends_one_invitation_and_three_reminders(organisation):
    make_started(organisation)
    now = local("2026-03-15", "12:00")
    while now < local("2026-04-01"):
        pass_moment(organisation, now)
        now += datetime.timedelta(hours=1)
    assert sent(organisation) == [0, 1, 2, 3]
    assert rows(Invitation, organisation, "invited_at") == [OPENING]
    assert mails(organisation, "sent_at") == [OPENING, FIRST, SECOND, THIRD]


def test_who_answers_gets_no_more_mail(organisation):
    make_employee(organisation, email="bram@voorbeeld.example")
    make_started(organisation)
    for now in (OPENING, FIRST):
        pass_moment(organisation, now)
    with as_owner(organisation):
        Invitation.objects.filter(employee__email="anna@voorbeeld.example").update(answered_at=FIRST)
    pass_moment(organisation, SECOND)
    assert [message.to[0].split("@")[0] for message in django_mail.outbox] == ["anna", "bram"] * 2 + ["bram"]


def test_reminder_is_not_planned_before_its_moment(organisation):
    make_started(organisation)
    pass_moment(organisation, OPENING)
    pass_moment(organisation, FIRST - datetime.timedelta(seconds=1))
    assert sent(organisation) == [0]


def test_after_downtime_late_reminders_do_not_stack(organisation):
    make_started(organisation)
    pass_moment(organisation, OPENING)
    pass_moment(organisation, local("2026-03-25"))
    assert sent(organisation) == [0, 2]


def test_after_downtime_the_invitation_comes_first_and_alone(organisation):
    make_started(organisation)
    pass_moment(organisation, local("2026-03-25"))
    pass_moment(organisation, local("2026-03-25", "09:01"))
    assert sent(organisation) == [0]
    pass_moment(organisation, THIRD)
    assert sent(organisation) == [0, 3]


def test_nothing_leaves_after_the_last_moment_to_answer(organisation):
    make_started(organisation)
    pass_moment(organisation, local("2026-03-31"))
    assert mails(organisation) == []


def test_waiting_reminder_expires_when_the_next_is_due(organisation):
    make_started(organisation)
    pass_moment(organisation, OPENING)
    with organisation_scope(organisation):
        advance_campaigns(organisation=organisation, now=FIRST)  # planned, but no worker runs
    pass_moment(organisation, SECOND)
    found = mails(organisation, "occasion", "state", "reason")
    assert [(occasion.split(":")[0], state, reason) for occasion, state, reason in found] == [
        ("invitation", "sent", ""),
        ("reminder-1", "withdrawn", "expired"),
        ("reminder-2", "sent", ""),
    ]


def test_who_was_invited_today_is_not_reminded_today(organisation):
    make_started(organisation)
    pass_moment(organisation, local("2026-03-17", "19:00"))
    pass_moment(organisation, FIRST)
    assert sent(organisation) == [0]


def test_without_reminders_none_is_sent(organisation):
    details = CampaignDetails(name="R", sender_name="HR", reply_to="hr@voorbeeld.example", has_reminders=False)
    make_started(organisation, details=details)
    for now in (OPENING, FIRST, SECOND, THIRD):
        pass_moment(organisation, now)
    assert sent(organisation) == [0]


def test_undelivered_invitation_gets_no_reminder(organisation):
    make_started(organisation)
    with organisation_scope(organisation):
        advance_campaigns(organisation=organisation, now=OPENING)
    with as_owner(organisation):
        OutgoingMail.objects.filter(organisation=organisation).update(state="failed", reason="550 no such user")
    for now in (OPENING, FIRST, SECOND, THIRD):
        pass_moment(organisation, now)
    assert mails(organisation, "kind", "state") == [("surveys.invitation", "failed")]


def test_panel_invites_each_week_and_stops_for_who_opted_out(organisation):
    make_employee(organisation, email="bram@voorbeeld.example")
    mondays = (datetime.date(2026, 3, 9), datetime.date(2026, 3, 16))
    make_started(organisation, kind="weekly_panel", mondays=mondays)
    pass_moment(organisation, OPENING)
    with as_owner(organisation):
        Invitation.objects.filter(employee__email="anna@voorbeeld.example", week__monday=mondays[0]).update(
            opted_out_at=OPENING
        )
    pass_moment(organisation, FIRST)
    pass_moment(organisation, local("2026-03-23"))
    assert [(message.to[0].split("@")[0], message.body.count("maart 2026")) for message in django_mail.outbox] == [
        ("anna", 1),
        ("bram", 1),
        ("bram", 1),
        ("bram", 1),
    ]


def test_reminders_over_the_clock_change_leave_at_nine_local(organisation):
    make_started(organisation, mondays=(datetime.date(2026, 3, 16),), now=local("2026-03-20"))
    for now in (local("2026-03-23"), local("2026-03-25"), local("2026-03-30", "08:59"), local("2026-03-30")):
        pass_moment(organisation, now)
    assert [moment.isoformat() for moment in mails(organisation, "sent_at")] == [
        "2026-03-23T08:00:00+00:00",
        "2026-03-25T08:00:00+00:00",
        "2026-03-30T07:00:00+00:00",
    ]
