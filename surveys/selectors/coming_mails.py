"""The mails of an organisation that are still to come, and to how many people at most."""

import datetime

from surveys.enums import MailStepState
from surveys.models import Employee, MailStep
from wpm_platform.organisations.models import Organisation

MOST_SHOWN = 12


def coming_mails(*, organisation: Organisation, now: datetime.datetime) -> list[MailStep]:
    """The next steps of all plans, drafts included, the soonest first; twelve at most."""
    steps = MailStep.objects.filter(
        organisation=organisation,
        state__in=[MailStepState.PLANNED, MailStepState.PREPARED],
        due_at__gt=now,
    )
    return list(steps.select_related("campaign").order_by("due_at", "pk")[:MOST_SHOWN])


def people_with_an_address(*, organisation: Organisation) -> int:
    return Employee.objects.filter(organisation=organisation, left_at__isnull=True).exclude(email="").count()
