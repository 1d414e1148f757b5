"""The one way in for every change to an answer."""

import datetime

from surveys.domain.answering import Obstacle
from surveys.models import Invitation, Response
from surveys.selectors.response_state import invitation_obstacle
from surveys.services.closing import share_opening


class CannotAnswer(Exception):
    """Answers are not taken now; `obstacle` says why."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle.value)
        self.obstacle = obstacle


class NotStarted(Exception):
    """There is no response yet, or it was deleted: start from the personal link."""


class LinkEnded(Exception):
    """The employee's address was changed, or the link replaced, since this page was opened: nothing was stored."""


class OutOfStep(Exception):
    """The answer does not fit what is stored, as another tab or device changed that: show the next question."""


def locked_invitation(invitation: Invitation, *, now: datetime.datetime) -> Invitation:
    """The invitation, locked until the transaction ends, and its campaign kept from closing.

    invitation: as it was found for the link or its cookie. Raises `LinkEnded`, `CannotAnswer`.
    """
    share_opening(campaign_id=invitation.campaign_id)
    locked: Invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("campaign", "week", "employee")
        .get(organisation_id=invitation.organisation_id, pk=invitation.pk)
    )
    if locked.link_number != invitation.link_number:
        raise LinkEnded
    obstacle = invitation_obstacle(locked, now=now)
    if obstacle is not None:
        raise CannotAnswer(obstacle)
    return locked


def locked_response(invitation: Invitation, *, now: datetime.datetime) -> Response:
    """The response that was started, under the same lock. Raises `LinkEnded`, `CannotAnswer` or `NotStarted`."""
    locked = locked_invitation(invitation, now=now)
    response: Response | None = Response.objects.filter(
        organisation_id=locked.organisation_id,
        invitation=locked,
        address_changes=locked.employee.address_changes,
    ).first()
    if response is None:
        raise NotStarted
    response.invitation, response.week = locked, locked.week
    return response
