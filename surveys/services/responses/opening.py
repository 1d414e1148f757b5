"""Start: from here on something about this person's week is stored."""

import datetime

from django.db import transaction

from surveys.models import Invitation, PopulationMember, Response
from surveys.services.responses.locking import locked_invitation


@transaction.atomic
def open_response(*, invitation: Invitation, now: datetime.datetime) -> Response:
    """The response to this invitation, made on the first start; the same one every time after.

    The place on the staff list is copied as the campaign froze it at its start. Raises `CannotAnswer`.
    """
    locked = locked_invitation(invitation, now=now)
    member = PopulationMember.objects.get(
        organisation_id=locked.organisation_id, campaign_id=locked.campaign_id, employee_id=locked.employee_id
    )
    response, is_new = Response.objects.get_or_create(
        organisation_id=locked.organisation_id,
        invitation=locked,
        defaults={
            "employee_id": locked.employee_id,
            "campaign_id": locked.campaign_id,
            "week_id": locked.week_id,
            "legal_entity_id": member.legal_entity_id,
            "site_id": member.site_id,
            "department": member.department,
            "started_at": now,
        },
    )
    if is_new:
        Invitation.objects.filter(organisation_id=locked.organisation_id, pk=locked.pk).update(started_at=now)
    return response
