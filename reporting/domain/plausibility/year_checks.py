"""This year's figures against last year's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from reporting.domain.cell import CellMethod
from reporting.domain.matrix import Matrix
from reporting.domain.parameters import Parameters
from reporting.domain.plausibility.finding import Check, Finding, share, threshold, whole
from reporting.domain.rvo import FORM_CELLS, RvoBlock, RvoLine, Unit, cell_unit

Value = int | Decimal | None


@dataclass(frozen=True, kw_only=True)
class EarlierFigures:
    """Last year's frozen or filed figures. method: how its commuting was computed."""

    reporting_year: int
    headcount: int
    method: CellMethod
    matrix: Matrix


def change(matrix: Matrix, *, headcount: int, earlier: EarlierFigures, parameters: Parameters) -> Iterator[Finding]:
    """A line or a block that changed by more than a part of last year's, where it is large enough to matter.

    Where a line fell to 0 the other check says so.
    """
    limit, least = threshold(parameters, "check_change"), threshold(parameters, "check_change_from_km")
    if limit is None or least is None:
        return
    for block in RvoBlock:
        for line, now, before in _pairs(matrix, earlier.matrix, block=block):
            if not before or not now or max(now, before) < least or abs(now - before) <= limit * before:
                continue
            other_method = block is RvoBlock.COMMUTE and matrix.commute_method is not earlier.method
            yield Finding(
                check=Check.CHANGE,
                block=block,
                line=line,
                figures={
                    "km": whole(now),
                    "km_before": whole(before),
                    "change": share((now - before) / before),
                    "limit": share(limit),
                    "year_before": str(earlier.reporting_year),
                    "headcount": str(headcount),
                    "headcount_before": str(earlier.headcount),
                    **({"is_other_method": "yes"} if other_method else {}),
                },
            )


def zero_line(matrix: Matrix, *, earlier: EarlierFigures) -> Iterator[Finding]:
    """A line at zero that had kilometres (or euros) last year."""
    for block, line in FORM_CELLS:
        now = matrix.cell(block=block, line=line).value
        before = earlier.matrix.cell(block=block, line=line).value
        if now == 0 and before:
            yield Finding(
                check=Check.ZERO_LINE,
                block=block,
                line=line,
                figures={
                    "before": f"{before:.2f}" if isinstance(before, Decimal) else str(before),
                    "unit": cell_unit(block=block, line=line).value,
                    "year_before": str(earlier.reporting_year),
                },
            )


def _pairs(now: Matrix, before: Matrix, *, block: RvoBlock) -> Iterator[tuple[RvoLine | None, Fraction, Fraction]]:
    """Kilometres of the block (line None) and of each of its lines, where both years have a figure."""
    totals: Mapping[RvoBlock, int | None] = {total.block: total.kilometres for total in now.totals()}
    totals_before = {total.block: total.kilometres for total in before.totals()}
    total, total_before = totals[block], totals_before[block]
    if total is not None and total_before is not None:
        yield None, Fraction(total), Fraction(total_before)
    for line in RvoLine:
        value = now.cell(block=block, line=line).value
        value_before = before.cell(block=block, line=line).value
        if cell_unit(block=block, line=line) is Unit.EURO or value is None or value_before is None:
            continue
        yield line, Fraction(value), Fraction(value_before)
