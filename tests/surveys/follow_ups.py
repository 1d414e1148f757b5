"""A closed survey in which some answered and some did not, for tests of the follow-up."""

import datetime
from typing import Any

from surveys.domain.personal_link import personal_token
from surveys.models import Campaign, FollowUp, Invitation
from surveys.services.campaign_states import close_campaign
from surveys.services.follow_up import ask_follow_up
from tests.factories import as_owner, make_employee, personal_path
from tests.surveys.campaigns import local, make_started
from wpm_platform.organisations.models import Organisation
from wpm_platform.scoping import organisation_scope

CLOSED = local("2026-03-30")
ASKED = local("2026-03-31")
__all__ = ["ASKED", "CLOSED", "ask", "closed_survey", "personal_token", "question_path", "silent_invitations"]


def closed_survey(organisation: Organisation, *, silent: int = 15, answered: int = 5, **fields: Any) -> Campaign:
    for _ in range(silent + answered):
        make_employee(organisation)
    campaign = make_started(organisation, **fields)
    with as_owner(organisation):
        told = Invitation.objects.filter(campaign=campaign).order_by("employee_id").values_list("employee_id")
        people = sorted({row[0] for row in told})[:answered]
        Invitation.objects.filter(campaign=campaign, employee__in=people).update(answered_at=local("2026-03-18"))
    with organisation_scope(organisation):
        return close_campaign(organisation=organisation, actor=None, now=CLOSED, campaign=campaign)


def ask(organisation: Organisation, campaign: Campaign, *, size: int = 30, now: datetime.datetime = ASKED) -> FollowUp:
    with organisation_scope(organisation):
        return ask_follow_up(organisation=organisation, actor=None, now=now, campaign=campaign, size=size)


def silent_invitations(organisation: Organisation) -> list[Invitation]:
    with as_owner(organisation):
        found = Invitation.objects.filter(organisation=organisation, answered_at=None)
        return list(found.select_related("employee", "organisation").order_by("pk"))


def question_path(invitation: Invitation) -> str:
    """The address in the mail."""
    with as_owner(invitation.organisation):
        return f"{personal_path(invitation)}usual/"
