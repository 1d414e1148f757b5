"""Who answers in the tests of the responses: an invited employee, and shortcuts to answer as them."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from surveys.enums import Mode, Whereabouts
from surveys.models import DayAnswer, Invitation, Response
from surveys.services.responses.days import DayChoice, record_day
from surveys.services.responses.facts import record_facts
from surveys.services.responses.opening import open_response
from surveys.services.responses.submission import submit_response
from surveys.services.responses.vehicles import record_provider
from surveys.services.responses.week import record_weekend
from tests.factories import (
    MONDAY,
    NOW,
    as_owner,
    make_campaign,
    make_employee,
    make_invitation,
    make_organisation,
    make_week,
)
from wpm_platform.scoping import Role, organisation_scope

LATER = NOW + datetime.timedelta(hours=1)
BIKE = DayChoice(whereabouts=Whereabouts.WORKPLACE, mode=Mode.BICYCLE)
CAR = DayChoice(whereabouts=Whereabouts.WORKPLACE, mode=Mode.CAR)
HOME = DayChoice(whereabouts=Whereabouts.HOME)


def make_open_invitation(**campaign: Any) -> Invitation:
    organisation = make_organisation()
    week = make_week(make_campaign(organisation, **campaign))
    return make_invitation(week, make_employee(organisation, department="Werkplaats"))


@contextmanager
def as_respondent(invitation: Invitation) -> Iterator[None]:
    with organisation_scope(invitation.organisation_id, role=Role.RESPONDENT, employee_id=invitation.employee_id):
        yield


def on(offset: int) -> datetime.date:
    return MONDAY + datetime.timedelta(days=offset)


def start(invitation: Invitation, *, one_way_metres: int = 10_000) -> None:
    """Open the response and give the facts."""
    with as_respondent(invitation):
        open_response(invitation=invitation, now=NOW)
        record_facts(
            invitation=invitation,
            site=invitation.employee.site,
            home_postcode="",
            one_way_metres=one_way_metres,
            now=NOW,
        )


def answer(invitation: Invitation, offset: int, choice: DayChoice, *, is_normal_week: bool = False) -> None:
    with as_respondent(invitation):
        record_day(invitation=invitation, date=on(offset), is_normal_week=is_normal_week, choice=choice, now=NOW)


def fill_week(invitation: Invitation) -> None:
    """Bicycle on all five days, no weekend."""
    start(invitation)
    for offset in range(5):
        answer(invitation, offset, BIKE)
    with as_respondent(invitation):
        record_provider(invitation=invitation, mode=Mode.BICYCLE, is_employer_provided=False, now=NOW)
        record_weekend(invitation=invitation, has_worked=False, now=NOW)


def submit(invitation: Invitation, *, now: datetime.datetime = NOW) -> None:
    with as_respondent(invitation):
        submit_response(invitation=invitation, is_normal_week=True, now=now)


def stored_response(invitation: Invitation) -> Response | None:
    with as_owner(invitation.organisation):
        return Response.objects.filter(invitation=invitation).first()


def stored_days(invitation: Invitation, *fields: str, is_normal_week: bool = False) -> list[tuple[Any, ...]]:
    with as_owner(invitation.organisation):
        days = DayAnswer.objects.filter(response__invitation=invitation, is_normal_week=is_normal_week)
        return list(days.values_list(*fields))
