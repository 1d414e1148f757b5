"""Breaks of method: what makes the figures of two years hard to compare, told from both stored versions."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from reporting.domain.cell import CellMethod
from reporting.domain.rvo import RvoBlock
from reporting.domain.years.figures import YearFigures

# The parameters that the 44 cells follow from; dates and the margin of the response change no kilometre.
FACTORS = (
    "minimum_monthly_hours",
    "weeks_per_year",
    "commute_headcount_rule",
    "private_km_per_leased_car",
    "private_km_per_leased_motorcycle",
    "proven_private_km_limit",
    "private_share_leased_two_wheeler",
)
THRESHOLD = "threshold"


class BreakKind(StrEnum):
    """`METHOD`: a block was made in other ways, figures by hand among them. `FACTOR`: a parameter or the threshold."""

    METHOD = "method"
    WEEKS = "weeks"
    FORM = "form"
    FACTOR = "factor"


@dataclass(frozen=True, kw_only=True)
class Break:
    """From `since` to `year`. subject: a block's code or a factor's key; before, after: sorted codes or values."""

    kind: BreakKind
    since: int
    year: int
    subject: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


def breaks_of(years: tuple[YearFigures, ...]) -> tuple[Break, ...]:
    """Every break between a year and the one with a report before it; years oldest first."""
    return tuple(found for before, after in pairwise(years) for found in _between(before, after))


def _between(before: YearFigures, after: YearFigures) -> Iterator[Break]:
    for block in RvoBlock:
        methods = _methods(before, block), _methods(after, block)
        if all(methods) and methods[0] != methods[1]:
            yield _break(BreakKind.METHOD, before, after, subject=block.code, values=methods)
    weeks = before.weeks, after.weeks
    if all(weeks) and weeks[0] != weeks[1]:
        yield _break(BreakKind.WEEKS, before, after, values=((str(weeks[0]),), (str(weeks[1]),)))
    if before.form_version != after.form_version:
        yield _break(BreakKind.FORM, before, after, values=((before.form_version,), (after.form_version,)))
    for key in (*FACTORS, THRESHOLD):
        values = before.factors.get(key), after.factors.get(key)
        if values[0] != values[1]:
            both = tuple((value,) if value is not None else () for value in values)
            yield _break(BreakKind.FACTOR, before, after, subject=key, values=(both[0], both[1]))


def _methods(figures: YearFigures, block: RvoBlock) -> tuple[str, ...]:
    """How the block's cells came about; a cell without a figure tells nothing."""
    found = {cell.derivation.method for cell in figures.matrix.block(block) if cell.value is not None}
    return tuple(sorted(method.value for method in found - {CellMethod.NONE}))


def _break(
    kind: BreakKind,
    before: YearFigures,
    after: YearFigures,
    *,
    values: tuple[tuple[str, ...], tuple[str, ...]],
    subject: str = "",
) -> Break:
    return Break(kind=kind, since=before.year, year=after.year, subject=subject, before=values[0], after=values[1])
