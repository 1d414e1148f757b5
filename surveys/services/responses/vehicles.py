"""What somebody drives: the fuel, and who provides the vehicle. Remembered for the next time."""

import datetime

from surveys.domain.question_path import WeekAnswers
from surveys.enums import MODES_WITH_FUEL, MODES_WITH_PROVIDER, Fuel
from surveys.models import DayAnswer, Invitation, VehicleFacts
from surveys.services.responses.locking import OutOfStep, locked_week, one_change


class VehicleNotAsked(OutOfStep):
    """This is not asked about this mode: nobody refuels a bicycle."""


def record_fuel(*, invitation: Invitation, mode: str, fuel: str, now: datetime.datetime) -> WeekAnswers:
    """Store the fuel of this mode's vehicle, for this week's days and for next time; returns all answers as stored now.

    Raises `VehicleNotAsked`, `CannotAnswer`, `NotStarted`.
    """
    if mode not in MODES_WITH_FUEL or fuel not in Fuel.values:
        raise VehicleNotAsked
    return _record(invitation, mode=mode, fact="fuel", answer=fuel, now=now)


def record_provider(
    *, invitation: Invitation, mode: str, is_employer_provided: bool, now: datetime.datetime
) -> WeekAnswers:
    """Store who provides this mode's vehicle, likewise. Raises `VehicleNotAsked`, `CannotAnswer`, `NotStarted`."""
    if mode not in MODES_WITH_PROVIDER:
        raise VehicleNotAsked
    return _record(invitation, mode=mode, fact="is_employer_provided", answer=is_employer_provided, now=now)


@one_change
def _record(invitation: Invitation, *, mode: str, fact: str, answer: str | bool, now: datetime.datetime) -> WeekAnswers:
    week = locked_week(invitation, now=now)
    response = week.response
    facts = week.vehicles.get(mode) or VehicleFacts(
        organisation_id=response.organisation_id, employee_id=response.employee_id, mode=mode
    )
    setattr(facts, fact, answer)
    facts.address_changes = response.address_changes
    facts.save()
    week.vehicles[mode] = facts
    DayAnswer.objects.filter(organisation_id=response.organisation_id, response=response, mode=mode).update(
        **{fact: answer}
    )
    return week.answers
