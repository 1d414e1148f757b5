"""Weeks and moments of a campaign."""

import datetime

import pytest

from surveys.domain.campaign_plan import (
    CampaignPlan,
    PlanProblem,
    consecutive_mondays,
    plan_problem,
    planned_weeks,
    usual_opening,
)
from tests.surveys.campaigns import local

DATE = datetime.date
MONDAY = DATE(2026, 3, 9)


def plan(**fields):
    return CampaignPlan(**({"kind": "one_week", "reporting_year": 2026, "mondays": (MONDAY,)} | fields))


def panel(weeks, *, first=MONDAY, **fields):
    return plan(kind="weekly_panel", mondays=consecutive_mondays(first, weeks=weeks), **fields)


@pytest.mark.parametrize(
    ("chosen", "problem"),
    [
        (plan(), None),
        (panel(3), None),
        (plan(mondays=()), PlanProblem.NO_WEEK),
        (plan(mondays=(DATE(2026, 3, 10),)), PlanProblem.NOT_A_MONDAY),
        (plan(reporting_year=2025), PlanProblem.OTHER_YEAR),
        (plan(mondays=(DATE(2025, 12, 29),)), PlanProblem.OTHER_YEAR),
        (plan(mondays=(DATE(2026, 12, 28),)), PlanProblem.OTHER_YEAR),  # Friday is 1 January 2027
        (plan(mondays=(MONDAY, DATE(2026, 3, 16))), PlanProblem.MORE_THAN_ONE_WEEK),
        (panel(2, reporting_year=2025), PlanProblem.OTHER_YEAR),
        (plan(kind="weekly_panel", mondays=(MONDAY, DATE(2026, 3, 23))), PlanProblem.NOT_CONSECUTIVE),
        (plan(kind="weekly_panel", mondays=(DATE(2026, 3, 16), MONDAY)), PlanProblem.NOT_CONSECUTIVE),
        (plan(opens_on=DATE(2026, 3, 15)), PlanProblem.OPENS_TOO_EARLY),
        (plan(opens_on=DATE(2026, 3, 16)), None),
        (plan(opening_time=datetime.time(6, 59)), PlanProblem.OPENS_AT_NIGHT),
        (plan(opening_time=datetime.time(20)), PlanProblem.OPENS_AT_NIGHT),
        (plan(days_to_answer=1), PlanProblem.DAYS_TO_ANSWER),
        (plan(days_to_answer=0), PlanProblem.DAYS_TO_ANSWER),
        (plan(days_to_answer=61), PlanProblem.DAYS_TO_ANSWER),
    ],
)
def test_problem_of_a_plan(chosen, problem):
    assert plan_problem(chosen) == problem


def test_one_week_opens_on_the_monday_after_and_closes_two_weeks_later():
    [week] = planned_weeks(plan())
    assert week.monday == MONDAY
    assert week.opens_at == local("2026-03-16")
    assert week.closes_at == local("2026-03-30", "23:59")


def test_opening_and_closing_keep_the_dutch_clock_over_the_clock_change():
    [spring] = planned_weeks(plan(mondays=(DATE(2026, 3, 16),)))
    assert spring.opens_at.isoformat() == "2026-03-23T08:00:00+00:00"
    assert spring.closes_at.isoformat() == "2026-04-06T21:59:00+00:00"
    [autumn] = planned_weeks(plan(mondays=(DATE(2026, 10, 12),)))
    assert autumn.opens_at.isoformat() == "2026-10-19T07:00:00+00:00"
    assert autumn.closes_at.isoformat() == "2026-11-02T22:59:00+00:00"


def test_invitation_does_not_leave_on_a_holiday_by_itself():
    [week] = planned_weeks(plan(mondays=(DATE(2026, 3, 30),)))
    assert week.opens_at == local("2026-04-07")  # Easter Monday is skipped
    [chosen] = planned_weeks(plan(mondays=(DATE(2026, 3, 30),), opens_on=DATE(2026, 4, 6)))
    assert chosen.opens_at == local("2026-04-06")


def test_panel_closes_each_week_before_the_next_invitation():
    first, second = planned_weeks(panel(2))
    assert (first.opens_at, first.closes_at) == (local("2026-03-16"), local("2026-03-22", "23:59"))
    assert (second.opens_at, second.closes_at) == (local("2026-03-23"), local("2026-03-29", "23:59"))


def test_panel_opens_every_week_as_long_after_it_as_the_first():
    weeks = planned_weeks(panel(2, opens_on=DATE(2026, 3, 17), opening_time=datetime.time(8, 30)))
    assert [week.opens_at for week in weeks] == [local("2026-03-17", "08:30"), local("2026-03-24", "08:30")]


def test_usual_opening_is_never_behind_us():
    assert usual_opening(MONDAY, today=DATE(2026, 3, 1)) == DATE(2026, 3, 16)
    assert usual_opening(MONDAY, today=DATE(2026, 5, 23)) == DATE(2026, 5, 26)  # Whit Monday is skipped
