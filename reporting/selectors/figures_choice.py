"""What the page shows on which HR chooses between the guidance's figures and an estimate: both beside each other."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from reporting.domain.commute_estimate import ChosenEstimate, EstimatedFigures
from reporting.domain.matrix import build_matrix
from reporting.domain.rounding import round_half_up
from reporting.domain.rvo import RvoBlock, RvoLine
from reporting.enums import EstimationState
from reporting.estimate_labels import HOLDS_FOR_READY, estimate_method
from reporting.labels import LINE_LABELS
from reporting.models import EstimationRun, Report
from reporting.selectors.estimated_lines import FoundResult, found_result, shown_estimate
from reporting.selectors.estimation_runs import estimation_runs
from reporting.selectors.inputs import guidance_inputs
from reporting.selectors.parameters import parameters_of
from wpm_platform.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class LineBeside:
    """One line by the guidance and by the estimate."""

    label: Promise
    guidance: int | None
    figures: EstimatedFigures


@dataclass(frozen=True, kw_only=True)
class FiguresChoice:
    """guidance_total: None while one of its lines has no figure. guidance_*: its interval if who stayed silent travels
    as who answered."""

    run: EstimationRun
    estimate: ChosenEstimate
    method: Promise | str
    lines: tuple[LineBeside, ...]
    unused: tuple[Promise, ...]
    guidance_total: int | None
    guidance_lower: int | None
    guidance_upper: int | None
    is_chosen: bool

    @property
    def holds_for_ready(self) -> bool:
        return self.estimate.method in HOLDS_FOR_READY

    @property
    def has_hidden(self) -> bool:
        return any(line.figures.is_hidden for line in self.lines)


def figures_choice(*, organisation: Organisation, report: Report, code: UUID | None = None) -> FiguresChoice | None:
    """With the run of this code and no other; without a code with the one that the report states, else the latest.

    None without such a result.
    """
    runs = list(estimation_runs(report=report).filter(state=EstimationState.DONE))
    if code is not None:
        wanted = [run for run in runs if run.code == code]
    else:
        wanted = [*(run for run in runs if run.pk == report.estimation_id), *runs]
    for run in wanted:
        found = found_result(organisation=organisation, run=run)
        if found is not None:
            return _choice(found, organisation=organisation, report=report)
    return None


def _choice(found: FoundResult, *, organisation: Organisation, report: Report) -> FiguresChoice:
    parameters = parameters_of(organisation=organisation, reporting_year=report.reporting_year)
    inputs = guidance_inputs(organisation=organisation, report=report, parameters=parameters)
    estimate = shown_estimate(found, organisation=organisation, report=report, inputs=inputs, parameters=parameters)
    cells = build_matrix(inputs, parameters).block(RvoBlock.COMMUTE)
    # Not the cells' values: a figure entered by hand is neither of the two.
    exact = {cell.line: cell.derivation.exact_km for cell in cells}
    guidance = {line: None if km is None else round_half_up(km) for line, km in exact.items()}
    used = [line for line in RvoLine if guidance[line] != 0 or estimate.lines[line].km != 0]
    is_untold = estimate.total.is_hidden or bool(estimate.open_lines)
    by_chance: dict[str, Any] = {} if is_untold else found.estimate["guidance_total"] or {}
    return FiguresChoice(
        run=found.run,
        estimate=estimate,
        method=estimate_method(estimate.method),
        lines=tuple(
            LineBeside(label=LINE_LABELS[line], guidance=guidance[line], figures=estimate.lines[line]) for line in used
        ),
        unused=tuple(LINE_LABELS[line] for line in RvoLine if line not in used),
        guidance_total=None if None in guidance.values() else sum(km or 0 for km in guidance.values()),
        guidance_lower=by_chance.get("plain_lower"),
        guidance_upper=by_chance.get("plain_upper"),
        is_chosen=report.estimation_id == found.run.pk,
    )
