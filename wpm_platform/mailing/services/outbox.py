"""The outbox's state changes. Owners of a kind of mail plan, claim, re-check and then deliver here.

The order that keeps a crash from sending twice: claim (commit), re-check inside the claim, hand over to
SMTP outside any transaction, record the outcome (commit). What is left in flight was interrupted.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from wpm_platform.mailing.enums import MailState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.models import Organisation

INTERRUPTED_AFTER = datetime.timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class PlannedMail:
    """A mail to put into the outbox; see `OutgoingMail` for the meaning of the fields."""

    kind: str
    occasion: str
    reference: UUID
    recipient: str
    language: str
    due_at: datetime.datetime


def plan_mails(*, organisation: Organisation, mails: Iterable[PlannedMail]) -> int:
    """Put mails into the outbox; an occasion that is there already stays as it is. Returns how many were asked."""
    rows = [
        OutgoingMail(
            organisation=organisation,
            kind=mail.kind,
            occasion=mail.occasion,
            reference=mail.reference,
            recipient=mail.recipient,
            language=mail.language,
            due_at=mail.due_at,
        )
        for mail in mails
    ]
    OutgoingMail.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)
    return len(rows)


def claim_mail(*, organisation: Organisation, kinds: list[str], now: datetime.datetime) -> OutgoingMail | None:
    """Take one due mail for delivery, or None. Two workers never take the same row.

    Commit before handing it to SMTP. The Message-ID is set at the first claim and stays the same.
    """
    mail = (
        OutgoingMail.objects.select_for_update(skip_locked=True)
        .filter(
            organisation=organisation,
            kind__in=kinds,
            state__in=[MailState.QUEUED, MailState.AWAITING_RETRY],
            due_at__lte=now,
        )
        .order_by("due_at", "pk")
        .first()
    )
    if mail is None:
        return None
    mail.state = MailState.INFLIGHT
    mail.claimed_at = now
    mail.attempts += 1
    mail.message_id = mail.message_id or f"<{mail.code}@{settings.MAIL_DOMAIN}>"
    mail.save(update_fields=["state", "claimed_at", "attempts", "message_id"])
    return mail


def withdraw_mail(*, mail: OutgoingMail, reason: str) -> None:
    """The mail is not sent after all; `reason` says why."""
    mail.state, mail.reason = MailState.WITHDRAWN, reason
    mail.save(update_fields=["state", "reason"])


def withdraw_mails(*, organisation: Organisation, reference: UUID, reason: str) -> int:
    """Withdraw every mail about `reference` that still waits. Returns how many."""
    waiting = OutgoingMail.objects.filter(
        organisation=organisation, reference=reference, state__in=[MailState.QUEUED, MailState.AWAITING_RETRY]
    )
    return waiting.update(state=MailState.WITHDRAWN, reason=reason)


def resolve_interrupted(
    *, organisation: Organisation, kinds: list[str], repeatable_kinds: list[str], now: datetime.datetime
) -> tuple[int, int]:
    """Decide about mails whose worker died after the claim: returns how many go again and how many stay uncertain.

    kinds: all kinds of the caller, who decides about its own mails only. Of these, a kind in
    `repeatable_kinds` goes again under the same Message-ID; any other becomes `unknown` and is never sent twice.
    """
    interrupted = OutgoingMail.objects.filter(
        organisation=organisation,
        kind__in=kinds,
        state=MailState.INFLIGHT,
        claimed_at__lt=now - INTERRUPTED_AFTER,
    )
    again = interrupted.filter(kind__in=repeatable_kinds).update(state=MailState.QUEUED)
    uncertain = interrupted.update(state=MailState.UNKNOWN, reason="interrupted")
    return again, uncertain
