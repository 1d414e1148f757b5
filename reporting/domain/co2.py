"""An indication of CO2, tank-to-wheel: RVO computes the real one from the same kilometres.

    per purpose: Σ km × grams per passenger-kilometre; the average is that ÷ Σ km (Bal 18.14); none without km

- The factors are per passenger-kilometre already, so RVO's 1.07 people in a car is not applied again.
- A line has a factor when everything that may be on it has one and the same. What is on it is looked at no finer than
  the report itself does: of block 4 whether part of the line is of hybrids without a plug, of blocks 1 to 3 the fuels
  that the files name. A figure by hand may be of any fuel of its line [D].
- What has no factor is unknown, never 0; the total says over which part of the kilometres it is known. Where nothing
  was travelled, nothing is emitted whatever the factor.
- Public transport on expense claims is in euros: unknown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from reporting.domain.business.sums import BusinessInputs
from reporting.domain.business.vehicles import MODE_OF_KIND
from reporting.domain.cell import Cell, CellOrigin
from reporting.domain.matrix import Matrix
from reporting.domain.parameters import Parameter, Parameters
from reporting.domain.rvo import Fuel, Mode, RvoBlock, RvoLine, Unit
from reporting.domain.survey_sums import SurveyFlag

Pair = tuple[Mode, Fuel]
BUSINESS = (RvoBlock.FLEET, RvoBlock.MOBILITY_SERVICE, RvoBlock.EXPENSE_CLAIM)
ASSUMED_FLAGS = frozenset({SurveyFlag.ASSUMED_LINE, SurveyFlag.ASSUMED_LINE_METRES})
_WITHOUT_FUEL: Mapping[Mode, str] = {
    Mode.SPEED_PEDELEC: "emission_moped_electric",
    Mode.BICYCLE: "emission_bicycle_walking",
    Mode.WALKING: "emission_bicycle_walking",
    Mode.PUBLIC_TRANSPORT: "emission_public_transport",
}


@dataclass(frozen=True, kw_only=True)
class CellCo2:
    """grams: per passenger-kilometre; None when unknown. kilograms: None when grams or kilometres are."""

    block: RvoBlock
    line: RvoLine
    kilometres: int | None
    grams: int | None
    kilograms: Fraction | None


@dataclass(frozen=True, kw_only=True)
class Co2Sum:
    """Over the lines whose factor is known. known_km of kilometres; grams_per_km: over known_km, None when there are
    none. has_euros: an amount in euros stands beside it, of which nothing is known."""

    kilograms: Fraction
    kilometres: int
    known_km: int
    has_euros: bool = False

    @property
    def grams_per_km(self) -> Fraction | None:
        return self.kilograms * 1000 / self.known_km if self.known_km else None

    @property
    def known_share(self) -> Fraction | None:
        """The part of the kilometres of which the CO2 is known; None without kilometres."""
        return Fraction(self.known_km, self.kilometres) if self.kilometres else None


@dataclass(frozen=True, kw_only=True)
class Co2Indication:
    """cells: in the form's order. factors: the set that was used, those without a value included."""

    reporting_year: int
    cells: tuple[CellCo2, ...]
    business: Co2Sum
    commute: Co2Sum
    total: Co2Sum
    factors: tuple[Parameter, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the known factors come from."""
        return tuple(dict.fromkeys(row.source for row in self.factors if row.value is not None))

    @property
    def has_set(self) -> bool:
        """Whether any factor of this year is known."""
        return bool(self.sources)


def assumed_commute_lines(matrix: Matrix) -> frozenset[RvoLine]:
    """Lines of block 4 that are in part of hybrids without a plug."""
    return frozenset(
        cell.line for cell in matrix.block(RvoBlock.COMMUTE) if ASSUMED_FLAGS & cell.derivation.flags.keys()
    )


def co2_indication(
    matrix: Matrix, *, business: BusinessInputs, assumed_lines: frozenset[RvoLine], parameters: Parameters
) -> Co2Indication:
    """Per line, per purpose and in total. assumed_lines: see `assumed_commute_lines`."""
    cells = tuple(
        _cell_co2(
            cell,
            pairs=_pairs(cell, business=business, assumed_lines=assumed_lines, parameters=parameters),
            parameters=parameters,
        )
        for cell in matrix.cells
    )
    return Co2Indication(
        reporting_year=parameters.reporting_year,
        cells=cells,
        business=_sum(matrix, [row for row in cells if row.block in BUSINESS]),
        commute=_sum(matrix, [row for row in cells if row.block is RvoBlock.COMMUTE]),
        total=_sum(matrix, cells),
        factors=tuple(row for key, row in parameters.values.items() if key.startswith("emission_")),
    )


def factor_key(pair: Pair) -> str:
    """The number of the parameter file for a mode and fuel. A motorcycle or moped that is not fully electric has the
    factor of one that burns, as on the form."""
    mode, fuel = pair
    if mode in _WITHOUT_FUEL:
        return _WITHOUT_FUEL[mode]
    if mode is Mode.CAR:
        return f"emission_car_{fuel.value}"
    if fuel is Fuel.ELECTRIC:
        return f"emission_{mode.value}_electric"
    return "emission_motorcycle_combustion" if mode is Mode.MOTORCYCLE else "emission_moped_petrol"


def _cell_co2(cell: Cell, *, pairs: Iterable[Pair], parameters: Parameters) -> CellCo2:
    kilometres = int(cell.value) if cell.value is not None and cell.unit is Unit.KILOMETRES else None
    grams = None if cell.unit is Unit.EURO else _grams(pairs, parameters)
    kilograms = None if grams is None or kilometres is None else Fraction(kilometres * grams, 1000)
    return CellCo2(
        block=cell.block,
        line=cell.line,
        kilometres=kilometres,
        grams=grams,
        kilograms=Fraction(0) if kilometres == 0 else kilograms,
    )


def _grams(pairs: Iterable[Pair], parameters: Parameters) -> int | None:
    """One factor for all of them, or None."""
    rows = [parameters.values.get(factor_key(pair)) for pair in pairs]
    grams = {row.value if row else None for row in rows}
    value = grams.pop() if len(grams) == 1 else None
    return value if isinstance(value, int) else None


def _pairs(
    cell: Cell, *, business: BusinessInputs, assumed_lines: frozenset[RvoLine], parameters: Parameters
) -> frozenset[Pair]:
    """Every mode and fuel that may be in the figure."""
    form = parameters.form
    placed = frozenset(pair for pair, place in form.places.items() if place.line is cell.line)
    if cell.origin is CellOrigin.MANUAL or cell.unit is Unit.EURO:
        return placed
    if cell.block is RvoBlock.COMMUTE:
        return placed if cell.line in assumed_lines else _sure(placed, parameters)
    return _named(cell.block, business) & placed or _sure(placed, parameters)


def _sure(pairs: frozenset[Pair], parameters: Parameters) -> frozenset[Pair]:
    """Those that stand on their line by a source, not by assumption."""
    return frozenset(pair for pair in pairs if not parameters.form.places[pair].is_assumed)


def _named(block: RvoBlock, business: BusinessInputs) -> frozenset[Pair]:
    """What the files of a block name."""
    rows = business.fleet if block is RvoBlock.FLEET else business.travel_in(block)
    return frozenset(
        (MODE_OF_KIND[row.kind], row.fuel) for row in rows if row.left_out is None and row.kind in MODE_OF_KIND
    )


def _sum(matrix: Matrix, cells: Iterable[CellCo2]) -> Co2Sum:
    rows = list(cells)
    known = [row for row in rows if row.kilograms is not None]
    euros = [
        matrix.cell(block=row.block, line=row.line).value
        for row in rows
        if matrix.cell(block=row.block, line=row.line).unit is Unit.EURO
    ]
    return Co2Sum(
        kilograms=sum((row.kilograms for row in known if row.kilograms is not None), Fraction(0)),
        kilometres=sum(row.kilometres or 0 for row in rows),
        known_km=sum(row.kilometres or 0 for row in known),
        has_euros=any(euros),
    )
