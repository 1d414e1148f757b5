"""When a person works, and so when a mail of the plan reaches them: on a working day, before the shift begins."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from surveys.domain.calendar import DAY, MailHours, is_working_day, local_date, local_time, moment_of

# The mail lies on top when the shift begins.
BEFORE_SHIFT = datetime.timedelta(minutes=30)
MOST_WEEKS = 8
ON_LEAVE, NO_WORKING_DAY = "on_leave", "no_working_day"


@dataclass(frozen=True, kw_only=True)
class WorkCycle:
    """A cycle of weeks. starts_on: a Monday on which the first week began.

    weeks: per week seven days, Monday first: "HH:MM" for the start of the shift, "" for a working day without a
    fixed start, None for a day off.
    """

    starts_on: datetime.date
    weeks: tuple[tuple[str | None, ...], ...]

    def shift_on(self, day: datetime.date) -> str | None:
        """What the pattern says about this day, before its beginning too."""
        week, weekday = divmod((day - self.starts_on).days, 7)
        return self.weeks[week % len(self.weeks)][weekday]

    @property
    def fixed_days(self) -> tuple[int, ...] | None:
        """ISO numbers of the working days when every week has the same ones, else None."""
        weeks = {tuple(number for number, day in enumerate(week, start=1) if day is not None) for week in self.weeks}
        return weeks.pop() if len(weeks) == 1 else None

    @property
    def stored_weeks(self) -> list[list[str | None]]:
        return [list(week) for week in self.weeks]


@dataclass(frozen=True, kw_only=True)
class Absence:
    """Leave. until: its last day, None for until further notice."""

    is_on_leave: bool = False
    until: datetime.date | None = None

    def covers(self, day: datetime.date) -> bool:
        return self.is_on_leave and (self.until is None or day <= self.until)


@dataclass(frozen=True, kw_only=True)
class OwnMoment:
    """When the mail reaches this person; reason: why never, when `at` is None."""

    at: datetime.datetime | None
    reason: str = ""


def cycle_from(*, starts_on: datetime.date, weeks: Sequence[Sequence[Any]]) -> WorkCycle | None:
    """The cycle as it is stored; None when it cannot be read, which is no reason to send somebody nothing."""
    if not weeks or any(len(week) != 7 or not all(_is_shift(day) for day in week) for week in weeks):
        return None
    return WorkCycle(starts_on=starts_on, weeks=tuple(tuple(week) for week in weeks))


def asked_days(*, cycle: WorkCycle | None, monday: datetime.date) -> str:
    """The days that the pattern has in the week of this Monday, as ISO numbers in order: "1467".

    Blank without a pattern, and for a week in which it has no day at all: then the person is asked as anybody is.
    The guidance knows no rosters [U]; a week without work is an answer of 0 km [D], and only the person can say
    that nobody called them in.
    """
    if cycle is None:
        return ""
    return "".join(str(number + 1) for number in range(7) if cycle.shift_on(monday + number * DAY) is not None)


def own_moment(
    *,
    planned_at: datetime.datetime,
    expires_at: datetime.datetime,
    cycle: WorkCycle | None,
    absence: Absence,
    hours: MailHours,
) -> OwnMoment:
    """The first fitting moment from `planned_at` until before `expires_at`.

    Without a cycle that is the planned moment itself, or the same time on the next working day. With one it is half
    an hour before the shift on a working day, or the evening before a shift that begins before mail may leave.
    """
    reason, day = NO_WORKING_DAY, local_date(planned_at)
    while moment_of(day, datetime.time()) < expires_at:
        if absence.covers(day):
            reason = ON_LEAVE
            if absence.until is None:
                break
        else:
            at = _moment_on(day, planned_at=planned_at, cycle=cycle, hours=hours)
            if at is not None and planned_at <= at < expires_at and not absence.covers(local_date(at)):
                return OwnMoment(at=at)
        day += DAY
    return OwnMoment(at=None, reason=reason)


def _moment_on(
    day: datetime.date, *, planned_at: datetime.datetime, cycle: WorkCycle | None, hours: MailHours
) -> datetime.datetime | None:
    is_planned_day = day == local_date(planned_at)
    shift = cycle.shift_on(day) if cycle else ""
    if shift is None or (cycle is None and not is_planned_day and not is_working_day(day)):
        return None
    if shift:
        return _before_shift(day, shift, hours)
    clock_time = local_time(planned_at)
    if hours.contain(planned_at):
        return planned_at if is_planned_day else moment_of(day, clock_time)
    return moment_of(day, datetime.time(hours.from_hour))


def _before_shift(day: datetime.date, shift: str, hours: MailHours) -> datetime.datetime:
    wanted = moment_of(day, datetime.time.fromisoformat(shift)) - BEFORE_SHIFT
    is_in_time = wanted >= moment_of(day, datetime.time(hours.from_hour))
    latest = moment_of(day if is_in_time else day - DAY, datetime.time(hours.until_hour - 1, 30))
    return min(wanted, latest)


def _is_shift(value: Any) -> bool:
    if value is None or value == "":
        return True
    try:
        return bool(datetime.time.fromisoformat(value))
    except (TypeError, ValueError):
        return False
