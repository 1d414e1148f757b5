"""The circuit breaker: pauses a campaign of which many mails bounce or many people want no more mail."""

import datetime

from django.db import transaction

from surveys.domain.mail_breaker import MAILED_WINDOW, OPT_OUT_WINDOW, has_too_many_bounces, is_opt_out_burst
from surveys.domain.mail_kinds import PLANNED_KINDS
from surveys.enums import CampaignState, PauseReason
from surveys.models import Campaign
from surveys.selectors.mail_health import mail_health
from surveys.services.campaign_states import CampaignNotRunning, pause_campaign
from wpm_platform.organisations.models import Organisation


@transaction.atomic
def check_breaker(*, organisation: Organisation, now: datetime.datetime) -> int:
    """Pause the running campaigns whose mail goes wrong. Returns how many were paused.

    After HR let a campaign go on, only mails and opt-outs since then count: the same events do not pause it again.
    """
    paused = 0
    for campaign in Campaign.objects.filter(organisation=organisation, state=CampaignState.RUNNING):
        reason = _reason(campaign, now=now)
        if reason is None:
            continue
        try:
            pause_campaign(organisation=organisation, actor=None, now=now, campaign=campaign, reason=reason)
        except CampaignNotRunning:
            continue  # somebody paused or closed it in this very moment
        paused += 1
    return paused


def _reason(campaign: Campaign, *, now: datetime.datetime) -> PauseReason | None:
    found = mail_health(campaign=campaign, kinds=PLANNED_KINDS, opted_out_from=now - OPT_OUT_WINDOW)
    if has_too_many_bounces(mails=found.mails, hard_bounces=found.hard_bounces):
        return PauseReason.BOUNCES
    if found.opt_outs == 0:
        return None
    recent = mail_health(campaign=campaign, kinds=PLANNED_KINDS, mailed_from=now - MAILED_WINDOW)
    return PauseReason.OPT_OUTS if is_opt_out_burst(opt_outs=found.opt_outs, mails=recent.mails) else None
