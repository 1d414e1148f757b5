"""What a worker does with an estimation: reads, computes, tries it out, and keeps the result."""

import datetime
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from threadpoolctl import threadpool_limits

from reporting.domain.estimation.ladder import NothingToEstimate, estimate_commute
from reporting.domain.estimation.model_card import validate_and_describe
from reporting.domain.estimation.open_lines import leave_open
from reporting.domain.estimation.outcome import VERSION, CommuteEstimate
from reporting.domain.estimation.people import Booleans, PeopleUnusable
from reporting.domain.estimation.survey_people import READY_MODES
from reporting.domain.estimation.year_two_estimate import estimate_year_two
from reporting.enums import EstimationFailure, EstimationState, EstimationStep
from reporting.models import EstimationResult, EstimationRun
from reporting.services.estimation.claim import Claim, Stopped, end, fail, let_go, mine, settle, step, take
from reporting.services.estimation.inputs import EstimationInputs, LastModel, estimation_inputs, with_last_model
from reporting.services.estimation.rules import AnswersDeleted, check_survey
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.organisations.services.refusal import Refused
from wpm_platform.scoping import Role, organisation_scope

Clock = Callable[[], datetime.datetime]


class Failed(Exception):
    """There can be no result; HR is told why."""

    def __init__(self, failure: EstimationFailure) -> None:
        super().__init__(failure)
        self.failure = failure


@dataclass(frozen=True, kw_only=True)
class Found:
    """What is kept of a computation."""

    estimate: dict[str, Any]
    card: dict[str, Any]


def run_estimation(*, organisation_id: int, code: UUID, clock: Clock) -> bool:
    """Compute an estimation that HR asked for. Returns whether it was this worker's to do; call it outside any scope.

    Safe to run twice, and at once by several workers: one of them keeps the result. An error that nobody foresaw leaves
    the run to the next attempt; after the third it has failed.
    """
    claim = take(organisation_id=organisation_id, code=code, now=clock(), method_version=VERSION)
    if claim is None:
        return False
    try:
        _carry_out(claim, clock)
    except Stopped:
        settle(claim, now=clock())
    except Failed as error:
        _tell_failure(claim, error.failure, now=clock())
    except Exception:
        let_go(claim)
        raise
    return True


def _carry_out(claim: Claim, clock: Clock) -> None:
    survey = _read(claim, now=clock())
    # Sums over several threads are made in another order on another machine; one thread gives the same bytes on each.
    with threadpool_limits(limits=1):
        # Nobody waits for the fit: the run is no longer locked.
        inputs = with_last_model(survey)
        checksum = inputs.checksum
        if _keep_earlier(claim, checksum, now=clock()):
            return
        step(claim, EstimationStep.ESTIMATE, now=clock())
        began = time.process_time()
        estimate = _estimate(inputs)
        cpu_seconds = time.process_time() - began
        step(claim, EstimationStep.CHECK, now=clock())
        card = validate_and_describe(
            survey=inputs.survey,
            estimate=estimate,
            features=inputs.features,
            prior=inputs.prior,
            random_state=inputs.random_state,
            cpu_seconds=cpu_seconds,
            weeks=inputs.weeks,
        )
    step(claim, EstimationStep.KEEP, now=clock())
    # What the figures were brought to: by other weeks or another form the result is outdated.
    basis = {"weeks_per_year": inputs.weeks_per_year, "form": inputs.form}
    _keep(claim, checksum, Found(estimate={**json.loads(estimate.to_json()), **basis}, card=card), now=clock())


def _read(claim: Claim, *, now: datetime.datetime) -> EstimationInputs:
    """All but last year's model, which takes long to fit.

    Raises `Stopped`, and `Failed` when the report or its survey changed since HR asked.
    """
    with organisation_scope(claim.organisation_id):
        run = mine(claim)
        inputs = estimation_inputs(
            organisation=run.organisation,
            report=run.report,
            features=run.features,
            random_state=run.random_state,
            now=now,
        )
        # After the reading: what was deleted before it has been noted by now, so nobody is missing unnoticed.
        _check_unchanged(run)
    if inputs is None:
        raise Failed(EstimationFailure.NOTHING_KNOWN)
    return inputs


