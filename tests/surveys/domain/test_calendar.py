"""Dutch dates and clock times."""

import datetime

import pytest

from surveys.domain.calendar import (
    Holiday,
    MailHours,
    is_working_day,
    last_working_day_before,
    local_date,
    moment_of,
    sending_moment,
    weekday_holidays,
    working_day_from,
    working_days_after,
)

DATE = datetime.date
NINE = datetime.time(9)


def utc(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (DATE(2026, 3, 28), "2026-03-28T08:00"),  # winter time, the last day
        (DATE(2026, 3, 29), "2026-03-29T07:00"),  # clocks went forward at 02:00
        (DATE(2026, 10, 24), "2026-10-24T07:00"),
        (DATE(2026, 10, 25), "2026-10-25T08:00"),  # clocks went back at 03:00
    ],
)
def test_nine_o_clock_is_nine_on_the_dutch_clock(day, moment):
    assert moment_of(day, NINE) == utc(moment)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-03-28T22:59", DATE(2026, 3, 28)),
        ("2026-03-28T23:00", DATE(2026, 3, 29)),
        ("2026-03-29T21:59", DATE(2026, 3, 29)),
        ("2026-03-29T22:00", DATE(2026, 3, 30)),
        ("2026-10-25T22:59", DATE(2026, 10, 25)),
        ("2026-10-25T23:00", DATE(2026, 10, 26)),
    ],
)
def test_local_date_follows_the_clock_change(moment, day):
    assert local_date(utc(moment)) == day


def test_week_with_a_public_holiday_is_no_normal_week():
    assert weekday_holidays(DATE(2026, 4, 6)) == (Holiday(date=DATE(2026, 4, 6), name="Tweede paasdag"),)
    assert weekday_holidays(DATE(2026, 4, 6), language="en") == (Holiday(date=DATE(2026, 4, 6), name="Easter Monday"),)
    assert weekday_holidays(DATE(2026, 3, 9)) == ()


def test_holiday_in_the_weekend_leaves_the_week_normal():
    assert [day.date for day in weekday_holidays(DATE(2026, 3, 30))] == [DATE(2026, 4, 3)]  # not Easter Sunday
    assert weekday_holidays(DATE(2026, 12, 21)) == (Holiday(date=DATE(2026, 12, 25), name="Eerste kerstdag"),)


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        (DATE(2026, 3, 16), 2, DATE(2026, 3, 18)),
        (DATE(2026, 3, 16), 5, DATE(2026, 3, 23)),
        (DATE(2026, 4, 1), 2, DATE(2026, 4, 7)),  # Good Friday and Easter Monday are skipped
        (DATE(2026, 4, 24), 1, DATE(2026, 4, 28)),  # Friday; Monday 27 April is King's Day
        (DATE(2026, 12, 24), 1, DATE(2026, 12, 28)),
    ],
)
def test_working_days_skip_weekends_and_holidays(day, days, expected):
    assert working_days_after(day, days=days) == expected


def test_nearest_working_days():
    assert is_working_day(DATE(2026, 4, 2)) is True
    assert is_working_day(DATE(2026, 4, 3)) is False
    assert is_working_day(DATE(2026, 4, 6)) is False
    assert is_working_day(DATE(2026, 4, 5)) is False
    assert working_day_from(DATE(2026, 4, 4)) == DATE(2026, 4, 7)
    assert working_day_from(DATE(2026, 4, 7)) == DATE(2026, 4, 7)
    assert last_working_day_before(DATE(2026, 4, 7)) == DATE(2026, 4, 2)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-16T08:00", "2026-03-16T08:00"),
        ("2026-03-16T18:59", "2026-03-16T18:59"),
        ("2026-03-16T19:00", "2026-03-17T06:00"),  # 20:00 local
        ("2026-03-16T05:59", "2026-03-16T06:00"),  # 06:59 local
        ("2026-03-28T20:00", "2026-03-29T05:00"),  # the night in which the clock goes forward
        ("2026-10-24T20:00", "2026-10-25T06:00"),  # the night in which it goes back
    ],
)
def test_mail_waits_for_the_morning(moment, expected):
    assert sending_moment(utc(moment), hours=MailHours()) == utc(expected)


def test_without_quiet_hours_mail_always_leaves():
    night = utc("2026-03-16T02:00")
    assert sending_moment(night, hours=MailHours(from_hour=0, until_hour=24)) == night
