"""Dates as a reader writes them: 9–15 maart 2026."""

import datetime
from functools import lru_cache

from babel.dates import format_date

from surveys.domain.calendar import DAY

# Day before month for English readers in the Netherlands.
LOCALES = {"en": "en_GB", "pt": "pt_PT"}
LANGUAGES = ("nl", "en", "pl", "de", "ro", "bg", "uk", "tr", "ar", "es", "pt", "fr")
# Unicode date patterns. Babel's own choice for a whole date falls back to short months or figures in some languages.
DAY_OF_MONTH = {"de": "d."}
DAY_MONTH = {"de": "d. MMMM", "es": "d 'de' MMMM", "pt": "d 'de' MMMM"}
YEAR = {"bg": " y 'г.'", "uk": " y 'р.'", "es": " 'de' y", "pt": " 'de' y"}
WEEKDAY_FIRST = {"nl": "EEEE {}", "en": "EEEE {}", "fr": "EEEE {}", "tr": "{} EEEE", "ar": "EEEE، {}"}
TIME_AFTER = {"ar": "، ", "de": ", ", "fr": " à "}


def week_in_words(monday: datetime.date, *, language: str) -> str:
    """Monday up to and including Sunday, naming month and year once where they are the same."""
    sunday = monday + 6 * DAY
    dash = "–" if monday.month == sunday.month else " – "
    return f"{first_day_in_words(monday, language=language)}{dash}{date_in_words(sunday, language=language)}"


def first_day_in_words(monday: datetime.date, *, language: str) -> str:
    """A week's Monday without the month and year that its Sunday, named after it, has too: 9, or 30 maart."""
    sunday = monday + 6 * DAY
    if monday.month == sunday.month:
        return _formatted(monday, DAY_OF_MONTH.get(language, "d"), language)
    if monday.year == sunday.year:
        return _formatted(monday, _day_month(language), language)
    return date_in_words(monday, language=language)


def date_in_words(day: datetime.date, *, language: str) -> str:
    """Day, month and year: 30 maart 2026."""
    return _formatted(day, _day_month(language) + YEAR.get(language, " y"), language)


def weekday_in_words(day: datetime.date, *, language: str) -> str:
    """The weekday by itself: maandag."""
    return _formatted(day, "cccc", language)


def day_in_words(day: datetime.date, *, language: str) -> str:
    """Weekday, day and month: maandag 30 maart."""
    return _formatted(day, WEEKDAY_FIRST.get(language, "EEEE, {}").format(_day_month(language)), language)


def moment_in_words(moment: datetime.datetime, *, language: str) -> str:
    """Weekday, day, month and the clock of this moment's own zone: maandag 30 maart, 09:00."""
    return f"{day_in_words(moment.date(), language=language)}{TIME_AFTER.get(language, ', ')}{moment:%H:%M}"


def month_in_words(day: datetime.date, *, language: str) -> str:
    """Month and year: maart 2026."""
    return _formatted(day, "LLLL y", language)


def _day_month(language: str) -> str:
    return DAY_MONTH.get(language, "d MMMM")


# Pages name the same few days over and over, and finding the words takes longer than most of a page.
@lru_cache(maxsize=10_000)
def _formatted(day: datetime.date, pattern: str, language: str) -> str:
    locale = LOCALES.get(language, language) if language in LANGUAGES else "nl"
    return str(format_date(day, format=pattern, locale=locale))
