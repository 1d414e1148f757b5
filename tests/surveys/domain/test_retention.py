"""The days on which a campaign's rows are announced and go."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.retention import NOTICE, is_held, months_after, retention_dates


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 3, 16), 24, date(2028, 3, 16)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
    ],
)
def test_months_later(day, months, expected):
    assert months_after(day, months) == expected


def test_nothing_goes_within_the_calendar_year_of_the_closing():
    dates = retention_dates(closed_on=date(2026, 3, 16), months=1, announced_on=None, today=date(2026, 3, 17))
    assert dates.planned_on == dates.anonymous_on == date(2027, 1, 1)


def test_a_late_announcement_moves_the_day():
    dates = retention_dates(
        closed_on=date(2026, 3, 16), months=24, announced_on=date(2028, 6, 1), today=date(2028, 6, 2)
    )
    assert (dates.planned_on, dates.anonymous_on) == (date(2028, 3, 16), date(2028, 6, 15))


def test_an_announcement_of_an_earlier_day_does_not_count():
    dates = retention_dates(
        closed_on=date(2026, 3, 16), months=36, announced_on=date(2028, 3, 2), today=date(2028, 3, 20)
    )
    assert (dates.is_announced, dates.anonymous_on) == (False, date(2029, 3, 16))


DAYS = st.dates(date(2024, 1, 1), date(2034, 12, 31))


@given(closed_on=DAYS, months=st.integers(1, 84), announced_on=st.none() | DAYS, today=DAYS)
def test_there_are_always_two_weeks_between_telling_and_going(closed_on, months, announced_on, today):
    dates = retention_dates(closed_on=closed_on, months=months, announced_on=announced_on, today=today)
    assert dates.anonymous_on >= dates.planned_on > closed_on
    if dates.is_announced:
        assert dates.anonymous_on - announced_on >= NOTICE
    else:
        assert dates.anonymous_on - max(today, dates.announce_on) >= NOTICE


def test_a_hold_holds_on_its_last_day():
    assert is_held(until=None, today=date(2026, 1, 1))
    assert is_held(until=date(2026, 1, 1), today=date(2026, 1, 1))
    assert not is_held(until=date(2025, 12, 31), today=date(2026, 1, 1))
