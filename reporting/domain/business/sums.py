"""What the report keeps of business files: sums per kind and fuel, never a vehicle, a person or a trip."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reporting.domain.business.vehicles import LeftOut, VehicleKind
from reporting.domain.rvo import Fuel, RvoBlock

NOTHING = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class FleetClass:
    """The vehicles of a fleet for which the same rules hold, so coarse that the sums tell as little as they can.

    `vehicle_days`: the days of the year on which the employer had them, added up over the vehicles with km;
    `part_year` of all vehicles were not there all year. `driven_km`: the sum of odometer differences, over `driven`
    vehicles; `contract_km_days`: of the vehicles without readings, the yearly contractual km × their days, added up.
    `without_km` have neither. `registered_km`: the business km of the `registered` vehicles with a trip registration
    that tells business, commuting and private trips apart.
    """

    kind: VehicleKind
    fuel: Fuel
    is_leased: bool
    proves_private_limit: bool
    left_out: LeftOut | None
    vehicles: int
    part_year: int = 0
    vehicle_days: int = 0
    driven: int = 0
    driven_km: Decimal = NOTHING
    contract_km_days: Decimal = NOTHING
    without_km: int = 0
    registered: int = 0
    registered_km: Decimal = NOTHING

    @property
    def contracted(self) -> int:
        """Vehicles that count by their contractual km."""
        return self.vehicles - self.driven - self.without_km


@dataclass(frozen=True, kw_only=True)
class TravelSum:
    """Rows of mobility services or expense claims that share block, kind and fuel.

    `is_split`: `km` are business km; else they may hold commuting, and the `private_km` that the provider states.
    `rows_without_amount`: rows that lack what their cell asks (km, or euros for public transport on claims).
    """

    block: RvoBlock
    kind: VehicleKind
    fuel: Fuel
    left_out: LeftOut | None
    is_split: bool
    rows: int
    km: Decimal = NOTHING
    private_km: Decimal = NOTHING
    euro: Decimal = NOTHING
    rows_without_amount: int = 0


@dataclass(frozen=True, kw_only=True)
class SourceFile:
    """A file that figures of a block come from: the name that it had, its rows and the day it was applied."""

    block: RvoBlock
    name: str
    rows: int
    applied_on: date


@dataclass(frozen=True, kw_only=True)
class BusinessInputs:
    """All that files say about blocks 1 to 3. A block without a file is not computed."""

    files: tuple[SourceFile, ...] = ()
    fleet: tuple[FleetClass, ...] = ()
    travel: tuple[TravelSum, ...] = ()

    def has(self, block: RvoBlock) -> bool:
        """Whether a file was applied for this block."""
        return any(file.block is block for file in self.files)

    def travel_in(self, block: RvoBlock) -> tuple[TravelSum, ...]:
        """The sums of block 2 or 3."""
        return tuple(row for row in self.travel if row.block is block)


def class_order(row: FleetClass) -> tuple[object, ...]:
    """The fixed order of classes, so that the same fleet always gives the same hash."""
    left_out = row.left_out.value if row.left_out else ""
    return row.kind.value, row.fuel.value, row.is_leased, row.proves_private_limit, left_out


def travel_order(row: TravelSum) -> tuple[object, ...]:
    """The fixed order of sums."""
    return row.block, row.kind.value, row.fuel.value, row.left_out.value if row.left_out else "", row.is_split


def file_order(file: SourceFile) -> tuple[object, ...]:
    """The fixed order of files."""
    return file.block, file.applied_on, file.name, file.rows
