"""The mail plan laid out as a calendar: a row per week, a place per day."""

import datetime
from dataclasses import dataclass

from surveys.domain.calendar import DAY, SATURDAY, WEEK, local_date, public_holiday
from surveys.domain.school_holidays import SchoolHoliday, school_holidays_in
from surveys.models import SurveyWeek
from surveys.selectors.mail_plan import PlanCalendar, PlanLine


@dataclass(frozen=True, kw_only=True)
class ClosingMoment:
    """The last moment to answer about a week. number: the week's place in the campaign, from 1."""

    week: SurveyWeek
    number: int
    is_over: bool


@dataclass(frozen=True, kw_only=True)
class PlanDay:
    """One day with what leaves or ends on it. public_holiday: its name, or empty."""

    date: datetime.date
    is_today: bool
    public_holiday: str
    lines: tuple[PlanLine, ...]
    closings: tuple[ClosingMoment, ...]

    @property
    def is_quiet(self) -> bool:
        """A day on which few people read their mail at work."""
        return self.date.weekday() >= SATURDAY or bool(self.public_holiday)

    @property
    def is_empty(self) -> bool:
        return not self.lines and not self.closings


@dataclass(frozen=True, kw_only=True)
class PlanWeek:
    """One row of the calendar. is_asked: this is a week that the survey asks about."""

    monday: datetime.date
    days: tuple[PlanDay, ...]
    school_holidays: tuple[SchoolHoliday, ...]
    is_asked: bool

    @property
    def number(self) -> int:
        """By ISO 8601, as Dutch calendars count."""
        return self.monday.isocalendar().week

    @property
    def public_holidays(self) -> tuple[PlanDay, ...]:
        return tuple(day for day in self.days if day.public_holiday)

    @property
    def is_empty(self) -> bool:
        return all(day.is_empty for day in self.days)


def plan_grid(*, calendar: PlanCalendar, now: datetime.datetime, language: str = "nl") -> tuple[PlanWeek, ...]:
    """The weeks from the first mail or close up to the last; without gaps, empty weeks included."""
    closings = [
        ClosingMoment(week=warned.week, number=number, is_over=warned.week.closes_at <= now)
        for number, warned in enumerate(calendar.weeks, start=1)
    ]
    days = [local_date(line.step.due_at) for line in calendar.lines]
    days += [local_date(closing.week.closes_at) for closing in closings]
    if not days:
        return ()
    asked = {warned.week.monday for warned in calendar.weeks}
    first, last = _monday(min(days)), _monday(max(days))
    mondays = [first + number * WEEK for number in range((last - first) // WEEK + 1)]
    return tuple(
        PlanWeek(
            monday=monday,
            days=tuple(
                _day(monday + offset * DAY, calendar=calendar, closings=closings, now=now, language=language)
                for offset in range(7)
            ),
            school_holidays=school_holidays_in(monday),
            is_asked=monday in asked,
        )
        for monday in mondays
    )


def _day(
    day: datetime.date,
    *,
    calendar: PlanCalendar,
    closings: list[ClosingMoment],
    now: datetime.datetime,
    language: str,
) -> PlanDay:
    return PlanDay(
        date=day,
        is_today=day == local_date(now),
        public_holiday=public_holiday(day, language=language),
        lines=tuple(line for line in calendar.lines if local_date(line.step.due_at) == day),
        closings=tuple(closing for closing in closings if local_date(closing.week.closes_at) == day),
    )


def _monday(day: datetime.date) -> datetime.date:
    return day - day.weekday() * DAY
