"""The response per site and department: nothing about groups under five, fives while running."""

import pytest

from surveys.domain.small_groups import GroupCount
from surveys.models import Invitation
from surveys.selectors.response_counts import response_counts, week_counts
from tests.factories import (
    as_owner,
    make_campaign,
    make_employee,
    make_invitation,
    make_organisation,
    make_site,
    make_week,
)
from tests.surveys.campaigns import local
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
ANSWERED = local("2026-03-17")


def invite(week, *, site, department="", people, answered):
    for number in range(people):
        employee = make_employee(week.organisation, site=site, department=department)
        make_invitation(week, employee, answered_at=ANSWERED if number < answered else None)


def counts_of(organisation, campaign, **fields):
    with organisation_scope(organisation):
        return response_counts(organisation=organisation, campaign=campaign, **fields)


def group(name, people, answered):
    return GroupCount(name=name, people=people, invited=people, answered=answered)


@pytest.fixture
def sites(organisation):
    return {name: make_site(organisation, name=name) for name in ("Goes", "Utrecht", "Venlo")}


def fill(organisation, sites, *, state):
    week = make_week(make_campaign(organisation, state=state))
    invite(week, site=sites["Utrecht"], department="Verkoop", people=13, answered=8)
    invite(week, site=sites["Venlo"], department="Magazijn", people=6, answered=6)
    invite(week, site=sites["Goes"], department="Verkoop", people=3, answered=1)
    return week


def test_running_campaign_shows_groups_in_fives_and_the_exact_total(organisation, sites):
    week = fill(organisation, sites, state="running")
    counts = counts_of(organisation, week.campaign)
    assert (counts.people, counts.invited, counts.answered, counts.percentage) == (22, 22, 15, 68)
    assert counts.has_exact_groups is False
    # Goes has three people: Venlo is hidden with it, or Goes would follow by subtraction.
    assert counts.sites.shown == (group("Utrecht", 13, 5),)
    assert counts.sites.rest == group("", 9, 5)
    # Venlo and Goes less the warehouse would be the three people of Goes.
    assert (counts.departments.shown, counts.departments.rest) == ((), group("", 22, 15))


def test_closed_campaign_shows_groups_exactly(organisation, sites):
    week = fill(organisation, sites, state="closed")
    counts = counts_of(organisation, week.campaign)
    assert counts.sites.shown == (group("Utrecht", 13, 8),)
    assert counts.sites.rest == group("", 9, 7)
    assert (counts.departments.shown, counts.departments.rest) == ((), group("", 22, 15))


def test_departments_that_give_nobody_away_are_shown(organisation, sites):
    week = make_week(make_campaign(organisation, state="closed"))
    for site in ("Utrecht", "Venlo"):
        invite(week, site=sites[site], department="Verkoop", people=8, answered=4)
        invite(week, site=sites[site], department="Magazijn", people=5, answered=5)
    counts = counts_of(organisation, week.campaign)
    assert counts.departments.shown == (group("Magazijn", 10, 10), group("Verkoop", 16, 8))
    assert counts.sites.shown == (group("Utrecht", 13, 9), group("Venlo", 13, 9))


def test_site_lead_gets_the_own_site_only(organisation, sites):
    week = fill(organisation, sites, state="running")
    counts = counts_of(organisation, week.campaign, site_id=sites["Utrecht"].pk)
    assert (counts.invited, counts.answered) == (13, 5)
    assert (counts.sites.shown, counts.departments.shown) == ((), ())


def test_site_lead_of_a_small_site_gets_no_figures(organisation, sites):
    week = fill(organisation, sites, state="closed")
    counts = counts_of(organisation, week.campaign, site_id=sites["Goes"].pk)
    assert (counts.people, counts.invited, counts.answered) == (0, 0, 0)


def test_panel_counts_a_person_once_per_week(organisation, sites):
    campaign = make_campaign(organisation, kind="weekly_panel")
    first = make_week(campaign)
    second = make_week(campaign, monday=local("2026-03-16").date())
    for number in range(5):
        employee = make_employee(organisation, site=sites["Utrecht"])
        make_invitation(first, employee, answered_at=ANSWERED)
        make_invitation(second, employee, answered_at=ANSWERED if number == 0 else None)
    counts = counts_of(organisation, campaign)
    assert (counts.people, counts.invited, counts.answered) == (5, 10, 6)
    assert counts.sites.shown == (GroupCount(name="Utrecht", people=5, invited=10, answered=5),)
    week_later = make_week(campaign, monday=local("2026-03-23").date(), opens_at=local("2026-03-30"))
    make_invitation(week_later, employee)
    assert counts_of(organisation, campaign).invited == 11
    assert counts_of(organisation, campaign, opened_by=local("2026-03-29")).invited == 10
    before = counts_of(organisation, campaign, opened_by=local("2026-03-15"))
    assert (before.people, before.invited, before.percentage) == (5, 0, None)
    with organisation_scope(organisation):
        per_week = week_counts(organisation=organisation, campaign=campaign)
    assert [(row.week.monday, row.invited, row.answered) for row in per_week] == [
        (first.monday, 5, 5),
        (second.monday, 5, 1),
        (week_later.monday, 1, 0),
    ]


def test_withdrawn_invitations_and_other_campaigns_do_not_count(organisation, sites):
    week = fill(organisation, sites, state="running")
    other = make_week(make_campaign(organisation))
    with as_owner(organisation):
        employees = [invitation.employee for invitation in Invitation.objects.filter(week=week)]
        Invitation.objects.filter(pk=Invitation.objects.filter(week=week, answered_at=None).first().pk).update(
            withdrawn_at=ANSWERED
        )
    for employee in employees:
        make_invitation(other, employee)
    assert (counts_of(organisation, week.campaign).invited, counts_of(organisation, other.campaign).invited) == (21, 22)


def test_draft_has_no_percentage(organisation):
    campaign = make_campaign(organisation, state="draft")
    assert counts_of(organisation, campaign).percentage is None


def test_another_organisation_sees_nothing(organisation, sites):
    week = fill(organisation, sites, state="closed")
    assert counts_of(make_organisation(), week.campaign).invited == 0


@pytest.mark.parametrize("employees", [1, 12])
def test_one_query_however_many_people(organisation, sites, employees, django_assert_num_queries):
    week = make_week(make_campaign(organisation))
    invite(week, site=sites["Utrecht"], people=employees, answered=1)
    with organisation_scope(organisation), django_assert_num_queries(1):
        response_counts(organisation=organisation, campaign=week.campaign)
