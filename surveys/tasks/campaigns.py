"""Campaigns move on and their mails leave."""

from celery import shared_task

from surveys.services.campaign_progress import advance_campaigns as advance
from surveys.services.survey_mail import send_next_mail
from wpm_platform import clock
from wpm_platform.organisations.models import Organisation
from wpm_platform.queue import enqueue
from wpm_platform.scoping import organisation_scope


@shared_task(name="surveys.advance_campaigns")
def advance_campaigns(*, organisation_id: int, **_newer: object) -> None:
    """Plan what is due for one organisation, then let it be sent."""
    with organisation_scope(organisation_id):
        advance(organisation=Organisation.objects.get(pk=organisation_id), now=clock.now())
        enqueue("surveys.send_due_mails", organisation_id=organisation_id)


@shared_task(name="surveys.send_due_mails")
def send_due_mails(*, organisation_id: int, **_newer: object) -> None:
    """Send one organisation's due mails until none is left; several workers may do so at once."""
    while send_next_mail(organisation_id=organisation_id, now=clock.now()):
        pass
