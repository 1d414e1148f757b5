"""What is known at this moment about the person, the campaign and the step of a claimed mail: one query."""

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from surveys.domain.eligibility import Addressee
from surveys.domain.mail_kinds import THANKS_MAIL, step_number
from surveys.domain.mail_steps import THANKS_LAST
from surveys.enums import MailStepState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.selectors.counts import COUNTED, counted_mails
from wpm_platform.mailing.services.statements import Statement, ask
from wpm_platform.mailing.services.stops import address_hash, stop_of

# So near to the limit, two mails that leave at the same time must not both take the last place.
NEARLY = 2
PANEL = "panel:"

# surveys/sql/mail_facts.sql
COLUMNS = (
    *("invitation", "link_number", "campaign_id", "week_id", "withdrawn_at", "answered_at", "mail_stopped_at"),
    *("email", "language", "left_at", "employed_until", "is_on_leave", "leave_until", "campaign_state", "mail_limit"),
    *("yearly_mail_limit", "closes_at", "step_state", "expires_at", "has_opted_out", "stopped_by", "mails_had"),
    "versions",
)
FACTS = f"SELECT {', '.join(COLUMNS)} FROM wpm.mail_facts(%s, %s, %s, %s::smallint, %s, %s, %s, %s, %s)"  # noqa: S608 (our own names)
INVITED = "SELECT wpm.mark_invited(%s, %s, %s)"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """addressee: what decides whether the mail may leave. versions: of the rows that its letter is made from."""

    addressee: Addressee
    invitation: UUID
    link_number: int
    language: str
    campaign_id: int
    week_id: int
    versions: str


def facts_about(mail: OutgoingMail) -> Facts | None:
    """Read anew within the claim; None when the invitation is gone."""
    row = _row(mail)
    if row is None:
        return None
    return Facts(
        addressee=_addressee(mail, row),
        invitation=row["invitation"],
        link_number=row["link_number"],
        language=row["language"],
        campaign_id=row["campaign_id"],
        week_id=row["week_id"],
        versions=row["versions"],
    )


def invited_statement(mail: OutgoingMail, *, now: datetime.datetime) -> Statement:
    """The person's invitation has left for the first time."""
    return Statement(sql=INVITED, values=(mail.organisation_id, mail.reference, now))


def _row(mail: OutgoingMail) -> dict[str, Any] | None:
    step = (mail.kind.removeprefix("surveys."), step_number(mail.occasion))
    count = (mail.addressee, mail.counter, [state.value for state in COUNTED])
    values = (mail.organisation_id, mail.reference, *step, mail.pk, address_hash(mail.recipient), *count)
    rows = ask(Statement(sql=FACTS, values=values))
    return dict(zip(COLUMNS, rows[0], strict=True)) if rows else None


def _addressee(mail: OutgoingMail, row: dict[str, Any]) -> Addressee:
    return Addressee(
        kind=mail.kind,
        campaign_state=row["campaign_state"],
        closes_at=row["closes_at"],
        expires_at=row["expires_at"] or _last_moment(mail, row),
        is_step_undone=row["step_state"] == MailStepState.UNDONE,
        is_withdrawn=row["withdrawn_at"] is not None,
        has_answered=row["answered_at"] is not None,
        has_opted_out=row["has_opted_out"],
        has_left=row["left_at"] is not None,
        employed_until=row["employed_until"],
        is_on_leave=row["is_on_leave"],
        leave_until=row["leave_until"],
        email=row["email"],
        is_stopped_by_hr=row["mail_stopped_at"] is not None,
        stopped_by=_stopped_by(mail, row),
        mails_left=_mails_left(mail, row),
    )


def _last_moment(mail: OutgoingMail, row: dict[str, Any]) -> datetime.datetime:
    """When a mail for which neither a step nor a follow-up tells it makes no sense any more."""
    closes_at: datetime.datetime = row["closes_at"]
    return closes_at + THANKS_LAST if mail.kind == THANKS_MAIL else closes_at


def _stopped_by(mail: OutgoingMail, row: dict[str, Any]) -> str:
    """What stops the address of this moment; the query looked at the one that the mail was planned for."""
    if row["email"].lower() == mail.recipient.lower():
        return row["stopped_by"] or ""
    stop = stop_of(organisation=mail.organisation_id, address=row["email"])
    return stop.kind if stop else ""


def _mails_left(mail: OutgoingMail, row: dict[str, Any]) -> int | None:
    """How many mails the person may still get under this mail's count, this one included; None without a limit."""
    limit: int | None = row["mail_limit"] if mail.counter.startswith(PANEL) else row["yearly_mail_limit"]
    if not mail.counter or mail.addressee is None or limit is None:
        return None
    left: int = limit - row["mails_had"]
    if not 0 < left <= NEARLY:
        return left
    _hold_count(mail)
    counted = counted_mails(organisation_id=mail.organisation_id, addressee=mail.addressee, counter=mail.counter)
    return limit - counted.exclude(pk=mail.pk).count()


def _hold_count(mail: OutgoingMail) -> None:
    """Wait for a worker that sends this person another mail at this moment; until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('surveys.mail-count:' || %s, 0))",
            [f"{mail.addressee}:{mail.counter}"],
        )
