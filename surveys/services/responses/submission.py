"""Sending the answers in, and taking them back."""

import datetime

from django.db import transaction

from surveys.domain.question_path import Step, next_question
from surveys.models import Invitation, Response, TravelProfile, VehicleFacts
from surveys.selectors.response_state import stored_answers
from surveys.services.responses.locking import OutOfStep, locked_invitation, locked_response


class ResponseIncomplete(OutOfStep):
    """A question has no answer yet."""


@transaction.atomic
def submit_response(*, invitation: Invitation, is_normal_week: bool, now: datetime.datetime) -> Response:
    """Mark the response as given; from now on it counts. Done twice, the first moment stays.

    is_normal_week: the sender says so with the same tap; False leaves what was answered about it.
    Raises `ResponseIncomplete`, `CannotAnswer`, `NotStarted`.
    """
    response = locked_response(invitation, now=now)
    if response.was_normal_week is None and is_normal_week:
        response.was_normal_week = True
    is_complete = next_question(stored_answers(response)).step in (Step.CHECK, Step.RECEIPT)
    if response.was_normal_week is None or not is_complete:
        raise ResponseIncomplete
    if response.submitted_at is None:
        response.submitted_at = now
        response.save(update_fields=["was_normal_week", "submitted_at"])
        Invitation.objects.filter(organisation_id=response.organisation_id, pk=response.invitation_id).update(
            answered_at=now
        )
    return response


@transaction.atomic
def delete_answers(*, invitation: Invitation, now: datetime.datetime) -> None:
    """Delete this week's answers and what is remembered for next time. The link can start anew.

    Done twice, the second time finds nothing. Raises `CannotAnswer`.
    """
    locked = locked_invitation(invitation, now=now)
    own = {"organisation_id": locked.organisation_id, "employee_id": locked.employee_id}
    Response.objects.filter(invitation=locked, **own).delete()
    TravelProfile.objects.filter(**own).delete()
    VehicleFacts.objects.filter(**own).delete()
    Invitation.objects.filter(organisation_id=locked.organisation_id, pk=locked.pk).update(
        started_at=None, answered_at=None
    )
