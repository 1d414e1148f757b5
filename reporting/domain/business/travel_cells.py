"""Blocks 2 and 3: mobility services and expense claims, per line.

Block 2: business km where the provider splits them, else total − private (as stated) − commuting (from the survey).
Block 3: business trips as claimed; public transport in euros, which only RVO converts.
Kilometres of which the fuel is not known are spread over the known fuels of the same vehicle in the same block, in
proportion, as in the survey [D].
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from reporting.domain.business.commute_part import CommutePart, commute_of_line
from reporting.domain.business.lines import business_cell
from reporting.domain.business.steps import BusinessFlag, Step, StepKind
from reporting.domain.business.sums import BusinessInputs, TravelSum
from reporting.domain.business.vehicles import MODE_OF_KIND, has_fuel
from reporting.domain.cell import Cell, CellMethod, UndeterminedReason
from reporting.domain.parameters import Parameters
from reporting.domain.rounding import round_half_up
from reporting.domain.rvo import Fuel, Mode, RvoBlock, RvoLine, Unit, cell_unit

METHODS = {
    RvoBlock.MOBILITY_SERVICE: CellMethod.PROVIDER_TOTALS,
    RvoBlock.EXPENSE_CLAIM: CellMethod.EXPENSE_CLAIMS,
}
SOURCES = {
    RvoBlock.MOBILITY_SERVICE: "Guidance for employers (RVO), summary, part 2: 'Mobiliteitsdiensten'",
    RvoBlock.EXPENSE_CLAIM: "Guidance for employers (RVO), summary, part 3: 'Declaraties'",
}


@dataclass(kw_only=True)
class _Line:
    """What a line receives, while it is added up."""

    split: Fraction = Fraction(0)
    unsplit: Fraction = Fraction(0)
    private: Fraction = Fraction(0)
    euro: Fraction = Fraction(0)
    spread: Fraction = Fraction(0)
    assumed: Fraction = Fraction(0)
    split_rows: int = 0
    unsplit_rows: int = 0
    has_rows_without_amount: bool = False
    has_only_unknown_fuel: bool = False


def travel_cells(
    *, block: RvoBlock, inputs: BusinessInputs, commute: CommutePart, parameters: Parameters
) -> tuple[Cell, ...]:
    """The eleven cells of block 2 or 3; a line without rows is 0."""
    lines = {line: _Line() for line in RvoLine}
    counted = [row for row in inputs.travel_in(block) if row.left_out is None]
    weights = _weights(counted)
    for row in counted:
        _add(row, lines=lines, weights=weights, parameters=parameters)
    return tuple(
        _cell(line, found, block=block, inputs=inputs, commute=commute, parameters=parameters)
        for line, found in lines.items()
    )


def _weights(rows: Iterable[TravelSum]) -> dict[Mode, dict[Fuel, Fraction]]:
    """Kilometres per known fuel of each mode that has several."""
    weights: dict[Mode, dict[Fuel, Fraction]] = {}
    for row in rows:
        if has_fuel(row.kind) and row.fuel is not Fuel.UNKNOWN and row.km:
            by_fuel = weights.setdefault(MODE_OF_KIND[row.kind], {})
            by_fuel[row.fuel] = by_fuel.get(row.fuel, Fraction(0)) + Fraction(row.km)
    return weights


def _add(
    row: TravelSum,
    *,
    lines: dict[RvoLine, _Line],
    weights: dict[Mode, dict[Fuel, Fraction]],
    parameters: Parameters,
) -> None:
    mode = MODE_OF_KIND[row.kind]
    if row.fuel is not Fuel.UNKNOWN:
        shares: dict[Fuel, Fraction] = {row.fuel: Fraction(1)}
    elif by_fuel := weights.get(mode):
        shares = {fuel: km / sum(by_fuel.values()) for fuel, km in by_fuel.items()}
    else:
        for line in parameters.form.lines_of(mode=mode):
            lines[line].has_only_unknown_fuel = True
        return
    for fuel, share in shares.items():
        place = parameters.form.place(mode=mode, fuel=fuel)
        found = lines[place.line]
        km = Fraction(row.km) * share
        _receive(found, row, share=share, is_spread=row.fuel is Fuel.UNKNOWN)
        found.assumed += km if place.is_assumed else 0


def _receive(found: _Line, row: TravelSum, *, share: Fraction, is_spread: bool) -> None:
    km = Fraction(row.km) * share
    found.private += Fraction(row.private_km) * share
    found.euro += Fraction(row.euro) * share
    found.spread += km if is_spread else 0
    found.has_rows_without_amount |= row.rows_without_amount > 0
    if row.is_split:
        found.split += km
        found.split_rows += row.rows
    else:
        found.unsplit += km
        found.unsplit_rows += row.rows


def _cell(
    line: RvoLine,
    found: _Line,
    *,
    block: RvoBlock,
    inputs: BusinessInputs,
    commute: CommutePart,
    parameters: Parameters,
) -> Cell:
    reason = _why_open(found)
    if cell_unit(block=block, line=line) is Unit.EURO:
        steps = [Step(kind=StepKind.CLAIMED, amount=found.euro, count=found.split_rows)] if found.split_rows else []
    else:
        steps = _kilometre_steps(found, block=block)
        if found.unsplit_rows:
            part = commute_of_line(commute, inputs=inputs, block=block, line=line, form=parameters.form)
            steps += [Step(kind=StepKind.COMMUTE, amount=-part)] if part else []
            reason = reason or commute.missing(line)
    flags = {BusinessFlag.UNKNOWN_FUEL_KM: found.spread, BusinessFlag.ASSUMED_LINE_KM: found.assumed}
    return business_cell(
        block=block,
        line=line,
        method=METHODS[block],
        steps=tuple(steps),
        source=SOURCES[block],
        flags={flag.value: round_half_up(km) for flag, km in flags.items() if km},
        reason=reason,
    )


def _kilometre_steps(found: _Line, *, block: RvoBlock) -> list[Step]:
    split = StepKind.CLAIMED if block is RvoBlock.EXPENSE_CLAIM else StepKind.SPLIT_BUSINESS
    steps = [
        Step(kind=split, amount=found.split, count=found.split_rows),
        Step(kind=StepKind.UNSPLIT, amount=found.unsplit, count=found.unsplit_rows),
        Step(kind=StepKind.PRIVATE_STATED, amount=-found.private),
    ]
    return [step for step in steps if step.amount or step.count]


def _why_open(found: _Line) -> UndeterminedReason | None:
    if found.has_rows_without_amount:
        return UndeterminedReason.ROWS_WITHOUT_AMOUNT
    return UndeterminedReason.ONLY_UNKNOWN_FUEL if found.has_only_unknown_fuel else None
