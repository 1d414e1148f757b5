"""Answers about the week as a whole: the weekend, and whether it was a normal week."""

import datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import QuerySet

from surveys.domain.question_path import WEEKEND
from surveys.enums import Whereabouts
from surveys.models import DayAnswer, Invitation, Response
from surveys.services.responses.days import DayChoice, check_is_asked, note_normal_week, save_day
from surveys.services.responses.locking import OutOfStep, locked_response


class NormalWeek(StrEnum):
    """Was this a normal week? FILL: no, and another one is given instead. KEEP: no, but it counts as it is."""

    YES = "yes"
    FILL = "fill"
    KEEP = "keep"


class WeekendNotAsked(OutOfStep):
    """A roster tells which days are asked about; nothing is asked about the weekend as such."""


@transaction.atomic
def record_weekend(*, invitation: Invitation, has_worked: bool, now: datetime.datetime) -> None:
    """Store whether there was work in the weekend; a no removes its days.

    Raises `WeekendNotAsked`, `CannotAnswer`, `NotStarted`.
    """
    save_weekend(locked_response(invitation, now=now), has_worked=has_worked)


@transaction.atomic
def record_normal_week(*, invitation: Invitation, choice: NormalWeek, now: datetime.datetime) -> None:
    """Store whether this was a normal week. Only `FILL` keeps the days of a normal week that were given before.

    Raises `CannotAnswer`, `NotStarted`.
    """
    response = locked_response(invitation, now=now)
    response.was_normal_week = choice is NormalWeek.YES
    response.save(update_fields=["was_normal_week"])
    if choice is not NormalWeek.FILL:
        _days(response, is_normal_week=True).delete()
    note_normal_week(response)


@transaction.atomic
def record_free_normal_weekend(*, invitation: Invitation, now: datetime.datetime) -> None:
    """Store that there is no work in the weekend of a normal week.

    Raises `WeekendNotAsked`, `DayNotAsked`, `CannotAnswer`, `NotStarted`.
    """
    response = locked_response(invitation, now=now)
    _check_weekend(response)
    for date in _weekend(response):
        check_is_asked(response, date=date, is_normal_week=True)
        save_day(
            response,
            date=date,
            is_normal_week=True,
            choice=DayChoice(whereabouts=Whereabouts.NOT_WORKED),
            is_copied=False,
        )


def save_weekend(response: Response, *, has_worked: bool) -> None:
    """The same under the lock that the caller holds."""
    _check_weekend(response)
    response.worked_in_weekend = has_worked
    response.save(update_fields=["worked_in_weekend"])
    if not has_worked:
        _days(response, is_normal_week=False).filter(date__in=_weekend(response)).delete()


def _check_weekend(response: Response) -> None:
    if response.invitation.asked_days:
        raise WeekendNotAsked


def _weekend(response: Response) -> list[datetime.date]:
    monday: datetime.date = response.week.monday
    return [monday + datetime.timedelta(days=offset) for offset in WEEKEND]


def _days(response: Response, *, is_normal_week: bool) -> QuerySet[DayAnswer]:
    return DayAnswer.objects.filter(
        organisation_id=response.organisation_id, response=response, is_normal_week=is_normal_week
    )
