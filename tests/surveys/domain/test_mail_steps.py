"""When reminders leave."""

import datetime

import pytest

from surveys.domain.mail_steps import reminder_steps, step_at
from tests.surveys.campaigns import local

OPENS, CLOSES = local("2026-03-16"), local("2026-03-30", "23:59")


def moments(**fields):
    return [step.at for step in reminder_steps(**fields)]


def test_reminders_after_two_and_five_working_days_and_before_the_last_day():
    assert moments(opens_at=OPENS, closes_at=CLOSES) == [
        local("2026-03-18"),
        local("2026-03-23"),
        local("2026-03-27"),  # Friday: the last day is a Monday
    ]


def test_reminders_keep_nine_o_clock_over_the_clock_change():
    spring = moments(opens_at=local("2026-03-26"), closes_at=local("2026-04-09", "23:59"))
    assert [moment.isoformat() for moment in spring] == [
        "2026-03-30T07:00:00+00:00",
        "2026-04-02T07:00:00+00:00",
        "2026-04-08T07:00:00+00:00",
    ]
    autumn = moments(opens_at=local("2026-10-23"), closes_at=local("2026-11-06", "23:59"))
    assert [moment.isoformat() for moment in autumn] == [
        "2026-10-27T08:00:00+00:00",
        "2026-10-30T08:00:00+00:00",
        "2026-11-05T08:00:00+00:00",
    ]


def test_holidays_are_no_working_days():
    assert moments(opens_at=local("2026-04-01"), closes_at=local("2026-04-16", "23:59"))[0] == local("2026-04-07")


def test_steps_on_one_day_are_one_and_late_ones_fall_away():
    assert moments(opens_at=OPENS, closes_at=local("2026-03-19", "23:59")) == [local("2026-03-18")]
    assert moments(opens_at=OPENS, closes_at=local("2026-03-17", "23:59")) == []


def test_panel_reminds_once():
    assert moments(opens_at=OPENS, closes_at=local("2026-03-22", "23:59"), is_panel=True) == [local("2026-03-18")]


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        (local("2026-03-18") - datetime.timedelta(seconds=1), None),
        (local("2026-03-18"), 1),
        (local("2026-03-23") - datetime.timedelta(seconds=1), 1),
        (local("2026-03-23"), 2),
        (local("2026-03-29"), 3),
        (CLOSES, None),
    ],
)
def test_only_the_latest_step_may_leave(moment, number):
    step = step_at(reminder_steps(opens_at=OPENS, closes_at=CLOSES), moment)
    assert (step.number if step else None) == number
