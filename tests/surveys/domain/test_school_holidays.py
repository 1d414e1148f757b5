"""The dated file of school holidays."""

import datetime
import itertools
from collections import Counter

import pytest

from surveys.domain.school_holidays import (
    SchoolHolidayKind,
    SchoolHolidaysMalformed,
    SchoolRegion,
    knows_year,
    school_holidays,
    school_holidays_in,
)

SATURDAY, SUNDAY = 5, 6


def found(monday):
    return [(holiday.kind, *holiday.regions) for holiday in school_holidays_in(datetime.date.fromisoformat(monday))]


def test_every_region_has_every_holiday_once_a_year_and_none_overlap():
    starts = Counter(
        (holiday.kind, region, holiday.first_day.year) for holiday in school_holidays() for region in holiday.regions
    )
    expected = {
        (kind, region, year): 1 for kind in SchoolHolidayKind for region in SchoolRegion for year in (2025, 2026, 2027)
    }
    before = {(SchoolHolidayKind.CHRISTMAS, region, 2024): 1 for region in SchoolRegion}
    assert dict(starts) == expected | before
    for region in SchoolRegion:
        own = sorted(
            (holiday.first_day, holiday.last_day) for holiday in school_holidays() if region in holiday.regions
        )
        assert all(earlier[1] < later[0] for earlier, later in itertools.pairwise(own))


def test_holidays_run_from_saturday_to_sunday():
    days = {(holiday.first_day.weekday(), holiday.last_day.weekday()) for holiday in school_holidays()}
    assert days == {(SATURDAY, SUNDAY)}


def test_only_the_ministers_own_dates_are_fixed():
    fixed = {holiday.kind for holiday in school_holidays() if holiday.is_fixed}
    advice = {holiday.kind for holiday in school_holidays() if not holiday.is_fixed}
    assert fixed == {SchoolHolidayKind.CHRISTMAS, SchoolHolidayKind.MAY, SchoolHolidayKind.SUMMER}
    assert advice == {SchoolHolidayKind.AUTUMN, SchoolHolidayKind.SPRING}


@pytest.mark.parametrize(
    ("monday", "expected"),
    [
        ("2026-02-16", [("spring", "middle", "south")]),
        ("2026-02-23", [("spring", "north")]),
        ("2026-07-06", [("summer", "north")]),
        ("2026-07-13", [("summer", "north"), ("summer", "south")]),
        ("2026-03-09", []),
        ("2026-12-28", [("christmas", "north", "middle", "south")]),
    ],
)
def test_holidays_of_a_surveyed_week(monday, expected):
    assert found(monday) == expected


def test_weekend_before_a_holiday_is_no_part_of_the_week():
    assert found("2026-02-09") == []  # the holiday begins on Saturday 14 February


def test_years_of_the_file_are_known():
    assert [year for year in range(2023, 2030) if knows_year(year)] == [2025, 2026, 2027]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("holidays = ", "Invalid value"),
        ("updated = 2026-11-21", "holidays"),
        ('[[holidays]]\nkind = "ski"', "first_day"),
        (
            '[[holidays]]\nkind = "may"\nregions = ["north"]\nfirst_day = 2026-05-03\nlast_day = 2026-04-25\n'
            'status = "fixed"\ncertainty = "C"',
            "ends before it begins",
        ),
        (
            '[[holidays]]\nkind = "may"\nregions = ["east"]\nfirst_day = 2026-04-25\nlast_day = 2026-05-03\n'
            'status = "fixed"\ncertainty = "C"',
            "east",
        ),
    ],
)
def test_file_that_cannot_be_read_says_why(tmp_path, text, words):
    path = tmp_path / "holidays.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SchoolHolidaysMalformed, match=words):
        school_holidays(path=path)
