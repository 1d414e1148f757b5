"""No more reminders: says nothing about the answers, and works when those are not taken any more."""

import datetime

from django.db import transaction

from surveys.models import Invitation


@transaction.atomic
def stop_reminders(*, invitation: Invitation, now: datetime.datetime) -> None:
    """Note that this person wants no more reminders of this campaign, in any of its weeks; the first moment stays."""
    Invitation.objects.filter(
        organisation_id=invitation.organisation_id,
        campaign_id=invitation.campaign_id,
        employee_id=invitation.employee_id,
        opted_out_at__isnull=True,
    ).update(opted_out_at=now)
