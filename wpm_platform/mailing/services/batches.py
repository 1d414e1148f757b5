"""Many mails at once: withdraw what waits, for one reason or another."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from wpm_platform.mailing.enums import MailState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.models import Organisation

WAITING = (MailState.QUEUED, MailState.AWAITING_RETRY)
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


def withdraw_occasions(*, organisation: Organisation, references: References, prefix: str, reason: str) -> int:
    """Withdraw the waiting mails about `references` of which the occasion begins with `prefix`. Returns how many."""
    waiting = _of_occasion(organisation, references, prefix).filter(state__in=WAITING)
    return waiting.update(state=MailState.WITHDRAWN, reason=reason)


def rename_withdrawal(
    *, organisation: Organisation, references: References, prefix: str, reason: str, instead_of: str
) -> int:
    """Give mails another reason that were withdrawn for `instead_of`. Returns how many."""
    withdrawn = _of_occasion(organisation, references, prefix).filter(state=MailState.WITHDRAWN, reason=instead_of)
    return withdrawn.update(reason=reason)


def _of_occasion(organisation: Organisation, references: References, prefix: str) -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(organisation=organisation, reference__in=references, occasion__startswith=prefix)
