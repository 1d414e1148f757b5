"""Background work of this app: the mails that invite members."""

from celery import shared_task
from django.conf import settings

from wpm_platform import clock
from wpm_platform.organisations.services.member_mail import send_member_invitations
from wpm_platform.scoping import call_system_function


@shared_task(name="organisations.tick", ignore_result=True)
def tick(**kwargs: object) -> int:
    """Send the member invitations that are due, in all organisations. Returns how many went."""
    now = clock.now()
    due = call_system_function("organisations_with_due_mail", now)
    return sum(
        send_member_invitations(organisation_id=row["organisation_id"], now=now, sender=settings.DEFAULT_FROM_EMAIL)
        for row in due
    )
