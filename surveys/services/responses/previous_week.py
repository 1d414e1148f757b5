"""The weekly panel: this week was the same as the last one."""

import datetime

from surveys.domain.question_path import WeekAnswers, is_normal_week_complete
from surveys.models import Invitation
from surveys.selectors.response_state import previous_days
from surveys.services.responses.days import choice_of, day_row, delete_days, save_days
from surveys.services.responses.locking import OutOfStep, locked_week, one_change


class NoPreviousWeek(OutOfStep):
    """Nobody submitted an earlier week of this campaign on this invitation's behalf."""


class FactsMissing(OutOfStep):
    """The usual distance must be confirmed before days can be taken over."""


@one_change
def copy_previous_week(*, invitation: Invitation, now: datetime.datetime) -> WeekAnswers:
    """Take over all days of the last submitted week, marked as copied, in place of this week's days.

    Distance and vehicles are this week's own. Returns all answers as stored now.

    Raises `NoPreviousWeek`, `FactsMissing`, `CannotAnswer`, `NotStarted`.
    """
    week = locked_week(invitation, now=now)
    response = week.response
    days = previous_days(invitation=response.invitation)
    if not days:
        raise NoPreviousWeek
    if response.one_way_metres is None:
        raise FactsMissing
    previous = days[0].response
    shift = response.week.monday - previous.week.monday
    rows = [
        day_row(
            week,
            date=day.date + shift,
            is_normal_week=day.is_normal_week,
            choice=choice_of(day),
            is_copied=True,
        )
        for day in days
    ]
    stays = {(row.date, row.is_normal_week) for row in rows}
    delete_days(week, [key for key in week.days if key not in stays])
    save_days(week, rows)
    response.worked_in_weekend, response.was_normal_week = previous.worked_in_weekend, previous.was_normal_week
    response.gives_normal_week = is_normal_week_complete(week.answers)
    response.save(update_fields=["worked_in_weekend", "was_normal_week", "gives_normal_week"])
    return week.answers
