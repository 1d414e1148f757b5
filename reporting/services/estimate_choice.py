"""Choosing whether a report states the guidance's kilometres or an estimate: with a reason, and written down."""

import datetime
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from reporting.domain.cell import Cell
from reporting.domain.commute_method import CommuteMethod
from reporting.domain.matrix import build_matrix
from reporting.domain.parameters import Parameters
from reporting.domain.report_inputs import ReportInputs
from reporting.domain.rvo import RvoBlock
from reporting.enums import EstimationState
from reporting.models import EstimationRun, Report, ReportVersion
from reporting.selectors.estimated_lines import FoundResult, found_result, is_after_closing
from reporting.selectors.inputs import guidance_inputs
from reporting.selectors.parameters import parameters_of
from reporting.services.estimation.start import EstimationUnknown
from reporting.services.report_access import draft_version, locked_report
from reporting.services.report_versions import write_draft
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.organisations.services.refusal import Refused

# The guidance's figures by the estimation's own arithmetic and by the report's differ by their rounding at most.
ROUNDING_KM = 1
NOT_ESTIMATED = frozenset({"guidance_only", "everybody_answered"})


class FiguresNeedReason(Refused):
    """Guidance or estimate, without a reason."""

    sentence = _("Say why you choose these figures. The reason stands in the evidence.")


class EstimationNotReady(Refused):
    """The estimation has no result: it is being computed, was cancelled or failed."""

    sentence = _("This estimate is not ready. Wait until it is computed, or compute it again.")


class EstimateOfWholeSurvey(Refused):
    """The report takes its kilometres from something else than all weeks of the survey that was estimated."""

    sentence = _(
        "An estimate goes with a survey of which all weeks count. Choose that method and survey first, and compute the"
        " estimate again."
    )


class NothingEstimated(Refused):
    """There is no estimate in the result: too few answers, or everybody answered."""

    sentence = _(
        "Here the guidance's figures are all there is: there is nothing to estimate, or too little to do it with."
    )


class EstimateOutdated(Refused):
    """Headcount, survey, working weeks or form are no longer those that the estimate was computed from."""

    sentence = _("The figures changed since this estimate was computed. Compute the estimate again.")


class EstimateInTheWay(Refused):
    """The method or the survey changes while the report states an estimate of it."""

    sentence = _(
        "This report states an estimate of this survey. Take the guidance's figures first, then choose another method"
        " or survey."
    )


def choose_estimate(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    report: Report,
    run: EstimationRun,
    reason: str,
) -> ReportVersion:
    """State this run's kilometres in block 4 from now on, and compute the draft anew; blocks 1 and 2 follow.

    Choosing the same with the same reason again only computes. Raises `FiguresNeedReason`, `EstimationUnknown`,
    `EstimationNotReady`, `EstimateOfWholeSurvey`, `NothingEstimated`, `EstimateOutdated`, `ReportUnknown`,
    `ReportNotDraft`.
    """

    def checked(locked: Report) -> EstimationRun:
        found = EstimationRun.objects.filter(organisation=organisation, report=locked, pk=run.pk).first()
        if found is None:
            raise EstimationUnknown
        _check(organisation=organisation, report=locked, run=found)
        return found

    return _choose(organisation=organisation, actor=actor, now=now, report=report, reason=reason, wanted=checked)


def choose_guidance(
    *, organisation: Organisation, actor: User | None, now: datetime.datetime, report: Report, reason: str
) -> ReportVersion:
    """State the guidance's kilometres, the default, and compute the draft anew.

    Raises `FiguresNeedReason`, `ReportUnknown`, `ReportNotDraft`.
    """
    return _choose(
        organisation=organisation, actor=actor, now=now, report=report, reason=reason, wanted=lambda locked: None
    )


def refuse_beside_estimate(report: Report, *, is_changed: bool) -> None:
    """Raises `EstimateInTheWay` where method or survey change under an estimate: its figures would mean nothing."""
    if is_changed and report.estimation_id is not None:
        raise EstimateInTheWay


def _choose(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    report: Report,
    reason: str,
    wanted: Callable[[Report], EstimationRun | None],
) -> ReportVersion:
    reason = reason.strip()
    if not reason:
        raise FiguresNeedReason
    with transaction.atomic():
        report = locked_report(organisation=organisation, report=report)
        draft_version(report)
        run, before = wanted(report), report.estimation
        if (before, report.estimation_reason) != (run, reason):
            report.estimation, report.estimation_reason = run, reason
            report.estimation_chosen_by, report.estimation_chosen_at = actor, now
            report.save()
        version = write_draft(organisation=organisation, report=report, now=now)
        record_event(
            organisation=organisation,
            actor=actor,
            action="report.figures_chosen",
            now=now,
            subject=str(report.code),
            detail={
                "before": _name(before),
                "after": _name(run),
                "reason": reason,
                "version": version.number,
                "inputs_hash": version.inputs_hash,
            },
        )
    return version


def _name(run: EstimationRun | None) -> str:
    return "guidance" if run is None else f"estimate {run.code}"


def _check(*, organisation: Organisation, report: Report, run: EstimationRun) -> None:
    found = found_result(organisation=organisation, run=run)
    if run.state != EstimationState.DONE or found is None:
        raise EstimationNotReady
    is_whole = report.commute_method == CommuteMethod.SURVEY and report.commute_week_from is None
    if not is_whole or report.campaign is None or run.campaign_id != report.campaign_id:
        raise EstimateOfWholeSurvey
    if found.estimate["method"] in NOT_ESTIMATED:
        raise NothingEstimated
    parameters = parameters_of(organisation=organisation, reporting_year=report.reporting_year)
    inputs = guidance_inputs(organisation=organisation, report=report, parameters=parameters)
    cells = build_matrix(inputs, parameters).block(RvoBlock.COMMUTE)
    if inputs.survey is None or all(cell.derivation.exact_km is None for cell in cells):
        raise NothingEstimated
    is_current = _is_same_basis(found, parameters) and _is_current(found, inputs, cells)
    if not is_after_closing(run, closed_at=report.campaign.closed_at) or not is_current:
        raise EstimateOutdated


def _is_same_basis(found: FoundResult, parameters: Parameters) -> bool:
    """Whether working weeks and form are those of the run; a result of before they were kept is outdated."""
    now = (parameters.whole("weeks_per_year"), parameters.form.fingerprint)
    return (found.estimate.get("weeks_per_year"), found.estimate.get("form")) == now


def _is_current(found: FoundResult, inputs: ReportInputs, cells: tuple[Cell, ...]) -> bool:
    """Whether headcount and sums are those of the run.

    Of one week the estimation's own guidance figures are the report's. Of several weeks they are not (it takes each
    person's mean): there the headcount decides, for a closed survey's answers change no more.
    """
    if found.estimate["headcount"] != inputs.headcount.commute_multiplier:
        return False
    if inputs.survey is None or len(inputs.survey.weeks) > 1:
        return True
    then = {row["name"]: row for row in found.estimate["guidance_lines"]}
    return all(_is_same(cell, then[cell.line.value]) for cell in cells if cell.line.value in then)


def _is_same(cell: Cell, row: dict[str, Any]) -> bool:
    if cell.derivation.exact_km is None or row["km"] is None:
        return True
    return abs(cell.derivation.exact_km - int(row["km"])) <= ROUNDING_KM
