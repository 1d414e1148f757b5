"""Dates as people and spreadsheets write them."""

import re
from datetime import date, timedelta

from surveys.domain.staff_file.errors import CellError

_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIME, re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})" + _TIME, re.ASCII)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)", re.ASCII)
_DAY_MONTH_NAME = re.compile(r"(\d{1,2})(?:st|nd|rd|th|e)?[-/ .]+([^\W\d_]{3,9})[-/ .,]+(\d{4}|\d{2})", re.IGNORECASE)
_MONTH_NAME_DAY = re.compile(r"([^\W\d_]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?[, ]+(\d{4}|\d{2})", re.IGNORECASE)
_SERIAL = re.compile(r"(\d{5}|2958465)(?:[.,]\d+)?", re.ASCII)
_SERIAL_ZERO = date(1899, 12, 30)
"""Excel's day 0, counted so that every day from 1 March 1900 on is right."""
_YEAR = re.compile(r"\d{4}", re.ASCII)

FIRST_YEAR = 1900
LAST_YEAR = 2199
_FIRST_BIRTH_YEAR, _LAST_BIRTH_YEAR = 1900, 2030

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb febr",
            "maart march mrt mar maa",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "augustus august aug",
            "september sep sept",
            "oktober october okt oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}


def read_date(text: str) -> date:
    """A date: 2026-03-09, 9-3-2026, 9/3/2026, 9 maart 2026, March 9, 2026, 20260309 or Excel's 46090.

    Raises CellError: `not_a_date`, `no_such_date`, `two_digit_year`, `month_and_day_swapped`, `date_out_of_range`.
    """
    found = _written_date(text)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise CellError("date_out_of_range")
    return found


def read_end_date(text: str) -> date | None:
    """Like `read_date`; a year past 2199, as 31-12-9999 in many systems, means that there is no end."""
    found = _written_date(text)
    if found.year > LAST_YEAR:
        return None
    return read_date(text)


def read_birth_year(text: str) -> int:
    """A year of birth; of a date of birth the day is dropped. Raises CellError as `read_date`, and
    `birth_year_out_of_range`."""
    year = int(text) if _YEAR.fullmatch(text) else _written_date(text).year
    if not _FIRST_BIRTH_YEAR <= year <= _LAST_BIRTH_YEAR:
        raise CellError("birth_year_out_of_range")
    return year


def _written_date(text: str) -> date:
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = match.groups()
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = match.groups()
    elif match := _COMPACT.fullmatch(text):
        year, month, day = match.groups()
    elif match := _SERIAL.fullmatch(text):
        return _SERIAL_ZERO + timedelta(days=int(match.group(1)))
    else:
        year, month, day = _named_month(text)
    return _existing_date(year, int(month), int(day))


def _named_month(text: str) -> tuple[str, int, str]:
    if match := _DAY_MONTH_NAME.fullmatch(text):
        day, name, year = match.groups()
    elif match := _MONTH_NAME_DAY.fullmatch(text):
        name, day, year = match.groups()
    else:
        raise CellError("not_a_date")
    month = _MONTHS.get(name.casefold())
    if month is None:
        raise CellError("not_a_date")
    return year, month, day


def _existing_date(year: str, month: int, day: int) -> date:
    if len(year) == 2:
        raise CellError("two_digit_year")
    if month > 12 and 1 <= day <= 12 and month <= 31:
        raise CellError("month_and_day_swapped")
    try:
        return date(int(year), month, day)
    except ValueError:
        raise CellError("no_such_date") from None
