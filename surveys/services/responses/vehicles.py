"""What somebody drives: the fuel, and who provides the vehicle. Remembered for the next time."""

import datetime

from django.db import transaction

from surveys.enums import MODES_WITH_FUEL, MODES_WITH_PROVIDER, Fuel
from surveys.models import DayAnswer, Invitation, VehicleFacts
from surveys.services.responses.locking import OutOfStep, locked_response


class VehicleNotAsked(OutOfStep):
    """This is not asked about this mode: nobody refuels a bicycle."""


def record_fuel(*, invitation: Invitation, mode: str, fuel: str, now: datetime.datetime) -> None:
    """Store the fuel of this mode's vehicle, for this week's days and for next time.

    Raises `VehicleNotAsked`, `CannotAnswer`, `NotStarted`.
    """
    if mode not in MODES_WITH_FUEL or fuel not in Fuel.values:
        raise VehicleNotAsked
    _record(invitation, mode=mode, fact="fuel", answer=fuel, now=now)


def record_provider(*, invitation: Invitation, mode: str, is_employer_provided: bool, now: datetime.datetime) -> None:
    """Store who provides this mode's vehicle, likewise. Raises `VehicleNotAsked`, `CannotAnswer`, `NotStarted`."""
    if mode not in MODES_WITH_PROVIDER:
        raise VehicleNotAsked
    _record(invitation, mode=mode, fact="is_employer_provided", answer=is_employer_provided, now=now)


@transaction.atomic
def _record(invitation: Invitation, *, mode: str, fact: str, answer: str | bool, now: datetime.datetime) -> None:
    response = locked_response(invitation, now=now)
    VehicleFacts.objects.update_or_create(
        organisation_id=response.organisation_id,
        employee_id=response.employee_id,
        mode=mode,
        defaults={fact: answer, "address_changes": response.address_changes},
    )
    DayAnswer.objects.filter(organisation_id=response.organisation_id, response=response, mode=mode).update(
        **{fact: answer}
    )
