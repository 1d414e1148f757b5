"""The tick: finds the organisations with something due and hands each to a task of its own."""

from celery import shared_task

from wpm_platform import clock
from wpm_platform.queue import enqueue
from wpm_platform.scoping import call_system_function


@shared_task(name="surveys.tick")
def tick(**_newer: object) -> None:
    """One organisation's trouble never holds up another's: each gets its own task."""
    running = {
        row["organisation_id"]
        for function in ("organisations_with_running_campaigns", "organisations_with_open_mail_steps")
        for row in call_system_function(function)
    }
    mailing = {row["organisation_id"] for row in call_system_function("organisations_with_due_mail", clock.now())}
    for organisation_id in sorted(running):
        enqueue("surveys.advance_campaigns", organisation_id=organisation_id)
    for organisation_id in sorted(mailing - running):
        enqueue("surveys.send_due_mails", organisation_id=organisation_id)
