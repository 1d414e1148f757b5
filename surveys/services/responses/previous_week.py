"""The weekly panel: this week was the same as the last one."""

import datetime

from django.db import transaction

from surveys.models import DayAnswer, Invitation
from surveys.selectors.response_state import previous_response
from surveys.services.responses.days import choice_of, note_normal_week, save_day
from surveys.services.responses.locking import OutOfStep, locked_response


class NoPreviousWeek(OutOfStep):
    """Nobody submitted an earlier week of this campaign on this invitation's behalf."""


class FactsMissing(OutOfStep):
    """The usual distance must be confirmed before days can be taken over."""


@transaction.atomic
def copy_previous_week(*, invitation: Invitation, now: datetime.datetime) -> None:
    """Take over all days of the last submitted week, marked as copied, in place of this week's days.

    Distance and vehicles are this week's own. Raises `NoPreviousWeek`, `FactsMissing`, `CannotAnswer`, `NotStarted`.
    """
    response = locked_response(invitation, now=now)
    previous = previous_response(invitation=response.invitation)
    if previous is None:
        raise NoPreviousWeek
    if response.one_way_metres is None:
        raise FactsMissing
    response.worked_in_weekend, response.was_normal_week = previous.worked_in_weekend, previous.was_normal_week
    response.save(update_fields=["worked_in_weekend", "was_normal_week"])
    shift = response.week.monday - previous.week.monday
    DayAnswer.objects.filter(organisation_id=response.organisation_id, response=response).delete()
    days = DayAnswer.objects.filter(organisation_id=response.organisation_id, response=previous)
    for day in days.select_related("other_site"):
        save_day(
            response,
            date=day.date + shift,
            is_normal_week=day.is_normal_week,
            choice=choice_of(day),
            is_copied=True,
        )
    note_normal_week(response)
