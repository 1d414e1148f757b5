"""Estimations of a report, and what they found."""

from uuid import UUID

from django.db.models import QuerySet

from reporting.enums import EstimationState
from reporting.models import EstimationResult, EstimationRun, Report
from wpm_platform.scoping import Role, organisation_scope


def estimation_runs(*, report: Report) -> QuerySet[EstimationRun]:
    """The latest first."""
    return (
        EstimationRun.objects.filter(organisation_id=report.organisation_id, report=report)
        .select_related("requested_by", "same_as", "campaign")
        .defer("requested_by__password")
    )


def estimation_run(*, report: Report, code: UUID) -> EstimationRun | None:
    return estimation_runs(report=report).filter(code=code).first()


def stored_result(run: EstimationRun) -> EstimationResult | None:
    """What a run found, or the earlier run that followed from the same; None while there is nothing.

    Read under `wpm_reporting`: its lines can be over fewer than five people, so show them through a selector that hides
    those.
    """
    with organisation_scope(run.organisation_id, role=Role.REPORTING):
        found: EstimationResult | None = EstimationResult.objects.filter(
            organisation_id=run.organisation_id, run_id=run.same_as_id or run.pk
        ).first()
    return found


def waiting_runs(*, organisation_id: int) -> list[UUID]:
    """Codes of the estimations that a worker should be busy with."""
    return list(
        EstimationRun.objects.filter(
            organisation=organisation_id, state__in=[EstimationState.WAITING, EstimationState.RUNNING]
        ).values_list("code", flat=True)
    )
