"""The end of a campaign's period, and answers that somebody asked to have deleted."""

from celery import shared_task

from reporting.services.retention.due import forget_requested as forget
from reporting.services.retention.due import retain_due
from wpm_platform import clock
from wpm_platform.queue import enqueue
from wpm_platform.scoping import call_system_function


@shared_task(name="reporting.retention_tick")
def retention_tick(**_newer: object) -> None:
    """Each hour: one organisation's trouble never holds up another's, each gets its own task."""
    for row in call_system_function("organisations_with_kept_rows"):
        enqueue("reporting.retain_due", organisation_id=row["organisation_id"])


@shared_task(name="reporting.retain_due")
def retain_due_rows(*, organisation_id: int, **_newer: object) -> None:
    retain_due(organisation_id=organisation_id, clock=clock.now)


@shared_task(name="reporting.forget_tick")
def forget_tick(**_newer: object) -> None:
    """Each minute: answers that people asked to have deleted after the closing."""
    for row in call_system_function("organisations_with_forget_requests"):
        enqueue("reporting.forget_requested", organisation_id=row["organisation_id"])


@shared_task(name="reporting.forget_requested")
def forget_requested(*, organisation_id: int, **_newer: object) -> None:
    forget(organisation_id=organisation_id, now=clock.now())
