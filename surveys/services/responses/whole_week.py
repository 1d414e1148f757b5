"""Several days at once, for who answers the whole week on one page."""

import datetime
from collections.abc import Mapping

from django.db import transaction

from surveys.models import DayAnswer, Invitation
from surveys.services.responses.days import DayChoice, check_is_asked, choice_of, save_day
from surveys.services.responses.locking import locked_response
from surveys.services.responses.week import save_weekend


@transaction.atomic
def record_days(
    *,
    invitation: Invitation,
    choices: Mapping[datetime.date, DayChoice],
    has_worked_in_weekend: bool | None,
    now: datetime.datetime,
) -> None:
    """Save these days of the week, all of them or none; other days stay as they are.

    has_worked_in_weekend: None leaves what was said about it. A day that says the same already is not written
    again, so that it stays marked as copied when it was. Raises `DayNotAsked`, `WeekendNotAsked`, `CannotAnswer`,
    `NotStarted`.
    """
    response = locked_response(invitation, now=now)
    if has_worked_in_weekend is not None:
        save_weekend(response, has_worked=has_worked_in_weekend)
    rows = DayAnswer.objects.filter(
        organisation_id=response.organisation_id, response=response, is_normal_week=False
    ).select_related("other_site")
    stored = {row.date: choice_of(row) for row in rows}
    for date, choice in choices.items():
        check_is_asked(response, date=date, is_normal_week=False)
        if stored.get(date) != choice:
            save_day(response, date=date, is_normal_week=False, choice=choice, is_copied=False)
