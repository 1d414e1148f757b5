"""Lists whose mails have not left yet and can still be undone."""

import datetime

from surveys.enums import MailStepState
from surveys.models import Campaign, MailBatch
from wpm_platform.organisations.models import Organisation


def waiting_batches(
    *, organisation: Organisation, now: datetime.datetime, campaign: Campaign | None = None
) -> list[MailBatch]:
    """The lists that can be undone at this moment, the soonest to leave first; of one campaign when given."""
    batches = MailBatch.objects.filter(
        organisation=organisation,
        undone_at__isnull=True,
        releases_at__gt=now,
        step__state=MailStepState.PREPARED,
    )
    if campaign is not None:
        batches = batches.filter(step__campaign=campaign)
    return list(batches.select_related("step__campaign", "step__week").order_by("releases_at", "pk"))
