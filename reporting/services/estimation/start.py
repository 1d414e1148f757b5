"""Asking for an estimate of who did not answer, and stopping it."""

import datetime
import hashlib
from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy

from reporting.enums import EstimationState, EstimationStep
from reporting.models import EstimationRun, Report
from reporting.services.estimation.claim import end, is_abandoned
from reporting.services.estimation.rules import AT_WORK, check_startable, checked_features
from reporting.services.report_access import locked_report
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.organisations.services.refusal import Refused
from wpm_platform.queue import enqueue

LONGEST_NOTE = 500
# What fits in the column: 31 bits.
LARGEST_SEED = 2**31 - 1


class EstimationUnknown(Refused):
    """The report has no such estimation."""

    sentence = gettext_lazy("This report has no such estimate.")


class EstimationEnded(Refused):
    """There is nothing left to stop."""

    sentence = gettext_lazy("This estimate is ready or has stopped already. There is nothing left to stop.")


def start_estimation(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    report: Report,
    features: Collection[str],
    council_note: str,
) -> EstimationRun:
    """Let a worker estimate who did not answer, with these facts of the staff list beside distance and contract days.

    Raises `ReportUnknown`, `ReportNotDraft`, and the refusals of `rules`: no closed survey of all weeks, answers that
    were deleted, another estimation at work, a sensitive or unknown fact, facts without a note on the works council.
    """
    with transaction.atomic():
        report = locked_report(organisation=organisation, report=report)
        campaign = check_startable(organisation=organisation, report=report)
        chosen = checked_features(features, council_note=council_note)
        run: EstimationRun = EstimationRun.objects.create(
            organisation=organisation,
            report=report,
            campaign=campaign,
            features=chosen,
            council_note=council_note.strip()[:LONGEST_NOTE],
            random_state=seed_of(report=report.code, campaign=campaign.code),
            all_steps=len(EstimationStep),
            requested_by=actor,
            requested_at=now,
        )
        record_event(
            organisation=organisation,
            actor=actor,
            action="report.estimation_started",
            now=now,
            subject=str(report.code),
            detail={"run": str(run.code), "features": chosen, "council_note": run.council_note},
        )
        enqueue("reporting.run_estimation", organisation_id=organisation.pk, code=str(run.code))
    return run


def cancel_estimation(
    *, organisation: Organisation, actor: User | None, now: datetime.datetime, report: Report, code: UUID
) -> EstimationRun:
    """Stop an estimation: at once while no worker is busy with it, else before the worker's next step.

    Asking twice changes nothing. Raises `ReportUnknown`, `EstimationUnknown`, and `EstimationEnded` when it has ended.
    """
    with transaction.atomic():
        report = locked_report(organisation=organisation, report=report)
        run: EstimationRun | None = (
            EstimationRun.objects.select_for_update(of=("self",))
            .filter(organisation=organisation, report=report, code=code)
            .first()
        )
        if run is None:
            raise EstimationUnknown
        if run.state not in AT_WORK:
            raise EstimationEnded
        if run.cancel_requested_at is None:
            run.cancel_requested_at = now
            run.save(update_fields=["cancel_requested_at"])
            record_event(
                organisation=organisation,
                actor=actor,
                action="report.estimation_cancelled",
                now=now,
                subject=str(report.code),
                detail={"run": str(run.code)},
            )
        if run.state == EstimationState.WAITING or is_abandoned(run, now=now):
            end(run, EstimationState.CANCELLED, now=now)
    return run


def seed_of(*, report: UUID, campaign: UUID) -> int:
    """The same for every estimation of this report on this survey, and no other report's."""
    digest = hashlib.sha256(f"{report}:{campaign}".encode()).digest()
    return int.from_bytes(digest[:4], "big") & LARGEST_SEED
