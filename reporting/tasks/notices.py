"""Deadlines come near: owners and HR admins are told by mail."""

from celery import shared_task
from django.conf import settings

from reporting.services.member_notices import plan_deadline_reminders
from reporting.services.notice_mail import send_notices
from wpm_platform import clock
from wpm_platform.mailing.services.queue_seal import is_queue_shut
from wpm_platform.organisations.models import Organisation
from wpm_platform.queue import enqueue
from wpm_platform.scoping import call_system_function, organisation_scope


@shared_task(name="reporting.deadline_tick")
def deadline_tick(**_newer: object) -> None:
    """Each day: who has a legal entity may have a report to file."""
    for row in call_system_function("organisations_with_legal_entities"):
        enqueue("reporting.plan_deadline_reminders", organisation_id=row["organisation_id"])


@shared_task(name="reporting.plan_deadline_reminders")
def plan_reminders(*, organisation_id: int, **_newer: object) -> None:
    with organisation_scope(organisation_id):
        plan_deadline_reminders(organisation=Organisation.objects.get(pk=organisation_id), now=clock.now())


@shared_task(name="reporting.notice_tick")
def notice_tick(**_newer: object) -> None:
    """Each minute: the notices that are due leave."""
    if is_queue_shut():
        return
    now = clock.now()
    for row in call_system_function("organisations_with_due_mail", now):
        send_notices(organisation_id=row["organisation_id"], now=now, sender=settings.DEFAULT_FROM_EMAIL)
