"""Many mails at once: withdraw what waits, or let it wait again."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from wpm_platform.mailing.enums import MailState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.models import Organisation

WAITING = (MailState.QUEUED, MailState.AWAITING_RETRY)
References = Iterable[UUID] | QuerySet[Any, Any]


def withdraw_waiting(*, organisation: Organisation, references: References, reason: str) -> int:
    """Withdraw every waiting mail about one of `references` (codes, or a queryset of them). Returns how many."""
    waiting = OutgoingMail.objects.filter(organisation=organisation, reference__in=references, state__in=WAITING)
    return waiting.update(state=MailState.WITHDRAWN, reason=reason)


def requeue_withdrawn(*, organisation: Organisation, references: References, reason: str) -> int:
    """Let mails wait again that were withdrawn for this one reason. Returns how many."""
    withdrawn = OutgoingMail.objects.filter(
        organisation=organisation, reference__in=references, state=MailState.WITHDRAWN, reason=reason
    )
    return withdrawn.update(state=MailState.QUEUED, reason="")
