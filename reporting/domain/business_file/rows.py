"""From the values of a row to a vehicle or a trip, and what can be wrong with a row as a whole."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from reporting.domain.business.fleet import FleetVehicle, available_days
from reporting.domain.business.travel import TravelRow
from reporting.domain.business.vehicles import LeftOut, VehicleKind, has_fuel, left_out_kind
from reporting.domain.business_file.choices import Vehicle
from reporting.domain.rvo import Fuel, RvoBlock
from surveys.domain.staff_file.errors import CellError

Values = Mapping[str, Any]
Problems = Iterator[tuple[str, CellError]]
RowCheck = Callable[[Values], Problems]


@dataclass(frozen=True, kw_only=True)
class FleetRow:
    """A vehicle with the reference that it has in the file; the reference itself is not stored."""

    reference: str
    vehicle: FleetVehicle


def no_problems(values: Values) -> Problems:
    """Nothing can be wrong with a row as a whole."""
    return iter(())


def row_check(*, block: RvoBlock, reporting_year: int) -> RowCheck:
    """What is wrong with the values of a row together, for one file: it remembers the references."""
    if block is RvoBlock.FLEET:
        return partial(_fleet_problems, reporting_year=reporting_year, first=set())
    return partial(_travel_problems, block=block)


def fleet_row(values: Values, *, reporting_year: int) -> FleetRow:
    """The vehicle of a row that passed the check."""
    kind, fuel = _kind_and_fuel(values, default=VehicleKind.CAR)
    is_leased = values.get("is_leased")
    return FleetRow(
        reference=values["reference"],
        vehicle=FleetVehicle(
            kind=kind,
            fuel=fuel,
            available_days=_days(values, reporting_year=reporting_year),
            is_leased=True if is_leased is None else is_leased,
            proves_private_limit=bool(values.get("proves_private_limit")),
            driven_km=_driven(values),
            contract_km=values.get("contract_km"),
            registered_km=None if values.get("has_trip_registration") is False else values.get("registered_km"),
            left_out=LeftOut.GREY_PLATE if values.get("has_grey_plate") else values.get("special_use"),
        ),
    )


def travel_row(values: Values, *, reporting_year: int) -> TravelRow:
    """The trip or total of a row that passed the check; a trip of another year is left out."""
    day: date | None = values.get("date")
    is_other_year = day is not None and day.year != reporting_year
    kind, fuel = _kind_and_fuel(values, default=VehicleKind.CAR)
    return TravelRow(
        kind=kind,
        fuel=fuel,
        left_out=LeftOut.OTHER_YEAR if is_other_year else values.get("special_use") or values.get("purpose"),
        total_km=values.get("total_km"),
        business_km=values.get("business_km"),
        commute_km=values.get("commute_km"),
        private_km=values.get("private_km"),
        euro=values.get("euro"),
    )


def _kind_and_fuel(values: Values, *, default: VehicleKind) -> tuple[VehicleKind, Fuel]:
    """A fuel column goes before the fuel that the vehicle's own words name."""
    vehicle: Vehicle = values.get("vehicle") or Vehicle(default, None)
    if not has_fuel(vehicle.kind):
        return vehicle.kind, Fuel.NONE
    return vehicle.kind, values.get("fuel") or vehicle.fuel or Fuel.UNKNOWN


def _driven(values: Values) -> Decimal | None:
    begin, end = values.get("odometer_begin"), values.get("odometer_end")
    if begin is not None and end is not None:
        difference: Decimal = end - begin
        return difference
    stated: Decimal | None = values.get("driven_km")
    return stated


def _days(values: Values, *, reporting_year: int) -> int:
    return available_days(
        year=reporting_year,
        available_from=values.get("available_from"),
        available_until=values.get("available_until"),
    )


def _fleet_problems(values: Values, *, reporting_year: int, first: set[str]) -> Problems:
    reference = values.get("reference")
    if reference:
        key = plain_reference(reference)
        if key in first:
            yield "reference", CellError("vehicle_twice")
        first.add(key)
    driven = _driven(values)
    if driven is not None and driven < 0:
        yield "odometer_end", CellError("odometer_runs_back")
    start, end = values.get("available_from"), values.get("available_until")
    if start and end and end < start:
        yield "available_until", CellError("ends_before_start")
    elif _days(values, reporting_year=reporting_year) == 0:
        yield "available_from" if start and start.year > reporting_year else "available_until", CellError("other_year")
    kind, fuel = _kind_and_fuel(values, default=VehicleKind.CAR)
    is_counted = left_out_kind(kind) is None and not values.get("has_grey_plate") and not values.get("special_use")
    if is_counted and has_fuel(kind) and fuel is Fuel.UNKNOWN:
        yield "fuel", CellError("fuel_missing")


def _travel_problems(values: Values, *, block: RvoBlock) -> Problems:
    vehicle: Vehicle | None = values.get("vehicle")
    if vehicle is None or left_out_kind(vehicle.kind) is not None:
        return
    if block is RvoBlock.EXPENSE_CLAIM and vehicle.kind is not VehicleKind.PUBLIC_TRANSPORT:
        if values.get("total_km") is None:
            yield "total_km", CellError("km_missing")
        return
    parts = [values.get(name) for name in ("total_km", "business_km", "euro")]
    if all(part is None for part in parts):
        yield "total_km", CellError("amount_missing")
    total = values.get("total_km")
    taken = (values.get("commute_km") or Decimal(0)) + (values.get("private_km") or Decimal(0))
    if total is not None and taken > total:
        yield "total_km", CellError("parts_exceed_total")


def plain_reference(reference: str) -> str:
    """A plate without its hyphens and spaces: AB-123-C and ab123c are one vehicle."""
    return "".join(character for character in reference.casefold() if character.isalnum())
