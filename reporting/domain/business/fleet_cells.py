"""Block 1: the fleet's business kilometres per line, by trip registration or by the flat-rate method."""

from collections.abc import Sequence
from fractions import Fraction

from reporting.domain.business.commute_part import CommutePart, commute_of_line
from reporting.domain.business.fleet import (
    FLAT_RATE_PARAMETERS,
    contract_part,
    has_full_registration,
    private_km,
)
from reporting.domain.business.lines import business_cell
from reporting.domain.business.steps import BusinessFlag, Step, StepKind
from reporting.domain.business.sums import BusinessInputs, FleetClass
from reporting.domain.business.vehicles import MODE_OF_KIND
from reporting.domain.cell import Cell, CellMethod, UndeterminedReason
from reporting.domain.parameters import Parameters
from reporting.domain.rvo import RvoBlock, RvoLine

BLOCK = RvoBlock.FLEET


def fleet_cells(*, inputs: BusinessInputs, commute: CommutePart, parameters: Parameters) -> tuple[Cell, ...]:
    """The eleven cells of block 1. A line without vehicles is 0, unless commuting says that there were some."""
    counted = [row for row in inputs.fleet if row.left_out is None]
    by_line: dict[RvoLine, list[FleetClass]] = {line: [] for line in RvoLine}
    for row in counted:
        by_line[parameters.form.place(mode=MODE_OF_KIND[row.kind], fuel=row.fuel).line].append(row)
    if has_full_registration(inputs.fleet):
        return tuple(_registered(line, rows, parameters=parameters) for line, rows in by_line.items())
    return tuple(
        _flat_rate(line, rows, inputs=inputs, commute=commute, parameters=parameters) for line, rows in by_line.items()
    )


def _registered(line: RvoLine, rows: Sequence[FleetClass], *, parameters: Parameters) -> Cell:
    registered = sum((Fraction(row.registered_km) for row in rows), Fraction(0))
    vehicles = sum(row.vehicles for row in rows)
    steps = (Step(kind=StepKind.REGISTERED, amount=registered, count=vehicles),) if rows else ()
    return business_cell(
        block=BLOCK,
        line=line,
        method=CellMethod.TRIP_REGISTRATION,
        steps=steps,
        source=_source(parameters),
        flags=_assumed(rows, parameters=parameters),
    )


def _flat_rate(
    line: RvoLine,
    rows: Sequence[FleetClass],
    *,
    inputs: BusinessInputs,
    commute: CommutePart,
    parameters: Parameters,
) -> Cell:
    year = parameters.reporting_year
    steps = _totals(rows, year=year)
    # Bicycles without kilometres may be left out, so commuting on them is no contradiction.
    is_left_out = line is RvoLine.BICYCLE_WALKING and not rows
    part = commute_of_line(commute, inputs=inputs, block=BLOCK, line=line, form=parameters.form)
    reason = _why_open(rows, line=line, commute=commute)
    if part and not is_left_out:
        steps.append(Step(kind=StepKind.COMMUTE, amount=-part))
    steps += _private(rows, year=year, parameters=parameters)
    return business_cell(
        block=BLOCK,
        line=line,
        method=CellMethod.FLAT_RATE,
        steps=tuple(steps),
        source=_source(parameters),
        flags=_flags(rows) | _assumed(rows, parameters=parameters),
        reason=reason,
    )


def _totals(rows: Sequence[FleetClass], *, year: int) -> list[Step]:
    steps = []
    if driven := sum(row.driven for row in rows):
        amount = sum((Fraction(row.driven_km) for row in rows), Fraction(0))
        steps.append(Step(kind=StepKind.DRIVEN, amount=amount, count=driven))
    if contracted := sum(row.contracted for row in rows):
        amount = sum((contract_part(row, year=year) for row in rows), Fraction(0))
        steps.append(Step(kind=StepKind.CONTRACT, amount=amount, count=contracted))
    return steps


def _private(rows: Sequence[FleetClass], *, year: int, parameters: Parameters) -> list[Step]:
    amounts = {StepKind.PRIVATE_FLAT_RATE: Fraction(0), StepKind.PRIVATE_SHARE: Fraction(0)}
    counts = dict.fromkeys(amounts, 0)
    for row in rows:
        private = private_km(row, year=year, parameters=parameters)
        kind = StepKind.PRIVATE_FLAT_RATE if row.kind in FLAT_RATE_PARAMETERS else StepKind.PRIVATE_SHARE
        if private:
            amounts[kind] += private
            counts[kind] += row.vehicles - row.without_km
    return [Step(kind=kind, amount=-amount, count=counts[kind]) for kind, amount in amounts.items() if amount]


def _why_open(rows: Sequence[FleetClass], *, line: RvoLine, commute: CommutePart) -> UndeterminedReason | None:
    if any(row.without_km for row in rows):
        return UndeterminedReason.VEHICLES_WITHOUT_KILOMETRES
    return commute.missing(line) if rows else None


def _flags(rows: Sequence[FleetClass]) -> dict[str, int]:
    counts = {
        BusinessFlag.PART_YEAR_VEHICLES: sum(row.part_year for row in rows),
        BusinessFlag.PROVEN_VEHICLES: sum(row.vehicles for row in rows if row.is_leased and row.proves_private_limit),
        BusinessFlag.OWNED_VEHICLES: sum(row.vehicles for row in rows if not row.is_leased),
    }
    return {flag.value: count for flag, count in counts.items() if count}


def _assumed(rows: Sequence[FleetClass], *, parameters: Parameters) -> dict[str, int]:
    """Vehicles on a line of which no source says that they belong there."""
    assumed = sum(
        row.vehicles for row in rows if parameters.form.place(mode=MODE_OF_KIND[row.kind], fuel=row.fuel).is_assumed
    )
    return {BusinessFlag.ASSUMED_LINE_VEHICLES.value: assumed} if assumed else {}


def _source(parameters: Parameters) -> str:
    return parameters.values["private_km_per_leased_car"].source
