"""What the clock does to running campaigns: close what has ended, plan what is due."""

import datetime

from surveys.services.campaign_states import close_ended_campaigns
from surveys.services.invitations import plan_due_invitations
from surveys.services.reminders import plan_due_reminders
from surveys.services.survey_mail import resolve_interrupted_mails
from wpm_platform.organisations.models import Organisation


def advance_campaigns(*, organisation: Organisation, now: datetime.datetime) -> None:
    """Bring the organisation's campaigns up to this moment; safe to run twice, or by two workers at once."""
    close_ended_campaigns(organisation=organisation, now=now)
    resolve_interrupted_mails(organisation=organisation, now=now)
    plan_due_invitations(organisation=organisation, now=now)
    plan_due_reminders(organisation=organisation, now=now)
