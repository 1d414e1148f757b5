"""Where a mail of the plan may be moved to, and where not."""

import datetime

import pytest

from surveys.domain.calendar import MailHours
from surveys.domain.mail_steps import AskedWeek, Step, default_steps
from surveys.domain.step_moves import MoveProblem, move_problem
from tests.surveys.campaigns import local

OPENS, CLOSES, NOW = local("2026-03-16"), local("2026-03-30", "23:59"), local("2026-03-09", "12:00")
WEEKS = [AskedWeek(opens_at=OPENS, closes_at=CLOSES)]
PLAN = default_steps(WEEKS, is_panel=False, has_reminders=True)


def problem(kind, moment, *, number=0, now=NOW):
    step = Step(week=0, kind=kind, number=number, due_at=moment)
    others = [other for other in PLAN if (other.kind, other.number) != (kind, number)]
    return move_problem(step, steps=others, weeks=WEEKS, now=now, hours=MailHours())


@pytest.mark.parametrize(
    ("kind", "number", "moment", "expected"),
    [
        ("announcement", 0, local("2026-03-13", "10:30"), None),
        ("announcement", 0, local("2026-03-16", "09:00"), MoveProblem.AFTER_INVITATION),
        ("announcement", 0, local("2026-03-09", "12:00"), MoveProblem.PAST),
        ("announcement", 0, local("2026-03-12", "06:59"), MoveProblem.AT_NIGHT),
        ("announcement", 0, local("2026-03-12", "19:59"), None),
        ("announcement", 0, local("2026-03-12", "20:00"), MoveProblem.AT_NIGHT),
        ("invitation", 0, local("2026-03-13", "09:00"), MoveProblem.BEFORE_OPENING),
        ("invitation", 0, local("2026-03-17", "09:00"), None),
        ("invitation", 0, local("2026-03-30", "09:00"), MoveProblem.AFTER_CLOSING),
        ("reminder", 1, local("2026-03-16", "19:00"), MoveProblem.TOO_SOON),
        ("reminder", 1, local("2026-03-17", "09:00"), None),
        ("reminder", 1, local("2026-03-23", "15:00"), MoveProblem.SAME_DAY),
        ("reminder", 1, local("2026-03-28", "09:00"), None),
        ("reminder", 3, local("2026-03-31", "09:00"), MoveProblem.AFTER_CLOSING),
        ("thanks", 0, local("2026-03-30", "12:00"), MoveProblem.BEFORE_CLOSING),
        ("thanks", 0, local("2026-04-14", "12:00"), None),
        ("thanks", 0, local("2026-05-30", "12:00"), MoveProblem.TOO_LATE),
    ],
)
def test_moment_of_each_kind(kind, number, moment, expected):
    assert problem(kind, moment, number=number) == expected


def test_moment_must_lie_ahead():
    assert problem("reminder", local("2026-03-17"), number=1, now=local("2026-03-17")) == MoveProblem.PAST
    a_second_earlier = local("2026-03-17") - datetime.timedelta(seconds=1)
    assert problem("reminder", local("2026-03-17"), number=1, now=a_second_earlier) is None


def test_reminder_stays_a_day_behind_a_moved_invitation():
    moved = Step(week=0, kind="invitation", due_at=local("2026-03-17", "15:00"))
    reminder = Step(week=0, kind="reminder", number=1, due_at=local("2026-03-18", "09:00"))
    found = move_problem(reminder, steps=[moved], weeks=WEEKS, now=NOW, hours=MailHours())
    assert found == MoveProblem.TOO_SOON
