"""Dates as a reader writes them: 9–15 maart 2026."""

import datetime

from babel.dates import format_date

from surveys.domain.calendar import DAY

# Day before month for English readers in the Netherlands.
LOCALES = {"nl": "nl_NL", "en": "en_GB"}


def week_in_words(monday: datetime.date, *, language: str) -> str:
    """Monday up to and including Sunday, naming month and year once where they are the same."""
    sunday = monday + 6 * DAY
    dash = "–" if monday.month == sunday.month else " – "
    return f"{first_day_in_words(monday, language=language)}{dash}{_formatted(sunday, 'd MMMM y', language)}"


def first_day_in_words(monday: datetime.date, *, language: str) -> str:
    """A week's Monday without the month and year that its Sunday, named after it, has too: 9, or 30 maart."""
    sunday = monday + 6 * DAY
    if monday.month == sunday.month:
        return str(monday.day)
    return _formatted(monday, "d MMMM" if monday.year == sunday.year else "d MMMM y", language)


def day_in_words(day: datetime.date, *, language: str) -> str:
    """Weekday, day and month: maandag 30 maart."""
    return _formatted(day, "EEEE d MMMM", language)


def month_in_words(day: datetime.date, *, language: str) -> str:
    """Month and year: maart 2026."""
    return _formatted(day, "LLLL y", language)


def _formatted(day: datetime.date, pattern: str, language: str) -> str:
    return str(format_date(day, format=pattern, locale=LOCALES.get(language, "nl_NL")))
