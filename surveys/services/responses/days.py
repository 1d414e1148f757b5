"""One day at a time."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from surveys.domain.day_rules import day_distance
from surveys.domain.question_path import day_to_copy, is_asked, is_normal_week_complete
from surveys.enums import Mode, Whereabouts
from surveys.models import DayAnswer, Invitation, Response, VehicleFacts
from surveys.selectors.response_state import stored_answers
from surveys.services.responses.locking import OutOfStep, locked_response
from wpm_platform.organisations.models import Site

TRAVELLED = (Whereabouts.WORKPLACE, Whereabouts.OTHER_SITE)


class DayNotAsked(OutOfStep):
    """This day is not in the week, or belongs to a weekend or a normal week that was not said to apply."""


class NothingToCopy(OutOfStep):
    """No earlier day of this week has an answer that can be taken over."""


@dataclass(frozen=True, kw_only=True)
class DayChoice:
    """What somebody answers about a day. mode: when they travelled to a workplace, else empty.

    other_site: None for a site that is not in the list. other_site_one_way_metres: None when not given.
    """

    whereabouts: str
    mode: str = ""
    other_site: Site | None = None
    other_site_one_way_metres: int | None = None

    def __post_init__(self) -> None:
        if (self.whereabouts in TRAVELLED) != (self.mode in Mode.values):
            raise ValueError("A day has a mode when, and only when, somebody travelled to a workplace.")


@transaction.atomic
def record_day(
    *,
    invitation: Invitation,
    date: datetime.date,
    is_normal_week: bool,
    choice: DayChoice,
    now: datetime.datetime,
) -> DayAnswer:
    """Save one day, in place of what was answered before. Raises `DayNotAsked`, `CannotAnswer`, `NotStarted`."""
    response = locked_response(invitation, now=now)
    check_is_asked(response, date=date, is_normal_week=is_normal_week)
    return save_day(response, date=date, is_normal_week=is_normal_week, choice=choice, is_copied=False)


@transaction.atomic
def copy_day(*, invitation: Invitation, date: datetime.date, is_normal_week: bool, now: datetime.datetime) -> DayAnswer:
    """Take over the nearest earlier day of the week, marked as copied.

    Raises `NothingToCopy`, `DayNotAsked`, `CannotAnswer`, `NotStarted`.
    """
    response = locked_response(invitation, now=now)
    check_is_asked(response, date=date, is_normal_week=is_normal_week)
    source_date = day_to_copy(stored_answers(response), day=date, is_normal_week=is_normal_week)
    if source_date is None:
        raise NothingToCopy
    source = DayAnswer.objects.select_related("other_site").get(
        organisation_id=response.organisation_id, response=response, date=source_date, is_normal_week=is_normal_week
    )
    return save_day(response, date=date, is_normal_week=is_normal_week, choice=choice_of(source), is_copied=True)


def check_is_asked(response: Response, *, date: datetime.date, is_normal_week: bool) -> None:
    if not is_asked(stored_answers(response), day=date, is_normal_week=is_normal_week):
        raise DayNotAsked


def choice_of(day: DayAnswer) -> DayChoice:
    """The choice behind a saved day, to be made again for another one."""
    return DayChoice(
        whereabouts=day.whereabouts,
        mode=day.mode,
        other_site=day.other_site,
        other_site_one_way_metres=day.other_site_one_way_metres,
    )


def save_day(
    response: Response, *, date: datetime.date, is_normal_week: bool, choice: DayChoice, is_copied: bool
) -> DayAnswer:
    """Write the day under the lock that the caller holds, with its distance and its vehicle's facts."""
    facts = VehicleFacts.objects.filter(
        organisation_id=response.organisation_id,
        employee_id=response.employee_id,
        mode=choice.mode,
        address_changes=response.address_changes,
    ).first()
    distance = day_distance(
        whereabouts=choice.whereabouts,
        usual_one_way_metres=response.one_way_metres or 0,
        other_one_way_metres=choice.other_site_one_way_metres,
    )
    day: DayAnswer
    day, _ = DayAnswer.objects.update_or_create(
        organisation_id=response.organisation_id,
        response=response,
        date=date,
        is_normal_week=is_normal_week,
        defaults={
            "employee_id": response.employee_id,
            "whereabouts": choice.whereabouts,
            "mode": choice.mode,
            "fuel": facts.fuel if facts else "",
            "is_employer_provided": facts.is_employer_provided if facts else None,
            "other_site": choice.other_site,
            "other_site_one_way_metres": choice.other_site_one_way_metres,
            "return_metres": distance.return_metres,
            "uses_usual_distance": distance.uses_usual_distance,
            "is_copied": is_copied,
        },
    )
    if is_normal_week:
        note_normal_week(response)
    return day


def note_normal_week(response: Response) -> None:
    """A normal week stands in for the unusual one once all its days are answered, never half of it."""
    gives = is_normal_week_complete(stored_answers(response))
    if gives != response.gives_normal_week:
        response.gives_normal_week = gives
        response.save(update_fields=["gives_normal_week"])