def _check_unchanged(run: EstimationRun) -> None:
    if run.report.campaign_id != run.campaign_id:
        raise Failed(EstimationFailure.REPORT_CHANGED)
    try:
        check_survey(organisation=run.organisation, report=run.report)
    except AnswersDeleted as error:
        raise Failed(EstimationFailure.ANSWERS_DELETED) from error
    except Refused as error:
        raise Failed(EstimationFailure.REPORT_CHANGED) from error


def _estimate(inputs: EstimationInputs) -> CommuteEstimate:
    try:
        if inputs.year_two is not None and inputs.survey.anchor is not None:
            return leave_open(_year_two(inputs, inputs.year_two, inputs.survey.anchor), _open_lines(inputs))
        estimate = estimate_commute(
            people=inputs.survey.people,
            answers=inputs.survey.answers,
            headcount=inputs.headcount,
            weeks_per_year=inputs.weeks_per_year,
            ready_modes=READY_MODES,
            prior=inputs.prior,
            site=inputs.site,
            odds_ratio=inputs.odds_ratio,
            random_state=inputs.random_state,
            usual_modes=inputs.survey.usual_modes,
        )
    except NothingToEstimate as error:
        raise Failed(EstimationFailure.NOTHING_KNOWN) from error
    except PeopleUnusable as error:
        raise Failed(EstimationFailure.UNUSABLE) from error
    return leave_open(estimate, _open_lines(inputs))


def _year_two(inputs: EstimationInputs, last: LastModel, anchor: Booleans) -> CommuteEstimate:
    return estimate_year_two(
        people=inputs.survey.people,
        answers=inputs.survey.answers,
        headcount=inputs.headcount,
        weeks_per_year=inputs.weeks_per_year,
        model=last.model,
        anchor=anchor,
        years=last.years,
        turnover=last.turnover,
        random_state=inputs.random_state,
    )


def _open_lines(inputs: EstimationInputs) -> set[str]:
    return {line.value for line in inputs.survey.open_lines}


def _keep_earlier(claim: Claim, checksum: str, *, now: datetime.datetime) -> bool:
    """Whether an earlier estimation of this report followed from exactly the same; its result is then this one's."""
    with organisation_scope(claim.organisation_id):
        run = mine(claim)
        earlier: EstimationRun | None = (
            EstimationRun.objects.filter(
                organisation=run.organisation,
                report=run.report,
                state=EstimationState.DONE,
                inputs_hash=checksum,
                same_as__isnull=True,
            )
            .order_by("pk")
            .first()
        )
        run.inputs_hash, run.same_as = checksum, earlier
        if earlier is None:
            run.save(update_fields=["inputs_hash", "same_as"])
            return False
        _finish(run, now=now)
        return True


def _keep(claim: Claim, checksum: str, found: Found, *, now: datetime.datetime) -> None:
    with organisation_scope(claim.organisation_id):
        run = mine(claim)
        run.inputs_hash = checksum
        with organisation_scope(claim.organisation_id, role=Role.REPORTING):
            EstimationResult.objects.create(
                organisation_id=claim.organisation_id,
                run_id=run.pk,
                estimate=found.estimate,
                card=found.card,
                computed_at=now,
            )
        _finish(run, now=now)


def _finish(run: EstimationRun, *, now: datetime.datetime) -> None:
    run.done_steps = run.all_steps
    end(run, EstimationState.DONE, now=now)
    record_event(
        organisation=run.organisation,
        actor=run.requested_by,
        action="report.estimation_done",
        now=now,
        subject=str(run.report.code),
        detail={
            "run": str(run.code),
            "inputs_hash": run.inputs_hash,
            "method_version": run.method_version,
            "same_as": str(run.same_as.code) if run.same_as else "",
        },
    )


def _tell_failure(claim: Claim, failure: EstimationFailure, *, now: datetime.datetime) -> None:
    """HR reads why there is no result; a run that was stopped in the meantime has ended as such."""
    try:
        with organisation_scope(claim.organisation_id):
            fail(mine(claim), failure, now=now)
    except Stopped:
        settle(claim, now=now)
