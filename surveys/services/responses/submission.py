"""Sending the answers in, and taking them back."""

import datetime

from surveys.domain.question_path import Step, next_question
from surveys.models import Invitation, Response
from surveys.services.responses.forgetting import forget_answers
from surveys.services.responses.locking import OutOfStep, locked_invitation, locked_week, one_change


class ResponseIncomplete(OutOfStep):
    """A question has no answer yet."""


@one_change
def submit_response(*, invitation: Invitation, is_normal_week: bool, now: datetime.datetime) -> Response:
    """Mark the response as given; from now on it counts. Done twice, the first moment stays.

    is_normal_week: the sender says so with the same tap; False leaves what was answered about it.
    Raises `ResponseIncomplete`, `CannotAnswer`, `NotStarted`.
    """
    week = locked_week(invitation, now=now)
    response = week.response
    if response.was_normal_week is None and is_normal_week:
        response.was_normal_week = True
    is_complete = next_question(week.answers).step in (Step.CHECK, Step.RECEIPT)
    if response.was_normal_week is None or not is_complete:
        raise ResponseIncomplete
    if response.submitted_at is None:
        response.submitted_at = now
        response.save(update_fields=["was_normal_week", "submitted_at"])
        Invitation.objects.filter(organisation_id=response.organisation_id, pk=response.invitation_id).update(
            answered_at=now
        )
    return response


@one_change
def delete_answers(*, invitation: Invitation, now: datetime.datetime) -> None:
    """Delete this week's answers and what is remembered for next time. The link can start anew.

    Done twice, the second time finds nothing. Raises `CannotAnswer`.
    """
    forget_answers(locked_invitation(invitation, now=now).invitation)
