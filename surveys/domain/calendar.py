"""Dutch dates and clock times: holidays, working days, the hours in which mail may be sent.

Moments come and go in UTC; what a person sees on the clock is Europe/Amsterdam.
"""

import datetime
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DAY = datetime.timedelta(days=1)
WEEK = datetime.timedelta(days=7)
SATURDAY = 5


@dataclass(frozen=True, kw_only=True)
class Holiday:
    """A Dutch public holiday, Good Friday included (Algemene termijnenwet).

    School holidays are not in here: they differ per region (`school_holidays`).
    """

    date: datetime.date
    name: str


@dataclass(frozen=True, kw_only=True)
class MailHours:
    """The local hours in which mail may leave: from `from_hour` until just before `until_hour`."""

    from_hour: int = 7
    until_hour: int = 20

    def contain(self, moment: datetime.datetime) -> bool:
        return self.from_hour <= moment.astimezone(AMSTERDAM).hour < self.until_hour


@lru_cache(maxsize=64)
def _public_holidays(year: int, language: str) -> dict[datetime.date, str]:
    # The package knows English as en_US only.
    found = holidays.country_holidays("NL", years=year, language="nl" if language == "nl" else "en_US")
    return dict(found.items())


def weekday_holidays(monday: datetime.date, *, language: str = "nl") -> tuple[Holiday, ...]:
    """Public holidays on Monday to Friday of the week: days that make it no normal week."""
    days = [monday + offset * DAY for offset in range(SATURDAY)]
    return tuple(
        Holiday(date=day, name=name) for day in days if (name := _public_holidays(day.year, language).get(day))
    )


def public_holiday(day: datetime.date, *, language: str = "nl") -> str:
    """The name of the public holiday on this day, or an empty text."""
    return _public_holidays(day.year, language).get(day, "")


def is_working_day(day: datetime.date) -> bool:
    return day.weekday() < SATURDAY and day not in _public_holidays(day.year, "nl")


def working_day_from(day: datetime.date) -> datetime.date:
    """The day itself, or the first working day after it."""
    while not is_working_day(day):
        day += DAY
    return day


def working_days_after(day: datetime.date, *, days: int) -> datetime.date:
    """The date `days` working days after `day`; weekends and public holidays do not count."""
    for _ in range(days):
        day = working_day_from(day + DAY)
    return day


def last_working_day_before(day: datetime.date) -> datetime.date:
    day -= DAY
    while not is_working_day(day):
        day -= DAY
    return day


def working_days_before(day: datetime.date, *, days: int) -> datetime.date:
    """The date `days` working days before `day`; weekends and public holidays do not count."""
    for _ in range(days):
        day = last_working_day_before(day)
    return day


def local_date(moment: datetime.datetime) -> datetime.date:
    return moment.astimezone(AMSTERDAM).date()


def local_time(moment: datetime.datetime) -> datetime.time:
    """What the Dutch clock shows."""
    return moment.astimezone(AMSTERDAM).time()


def moment_of(day: datetime.date, clock_time: datetime.time) -> datetime.datetime:
    """The moment, in UTC, at which the Dutch clock shows this time on this day."""
    return datetime.datetime.combine(day, clock_time, tzinfo=AMSTERDAM).astimezone(datetime.UTC)


def sending_moment(moment: datetime.datetime, *, hours: MailHours) -> datetime.datetime:
    """The moment itself when mail may be sent then, else the first moment after it when it may."""
    if hours.contain(moment):
        return moment
    local = moment.astimezone(AMSTERDAM)
    day = local.date() if local.hour < hours.from_hour else local.date() + DAY
    return moment_of(day, datetime.time(hours.from_hour))
