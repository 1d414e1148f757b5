"""No more reminders: says nothing about the answers, and works when those are not taken any more."""

import datetime

from django.db import transaction
from django.db.models import QuerySet

from surveys.models import Invitation


@transaction.atomic
def stop_reminders(*, invitation: Invitation, now: datetime.datetime) -> None:
    """Note that this person wants no more reminders of this campaign, in any of its weeks; the first moment stays."""
    _of_this_person(invitation).filter(opted_out_at__isnull=True).update(opted_out_at=now)


@transaction.atomic
def resume_reminders(*, invitation: Invitation) -> None:
    """This person wants the reminders of this campaign after all. Mails that were left out meanwhile stay out."""
    _of_this_person(invitation).update(opted_out_at=None)


def _of_this_person(invitation: Invitation) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        organisation_id=invitation.organisation_id,
        campaign_id=invitation.campaign_id,
        employee_id=invitation.employee_id,
    )
