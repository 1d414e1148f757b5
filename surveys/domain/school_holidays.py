"""School holidays per region, from a dated file: weeks in which many people travel otherwise, or not at all."""

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from surveys.domain.calendar import DAY

FILE = Path(__file__).resolve().parent.parent / "calendars" / "school_holidays.toml"
FRIDAY = 4 * DAY


class SchoolRegion(StrEnum):
    NORTH = "north"
    MIDDLE = "middle"
    SOUTH = "south"


class SchoolHolidayKind(StrEnum):
    AUTUMN = "autumn"
    CHRISTMAS = "christmas"
    SPRING = "spring"
    MAY = "may"
    SUMMER = "summer"


class SchoolHolidaysMalformed(ValueError):
    """The file with the school holidays cannot be read; the text says what is wrong."""


@dataclass(frozen=True, kw_only=True)
class SchoolHoliday:
    """One holiday of one or more regions. is_fixed: laid down for every school, or the minister's advice.

    is_confirmed: found in a second source, too.
    """

    kind: SchoolHolidayKind
    regions: tuple[SchoolRegion, ...]
    first_day: datetime.date
    last_day: datetime.date
    is_fixed: bool
    is_confirmed: bool


@cache
def school_holidays(*, path: Path = FILE) -> tuple[SchoolHoliday, ...]:
    """All holidays of the file, in its order. Raises `SchoolHolidaysMalformed`."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(_holiday(row) for row in document["holidays"])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, ValueError, TypeError) as error:
        raise SchoolHolidaysMalformed(f"{path.name}: {error}") from error


def school_holidays_in(monday: datetime.date) -> tuple[SchoolHoliday, ...]:
    """The holidays that touch Monday to Friday of the week, in any region."""
    return tuple(
        holiday for holiday in school_holidays() if holiday.first_day <= monday + FRIDAY and holiday.last_day >= monday
    )


def knows_year(year: int) -> bool:
    """Whether the file covers the year; where it does not, nothing can be said about school holidays."""
    return {year} <= {holiday.last_day.year for holiday in school_holidays() if holiday.kind != "christmas"}


def _holiday(row: Mapping[str, Any]) -> SchoolHoliday:
    first_day, last_day = row["first_day"], row["last_day"]
    if not first_day <= last_day:
        raise ValueError(f"{row['kind']} ends before it begins on {first_day}")
    return SchoolHoliday(
        kind=SchoolHolidayKind(row["kind"]),
        regions=tuple(SchoolRegion(region) for region in row["regions"]),
        first_day=first_day,
        last_day=last_day,
        is_fixed={"fixed": True, "advice": False}[row["status"]],
        is_confirmed={"C": True, "L": False}[row["certainty"]],
    )
