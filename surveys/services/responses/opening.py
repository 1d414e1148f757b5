"""Start: from here on something about this person's week is stored."""

import datetime

from django.db import transaction
from django.db.models import QuerySet

from surveys.models import Invitation, PopulationMember, Response, TravelProfile, VehicleFacts
from surveys.services.responses.locking import locked_invitation


class EarlierAnswers(Exception):
    """This week was answered, or begun, by a link to an earlier address: not shown, and not deleted unasked."""


@transaction.atomic
def open_response(*, invitation: Invitation, now: datetime.datetime) -> Response:
    """The response to this invitation, made on the first start; the same one every time after.

    The place on the staff list is copied as the campaign froze it at its start. What was remembered by a link to an
    earlier address (distance, vehicles) is forgotten. Raises `EarlierAnswers`, `LinkEnded`, `CannotAnswer`.
    """
    locked = locked_invitation(invitation, now=now)
    if _earlier_responses(locked).exists():
        raise EarlierAnswers
    return _opened(locked, now=now)


@transaction.atomic
def start_afresh(*, invitation: Invitation, now: datetime.datetime) -> Response:
    """Delete what was answered about this week by a link to an earlier address, then start.

    Own answers stay: done twice, the second time changes nothing. Raises `LinkEnded`, `CannotAnswer`.
    """
    locked = locked_invitation(invitation, now=now)
    deleted, _ = _earlier_responses(locked).delete()
    if deleted:
        Invitation.objects.filter(organisation_id=locked.organisation_id, pk=locked.pk).update(
            started_at=None, answered_at=None
        )
    return _opened(locked, now=now)


def _earlier_responses(locked: Invitation) -> "QuerySet[Response]":
    return Response.objects.filter(
        organisation_id=locked.organisation_id,
        invitation=locked,
        address_changes__lt=locked.employee.address_changes,
    )


def _opened(locked: Invitation, *, now: datetime.datetime) -> Response:
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
            "address_changes": locked.employee.address_changes,
        },
    )
    if is_new:
        _forget_earlier(locked)
        Invitation.objects.filter(organisation_id=locked.organisation_id, pk=locked.pk).update(started_at=now)
    return response


def _forget_earlier(locked: Invitation) -> None:
    for remembered in (TravelProfile, VehicleFacts):
        remembered.objects.filter(
            organisation_id=locked.organisation_id,
            employee_id=locked.employee_id,
            address_changes__lt=locked.employee.address_changes,
        ).delete()
