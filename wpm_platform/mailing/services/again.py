"""A mail goes to the same person once more, because somebody asked for it."""

import datetime
from uuid import UUID

from wpm_platform.mailing.enums import MailState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.models import Organisation

ON_ITS_WAY = (MailState.QUEUED, MailState.INFLIGHT)


def is_on_its_way(*, organisation: Organisation, reference: UUID, kind: str) -> bool:
    """Whether such a mail waits for its moment or is being sent."""
    mails = OutgoingMail.objects.filter(organisation=organisation, reference=reference, kind=kind)
    return mails.filter(state__in=ON_ITS_WAY).exists()


def give_up_elsewhere(*, organisation: Organisation, reference: UUID, kind: str, address: str, reason: str) -> int:
    """Withdraw mails that wait for another try but went to another address before. Returns how many."""
    retries = OutgoingMail.objects.filter(
        organisation=organisation, reference=reference, kind=kind, state=MailState.AWAITING_RETRY
    )
    return retries.exclude(recipient__iexact=address).update(state=MailState.WITHDRAWN, reason=reason)


def hasten_retry(*, organisation: Organisation, reference: UUID, kind: str, due_at: datetime.datetime) -> bool:
    """Let a mail that waits for another try leave at `due_at`. Returns whether there was one."""
    retries = OutgoingMail.objects.filter(
        organisation=organisation, reference=reference, kind=kind, state=MailState.AWAITING_RETRY
    )
    return retries.update(due_at=due_at) > 0


def next_occasion(*, organisation: Organisation, reference: UUID, name: str) -> str:
    """The first occasion `<name>-<number>:<reference>` that no mail has yet."""
    taken = OutgoingMail.objects.filter(
        organisation=organisation, reference=reference, occasion__startswith=f"{name}-"
    ).count()
    return f"{name}-{taken + 1}:{reference}"
