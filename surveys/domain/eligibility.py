"""Whether a mail that was planned may still leave: looked at the moment before it is sent."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from surveys.domain.calendar import MailHours, local_date, sending_moment
from surveys.domain.mail_kinds import (
    ANNOUNCEMENT_MAIL,
    FOLLOW_UP_MAIL,
    INVITATION_MAIL,
    OWN_LINK_MAIL,
    PLANNED_KINDS,
    REMINDER_MAIL,
)


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
    UNDONE = "undone"
    MAIL_STOPPED = "mail_stopped"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    LIMIT_REACHED = "limit_reached"
    RESTORED = "restored"
    READDRESSED = "readdressed"


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """What is known now about the person, the campaign and the step of a planned mail.

    kind: of the mail (`mail_kinds`). expires_at: when the step of this mail is overtaken; the closing of the week
    for an invitation. employed_until, leave_until: the last day of employment, of leave (None: until further
    notice). stopped_by: what stopped the address ("complaint" or a bounce), empty when nothing did. mails_left: how
    many more mails the person may get under the count that this one adds to; None without a limit.
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
    kind: str = INVITATION_MAIL
    leave_until: datetime.date | None = None
    is_step_undone: bool = False
    is_stopped_by_hr: bool = False
    stopped_by: str = ""
    mails_left: int | None = None


# Every kind obeys the rules that are about the person; these are the kinds for which the others hold.
UNTIL_CLOSING = (ANNOUNCEMENT_MAIL, INVITATION_MAIL, REMINDER_MAIL, OWN_LINK_MAIL)
UNTIL_ANSWERED = (ANNOUNCEMENT_MAIL, INVITATION_MAIL, REMINDER_MAIL, FOLLOW_UP_MAIL)


def withdrawal_reason(addressee: Addressee, *, now: datetime.datetime) -> Withdrawal | None:
    """Why the mail must not leave now, or None when it may.

    Thanks come after the closing, and to who answered; the follow-up after it too, and to who did not. Whoever asks for
    their own link gets it, also when they wanted no reminders or are on leave.
    """
    rules = (*_campaign_rules(addressee, now=now), *_person_rules(addressee, now=now))
    return next((reason for holds, reason in rules if holds), None)


def is_on_leave(*, is_on_leave: bool, leave_until: datetime.date | None, day: datetime.date) -> bool:
    """Whether the person is on leave on this day; leave without a last day lasts until further notice."""
    return is_on_leave and (leave_until is None or day <= leave_until)


def postponed_until(
    addressee: Addressee, *, now: datetime.datetime, hours: MailHours
) -> datetime.datetime | Withdrawal | None:
    """In quiet hours: when the mail may leave, or that it makes no sense any more then. None: it may leave now."""
    if addressee.kind not in PLANNED_KINDS:
        return None
    moment = sending_moment(now, hours=hours)
    if moment == now:
        return None
    reason = withdrawal_reason(addressee, now=moment)
    return moment if reason is None else Withdrawal.EXPIRED if reason == Withdrawal.CLOSED else reason


def _campaign_rules(addressee: Addressee, *, now: datetime.datetime) -> tuple[tuple[bool, Withdrawal], ...]:
    kind, state = addressee.kind, addressee.campaign_state
    is_over = state != "running" or addressee.closes_at <= now
    return (
        (state == "paused", Withdrawal.PAUSED),
        (is_over if kind in UNTIL_CLOSING else state not in ("running", "closed"), Withdrawal.CLOSED),
        (addressee.is_step_undone, Withdrawal.UNDONE),
        (addressee.is_withdrawn, Withdrawal.WITHDRAWN),
        (addressee.has_answered and kind in UNTIL_ANSWERED, Withdrawal.ANSWERED),
    )


def _person_rules(addressee: Addressee, *, now: datetime.datetime) -> tuple[tuple[bool, Withdrawal], ...]:
    today = local_date(now)
    is_planned = addressee.kind in PLANNED_KINDS
    is_gone = addressee.employed_until is not None and addressee.employed_until < today
    is_away = is_on_leave(is_on_leave=addressee.is_on_leave, leave_until=addressee.leave_until, day=today)
    return (
        (addressee.has_opted_out and is_planned, Withdrawal.OPTED_OUT),
        (addressee.has_left or is_gone, Withdrawal.LEFT),
        (is_away and is_planned, Withdrawal.ON_LEAVE),
        (addressee.is_stopped_by_hr and is_planned, Withdrawal.MAIL_STOPPED),
        (not addressee.email, Withdrawal.NO_ADDRESS),
        (addressee.stopped_by == "complaint", Withdrawal.COMPLAINED),
        (bool(addressee.stopped_by), Withdrawal.BOUNCED),
        (addressee.expires_at <= now, Withdrawal.EXPIRED),
        (is_planned and addressee.mails_left is not None and addressee.mails_left <= 0, Withdrawal.LIMIT_REACHED),
    )
