"""The one question about the survey itself: stored after sending, and told to HR as one mean over five people."""

from decimal import Decimal

import pytest
from django.db import connection

from surveys.selectors.burden import BurdenMean, burden_mean
from surveys.services.responses.burden import BurdenNotAsked, record_burden
from tests.factories import (
    NOW,
    make_campaign,
    make_employee,
    make_invitation,
    make_organisation,
    make_response,
    make_week,
)
from tests.surveys.services.responses.respondent import (
    as_respondent,
    fill_week,
    make_open_invitation,
    stored_response,
    submit,
)
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


def test_it_is_asked_after_sending_and_may_be_changed():
    invitation = make_open_invitation()
    fill_week(invitation)
    with as_respondent(invitation), pytest.raises(BurdenNotAsked):
        record_burden(invitation=invitation, burden=1, now=NOW)
    submit(invitation)
    for burden in (5, 2, 2):
        with as_respondent(invitation):
            record_burden(invitation=invitation, burden=burden, now=NOW)
    assert stored_response(invitation).burden == 2


@pytest.mark.parametrize("burden", [0, 6, -1])
def test_only_one_to_five(burden):
    invitation = make_open_invitation()
    fill_week(invitation)
    submit(invitation)
    with as_respondent(invitation), pytest.raises(BurdenNotAsked):
        record_burden(invitation=invitation, burden=burden, now=NOW)
    assert stored_response(invitation).burden is None


def said(burdens, *, state="closed"):
    """A campaign in which these people said how hard it was, None for who skipped it."""
    week = make_week(make_campaign(make_organisation(), state=state))
    for burden in burdens:
        make_response(make_invitation(week, make_employee(week.organisation)), burden=burden)
    return week.campaign


def found(campaign, organisation=None):
    organisation = organisation or campaign.organisation
    with organisation_scope(organisation):
        return burden_mean(organisation=campaign.organisation, campaign=campaign)


def test_hr_reads_the_mean_of_who_said_something():
    campaign = said([1, 1, 2, 2, 3, 5, None])
    assert found(campaign) == BurdenMean(mean=Decimal("2.3"), people=6)
    assert found(campaign, make_organisation()) is None


@pytest.mark.parametrize(("burdens", "state"), [([1, 2, 3, 4, None, None], "closed"), ([1, 2, 3, 4, 5], "running")])
def test_nothing_below_five_people_or_while_answers_come_in(burdens, state):
    campaign = said(burdens, state=state)
    assert found(campaign) is None
    with organisation_scope(campaign.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM wpm.burden_means")
        assert cursor.fetchone() == (0,)
