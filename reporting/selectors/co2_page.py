"""The CO2 indication in words and figures for reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.functional import Promise

from reporting.co2_labels import FACTOR_LABELS
from reporting.domain.co2 import CellCo2, Co2Indication, Co2Sum
from reporting.domain.parameters import Parameter
from reporting.domain.rounding import round_half_up
from reporting.domain.rvo import RvoBlock
from reporting.labels import BLOCK_LABELS, LINE_LABELS
from reporting.source_labels import source_label


@dataclass(frozen=True, kw_only=True)
class Co2Line:
    """One line with kilometres, or a sum. kilograms: whole; None when unknown. grams: per passenger-kilometre."""

    label: Promise | str
    kilometres: int
    grams: Decimal | None
    kilograms: int | None


@dataclass(frozen=True, kw_only=True)
class Co2Block:
    number: int
    label: Promise
    lines: tuple[Co2Line, ...]


@dataclass(frozen=True, kw_only=True)
class Co2SumShown:
    """known_points: over how many hundredths of the kilometres it is known, rounded down; None without kilometres."""

    kilograms: int | None
    kilometres: int
    grams: Decimal | None
    known_points: int | None
    has_euros: bool

    @property
    def is_whole(self) -> bool:
        return self.known_points == 100


@dataclass(frozen=True, kw_only=True)
class FactorShown:
    label: Promise
    grams: int | None
    source: Promise | str


@dataclass(frozen=True, kw_only=True)
class Co2Page:
    """blocks: those with kilometres."""

    year: int
    blocks: tuple[Co2Block, ...]
    business: Co2SumShown
    commute: Co2SumShown
    total: Co2SumShown
    factors: tuple[FactorShown, ...]
    sources: tuple[Promise | str, ...]
    has_set: bool


def co2_page(indication: Co2Indication) -> Co2Page:
    """Everything that the page and the printed report show of it."""
    factors = {row.key: row for row in indication.factors}
    return Co2Page(
        year=indication.reporting_year,
        blocks=tuple(
            Co2Block(number=block.value, label=BLOCK_LABELS[block], lines=lines)
            for block in RvoBlock
            if (lines := _lines([row for row in indication.cells if row.block is block]))
        ),
        business=sum_shown(indication.business),
        commute=sum_shown(indication.commute),
        total=sum_shown(indication.total),
        factors=tuple(_factor(label, factors[key]) for key, label in FACTOR_LABELS.items() if key in factors),
        sources=tuple(source_label(source) for source in indication.sources),
        has_set=indication.has_set,
    )


def sum_shown(row: Co2Sum) -> Co2SumShown:
    """Rounded once, for reading; no kilograms where nothing of the kilometres is known."""
    share = row.known_share
    return Co2SumShown(
        kilograms=None if row.kilometres and not row.known_km else round_half_up(row.kilograms),
        kilometres=row.kilometres,
        grams=None if row.grams_per_km is None else tenths(row.grams_per_km),
        known_points=None if share is None else int(share * 100),
        has_euros=row.has_euros,
    )


def tenths(value: Fraction) -> Decimal:
    return Decimal(round_half_up(value * 10)) / 10


def _lines(cells: Sequence[CellCo2]) -> tuple[Co2Line, ...]:
    return tuple(
        Co2Line(
            label=LINE_LABELS[row.line],
            kilometres=row.kilometres,
            grams=None if row.grams is None else Decimal(row.grams),
            kilograms=None if row.kilograms is None else round_half_up(row.kilograms),
        )
        for row in cells
        if row.kilometres
    )


def _factor(label: Promise, row: Parameter) -> FactorShown:
    return FactorShown(
        label=label, grams=row.value if isinstance(row.value, int) else None, source=source_label(row.source)
    )
