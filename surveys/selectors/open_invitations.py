"""The weeks that one person can answer at a moment."""

import datetime

from surveys.models import Campaign, Invitation


def open_invitations(*, campaign: Campaign, employee_id: int, now: datetime.datetime) -> list[Invitation]:
    """The person's invitations of a campaign that can be answered now, the latest week first."""
    found = Invitation.objects.select_related("week", "employee").filter(
        organisation=campaign.organisation_id,
        campaign=campaign,
        employee=employee_id,
        withdrawn_at__isnull=True,
        week__opens_at__lte=now,
        week__closes_at__gt=now,
    )
    return list(found.order_by("-week__monday"))
