"""From the values of a row to a rhythm or a registered total, and what can be wrong with a row as a whole."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from reporting.domain.business.vehicles import VehicleKind, has_fuel
from reporting.domain.business_file.choices import Vehicle
from reporting.domain.business_file.commute_columns import MOST_MONTHS
from reporting.domain.commute_rows import RegistrationRow, RhythmRow, RhythmStaff, person_key
from reporting.domain.rvo import Fuel
from surveys.domain.staff_file.errors import CellError

Values = Mapping[str, Any]
Problems = Iterator[tuple[str, CellError]]


def rhythm_check(*, staff: Mapping[str, RhythmStaff]) -> Callable[[Values], Problems]:
    """What is wrong with a rhythm, for one file: it remembers how many months of a person it has seen."""
    return partial(_rhythm_problems, staff=staff, months={})


def rhythm_row(values: Values) -> RhythmRow:
    """The rhythm of a row that passed the check."""
    vehicle: Vehicle | None = values.get("vehicle")
    kind = vehicle.kind if vehicle and values["days_per_week"] else None
    return RhythmRow(
        staff_number=values["staff_number"],
        days_per_week=values["days_per_week"],
        kind=kind,
        fuel=Fuel.NONE if vehicle is None or kind is None else _fuel(kind, values, vehicle),
        is_employer_provided=values.get("is_employer_provided"),
        one_way_km=values.get("one_way_km") or Decimal(0),
        months=values.get("months"),
    )


def registration_row(values: Values) -> RegistrationRow:
    """The total of a row that has a vehicle and kilometres."""
    vehicle: Vehicle = values["vehicle"]
    return RegistrationRow(
        kind=vehicle.kind,
        fuel=_fuel(vehicle.kind, values, vehicle),
        km=values["total_km"],
        is_employer_provided=values.get("is_employer_provided"),
        left_out=values.get("special_use") or values.get("purpose"),
    )


def _fuel(kind: VehicleKind, values: Values, vehicle: Vehicle) -> Fuel:
    """A fuel column goes before the fuel that the vehicle's own words name."""
    if not has_fuel(kind):
        return Fuel.NONE
    return values.get("fuel") or vehicle.fuel or Fuel.UNKNOWN


def _rhythm_problems(values: Values, *, staff: Mapping[str, RhythmStaff], months: dict[str, Decimal]) -> Problems:
    number = values.get("staff_number")
    if number:
        yield from _person_problems(values, key=person_key(number), staff=staff, months=months)
    if values.get("days_per_week"):
        if values.get("vehicle") is None:
            yield "vehicle", CellError("vehicle_missing")
        if values.get("one_way_km") is None:
            yield "one_way_km", CellError("one_way_missing")


def _person_problems(
    values: Values, *, key: str, staff: Mapping[str, RhythmStaff], months: dict[str, Decimal]
) -> Problems:
    person = staff.get(key)
    if person is None:
        yield "staff_number", CellError("unknown_staff_number")
        return
    stated = values.get("months")
    months[key] = months.get(key, Decimal(0)) + (Decimal(max(person.months, 1)) if stated is None else stated)
    if months[key] > MOST_MONTHS:
        yield "months" if stated is not None else "staff_number", CellError("rhythm_twice")
