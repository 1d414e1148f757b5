"""One worker at a time per estimation, progress that others see, and a worker that died replaced.

A worker takes a run by counting an attempt, and says with each step that it lives, each in a transaction of its own. A
run of which nothing was heard for a while may be taken by another worker. Who was thought dead and is not finds the
count changed before the next step, and leaves: so there is one result, whoever computes it.
"""

import datetime
from dataclasses import dataclass
from uuid import UUID

from reporting.enums import EstimationFailure, EstimationState, EstimationStep
from reporting.models import EstimationRun
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.scoping import organisation_scope

MOST_ATTEMPTS = 3
# Far longer than the longest step of the largest survey.
SILENCE = datetime.timedelta(minutes=5)


class Stopped(Exception):
    """HR stopped the estimation, or another worker has it now."""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A run that this worker is busy with, as it was when it took it."""

    organisation_id: int
    code: UUID
    attempt: int


def is_abandoned(run: EstimationRun, *, now: datetime.datetime) -> bool:
    """Whether a worker began and was not heard of since."""
    return run.state == EstimationState.RUNNING and (run.alive_at is None or run.alive_at < now - SILENCE)


def take(*, organisation_id: int, code: UUID, now: datetime.datetime, method_version: str) -> Claim | None:
    """This run for this worker; None when it has ended or another worker is busy with it. Call it outside any scope."""
    with organisation_scope(organisation_id):
        run = _locked(organisation_id=organisation_id, code=code)
        if run is None or run.state not in (EstimationState.WAITING, EstimationState.RUNNING):
            return None
        if run.state == EstimationState.RUNNING and not is_abandoned(run, now=now):
            return None
        if run.cancel_requested_at is not None:
            end(run, EstimationState.CANCELLED, now=now)
            return None
        if run.attempts >= MOST_ATTEMPTS:
            fail(run, EstimationFailure.INTERRUPTED, now=now)
            return None
        run.state, run.attempts, run.alive_at = EstimationState.RUNNING, run.attempts + 1, now
        run.started_at = run.started_at or now
        run.step, run.done_steps, run.all_steps = EstimationStep.READ, 0, len(EstimationStep)
        run.method_version = method_version
        run.save()
        return Claim(organisation_id=organisation_id, code=code, attempt=run.attempts)


def step(claim: Claim, doing: EstimationStep, *, now: datetime.datetime) -> None:
    """Say what this worker does next. Raises `Stopped` when it must not."""
    with organisation_scope(claim.organisation_id):
        run = mine(claim)
        run.step, run.done_steps, run.alive_at = doing, list(EstimationStep).index(doing), now
        run.save(update_fields=["step", "done_steps", "alive_at"])


def mine(claim: Claim) -> EstimationRun:
    """The run, locked for the rest of the transaction. Raises `Stopped` when it is another worker's or was stopped."""
    run = _locked(organisation_id=claim.organisation_id, code=claim.code)
    if run is None or not _is_mine(run, claim) or run.cancel_requested_at is not None:
        raise Stopped
    return run


def settle(claim: Claim, *, now: datetime.datetime) -> None:
    """After `Stopped`: what HR stopped has ended; another worker's run is left alone."""
    with organisation_scope(claim.organisation_id):
        run = _locked(organisation_id=claim.organisation_id, code=claim.code)
        if run is not None and _is_mine(run, claim):
            end(run, EstimationState.CANCELLED, now=now)


def let_go(claim: Claim) -> None:
    """After an error that nobody foresaw: the next tick may give the run to a worker, without waiting."""
    with organisation_scope(claim.organisation_id):
        run = _locked(organisation_id=claim.organisation_id, code=claim.code)
        if run is not None and _is_mine(run, claim):
            run.alive_at = None
            run.save(update_fields=["alive_at"])


def _is_mine(run: EstimationRun, claim: Claim) -> bool:
    return run.state == EstimationState.RUNNING and run.attempts == claim.attempt


def end(run: EstimationRun, state: EstimationState, *, now: datetime.datetime) -> None:
    run.state, run.finished_at = state, now
    run.save()


def fail(run: EstimationRun, failure: EstimationFailure, *, now: datetime.datetime) -> None:
    """No result, and why not."""
    run.failure = failure
    end(run, EstimationState.FAILED, now=now)
    record_event(
        organisation=run.organisation,
        actor=run.requested_by,
        action="report.estimation_failed",
        now=now,
        subject=str(run.report.code),
        detail={"run": str(run.code), "failure": failure.value},
    )


def _locked(*, organisation_id: int, code: UUID) -> EstimationRun | None:
    return (
        EstimationRun.objects.select_for_update(of=("self",))
        .select_related("organisation", "report", "report__legal_entity", "report__campaign", "requested_by")
        .defer("requested_by__password")
        .filter(organisation=organisation_id, code=code)
        .first()
    )
