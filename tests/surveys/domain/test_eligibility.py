"""The look at a person just before a mail leaves."""

import datetime
from dataclasses import replace

import pytest

from surveys.domain.eligibility import Addressee, Withdrawal, withdrawal_reason
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
        ({"email": ""}, Withdrawal.NO_ADDRESS),
        ({"expires_at": NOW}, Withdrawal.EXPIRED),
        ({"campaign_state": "paused", "has_answered": True}, Withdrawal.PAUSED),
    ],
)
def test_reason_not_to_send(change, reason):
    assert withdrawal_reason(replace(FINE, **change), now=NOW) == reason
