"""A business cell from its steps: rounded once, and empty where it cannot be a figure."""

from collections.abc import Mapping
from decimal import Decimal

from reporting.domain.business.steps import Step, outcome
from reporting.domain.cell import Cell, CellMethod, CellOrigin, Derivation, UndeterminedReason
from reporting.domain.rounding import round_half_up
from reporting.domain.rvo import RvoBlock, RvoLine, Unit, cell_unit


def business_cell(
    *,
    block: RvoBlock,
    line: RvoLine,
    method: CellMethod,
    steps: tuple[Step, ...],
    source: str,
    flags: Mapping[str, int],
    reason: UndeterminedReason | None = None,
) -> Cell:
    """The cell that the steps add up to. A negative outcome is not clamped: the cell stays empty with its steps."""
    exact = outcome(steps)
    if reason is None and exact < 0:
        reason = UndeterminedReason.NEGATIVE_OUTCOME
    value: int | Decimal | None = None
    if reason is None:
        is_euro = cell_unit(block=block, line=line) is Unit.EURO
        value = Decimal(round_half_up(exact * 100)) / 100 if is_euro else round_half_up(exact)
    return Cell(
        block=block,
        line=line,
        value=value,
        origin=CellOrigin.UNDETERMINED if reason else CellOrigin.OBSERVED,
        derivation=Derivation(
            method=method,
            source=source,
            exact_km=None if reason else exact,
            flags=flags,
            undetermined_reason=reason,
            steps=steps,
        ),
    )
