"""Answered weeks of made-up people, for sums and means."""

import datetime
from collections.abc import Sequence
from typing import Any

from surveys.models import DayAnswer, Response, SurveyWeek
from tests.factories import as_owner, make_employee, make_invitation, make_response
from wpm_platform.organisations.models import LegalEntity

HOME, AWAY, UNKNOWN = "home", "not_worked", "unknown"


def answer_week(
    week: SurveyWeek,
    days: Sequence[str],
    *,
    km: int = 10,
    legal_entity: LegalEntity | None = None,
    normal_days: Sequence[str] = (),
    **fields: Any,
) -> Response:
    """One new person. days: from Monday on, a mode, or where the person was. km: one way."""
    employee = make_employee(week.organisation, legal_entity=legal_entity, language="nl")
    if normal_days:
        fields |= {"was_normal_week": False, "gives_normal_week": True}
    response = make_response(make_invitation(week, employee), **fields)
    rows = [(number, what, False) for number, what in enumerate(days)]
    rows += [(number, what, True) for number, what in enumerate(normal_days)]
    with as_owner(week.organisation):
        DayAnswer.objects.bulk_create(
            _day(response, week.monday + datetime.timedelta(days=number), what, km=km, is_normal_week=is_normal)
            for number, what, is_normal in rows
        )
    return response


def _day(response: Response, date: datetime.date, what: str, *, km: int, is_normal_week: bool) -> DayAnswer:
    travelled = what not in (HOME, AWAY, UNKNOWN)
    return DayAnswer(
        organisation=response.organisation,
        response=response,
        employee=response.employee,
        date=date,
        is_normal_week=is_normal_week,
        whereabouts="workplace" if travelled else what,
        mode=what if travelled else "",
        return_metres=2000 * km if travelled else 0,
    )
