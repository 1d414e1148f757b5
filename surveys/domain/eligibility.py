"""Whether a mail that was planned may still leave: looked at the moment before it is sent."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from surveys.domain.calendar import local_date


class Withdrawal(StrEnum):
    """Why a planned mail is not sent; kept on the mail."""

    PAUSED = "paused"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    ANSWERED = "answered"
    OPTED_OUT = "opted_out"
    LEFT = "left"
    ON_LEAVE = "on_leave"
    NO_ADDRESS = "no_address"
    EXPIRED = "expired"
    TEXT_MISSING = "text_missing"


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """What is known now about the person and the campaign of a planned mail.

    expires_at: when the step of this mail is overtaken; the closing of the week for an invitation.
    employed_until: the last day of employment.
    """

    campaign_state: str
    closes_at: datetime.datetime
    expires_at: datetime.datetime
    is_withdrawn: bool
    has_answered: bool
    has_opted_out: bool
    has_left: bool
    employed_until: datetime.date | None
    is_on_leave: bool
    email: str


def withdrawal_reason(addressee: Addressee, *, now: datetime.datetime) -> Withdrawal | None:
    """Why the mail must not leave now, or None when it may."""
    is_gone = addressee.employed_until is not None and addressee.employed_until < local_date(now)
    rules = (
        (addressee.campaign_state == "paused", Withdrawal.PAUSED),
        (addressee.campaign_state != "running" or addressee.closes_at <= now, Withdrawal.CLOSED),
        (addressee.is_withdrawn, Withdrawal.WITHDRAWN),
        (addressee.has_answered, Withdrawal.ANSWERED),
        (addressee.has_opted_out, Withdrawal.OPTED_OUT),
        (addressee.has_left or is_gone, Withdrawal.LEFT),
        (addressee.is_on_leave, Withdrawal.ON_LEAVE),
        (not addressee.email, Withdrawal.NO_ADDRESS),
        (addressee.expires_at <= now, Withdrawal.EXPIRED),
    )
    return next((reason for holds, reason in rules if holds), None)
