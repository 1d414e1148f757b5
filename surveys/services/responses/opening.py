"""Start: from here on something about this person's week is stored."""

import datetime

from surveys.models import Invitation, PopulationMember, Response
from surveys.selectors.response_state import RespondentWeek, has_earlier_answers
from surveys.services.responses.forgetting import forget_earlier_answers
from surveys.services.responses.locking import locked_invitation, one_change


class EarlierAnswers(Exception):
    """This week was answered, or begun, by a link to an earlier address: not shown, and not deleted unasked."""


@one_change
def open_response(*, invitation: Invitation, now: datetime.datetime) -> Response:
    """The response to this invitation, made on the first start; the same one every time after.

    The place on the staff list is copied as the campaign froze it at its start. What was remembered by a link to an
    earlier address (distance, vehicles) is forgotten. Raises `EarlierAnswers`, `LinkEnded`, `CannotAnswer`.
    """
    locked = locked_invitation(invitation, now=now)
    if has_earlier_answers(locked.invitation):
        raise EarlierAnswers
    return _opened(locked, now=now)


@one_change
def start_afresh(*, invitation: Invitation, now: datetime.datetime) -> Response:
    """Delete what was answered about this week by a link to an earlier address, then start.

    Own answers stay: done twice, the second time changes nothing. Raises `LinkEnded`, `CannotAnswer`.
    """
    return _opened(locked_invitation(invitation, now=now), now=now)


def _opened(locked: RespondentWeek, *, now: datetime.datetime) -> Response:
    if locked.response is not None:
        return locked.response
    invitation, member = locked.invitation, locked.member
    if member is None:
        raise PopulationMember.DoesNotExist
    if invitation.employee.address_changes:
        forget_earlier_answers(invitation)
    response: Response = Response.objects.create(
        organisation_id=invitation.organisation_id,
        invitation=invitation,
        employee_id=invitation.employee_id,
        campaign_id=invitation.campaign_id,
        week_id=invitation.week_id,
        legal_entity_id=member.legal_entity_id,
        site_id=member.site_id,
        department=member.department,
        is_confidential=invitation.campaign.is_confidential,
        started_at=now,
        address_changes=invitation.employee.address_changes,
    )
    if response.site_id == invitation.employee.site_id:
        response.site = invitation.employee.site
    Invitation.objects.filter(organisation_id=invitation.organisation_id, pk=invitation.pk).update(started_at=now)
    return response
