"""A person's own moment: on a working day, before the shift, not during leave."""

import datetime

import pytest

from surveys.domain.calendar import MailHours
from surveys.domain.work_pattern import Absence, OwnMoment, WorkCycle, asked_days, cycle_from, own_moment
from tests.surveys.campaigns import local

MONDAY = datetime.date(2026, 3, 16)
PLANNED, EXPIRES = local("2026-03-16"), local("2026-03-18")
OFF = None
WEEKDAYS_AT = {time: (time,) * 5 + (OFF, OFF) for time in ("", "06:00", "09:00", "14:00", "22:30")}


def cycle(*weeks, starts_on=MONDAY):
    return WorkCycle(starts_on=starts_on, weeks=weeks)


def moment(*, planned_at=PLANNED, expires_at=EXPIRES, pattern=None, absence=None, hours=None):
    found = own_moment(
        planned_at=planned_at,
        expires_at=expires_at,
        cycle=pattern,
        absence=absence or Absence(),
        hours=hours or MailHours(),
    )
    assert (found.at is None) == bool(found.reason) or found == OwnMoment(at=found.at)
    return found.at or found.reason


def test_without_a_pattern_the_planned_moment_is_ones_own():
    assert moment() == PLANNED
    saturday = local("2026-03-21", "11:00")  # HR chose it
    assert moment(planned_at=saturday, expires_at=local("2026-03-30")) == saturday


@pytest.mark.parametrize(
    ("shift", "expected"),
    [
        ("", PLANNED),
        ("14:00", local("2026-03-16", "13:30")),
        ("22:30", local("2026-03-16", "19:30")),  # half an hour before the quiet hours
        ("09:00", local("2026-03-17", "08:30")),  # today's shift has begun
        ("06:00", local("2026-03-16", "19:30")),  # the evening before: mail may leave from seven
    ],
)
def test_mail_comes_half_an_hour_before_the_shift(shift, expected):
    assert moment(pattern=cycle(WEEKDAYS_AT[shift])) == expected


def test_day_off_waits_for_the_next_working_day():
    monday_off = cycle((OFF, "", "", "", "", OFF, OFF))
    assert moment(pattern=monday_off) == local("2026-03-17")


def test_cycle_of_two_weeks_knows_its_week():
    two_weeks = cycle((OFF,) * 7, ("", *(OFF,) * 6))
    assert moment(pattern=two_weeks, expires_at=local("2026-03-30")) == local("2026-03-23")
    assert two_weeks.shift_on(MONDAY - datetime.timedelta(days=7)) == ""  # before it began, too
    assert two_weeks.shift_on(MONDAY + datetime.timedelta(days=14)) is OFF


def test_nobody_gets_a_mail_after_it_expires():
    weekend_only = cycle((OFF,) * 5 + ("", ""))
    assert moment(pattern=weekend_only) == "no_working_day"
    assert moment(pattern=cycle((OFF,) * 7), expires_at=local("2026-05-30")) == "no_working_day"
    assert moment(pattern=weekend_only, expires_at=local("2026-03-21", "09:00")) == "no_working_day"
    assert moment(pattern=weekend_only, expires_at=local("2026-03-21", "09:01")) == local("2026-03-21")


def test_leave_moves_the_mail_or_stops_it():
    assert moment(absence=Absence(is_on_leave=True)) == "on_leave"
    assert moment(absence=Absence(is_on_leave=True, until=datetime.date(2026, 3, 17))) == "on_leave"
    back_on_tuesday = Absence(is_on_leave=True, until=MONDAY)
    assert moment(absence=back_on_tuesday) == local("2026-03-17")
    assert moment(absence=Absence(is_on_leave=False, until=datetime.date(2026, 3, 17))) == PLANNED


