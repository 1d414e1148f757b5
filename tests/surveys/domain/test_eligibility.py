"""The look at a person just before a mail leaves."""

import datetime
from dataclasses import replace

import pytest

from surveys.domain.calendar import MailHours
from surveys.domain.eligibility import Addressee, Withdrawal, postponed_until, withdrawal_reason
from surveys.domain.mail_kinds import OWN_LINK_MAIL, PLANNED_KINDS, TEST_MAIL, THANKS_MAIL
from tests.surveys.campaigns import local

NOW = local("2026-03-18")
FINE = Addressee(
    campaign_state="running",
    closes_at=local("2026-03-30"),
    expires_at=local("2026-03-23"),
    is_withdrawn=False,
    has_answered=False,
    has_opted_out=False,
    has_left=False,
    employed_until=None,
    is_on_leave=False,
    email="anna@voorbeeld.example",
)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, None),
        ({"campaign_state": "paused"}, Withdrawal.PAUSED),
        ({"campaign_state": "closed"}, Withdrawal.CLOSED),
        ({"closes_at": NOW}, Withdrawal.CLOSED),
        ({"is_withdrawn": True}, Withdrawal.WITHDRAWN),
        ({"has_answered": True}, Withdrawal.ANSWERED),
        ({"has_opted_out": True}, Withdrawal.OPTED_OUT),
        ({"has_left": True}, Withdrawal.LEFT),
        ({"employed_until": datetime.date(2026, 3, 17)}, Withdrawal.LEFT),
        ({"employed_until": datetime.date(2026, 3, 18)}, None),
        ({"is_on_leave": True}, Withdrawal.ON_LEAVE),
        ({"is_on_leave": True, "leave_until": datetime.date(2026, 3, 18)}, Withdrawal.ON_LEAVE),
        ({"is_on_leave": True, "leave_until": datetime.date(2026, 3, 17)}, None),
        ({"leave_until": datetime.date(2026, 3, 18)}, None),
        ({"is_stopped_by_hr": True}, Withdrawal.MAIL_STOPPED),
        ({"stopped_by": "hard_bounce"}, Withdrawal.BOUNCED),
        ({"stopped_by": "soft_bounce"}, Withdrawal.BOUNCED),
        ({"stopped_by": "complaint"}, Withdrawal.COMPLAINED),
        ({"is_step_undone": True}, Withdrawal.UNDONE),
        ({"mails_left": 1}, None),
        ({"mails_left": 0}, Withdrawal.LIMIT_REACHED),
        ({"mails_left": -1}, Withdrawal.LIMIT_REACHED),
        ({"email": ""}, Withdrawal.NO_ADDRESS),
        ({"expires_at": NOW}, Withdrawal.EXPIRED),
        ({"campaign_state": "paused", "has_answered": True}, Withdrawal.PAUSED),
    ],
)
def test_reason_not_to_send(change, reason):
    assert withdrawal_reason(replace(FINE, **change), now=NOW) == reason


def test_thanks_come_after_the_closing_and_to_who_answered():
    thanks = replace(FINE, kind=THANKS_MAIL, has_answered=True, campaign_state="closed", closes_at=NOW)
    assert withdrawal_reason(thanks, now=NOW) is None
    assert withdrawal_reason(replace(thanks, campaign_state="paused"), now=NOW) == Withdrawal.PAUSED
    assert withdrawal_reason(replace(thanks, campaign_state="draft"), now=NOW) == Withdrawal.CLOSED


@pytest.mark.parametrize(
    "change", [{"has_opted_out": True}, {"is_on_leave": True}, {"is_stopped_by_hr": True}, {"mails_left": 0}]
)
def test_own_link_goes_to_who_asks_for_it(change):
    assert withdrawal_reason(replace(FINE, kind=OWN_LINK_MAIL, has_answered=True, **change), now=NOW) is None
    for kind in PLANNED_KINDS:
        assert withdrawal_reason(replace(FINE, kind=kind, **change), now=NOW) is not None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"stopped_by": "complaint"}, Withdrawal.COMPLAINED),
        ({"has_left": True}, Withdrawal.LEFT),
        ({"campaign_state": "closed"}, Withdrawal.CLOSED),
    ],
)
def test_own_link_obeys_what_is_about_the_address_and_the_survey(change, reason):
    assert withdrawal_reason(replace(FINE, kind=OWN_LINK_MAIL, **change), now=NOW) == reason


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (local("2026-03-18", "07:00"), None),
        (local("2026-03-18", "19:59"), None),
        (local("2026-03-18", "20:00"), local("2026-03-19", "07:00")),
        (local("2026-03-18", "03:00"), local("2026-03-18", "07:00")),
        (local("2026-03-22", "20:30"), Withdrawal.EXPIRED),
    ],
)
def test_quiet_hours_put_a_mail_off_until_the_morning_or_let_it_expire(now, until):
    planned = replace(FINE, expires_at=local("2026-03-23", "07:00"))
    assert postponed_until(planned, now=now, hours=MailHours()) == until


def test_mail_put_off_beyond_the_closing_or_the_last_working_day_does_not_wait():
    evening, hours = local("2026-03-18", "21:00"), MailHours()
    closing = replace(FINE, closes_at=local("2026-03-18", "23:59"))
    leaving = replace(FINE, employed_until=datetime.date(2026, 3, 18))
    assert postponed_until(closing, now=evening, hours=hours) == Withdrawal.EXPIRED
    assert postponed_until(leaving, now=evening, hours=hours) == Withdrawal.LEFT


def test_who_asks_for_a_mail_gets_it_at_night_too():
    night = local("2026-03-18", "23:00")
    for kind in (OWN_LINK_MAIL, TEST_MAIL):
        assert postponed_until(replace(FINE, kind=kind), now=night, hours=MailHours()) is None
