"""Block 4 by an estimate that HR chose; the guidance's figure stays readable in each derivation."""

from dataclasses import replace

from reporting.domain.cell import Cell, CellMethod, CellOrigin, UndeterminedReason
from reporting.domain.commute_estimate import ChosenEstimate


def estimated_cells(guidance: tuple[Cell, ...], *, estimate: ChosenEstimate, headcount: int) -> tuple[Cell, ...]:
    """The guidance's cells with the estimate's kilometres in their place.

    A line that the guidance leaves open stays open: of a mode whose fuel nobody knew the estimate knows no more. So
    does every line when the headcount is no longer the one that the estimate was brought to.
    """
    return tuple(_cell(cell, estimate=estimate, headcount=headcount) for cell in guidance)


def why_no_estimate(estimate: ChosenEstimate, *, headcount: int) -> UndeterminedReason | None:
    """Why the estimate gives no figures for this headcount; None when it does."""
    return None if estimate.headcount == headcount else UndeterminedReason.ESTIMATE_OUTDATED


def _cell(cell: Cell, *, estimate: ChosenEstimate, headcount: int) -> Cell:
    if cell.value is None:
        return cell
    figures = estimate.lines[cell.line]
    reason = why_no_estimate(estimate, headcount=headcount)
    if reason is None and figures.km is None:
        reason = UndeterminedReason.ESTIMATE_WITHOUT_FUEL
    derivation = replace(
        cell.derivation, method=CellMethod.SURVEY_ESTIMATED, estimate=figures, undetermined_reason=reason
    )
    origin = CellOrigin.ESTIMATED if reason is None else CellOrigin.UNDETERMINED
    return replace(cell, value=figures.km if reason is None else None, origin=origin, derivation=derivation)
