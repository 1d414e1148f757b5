"""Who gets a mail of the plan, and for which reason the others do not."""

import datetime

import pytest

from surveys.domain.mail_lines import PersonInPlan, reason_for_none
from surveys.domain.work_pattern import OwnMoment
from tests.surveys.campaigns import local

MOMENT = OwnMoment(at=local("2026-03-18"))


def reason(kind="invitation", *, moment=MOMENT, **known):
    known.setdefault("limit", 8)
    return reason_for_none(PersonInPlan(**known), kind=kind, moment=moment, now=local("2026-03-18"))


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, ""),
        ({"made": "already_sent"}, "already_sent"),
        ({"is_withdrawn": True}, "withdrawn"),
        ({"has_left": True}, "left"),
        ({"employed_until": datetime.date(2026, 3, 17)}, "left"),
        ({"employed_until": datetime.date(2026, 3, 18)}, ""),
        ({"is_mail_stopped": True}, "mail_stopped"),
        ({"has_opted_out": True}, "opted_out"),
        ({"has_answered": True}, "answered"),
        ({"has_address": False}, "no_address"),
        ({"stopped": "bounced"}, "bounced"),
        ({"mails_so_far": 7}, ""),
        ({"mails_so_far": 8}, "limit_reached"),
        ({"mails_so_far": 8, "limit": 9}, ""),
    ],
)
def test_each_reason_of_an_invitation(known, expected):
    assert reason(**known) == expected


def test_who_is_away_gets_the_reason_of_their_moment():
    assert reason(moment=OwnMoment(at=None, reason="on_leave")) == "on_leave"
    assert reason(moment=OwnMoment(at=None, reason="no_working_day")) == "no_working_day"
    assert reason(moment=OwnMoment(at=None, reason="on_leave"), has_left=True) == "left"


def test_employment_must_last_until_the_persons_own_moment():
    later = OwnMoment(at=local("2026-03-20"))
    assert reason(moment=later, employed_until=datetime.date(2026, 3, 19)) == "left"


def test_announcement_goes_to_everyone_invited():
    assert reason("announcement") == ""


def test_reminder_only_follows_an_invitation_that_left_a_day_ago():
    invited = {"is_invited": True}
    assert reason("reminder") == "not_invited"
    assert reason("reminder", **invited, last_mailed_at=local("2026-03-16")) == ""
    assert reason("reminder", **invited, last_mailed_at=local("2026-03-17", "13:00")) == ""
    assert reason("reminder", **invited, last_mailed_at=local("2026-03-17", "13:01")) == "just_mailed"
    assert reason("reminder", **invited, has_answered=True) == "answered"


def test_thanks_only_go_to_who_answered():
    assert reason("thanks") == "not_answered"
    assert reason("thanks", has_answered=True) == ""
    assert reason("thanks", has_answered=True, has_opted_out=True) == "opted_out"
