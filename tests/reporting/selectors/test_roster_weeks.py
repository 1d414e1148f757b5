"""Weeks of who works by a roster count like all others: the days of the roster are the whole week."""

import pytest

from reporting.selectors.survey import survey_sums
from surveys.enums import CampaignState, Mode, Whereabouts
from surveys.models import Campaign, Invitation
from surveys.services.responses.days import DayChoice
from surveys.services.responses.week import NormalWeek, record_normal_week
from tests.factories import NOW, as_owner
from tests.surveys.services.responses.respondent import (
    HOME,
    answer,
    as_respondent,
    make_open_invitation,
    start,
    submit,
)
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db

BUS = DayChoice(whereabouts=Whereabouts.WORKPLACE, mode=Mode.PUBLIC_TRANSPORT)
SATURDAY, SUNDAY = 5, 6


@pytest.fixture
def weekend_shifts():
    invitation = make_open_invitation()
    with as_owner(invitation.organisation):
        Invitation.objects.update(asked_days="67")
    start(invitation, one_way_metres=10_000)
    return invitation


def sums(invitation):
    with as_owner(invitation.organisation):
        Campaign.objects.update(state=CampaignState.CLOSED)
        campaign, legal_entity = Campaign.objects.get(), invitation.employee.legal_entity
    with organisation_scope(invitation.organisation):
        return survey_sums(organisation=invitation.organisation, campaign=campaign, legal_entity=legal_entity)


def test_the_days_of_the_roster_are_the_week(weekend_shifts):
    answer(weekend_shifts, SATURDAY, BUS)
    answer(weekend_shifts, SUNDAY, HOME)
    submit(weekend_shifts)
    found = sums(weekend_shifts)
    assert (found.respondents, [row.metres for row in found.sums], found.flags()) == (1, [20_000], {})


def test_a_normal_week_of_roster_days_stands_in_for_it(weekend_shifts):
    for day in (SATURDAY, SUNDAY):
        answer(weekend_shifts, day, HOME)
    with as_respondent(weekend_shifts):
        record_normal_week(invitation=weekend_shifts, choice=NormalWeek.FILL, now=NOW)
    for day in (SATURDAY, SUNDAY):
        answer(weekend_shifts, day, BUS, is_normal_week=True)
    submit(weekend_shifts)
    found = sums(weekend_shifts)
    assert (found.respondents, [row.metres for row in found.sums]) == (1, [40_000])
    assert found.flags() == {"alternative_weeks": 1}
