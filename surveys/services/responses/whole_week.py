"""Several days at once, for who answers the whole week on one page."""

import datetime
from collections.abc import Mapping

from django.db import transaction

from surveys.domain.question_path import WeekAnswers
from surveys.models import Invitation
from surveys.services.responses.days import DayChoice, check_is_asked, choice_of, day_row, save_days
from surveys.services.responses.locking import locked_week
from surveys.services.responses.week import save_weekend


@transaction.atomic
def record_days(
    *,
    invitation: Invitation,
    choices: Mapping[datetime.date, DayChoice],
    has_worked_in_weekend: bool | None,
    now: datetime.datetime,
) -> WeekAnswers:
    """Save these days of the week, all of them or none; other days stay as they are.

    has_worked_in_weekend: None leaves what was said about it. A day that says the same already is not written
    again, so that it stays marked as copied when it was. Raises `DayNotAsked`, `WeekendNotAsked`, `CannotAnswer`,
    `NotStarted`.
    """
    week = locked_week(invitation, now=now)
    if has_worked_in_weekend is not None:
        save_weekend(week, has_worked=has_worked_in_weekend)
    rows = []
    for date, choice in choices.items():
        check_is_asked(week, date=date, is_normal_week=False)
        stored = week.days.get((date, False))
        if stored is None or choice_of(stored) != choice:
            rows.append(day_row(week, date=date, is_normal_week=False, choice=choice, is_copied=False))
    save_days(week, rows)
    return week.answers
