"""How many mails somebody has had."""

from uuid import UUID

from django.db.models import QuerySet

from wpm_platform.mailing.enums import MailState
from wpm_platform.mailing.models import OutgoingMail

# Left us, or is leaving now, or perhaps left: each counts as a mail that the person had.
COUNTED = (
    MailState.INFLIGHT,
    MailState.SENT,
    MailState.DELIVERED,
    MailState.SOFT_BOUNCE,
    MailState.HARD_BOUNCE,
    MailState.BLOCKED,
    MailState.COMPLAINT,
    MailState.UNKNOWN,
)


def counted_mails(*, organisation_id: int, addressee: UUID, counter: str) -> QuerySet[OutgoingMail]:
    """The mails that a person had under one count ("2026", or a panel's own)."""
    return OutgoingMail.objects.filter(
        organisation=organisation_id, addressee=addressee, counter=counter, state__in=COUNTED
    )
