"""A fleet: from vehicles to classes, and the total and private kilometres of a class. Exact, nothing clamped.

    business = total − commute − private, per vehicle kind and fuel

- Total: the difference of the odometer, else the contractual km of a year.
- Private: a flat rate per leased car or motorcycle, a share of the total of leased bicycles, mopeds and scooters, and 0
  where it is proven that the limit was not passed.
- Part of a year [D]: flat rate and contractual km count for the days on which the employer had the vehicle, the first
  and the last included, ÷ the days of the year. Odometer differences are what was driven, and are never scaled.
- Owned vehicles [D]: no flat rate, for the guidance knows it for leased ones only.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from reporting.domain.business.sums import NOTHING, FleetClass, class_order
from reporting.domain.business.vehicles import LeftOut, VehicleKind, left_out_kind
from reporting.domain.parameters import Parameters
from reporting.domain.rvo import Fuel

SHARED_KINDS = frozenset({VehicleKind.BICYCLE, VehicleKind.MOPED, VehicleKind.SPEED_PEDELEC})
FLAT_RATE_PARAMETERS = {
    VehicleKind.CAR: "private_km_per_leased_car",
    VehicleKind.MOTORCYCLE: "private_km_per_leased_motorcycle",
}


_ADDED = (
    *("vehicles", "part_year", "vehicle_days", "driven", "driven_km", "contract_km_days", "without_km"),
    *("registered", "registered_km"),
)


@dataclass(frozen=True, kw_only=True)
class FleetVehicle:
    """One vehicle in one reporting year, without plate or driver.

    `driven_km`: what the odometer says was driven in the year; `contract_km`: a whole year's km by contract.
    `registered_km`: business km by a trip registration, None where there is none.
    """

    kind: VehicleKind
    fuel: Fuel
    available_days: int
    is_leased: bool = True
    proves_private_limit: bool = False
    driven_km: Decimal | None = None
    contract_km: Decimal | None = None
    registered_km: Decimal | None = None
    left_out: LeftOut | None = None


def days_of_year(year: int) -> int:
    """365 or 366."""
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days


def available_days(*, year: int, available_from: date | None, available_until: date | None) -> int:
    """Days of the year on which the employer had the vehicle, first and last included; 0 when it was another year."""
    first = max(available_from or date(year, 1, 1), date(year, 1, 1))
    last = min(available_until or date(year, 12, 31), date(year, 12, 31))
    return max(0, (last - first).days + 1)


def fleet_classes(vehicles: Iterable[FleetVehicle], *, year: int) -> tuple[FleetClass, ...]:
    """Vehicles for which the same rules hold, added up; in a fixed order."""
    classes: dict[tuple[object, ...], FleetClass] = {}
    for vehicle in vehicles:
        one = _class_of(vehicle, year=year)
        key = class_order(one)
        classes[key] = one if key not in classes else _added(classes[key], one)
    return tuple(classes[key] for key in sorted(classes, key=str))


def total_km(row: FleetClass, *, year: int) -> Fraction:
    """All kilometres of a class, contractual ones pro rata."""
    return Fraction(row.driven_km) + contract_part(row, year=year)


def contract_part(row: FleetClass, *, year: int) -> Fraction:
    """Contractual kilometres for the days on which the employer had the vehicles."""
    return Fraction(row.contract_km_days) / days_of_year(year)


def private_km(row: FleetClass, *, year: int, parameters: Parameters) -> Fraction:
    """Private kilometres by the flat-rate method; may be more than the total, and is not clamped."""
    if not row.is_leased or row.proves_private_limit:
        return Fraction(0)
    if row.kind in FLAT_RATE_PARAMETERS:
        per_vehicle = parameters.whole(FLAT_RATE_PARAMETERS[row.kind])
        return Fraction(per_vehicle * row.vehicle_days, days_of_year(year))
    if row.kind in SHARED_KINDS:
        share = Fraction(parameters.decimal("private_share_leased_two_wheeler"))
        return share * total_km(row, year=year)
    return Fraction(0)


def has_full_registration(classes: Iterable[FleetClass]) -> bool:
    """Whether trip registration may be used: every counted vehicle has it, with business kilometres of its own."""
    counted = [row for row in classes if row.left_out is None]
    return bool(counted) and all(row.registered == row.vehicles for row in counted)


def _class_of(vehicle: FleetVehicle, *, year: int) -> FleetClass:
    has_contract = vehicle.driven_km is None and vehicle.contract_km is not None
    is_unknown = vehicle.driven_km is None and vehicle.contract_km is None
    is_registered = vehicle.registered_km is not None
    left_out = vehicle.left_out or left_out_kind(vehicle.kind)
    if left_out is None and is_unknown and not is_registered and vehicle.kind is VehicleKind.BICYCLE:
        left_out = LeftOut.BICYCLE_UNKNOWN
    return FleetClass(
        kind=vehicle.kind,
        fuel=vehicle.fuel,
        is_leased=vehicle.is_leased,
        proves_private_limit=vehicle.proves_private_limit,
        left_out=left_out,
        vehicles=1,
        part_year=int(vehicle.available_days < days_of_year(year)),
        vehicle_days=0 if is_unknown else vehicle.available_days,
        driven=int(vehicle.driven_km is not None),
        driven_km=vehicle.driven_km or NOTHING,
        contract_km_days=(vehicle.contract_km or NOTHING) * vehicle.available_days if has_contract else NOTHING,
        without_km=int(is_unknown),
        registered=int(is_registered),
        registered_km=vehicle.registered_km or NOTHING,
    )


def _added(first: FleetClass, second: FleetClass) -> FleetClass:
    return replace(first, **{name: getattr(first, name) + getattr(second, name) for name in _ADDED})
