"""One day at a time."""

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from surveys.domain.day_rules import day_distance
from surveys.domain.question_path import WeekAnswers, day_to_copy, is_asked, is_normal_week_complete
from surveys.enums import Mode, Whereabouts
from surveys.models import DayAnswer, Invitation
from surveys.services.responses.locking import LockedWeek, OutOfStep, locked_week, one_change
from wpm_platform.organisations.models import Site

TRAVELLED = (Whereabouts.WORKPLACE, Whereabouts.OTHER_SITE)
MODES = frozenset(Mode.values)
COLUMNS = [field.attname for field in DayAnswer._meta.concrete_fields if not field.primary_key]


class DayNotAsked(OutOfStep):
    """This day is not in the week, or belongs to a weekend or a normal week that was not said to apply."""


class NothingToCopy(OutOfStep):
    """No earlier day of this week has an answer that can be taken over."""


@dataclass(frozen=True, kw_only=True)
class DayChoice:
    """What somebody answers about a day. mode: when they travelled to a workplace, else empty.

    other_site: None for a site that is not in the list. other_site_one_way_metres: None when not given.
    """

    whereabouts: str
    mode: str = ""
    other_site: Site | None = None
    other_site_one_way_metres: int | None = None

    def __post_init__(self) -> None:
        if (self.whereabouts in TRAVELLED) != (self.mode in MODES):
            raise ValueError("A day has a mode when, and only when, somebody travelled to a workplace.")


@one_change
def record_day(
    *,
    invitation: Invitation,
    date: datetime.date,
    is_normal_week: bool,
    choice: DayChoice,
    now: datetime.datetime,
) -> WeekAnswers:
    """Save one day, in place of what was answered before; returns all answers as they are stored now.

    Raises `DayNotAsked`, `CannotAnswer`, `NotStarted`.
    """
    week = locked_week(invitation, now=now)
    check_is_asked(week, date=date, is_normal_week=is_normal_week)
    save_day(week, date=date, is_normal_week=is_normal_week, choice=choice, is_copied=False)
    return week.answers


@one_change
def copy_day(
    *, invitation: Invitation, date: datetime.date, is_normal_week: bool, now: datetime.datetime
) -> WeekAnswers:
    """Take over the nearest earlier day of the week, marked as copied; returns all answers as they are stored now.

    Raises `NothingToCopy`, `DayNotAsked`, `CannotAnswer`, `NotStarted`.
    """
    week = locked_week(invitation, now=now)
    check_is_asked(week, date=date, is_normal_week=is_normal_week)
    source_date = day_to_copy(week.answers, day=date, is_normal_week=is_normal_week)
    if source_date is None:
        raise NothingToCopy
    source = week.days[source_date, is_normal_week]
    save_day(week, date=date, is_normal_week=is_normal_week, choice=choice_of(source), is_copied=True)
    return week.answers


def check_is_asked(week: LockedWeek, *, date: datetime.date, is_normal_week: bool) -> None:
    if not is_asked(week.answers, day=date, is_normal_week=is_normal_week):
        raise DayNotAsked


def choice_of(day: DayAnswer) -> DayChoice:
    """The choice behind a saved day, to be made again for another one."""
    return DayChoice(
        whereabouts=day.whereabouts,
        mode=day.mode,
        other_site=day.other_site,
        other_site_one_way_metres=day.other_site_one_way_metres,
    )


def save_day(
    week: LockedWeek, *, date: datetime.date, is_normal_week: bool, choice: DayChoice, is_copied: bool
) -> None:
    """Write the day under the lock that the caller holds, with its distance and its vehicle's facts."""
    save_days(week, [day_row(week, date=date, is_normal_week=is_normal_week, choice=choice, is_copied=is_copied)])
    if is_normal_week:
        note_normal_week(week)


def save_days(week: LockedWeek, rows: list[DayAnswer]) -> None:
    """Write several days at once, likewise; the caller notes what follows for a normal week."""
    if not rows:
        return
    written = [{column: getattr(row, column) for column in COLUMNS} for row in rows]
    with connection.cursor() as cursor:
        cursor.execute("SELECT wpm.store_days(%s)", [json.dumps(written, default=datetime.date.isoformat)])
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk, row._state.adding = key, False
    week.days.update({(row.date, row.is_normal_week): row for row in rows})


def delete_days(week: LockedWeek, keys: Iterable[tuple[datetime.date, bool]]) -> None:
    """Delete these days of the week, by date and whether it is of the normal week."""
    rows = [week.days.pop(key).pk for key in keys]
    if rows:
        DayAnswer.objects.filter(organisation_id=week.response.organisation_id, pk__in=rows).delete()


def day_row(
    week: LockedWeek, *, date: datetime.date, is_normal_week: bool, choice: DayChoice, is_copied: bool
) -> DayAnswer:
    """The row of the day, that of before if there is one, as it is to be written."""
    response, facts = week.response, week.vehicles.get(choice.mode)
    day = week.days.get((date, is_normal_week)) or DayAnswer(
        organisation_id=response.organisation_id, response=response, date=date, is_normal_week=is_normal_week
    )
    distance = day_distance(
        whereabouts=choice.whereabouts,
        usual_one_way_metres=response.one_way_metres or 0,
        other_one_way_metres=choice.other_site_one_way_metres,
    )
    day.employee_id = response.employee_id
    day.whereabouts, day.mode = choice.whereabouts, choice.mode
    day.fuel, day.is_employer_provided = (facts.fuel, facts.is_employer_provided) if facts else ("", None)
    day.other_site, day.other_site_one_way_metres = choice.other_site, choice.other_site_one_way_metres
    day.return_metres, day.uses_usual_distance = distance.return_metres, distance.uses_usual_distance
    day.is_copied = is_copied
    return day


def note_normal_week(week: LockedWeek) -> None:
    """A normal week stands in for the unusual one once all its days are answered, never half of it."""
    gives = is_normal_week_complete(week.answers)
    if gives != week.response.gives_normal_week:
        week.response.gives_normal_week = gives
        week.response.save(update_fields=["gives_normal_week"])
