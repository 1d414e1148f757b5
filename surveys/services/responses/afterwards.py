"""Deleting one's answers when the survey takes none any more: the right stays for as long as the answers are kept."""

import datetime

from surveys.enums import CampaignState
from surveys.models import ForgetRequest, Invitation
from surveys.selectors.response_state import respondent_week
from surveys.services.responses.forgetting import forget_answers
from surveys.services.responses.locking import LinkEnded, one_change
from wpm_platform.queue import enqueue


@one_change
def forget_afterwards(*, invitation: Invitation, now: datetime.datetime) -> None:
    """Delete this week's answers, whatever is in the way of answering. Done twice, the second time finds nothing.

    Of a closed campaign the figures are kept first: a computation afterwards must not differ by one person's answer.
    That takes another role than the respondent's, so it is asked for here and done within minutes. Raises `LinkEnded`.
    """
    locked = respondent_week(invitation.code, is_change=True).invitation
    if locked.link_number != invitation.link_number:
        raise LinkEnded
    if locked.campaign.state != CampaignState.CLOSED:
        forget_answers(locked)
        return
    ForgetRequest.objects.get_or_create(
        organisation_id=locked.organisation_id,
        invitation=locked,
        defaults={"employee_id": locked.employee_id, "requested_at": now},
    )
    enqueue("reporting.forget_requested", organisation_id=locked.organisation_id)


def is_forgotten(invitation: Invitation) -> bool:
    """Whether this person asked to have these answers deleted; from then on nobody is shown them."""
    return ForgetRequest.objects.filter(organisation_id=invitation.organisation_id, invitation=invitation).exists()
