"""Shortcuts for tests about codes on paper."""

import datetime
from typing import Any

from surveys.models import Campaign, Invitation, PaperList
from surveys.selectors.paper import PaperChoice
from surveys.services.paper_codes import Slip, make_paper_list, replace_code
from tests.factories import NOW, make_campaign, make_employee, make_invitation, make_organisation, make_week
from wpm_platform.organisations.models import Organisation
from wpm_platform.scoping import organisation_scope

LATER = NOW + datetime.timedelta(hours=2)


def make_paper_people(
    count: int = 1, *, organisation: Organisation | None = None, opens_at: datetime.datetime = NOW, **fields: Any
) -> tuple[Organisation, Campaign, list[Invitation]]:
    """An open campaign with people without an e-mail address who are asked on paper."""
    organisation = organisation or make_organisation()
    campaign = make_campaign(organisation, answers_on_paper=True)
    week = make_week(campaign, opens_at=opens_at)
    fields.setdefault("email", "")
    return (
        organisation,
        campaign,
        [make_invitation(week, make_employee(organisation, **fields)) for _number in range(count)],
    )


def print_list(
    campaign: Campaign, *, now: datetime.datetime = LATER, name: str = "Magazijn", **chosen: Any
) -> tuple[PaperList, list[Slip]]:
    with organisation_scope(campaign.organisation):
        return make_paper_list(
            organisation=campaign.organisation,
            actor=None,
            now=now,
            campaign=campaign,
            name=name,
            choice=PaperChoice(**chosen),
        )


def print_again(invitation: Invitation, *, now: datetime.datetime = LATER) -> tuple[PaperList, list[Slip]]:
    with organisation_scope(invitation.organisation):
        return replace_code(
            organisation=invitation.organisation,
            actor=None,
            now=now,
            campaign=invitation.campaign,
            invitation=invitation,
        )
