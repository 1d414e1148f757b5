"""The estimate that HR chose for a report, read under `wpm_reporting` and shielded before anything is made of it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone

from reporting.domain.commute_estimate import (
    ChosenEstimate,
    canonical_hash,
    figures_from_json,
    shielded_estimate,
)
from reporting.domain.parameters import Parameters
from reporting.domain.report_inputs import ReportInputs
from reporting.domain.rvo import RvoLine
from reporting.domain.survey_sums import SurveySums
from reporting.enums import EstimationState
from reporting.models import EstimationResult, EstimationRun, Report
from reporting.selectors.estimation_runs import stored_result
from reporting.selectors.evidence_facts import line_contributors
from reporting.selectors.survey import survey_sums
from wpm_platform.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class FoundResult:
    """What a run found, as it was stored: `estimate` not shielded yet."""

    run: EstimationRun
    estimate: Mapping[str, Any]
    card: Mapping[str, Any] = field(default_factory=dict)


def found_result(*, organisation: Organisation, run: EstimationRun) -> FoundResult | None:
    """The result of a run that is done, or of the earlier run with the same inputs; None without one."""
    if run.state != EstimationState.DONE:
        return None
    result = stored_result(run)
    return None if result is None else FoundResult(run=run, estimate=result.estimate, card=result.card)


def with_chosen_estimate(
    inputs: ReportInputs, *, organisation: Organisation, report: Report, parameters: Parameters
) -> ReportInputs:
    """The inputs with the estimate that HR chose for this report; unchanged where nobody chose one.

    Raises `EstimationResult.DoesNotExist` when its result is gone: the guidance's figures never silently take its
    place.
    """
    if report.estimation is None:
        return inputs
    found = found_result(organisation=organisation, run=report.estimation)
    if found is None:
        raise EstimationResult.DoesNotExist
    estimate = shown_estimate(found, organisation=organisation, report=report, inputs=inputs, parameters=parameters)
    chosen_on = timezone.localdate(report.estimation_chosen_at) if report.estimation_chosen_at else None
    return replace(inputs, estimate=replace(estimate, reason=report.estimation_reason, chosen_on=chosen_on))


def shown_estimate(
    found: FoundResult, *, organisation: Organisation, report: Report, inputs: ReportInputs, parameters: Parameters
) -> ChosenEstimate:
    """A result as it may be shown and reported: nothing about lines with the kilometres of fewer than five people.

    People are counted in the survey that the run estimated, which need not be the report's any more.
    """
    people = line_contributors(
        organisation=organisation,
        campaign=found.run.campaign,
        legal_entity=report.legal_entity,
        survey=_survey_of(found.run, organisation=organisation, report=report, inputs=inputs),
        parameters=parameters,
    )
    return shielded_estimate(_estimate(found), people)


def chosen_card(report: Report, *, organisation: Organisation) -> dict[str, Any] | None:
    """The model card of the estimate that HR chose; None for the guidance's figures."""
    if report.estimation is None:
        return None
    found = found_result(organisation=organisation, run=report.estimation)
    return None if found is None else dict(found.card)


def finished_runs(*, organisation: Organisation, report: Report) -> list[EstimationRun]:
    """The estimations of this report that are done, newest first."""
    return list(EstimationRun.objects.filter(organisation=organisation, report=report, state=EstimationState.DONE))


def is_after_closing(run: EstimationRun, *, closed_at: datetime.datetime | None) -> bool:
    """Whether the survey was closed when the run was asked for: answers can change until then."""
    return closed_at is not None and run.requested_at >= closed_at


def _survey_of(
    run: EstimationRun, *, organisation: Organisation, report: Report, inputs: ReportInputs
) -> SurveySums | None:
    """All weeks of the survey that was estimated; the report's own sums where they are those."""
    if inputs.survey is not None and run.campaign_id == report.campaign_id and inputs.choice.week_from is None:
        return inputs.survey
    return survey_sums(organisation=organisation, campaign=run.campaign, legal_entity=report.legal_entity)


def _estimate(found: FoundResult) -> ChosenEstimate:
    document = found.estimate
    lines = {RvoLine(row["name"]): figures_from_json(row) for row in document["lines"]}
    return ChosenEstimate(
        method=document["method"],
        version=document["version"],
        random_state=document["random_state"],
        run_hash=found.run.inputs_hash,
        card_hash=canonical_hash(found.card),
        population=document["population"],
        answers=document["answers"],
        headcount=document["headcount"],
        effective_answers=str(document["effective_answers"]),
        odds_ratio=str(document["odds_ratio"]),
        lines=lines,
        total=figures_from_json(document["total"]),
        cautions=tuple(document["cautions"]),
        # A result that does not tell was made before these were kept: it is outdated.
        weeks_per_year=document.get("weeks_per_year", 0),
        form=document.get("form", ""),
    )
