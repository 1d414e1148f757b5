"""The weeks that HR can choose from, grouped by month, with their public holidays."""

import datetime

from django.utils.translation import gettext as _

from surveys.domain.calendar import DAY, WEEK, weekday_holidays
from surveys.domain.dates_in_words import month_in_words, week_in_words

WEEKS_BACK, WEEKS_AHEAD = 60, 40

Choices = list[tuple[str, list[tuple[str, str]]]]


def week_choices(*, today: datetime.date, language: str, chosen: datetime.date | None = None) -> Choices:
    """Weeks around today, latest first, grouped by month; a `chosen` week outside them is added."""
    this_monday = today - today.weekday() * DAY
    mondays = {this_monday + number * WEEK for number in range(-WEEKS_BACK, WEEKS_AHEAD + 1)}
    mondays |= {chosen} if chosen else set()
    groups: dict[str, list[tuple[str, str]]] = {}
    for monday in sorted(mondays, reverse=True):
        month = month_in_words(monday, language=language)
        groups.setdefault(month, []).append((monday.isoformat(), _week_label(monday, language=language)))
    return list(groups.items())


def usual_week(today: datetime.date) -> datetime.date:
    """The last week that is over and had no public holiday on a weekday."""
    monday = today - today.weekday() * DAY - WEEK
    while weekday_holidays(monday):
        monday -= WEEK
    return monday


def monday_of(value: str) -> datetime.date:
    """The date behind a choice of `week_choices`."""
    return datetime.date.fromisoformat(value)


def _week_label(monday: datetime.date, *, language: str) -> str:
    label = _("Week %(number)s: %(dates)s") % {
        "number": monday.isocalendar().week,
        "dates": week_in_words(monday, language=language),
    }
    holidays = ", ".join(day.name for day in weekday_holidays(monday, language=language))
    return (
        _("%(week)s (not a normal week: %(holidays)s)") % {"week": label, "holidays": holidays} if holidays else label
    )
