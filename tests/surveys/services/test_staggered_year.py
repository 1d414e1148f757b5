"""A staggered year: each person one drawn week, its own mails, and one report over all weeks."""

import datetime
from collections import Counter

import pytest

from reporting.selectors.survey import survey_sums
from surveys.domain.campaign_plan import consecutive_mondays
from surveys.models import Campaign, Invitation
from surveys.selectors.mail_limit import planned_counts
from tests.factories import as_owner, make_employee, make_site
from tests.reporting.report_rows import make_report
from tests.surveys.campaigns import make_started, rows
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
MONDAYS = consecutive_mondays(datetime.date(2026, 3, 9), weeks=6)


def make_staggered(organisation):
    return make_started(organisation, kind="staggered_year", mondays=MONDAYS)


def test_everybody_is_asked_once_and_each_site_in_every_week(organisation):
    sites = [make_site(organisation), make_site(organisation)]
    for site in sites:
        for _ in range(12):
            make_employee(organisation, site=site)
    make_staggered(organisation)
    asked = rows(Invitation, organisation, "employee", "week__monday", "employee__site")
    assert len({employee for employee, _, _ in asked}) == len(asked) == 24
    assert set(Counter((monday, site) for _, monday, site in asked).values()) == {2}
    assert {monday for _, monday, _ in asked} == set(MONDAYS)


def test_a_joiner_is_asked_about_a_week_of_theirs(organisation):
    joiner = make_employee(organisation, employed_from=MONDAYS[-1])
    make_staggered(organisation)
    assert rows(Invitation, organisation, "employee", "week__monday") == [(joiner.pk, MONDAYS[-1])]


def test_a_person_gets_the_mails_of_one_week(organisation):
    make_employee(organisation)
    campaign = make_staggered(organisation)
    with organisation_scope(organisation):
        (count,) = planned_counts(campaign=Campaign.objects.get(pk=campaign.pk))
    # Announced, invited, reminded three times at most, thanked; the limit of a year holds.
    assert count.name == "2026"
    assert 3 <= count.planned <= 6 <= count.limit


def test_five_people_over_several_weeks_are_five_people():
    """In a panel the weeks may be the same people; in a staggered year they never are."""
    report = make_report(case="three_weeks_thin")
    where = {"organisation": report.organisation, "legal_entity": report.legal_entity}
    with organisation_scope(report.organisation):
        panel = survey_sums(**where, campaign=report.campaign)
    with as_owner(report.organisation):
        Campaign.objects.filter(pk=report.campaign_id).update(kind="staggered_year")
    with organisation_scope(report.organisation):
        staggered = survey_sums(**where, campaign=Campaign.objects.get())
    assert panel.people_at_least == max(week.respondents for week in panel.weeks)
    assert staggered.people_at_least == staggered.respondents == panel.respondents > panel.people_at_least
    assert staggered.sums == panel.sums
