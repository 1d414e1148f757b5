"""Many mails at once: withdraw what waits, for one reason or another."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from wpm_platform.mailing.enums import MailState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.models import Organisation

WAITING = (MailState.QUEUED, MailState.AWAITING_RETRY)
AT_ONCE = 1000
References = Iterable[UUID] | QuerySet[Any, Any]


def withdraw_waiting(
    *, organisation: Organisation, references: References, reason: str, kinds: Iterable[str] | None = None
) -> int:
    """Withdraw every waiting mail about one of `references` (codes, or a queryset of them). Returns how many.

    kinds: only mails of these kinds; None for all.
    """
    waiting = OutgoingMail.objects.filter(organisation=organisation, reference__in=references, state__in=WAITING)
    if kinds is not None:
        waiting = waiting.filter(kind__in=list(kinds))
    return waiting.update(state=MailState.WITHDRAWN, reason=reason)


def withdraw_occasions(*, organisation: Organisation, references: Sequence[UUID], prefix: str, reason: str) -> int:
    """Withdraw the waiting mails about `references` of which the occasion begins with `prefix`. Returns how many."""
    return sum(
        mails.filter(state__in=WAITING).update(state=MailState.WITHDRAWN, reason=reason)
        for mails in _of_occasion(organisation, references, prefix)
    )


def requeue_withdrawn(
    *, organisation: Organisation, references: References, prefix: str, reason: str, due_at: datetime.datetime
) -> int:
    """Let mails wait again, until `due_at`, that were withdrawn for `reason` and of which the occasion begins with
    `prefix`. Returns how many."""
    held = OutgoingMail.objects.filter(
        organisation=organisation,
        reference__in=references,
        occasion__startswith=prefix,
        state=MailState.WITHDRAWN,
        reason=reason,
    )
    return held.update(state=MailState.QUEUED, reason="", due_at=due_at)


def rename_withdrawal(
    *, organisation: Organisation, references: Sequence[UUID], prefix: str, reason: str, instead_of: str
) -> int:
    """Give mails another reason that were withdrawn for `instead_of`. Returns how many."""
    return sum(
        mails.filter(state=MailState.WITHDRAWN, reason=instead_of).update(reason=reason)
        for mails in _of_occasion(organisation, references, prefix)
    )


def _of_occasion(
    organisation: Organisation, references: Sequence[UUID], prefix: str
) -> Iterator[QuerySet[OutgoingMail]]:
    """In parts that PostgreSQL finds by its index, whatever it knows about a table that has just been filled."""
    for start in range(0, len(references), AT_ONCE):
        yield OutgoingMail.objects.filter(
            organisation=organisation,
            reference__in=references[start : start + AT_ONCE],
            occasion__startswith=prefix,
        )
