"""Who gets a mail of the plan and who does not: a pure rule over what is known when its list is frozen."""

import datetime
from dataclasses import dataclass

from surveys.domain.calendar import local_date
from surveys.domain.mail_steps import REMINDER, SHORTEST_WAIT, THANKS
from surveys.domain.work_pattern import OwnMoment

# Reasons beside those for which a planned mail is withdrawn (`eligibility.Withdrawal`), in the same codes.
ALREADY_SENT, NOT_INVITED, JUST_MAILED, NOT_ANSWERED = "already_sent", "not_invited", "just_mailed", "not_answered"


@dataclass(frozen=True, kw_only=True)
class PersonInPlan:
    """What is known about one person and one mail.

    made: what became of this very mail when it was made before, empty when it was not. stopped: why the address
    gets no mail, as a code. last_mailed_at: when the last mail about this week left or will leave.
    mails_so_far: planned mails that count already; limit: how many were promised.
    """

    made: str = ""
    is_withdrawn: bool = False
    has_left: bool = False
    employed_until: datetime.date | None = None
    is_mail_stopped: bool = False
    has_opted_out: bool = False
    has_answered: bool = False
    has_address: bool = True
    stopped: str = ""
    is_invited: bool = False
    last_mailed_at: datetime.datetime | None = None
    mails_so_far: int = 0
    limit: int


def reason_for_none(person: PersonInPlan, *, kind: str, moment: OwnMoment, now: datetime.datetime) -> str:
    """Why the person gets no such mail, as a code; empty when they get it at `moment`."""
    is_gone = person.employed_until is not None and person.employed_until < local_date(moment.at or now)
    rules = (
        (bool(person.made), person.made),
        (person.is_withdrawn, "withdrawn"),
        (person.has_left or is_gone, "left"),
        (person.is_mail_stopped, "mail_stopped"),
        (person.has_opted_out, "opted_out"),
        (person.has_answered and kind != THANKS, "answered"),
        (not person.has_answered and kind == THANKS, NOT_ANSWERED),
        (not person.has_address, "no_address"),
        (bool(person.stopped), person.stopped),
        (kind == REMINDER and not person.is_invited, NOT_INVITED),
        (moment.at is None, moment.reason),
        (kind == REMINDER and _is_just_mailed(person, moment), JUST_MAILED),
        (person.mails_so_far >= person.limit, "limit_reached"),
    )
    return next((reason for holds, reason in rules if holds), "")


def _is_just_mailed(person: PersonInPlan, moment: OwnMoment) -> bool:
    if person.last_mailed_at is None or moment.at is None:
        return False
    return moment.at - person.last_mailed_at < SHORTEST_WAIT
