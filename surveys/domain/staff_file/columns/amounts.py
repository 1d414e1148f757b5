"""Hours and days as people write them, exact to two decimals."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from surveys.domain.staff_file.errors import CellError

_NUMBER = re.compile(r"([+-]?)(\d{1,9})(?:[.,](\d{1,30}))?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)(?::[0-5]\d)?", re.ASCII)
_UNIT = re.compile(r"\s*(?:uren|uur|u|hours|hour|hrs|h|dagen|dag|days|day|d)\.?$", re.IGNORECASE)
_CENT = Decimal("0.01")

MOST_MONTHLY_HOURS = 320
MOST_DAYS = 7
_MONTHS_PER_WEEK = Fraction(52, 12)


def read_monthly_hours(text: str) -> Decimal:
    """Paid hours a month, 0 to 320. Raises CellError `not_a_number` or `hours_out_of_range`."""
    return _within(_number(text), most=MOST_MONTHLY_HOURS, code="hours_out_of_range")


def read_weekly_hours(text: str) -> Decimal:
    """Paid hours a month from hours a week: × 52 ÷ 12, rounded once. Raises CellError as `read_monthly_hours`."""
    return _within(_number(text) * _MONTHS_PER_WEEK, most=MOST_MONTHLY_HOURS, code="hours_out_of_range")


def read_days(text: str) -> Decimal:
    """Working days a week, 0 to 7. Raises CellError `not_a_number` or `days_out_of_range`."""
    return _within(_number(text), most=MOST_DAYS, code="days_out_of_range")


def _number(text: str) -> Fraction:
    text = _UNIT.sub("", text)
    if match := _NUMBER.fullmatch(text):
        sign, whole, decimals = match.groups()
        return Fraction(f"{sign}{whole}.{decimals or 0}")
    if match := _CLOCK.fullmatch(text):
        return int(match.group(1)) + Fraction(int(match.group(2)), 60)
    raise CellError("not_a_number")


def _within(amount: Fraction, *, most: int, code: str) -> Decimal:
    if not 0 <= amount <= most:
        raise CellError(code)
    return (Decimal(amount.numerator) / amount.denominator).quantize(_CENT, rounding=ROUND_HALF_UP)
