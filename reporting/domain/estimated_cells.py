"""Block 4 by an estimate that HR chose; the guidance's figure stays readable in each derivation."""

from dataclasses import replace

from reporting.domain.cell import Cell, CellMethod, CellOrigin, UndeterminedReason
from reporting.domain.commute_estimate import ChosenEstimate
from reporting.domain.parameters import Parameters


def estimated_cells(
    guidance: tuple[Cell, ...], *, estimate: ChosenEstimate, headcount: int, parameters: Parameters
) -> tuple[Cell, ...]:
    """The guidance's cells with the estimate's kilometres in their place.

    A line that the guidance leaves open stays open: of a mode whose fuel nobody knew the estimate knows no more. So
    does every line when headcount, working weeks or form are no longer those that the estimate was brought to.
    """
    reason = why_no_estimate(estimate, headcount=headcount, parameters=parameters)
    return tuple(_cell(cell, estimate=estimate, outdated=reason) for cell in guidance)


def why_no_estimate(estimate: ChosenEstimate, *, headcount: int, parameters: Parameters) -> UndeterminedReason | None:
    """Why the estimate gives no figures for this headcount by these parameters; None when it does.

    A report that was made before an estimate said what it rests on is taken at its word: its figures stay.
    """
    is_same = (
        estimate.headcount == headcount
        and estimate.weeks_per_year in (None, parameters.whole("weeks_per_year"))
        and estimate.form in (None, parameters.form.fingerprint)
    )
    return None if is_same else UndeterminedReason.ESTIMATE_OUTDATED


def _cell(cell: Cell, *, estimate: ChosenEstimate, outdated: UndeterminedReason | None) -> Cell:
    if cell.value is None:
        return cell
    figures = estimate.lines[cell.line]
    reason = outdated
    if reason is None and figures.km is None:
        reason = UndeterminedReason.ESTIMATE_WITHOUT_FUEL
    derivation = replace(
        cell.derivation, method=CellMethod.SURVEY_ESTIMATED, estimate=figures, undetermined_reason=reason
    )
    origin = CellOrigin.ESTIMATED if reason is None else CellOrigin.UNDETERMINED
    return replace(cell, value=figures.km if reason is None else None, origin=origin, derivation=derivation)