def test_evening_before_a_shift_is_not_one_of_leave_and_not_before_the_plan():
    saturdays = cycle((OFF,) * 5 + ("06:00", OFF))
    late = local("2026-03-26")
    assert moment(pattern=saturdays, expires_at=late) == local("2026-03-20", "19:30")
    assert moment(pattern=saturdays, expires_at=late, planned_at=local("2026-03-20", "19:31")) == "no_working_day"
    until_friday = Absence(is_on_leave=True, until=datetime.date(2026, 3, 20))
    assert moment(pattern=saturdays, expires_at=late, absence=until_friday) == "on_leave"
    weekend = cycle((OFF,) * 5 + ("06:00", "06:00"))
    assert moment(pattern=weekend, expires_at=late, absence=until_friday) == local("2026-03-21", "19:30")


def test_leave_that_ends_on_friday_waits_for_monday_and_for_the_pattern():
    until_friday = Absence(is_on_leave=True, until=datetime.date(2026, 3, 20))
    late = local("2026-03-30")
    assert moment(absence=until_friday, expires_at=late) == local("2026-03-23")
    saturdays = cycle((OFF,) * 5 + ("12:00", OFF))
    assert moment(absence=until_friday, expires_at=late, pattern=saturdays) == local("2026-03-21", "11:30")


def test_moment_in_quiet_hours_waits_for_the_morning_of_a_working_day():
    friday_night = local("2026-03-20", "20:05")
    assert moment(planned_at=friday_night, expires_at=local("2026-03-30")) == local("2026-03-23", "07:00")
    assert moment(planned_at=local("2026-03-16", "05:00")) == local("2026-03-16", "07:00")
    all_day = MailHours(from_hour=0, until_hour=24)
    assert moment(planned_at=friday_night, expires_at=local("2026-03-30"), hours=all_day) == friday_night


def test_shift_keeps_its_local_time_over_the_clock_change():
    afternoons = cycle(("14:00",) * 7)
    found = moment(planned_at=local("2026-03-28", "15:00"), expires_at=local("2026-03-30"), pattern=afternoons)
    assert found == local("2026-03-29", "13:30")
    assert found.isoformat() == "2026-03-29T11:30:00+00:00"


@pytest.mark.parametrize(
    "weeks", [[], [["", ""]], [["9 uur"] + [None] * 6], [[9] + [None] * 6], [[""] * 7, [""] * 6], [["24:00"] * 7]]
)
def test_pattern_that_cannot_be_read_is_none(weeks):
    assert cycle_from(starts_on=MONDAY, weeks=weeks) is None


def test_pattern_as_it_is_stored():
    stored = [["06:00", "", None, None, None, None, None]]
    assert cycle_from(starts_on=MONDAY, weeks=stored) == cycle(("06:00", "", None, None, None, None, None))


WEEK = datetime.timedelta(days=7)


def test_asked_days_are_those_of_the_roster_in_that_very_week():
    early, weekend, off = ("06:00", "06:00", *(OFF,) * 5), (OFF,) * 5 + ("", "22:30"), (OFF,) * 7
    three_weeks = cycle(early, weekend, off)
    found = [asked_days(cycle=three_weeks, monday=MONDAY + number * WEEK) for number in range(-4, 5)]
    assert found == ["", "12", "67", "", "12", "67", "", "12", "67"]


def test_asked_days_have_nothing_to_do_with_the_time_of_the_shift():
    assert asked_days(cycle=cycle(WEEKDAYS_AT["22:30"]), monday=MONDAY) == "12345"
    assert asked_days(cycle=cycle(("",) * 7), monday=MONDAY) == "1234567"


def test_who_has_no_pattern_or_no_day_in_it_is_asked_as_anybody():
    assert asked_days(cycle=None, monday=MONDAY) == ""
    assert asked_days(cycle=cycle((OFF,) * 7), monday=MONDAY) == ""


def test_cycle_of_eight_weeks_comes_round_over_the_year_and_the_clock_change():
    weeks = [(OFF,) * number + ("",) * (7 - number) for number in range(7)]
    eight = cycle(*weeks, ("", *(OFF,) * 6))
    found = [asked_days(cycle=eight, monday=MONDAY + (8 * 10 + number) * WEEK) for number in range(8)]
    assert found == ["1234567", "234567", "34567", "4567", "567", "67", "7", "1"]
