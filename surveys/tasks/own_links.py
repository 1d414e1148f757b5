"""Who asked for their own link on the public page gets it by mail."""

from celery import shared_task

from surveys.services.own_links import plan_own_links
from wpm_platform import clock
from wpm_platform.organisations.models import Organisation
from wpm_platform.scoping import organisation_scope


@shared_task(name="surveys.send_own_links")
def send_own_links(*, organisation_id: int, address_hash: str, **_newer: object) -> None:
    """Look up who has this address, and mail them. Nobody is told when it is nobody's."""
    with organisation_scope(organisation_id):
        plan_own_links(
            organisation=Organisation.objects.get(pk=organisation_id), hashed_address=address_hash, now=clock.now()
        )
