"""A closed survey of several weeks, week by week, for pages."""

import datetime
from fractions import Fraction

from reporting.domain.parameters import Parameters
from reporting.domain.rvo import Mode
from reporting.domain.week_by_week import GROUP_OF_MODE, ModeGroup, WeekByWeek, WeekResult, week_by_week
from reporting.models import Report
from reporting.selectors.survey import kept_or_live_rows, sums_of_rows
from surveys.enums import CampaignState
from wpm_platform.organisations.models import Organisation


def report_weeks(
    *, organisation: Organisation, report: Report, headcount: int, parameters: Parameters
) -> WeekByWeek | None:
    """The weeks of the report's survey; None without a closed survey of several weeks, and where only their total was
    kept."""
    campaign = report.campaign
    if campaign is None or campaign.state != CampaignState.CLOSED:
        return None
    weeks, metres = kept_or_live_rows(organisation=organisation, campaign=campaign, legal_entity=report.legal_entity)
    if len(weeks) < 2 or any("mode_people" not in week for week in weeks):
        return None
    results = []
    for week in weeks:
        week_from = datetime.date.fromisoformat(week["week_from"])
        survey = sums_of_rows(weeks, metres, week_from=week_from)
        by_group: dict[ModeGroup, Fraction] = {}
        for row in survey.sums:
            group = GROUP_OF_MODE[row.mode]
            by_group[group] = by_group.get(group, Fraction(0)) + row.metres
        results.append(
            WeekResult(
                week_from=week_from,
                respondents=survey.respondents,
                travellers=week["travellers"],
                people=_people(week["mode_people"]),
                metres=by_group,
            )
        )
    return week_by_week(results, weeks_per_year=parameters.whole("weeks_per_year"), headcount=headcount)


def _people(mode_people: dict[str, int]) -> dict[ModeGroup, int]:
    """At least so many different people per group: one can use two modes of a group in a week."""
    people: dict[ModeGroup, int] = {}
    for mode, count in mode_people.items():
        group = GROUP_OF_MODE[Mode(mode)]
        people[group] = max(people.get(group, 0), count)
    return people
