"""What files hold and the report does not count, added up per block and reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from reporting.domain.business.fleet import total_km
from reporting.domain.business.sums import BusinessInputs
from reporting.domain.business.vehicles import LeftOut
from reporting.domain.rounding import round_half_up
from reporting.domain.rvo import RvoBlock


@dataclass(frozen=True, kw_only=True)
class LeftOutSum:
    """count: vehicles of a fleet, rows of the other files. km, euro: None where the files state none."""

    block: RvoBlock
    reason: LeftOut
    count: int
    km: Decimal | None
    euro: Decimal | None

    @property
    def is_vehicles(self) -> bool:
        return self.block is RvoBlock.FLEET


def left_out_sums(business: BusinessInputs, *, year: int) -> tuple[LeftOutSum, ...]:
    """In the form's order, then in the order of the reasons. Kilometres to the hundredth; contractual ones by days."""
    totals: dict[tuple[RvoBlock, LeftOut], tuple[int, Fraction, Fraction]] = {}
    for block, reason, count, km, euro in _parts(business, year=year):
        before = totals.get((block, reason), (0, Fraction(0), Fraction(0)))
        totals[block, reason] = (before[0] + count, before[1] + km, before[2] + euro)
    order = list(LeftOut)
    return tuple(
        LeftOutSum(block=block, reason=reason, count=count, km=_amount(km), euro=_amount(euro))
        for (block, reason), (count, km, euro) in sorted(
            totals.items(), key=lambda item: (item[0][0], order.index(item[0][1]))
        )
    )


def _parts(business: BusinessInputs, *, year: int) -> Iterator[tuple[RvoBlock, LeftOut, int, Fraction, Fraction]]:
    for vehicles in business.fleet:
        if vehicles.left_out is not None:
            yield RvoBlock.FLEET, vehicles.left_out, vehicles.vehicles, total_km(vehicles, year=year), Fraction(0)
    for row in business.travel:
        if row.left_out is not None:
            yield row.block, row.left_out, row.rows, Fraction(row.km), Fraction(row.euro)


def _amount(value: Fraction) -> Decimal | None:
    return Decimal(round_half_up(value * 100)) / 100 if value else None
