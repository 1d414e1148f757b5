"""When the mails of a plan leave, and until when."""

import datetime

import pytest

from surveys.domain.mail_steps import AskedWeek, Step, default_steps, expires_at
from tests.surveys.campaigns import local

OPENS, CLOSES = local("2026-03-16"), local("2026-03-30", "23:59")


def steps(*, opens_at=OPENS, closes_at=CLOSES, is_panel=False, has_reminders=True):
    week = AskedWeek(opens_at=opens_at, closes_at=closes_at)
    return default_steps([week], is_panel=is_panel, has_reminders=has_reminders)


def reminders(**fields):
    return [step.due_at for step in steps(**fields) if step.kind == "reminder"]


def moments(found):
    return [(step.kind, step.number, step.due_at) for step in found]


def test_usual_plan_of_one_week():
    assert moments(steps()) == [
        ("announcement", 0, local("2026-03-11")),  # three working days before the Monday of the invitation
        ("invitation", 0, OPENS),
        ("reminder", 1, local("2026-03-18")),
        ("reminder", 2, local("2026-03-23")),
        ("reminder", 3, local("2026-03-27")),  # Friday: the last day is a Monday
        ("thanks", 0, local("2026-03-31")),
    ]


def test_holidays_are_no_working_days():
    found = {step.kind: step.due_at for step in steps(opens_at=local("2026-04-07")) if step.kind != "reminder"}
    assert found["announcement"] == local("2026-03-31")  # past Good Friday (3 April) and Easter Monday (6 April)
    assert reminders(opens_at=local("2026-04-01"), closes_at=local("2026-04-16", "23:59"))[0] == local("2026-04-07")
    assert steps(closes_at=local("2026-04-02", "23:59"))[-1].due_at == local("2026-04-07")


def test_reminders_keep_nine_o_clock_over_the_clock_change():
    spring = reminders(opens_at=local("2026-03-26"), closes_at=local("2026-04-09", "23:59"))
    assert [moment.isoformat() for moment in spring] == [
        "2026-03-30T07:00:00+00:00",
        "2026-04-02T07:00:00+00:00",
        "2026-04-08T07:00:00+00:00",
    ]
    autumn = reminders(opens_at=local("2026-10-23"), closes_at=local("2026-11-06", "23:59"))
    assert [moment.isoformat() for moment in autumn] == [
        "2026-10-27T08:00:00+00:00",
        "2026-10-30T08:00:00+00:00",
        "2026-11-05T08:00:00+00:00",
    ]


def test_steps_on_one_day_are_one_and_late_ones_fall_away():
    assert reminders(closes_at=local("2026-03-19", "23:59")) == [local("2026-03-18")]
    assert reminders(closes_at=local("2026-03-17", "23:59")) == []


def test_without_reminders_the_other_mails_stay():
    assert [step.kind for step in steps(has_reminders=False)] == ["announcement", "invitation", "thanks"]


def test_panel_announces_once_reminds_once_a_week_and_thanks_at_the_end():
    weeks = [
        AskedWeek(opens_at=local("2026-03-16"), closes_at=local("2026-03-22", "23:59")),
        AskedWeek(opens_at=local("2026-03-23"), closes_at=local("2026-03-29", "23:59")),
    ]
    found = default_steps(weeks, is_panel=True, has_reminders=True)
    assert [(step.week, *moment) for step, moment in zip(found, moments(found), strict=True)] == [
        (0, "announcement", 0, local("2026-03-11")),
        (0, "invitation", 0, local("2026-03-16")),
        (0, "reminder", 1, local("2026-03-18")),
        (1, "invitation", 0, local("2026-03-23")),
        (1, "reminder", 1, local("2026-03-25")),
        (1, "thanks", 0, local("2026-03-30")),
    ]


@pytest.mark.parametrize(
    ("kind", "number", "end"),
    [
        ("announcement", 0, OPENS),
        ("invitation", 0, CLOSES),
        ("reminder", 1, local("2026-03-23")),
        ("reminder", 2, local("2026-03-27")),
        ("reminder", 3, CLOSES),
        ("thanks", 0, local("2026-03-31") + datetime.timedelta(days=14)),
    ],
)
def test_a_step_makes_sense_until_the_next_begins_or_the_week_closes(kind, number, end):
    plan = steps()
    [step] = [step for step in plan if (step.kind, step.number) == (kind, number)]
    others = [other for other in plan if other is not step]
    assert expires_at(step, steps=others, weeks=[AskedWeek(opens_at=OPENS, closes_at=CLOSES)]) == end


def test_a_reminder_that_is_left_out_ends_no_other():
    first = Step(week=0, kind="reminder", number=1, due_at=local("2026-03-18"))
    third = Step(week=0, kind="reminder", number=3, due_at=local("2026-03-27"))
    weeks = [AskedWeek(opens_at=OPENS, closes_at=CLOSES)]
    assert expires_at(first, steps=[third], weeks=weeks) == third.due_at
    assert expires_at(third, steps=[first], weeks=weeks) == CLOSES
