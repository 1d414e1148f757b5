"""Campaigns move on and their mails leave."""

from celery import shared_task
from django.conf import settings

from surveys.services import survey_mail
from surveys.services.campaign_progress import advance_campaigns as advance
from wpm_platform import clock
from wpm_platform.mailing.services.queue_seal import is_queue_shut
from wpm_platform.mailing.services.sender_places import sender_place
from wpm_platform.organisations.models import Organisation
from wpm_platform.queue import enqueue
from wpm_platform.scoping import organisation_scope


@shared_task(name="surveys.advance_campaigns")
def advance_campaigns(*, organisation_id: int, **_newer: object) -> None:
    """Plan what is due for one organisation, then let it be sent."""
    if is_queue_shut():
        return
    with organisation_scope(organisation_id):
        advance(organisation=Organisation.objects.get(pk=organisation_id), now=clock.now())
        enqueue("surveys.send_due_mails", organisation_id=organisation_id)


@shared_task(name="surveys.send_due_mails")
def send_due_mails(*, organisation_id: int, **_newer: object) -> None:
    """Send one organisation's due mails for half a minute, then let other work have its turn and go on.

    A few workers may do so at once; one that finds no place leaves it to them.
    """
    if is_queue_shut():
        return
    with organisation_scope(organisation_id):
        survey_mail.resolve_interrupted_mails(organisation=Organisation(pk=organisation_id), now=clock.now())
    with sender_place(organisation_id=organisation_id) as place:
        is_unfinished = place.is_held and survey_mail.send_due_mails(
            organisation_id=organisation_id,
            clock=clock.now,
            seconds=settings.MAIL_RUN_SECONDS,
            keeps_place=place.keep,
        )
    if is_unfinished:
        enqueue("surveys.send_due_mails", organisation_id=organisation_id)
