"""What the clock does to campaigns: close what has ended, expire what is late, prepare what is due."""

import datetime

from surveys.services.campaign_states import close_ended_campaigns
from surveys.services.mail_batches import expire_late_steps, prepare_due_steps, release_steps
from surveys.services.mail_breaker import check_breaker
from surveys.services.mail_plan import lay_missing_plans
from surveys.services.readdressing import invite_readdressed
from surveys.services.survey_mail import resolve_interrupted_mails
from wpm_platform.organisations.models import Organisation


def advance_campaigns(*, organisation: Organisation, now: datetime.datetime) -> None:
    """Bring the organisation's campaigns up to this moment; safe to run twice, or by two workers at once."""
    close_ended_campaigns(organisation=organisation, now=now)
    lay_missing_plans(organisation=organisation, now=now)
    expire_late_steps(organisation=organisation, now=now)
    resolve_interrupted_mails(organisation=organisation, now=now)
    # Before new lists are made: a campaign whose mail goes wrong sends no more of it.
    check_breaker(organisation=organisation, now=now)
    prepare_due_steps(organisation=organisation, now=now)
    # After that: whoever is in a list just made gets their new link by it.
    invite_readdressed(organisation=organisation, now=now)
    release_steps(organisation=organisation, now=now)
