"""Which weeks a campaign asks about, and when each can be answered."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from surveys.domain.calendar import WEEK, MailHours, moment_of, working_day_from

ONE_WEEK = "one_week"
WEEKLY_PANEL = "weekly_panel"
STAGGERED_YEAR = "staggered_year"
LONGEST_PANEL = 52
# A panel's week closes before the next invitation leaves.
DAYS_TO_ANSWER = {ONE_WEEK: 14, WEEKLY_PANEL: 6, STAGGERED_YEAR: 14}
FEWEST_DAYS_TO_ANSWER, MOST_DAYS_TO_ANSWER = 2, 60
OPENING_TIME = datetime.time(9)
CLOSING_TIME = datetime.time(23, 59)
FRIDAY = datetime.timedelta(days=4)


class PlanProblem(StrEnum):
    """What is wrong with the chosen weeks or moments."""

    NO_WEEK = "no_week"
    NOT_A_MONDAY = "not_a_monday"
    OTHER_YEAR = "other_year"
    MORE_THAN_ONE_WEEK = "more_than_one_week"
    NOT_CONSECUTIVE = "not_consecutive"
    TOO_MANY_WEEKS = "too_many_weeks"
    OPENS_TOO_EARLY = "opens_too_early"
    OPENS_AT_NIGHT = "opens_at_night"
    DAYS_TO_ANSWER = "days_to_answer"


@dataclass(frozen=True, kw_only=True)
class CampaignPlan:
    """The weeks and moments that HR chose.

    mondays: the first day of each surveyed week. opens_on: when the invitation about the first week
    leaves; None for the first working day after that week. Later weeks open as many days after their own
    week. days_to_answer: days between opening and the last day; None for the usual number of the kind.
    """

    kind: str
    reporting_year: int
    mondays: tuple[datetime.date, ...]
    opens_on: datetime.date | None = None
    opening_time: datetime.time = OPENING_TIME
    days_to_answer: int | None = None


@dataclass(frozen=True, kw_only=True)
class PlannedWeek:
    """A surveyed week and the moments (UTC) between which it can be answered."""

    monday: datetime.date
    opens_at: datetime.datetime
    closes_at: datetime.datetime


def plan_problem(plan: CampaignPlan) -> PlanProblem | None:
    """The first thing that is wrong with the plan, or None."""
    rules = (
        (not plan.mondays, PlanProblem.NO_WEEK),
        (any(day.weekday() != 0 for day in plan.mondays), PlanProblem.NOT_A_MONDAY),
        (not all(lies_in_year(day, year=plan.reporting_year) for day in plan.mondays), PlanProblem.OTHER_YEAR),
        (plan.kind == ONE_WEEK and len(plan.mondays) > 1, PlanProblem.MORE_THAN_ONE_WEEK),
        (len(plan.mondays) > LONGEST_PANEL, PlanProblem.TOO_MANY_WEEKS),
        (not _is_consecutive(plan.mondays), PlanProblem.NOT_CONSECUTIVE),
        (_opens_too_early(plan), PlanProblem.OPENS_TOO_EARLY),
        (not MailHours().from_hour <= plan.opening_time.hour < MailHours().until_hour, PlanProblem.OPENS_AT_NIGHT),
        (not FEWEST_DAYS_TO_ANSWER <= _days_to_answer(plan) <= MOST_DAYS_TO_ANSWER, PlanProblem.DAYS_TO_ANSWER),
    )
    return next((problem for is_wrong, problem in rules if is_wrong), None)


def planned_weeks(plan: CampaignPlan) -> tuple[PlannedWeek, ...]:
    """The weeks with their moments; for a plan without a problem.

    An invitation that would leave on a weekend or public holiday leaves on the next working day, unless HR
    chose that very day.
    """
    first = plan.mondays[0]
    offset = (plan.opens_on or first + WEEK) - first
    weeks = []
    for monday in plan.mondays:
        chosen = monday + offset
        day = chosen if plan.opens_on == chosen else working_day_from(chosen)
        last_day = chosen + datetime.timedelta(days=_days_to_answer(plan))
        weeks.append(
            PlannedWeek(
                monday=monday,
                opens_at=moment_of(day, plan.opening_time),
                closes_at=moment_of(max(day, last_day), CLOSING_TIME),
            )
        )
    return tuple(weeks)


def consecutive_mondays(first: datetime.date, *, weeks: int) -> tuple[datetime.date, ...]:
    return tuple(first + number * WEEK for number in range(weeks))


def usual_opening(monday: datetime.date, *, today: datetime.date) -> datetime.date:
    """The first working day after the surveyed week that is not already behind us."""
    return working_day_from(max(monday + WEEK, today))


def lies_in_year(monday: datetime.date, *, year: int) -> bool:
    """Whether Monday to Friday of the week lie in the year."""
    return monday.year == year == (monday + FRIDAY).year


def _days_to_answer(plan: CampaignPlan) -> int:
    return DAYS_TO_ANSWER[plan.kind] if plan.days_to_answer is None else plan.days_to_answer


def _is_consecutive(mondays: tuple[datetime.date, ...]) -> bool:
    return mondays == consecutive_mondays(mondays[0], weeks=len(mondays)) if mondays else True


def _opens_too_early(plan: CampaignPlan) -> bool:
    # People are asked about a week that is over.
    return plan.opens_on is not None and bool(plan.mondays) and plan.opens_on < plan.mondays[0] + WEEK
