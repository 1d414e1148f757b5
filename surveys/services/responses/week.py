"""Answers about the week as a whole: the weekend, and whether it was a normal week."""

import datetime
from enum import StrEnum

from surveys.domain.question_path import WEEKEND, WeekAnswers, is_normal_week_complete
from surveys.enums import Whereabouts
from surveys.models import Invitation
from surveys.services.responses.days import DayChoice, check_is_asked, delete_days, save_day
from surveys.services.responses.locking import LockedWeek, OutOfStep, locked_week, one_change


class NormalWeek(StrEnum):
    """Was this a normal week? FILL: no, and another one is given instead. KEEP: no, but it counts as it is."""

    YES = "yes"
    FILL = "fill"
    KEEP = "keep"


class WeekendNotAsked(OutOfStep):
    """A roster tells which days are asked about; nothing is asked about the weekend as such."""


@one_change
def record_weekend(*, invitation: Invitation, has_worked: bool, now: datetime.datetime) -> WeekAnswers:
    """Store whether there was work in the weekend; a no removes its days. Returns all answers as they are stored now.

    Raises `WeekendNotAsked`, `CannotAnswer`, `NotStarted`.
    """
    week = locked_week(invitation, now=now)
    save_weekend(week, has_worked=has_worked)
    return week.answers


@one_change
def record_normal_week(*, invitation: Invitation, choice: NormalWeek, now: datetime.datetime) -> WeekAnswers:
    """Store whether this was a normal week. Only `FILL` keeps the days of a normal week that were given before.

    Returns all answers as they are stored now. Raises `CannotAnswer`, `NotStarted`.
    """
    week = locked_week(invitation, now=now)
    week.response.was_normal_week = choice is NormalWeek.YES
    if choice is not NormalWeek.FILL:
        delete_days(week, [key for key in week.days if key[1]])
    week.response.gives_normal_week = is_normal_week_complete(week.answers)
    week.response.save(update_fields=["was_normal_week", "gives_normal_week"])
    return week.answers


@one_change
def record_free_normal_weekend(*, invitation: Invitation, now: datetime.datetime) -> WeekAnswers:
    """Store that there is no work in the weekend of a normal week. Returns all answers as they are stored now.

    Raises `WeekendNotAsked`, `DayNotAsked`, `CannotAnswer`, `NotStarted`.
    """
    week = locked_week(invitation, now=now)
    _check_weekend(week)
    for date in _weekend(week):
        check_is_asked(week, date=date, is_normal_week=True)
        save_day(
            week,
            date=date,
            is_normal_week=True,
            choice=DayChoice(whereabouts=Whereabouts.NOT_WORKED),
            is_copied=False,
        )
    return week.answers


def save_weekend(week: LockedWeek, *, has_worked: bool) -> None:
    """The same under the lock that the caller holds."""
    _check_weekend(week)
    week.response.worked_in_weekend = has_worked
    week.response.save(update_fields=["worked_in_weekend"])
    if not has_worked:
        delete_days(week, [(date, False) for date in _weekend(week) if (date, False) in week.days])


def _check_weekend(week: LockedWeek) -> None:
    if week.response.invitation.asked_days:
        raise WeekendNotAsked


def _weekend(week: LockedWeek) -> list[datetime.date]:
    monday: datetime.date = week.response.week.monday
    return [monday + datetime.timedelta(days=offset) for offset in WEEKEND]
