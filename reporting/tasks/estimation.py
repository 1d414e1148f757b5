"""Estimates of who did not answer are computed in the background, and taken up again when a worker died."""

from uuid import UUID

from celery import shared_task

from reporting.selectors.estimation_runs import waiting_runs
from reporting.services.estimation.run import run_estimation as run
from wpm_platform import clock
from wpm_platform.queue import enqueue
from wpm_platform.scoping import call_system_function, organisation_scope


@shared_task(name="reporting.run_estimation")
def run_estimation(*, organisation_id: int, code: str, **_newer: object) -> None:
    run(organisation_id=organisation_id, code=UUID(code), clock=clock.now)


@shared_task(name="reporting.estimation_tick")
def estimation_tick(**_newer: object) -> None:
    """Each minute: estimations whose message was lost, or whose worker died. Who is busy is not disturbed."""
    for row in call_system_function("organisations_with_estimations_at_work"):
        organisation_id = row["organisation_id"]
        with organisation_scope(organisation_id):
            for code in waiting_runs(organisation_id=organisation_id):
                enqueue("reporting.run_estimation", organisation_id=organisation_id, code=str(code))
