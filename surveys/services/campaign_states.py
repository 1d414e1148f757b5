"""Pauses, resumes and closes a campaign that runs."""

import datetime
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from surveys.domain.calendar import sending_moment
from surveys.domain.eligibility import Withdrawal
from surveys.domain.mail_kinds import PLANNED_KINDS, READDRESSED, RESENT
from surveys.enums import CampaignState, PauseReason
from surveys.models import Campaign, Invitation
from surveys.selectors.mail_settings import mail_hours
from surveys.services.campaign_lock import locked_campaign
from surveys.services.closing import hold_opening
from surveys.services.mail_batches import prepare_held_steps_again
from surveys.services.mail_plan import end_plan
from wpm_platform.mailing.services.batches import References, requeue_withdrawn, withdraw_waiting
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.queue import enqueue


class CampaignNotRunning(Exception):
    """Only a running campaign can be paused."""

    def __str__(self) -> str:
        return str(_("This campaign is not running, so it cannot be paused."))


class CampaignNotPaused(Exception):
    """Only a paused campaign can be resumed."""

    def __str__(self) -> str:
        return str(_("This campaign is not paused, so it cannot go on."))


class CampaignNotOpen(Exception):
    """Only a campaign that runs or is paused can be closed."""

    def __str__(self) -> str:
        return str(_("This campaign is not open, so it cannot be closed."))


@transaction.atomic
def pause_campaign(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    campaign: Campaign,
    reason: PauseReason = PauseReason.BY_HAND,
) -> Campaign:
    """Send no mail until it is resumed; answering stays possible. Raises `CampaignNotRunning`."""
    found = locked_campaign(organisation=organisation, campaign=campaign)
    if found.state != CampaignState.RUNNING:
        raise CampaignNotRunning
    held = withdraw_waiting(
        organisation=organisation, references=_codes(found), reason=Withdrawal.PAUSED.value, kinds=PLANNED_KINDS
    )
    found.pause_reason = reason
    detail = {"mails": held, "reason": reason.value}
    _set_state(found, CampaignState.PAUSED, actor=actor, now=now, action="campaign.paused", detail=detail)
    return found


@transaction.atomic
def resume_campaign(
    *, organisation: Organisation, actor: User | None, now: datetime.datetime, campaign: Campaign
) -> Campaign:
    """Go on where the pause began, without a flood. Raises `CampaignNotPaused`.

    Mails that are late by now expire; the lists of the others are made anew, with the minutes to undo them.
    """
    found = locked_campaign(organisation=organisation, campaign=campaign)
    if found.state != CampaignState.PAUSED:
        raise CampaignNotPaused
    freed = prepare_held_steps_again(campaign=found, now=now) + _requeue_single_mails(found, now=now)
    found.pause_reason = ""
    _set_state(found, CampaignState.RUNNING, actor=actor, now=now, action="campaign.resumed", detail={"mails": freed})
    enqueue("surveys.advance_campaigns", organisation_id=organisation.pk)
    return found


@transaction.atomic
def close_campaign(
    *, organisation: Organisation, actor: User | None, now: datetime.datetime, campaign: Campaign
) -> Campaign:
    """No more answers and no more mail, for good; waiting mails are withdrawn. Raises `CampaignNotOpen`.

    Answers that are being saved at this moment still count: closing waits for them.
    """
    hold_opening(campaign_id=campaign.pk)
    found = locked_campaign(organisation=organisation, campaign=campaign)
    if found.state not in (CampaignState.RUNNING, CampaignState.PAUSED):
        raise CampaignNotOpen
    withdrawn = withdraw_waiting(organisation=organisation, references=_codes(found), reason=Withdrawal.CLOSED.value)
    end_plan(campaign=found, now=now)
    found.closed_at = now
    detail = {"mails_withdrawn": withdrawn, "answered": _answered(found)}
    _set_state(found, CampaignState.CLOSED, actor=actor, now=now, action="campaign.closed", detail=detail)
    return found


@transaction.atomic
def close_ended_campaigns(*, organisation: Organisation, now: datetime.datetime) -> int:
    """Close the campaigns whose last week can no longer be answered. Returns how many."""
    ended = (
        Campaign.objects.filter(organisation=organisation, state__in=[CampaignState.RUNNING, CampaignState.PAUSED])
        .annotate(last_close=Max("weeks__closes_at"))
        .filter(last_close__lte=now)
    )
    closed = 0
    for campaign in ended:
        try:
            close_campaign(organisation=organisation, actor=None, now=now, campaign=campaign)
        except CampaignNotOpen:
            continue  # somebody closed it by hand in this very moment
        closed += 1
    return closed


def _requeue_single_mails(campaign: Campaign, *, now: datetime.datetime) -> int:
    """Invitations to one person, which belong to no list: nobody else would make them anew."""
    return sum(
        requeue_withdrawn(
            organisation=campaign.organisation,
            references=_codes(campaign),
            prefix=f"{name}-",
            reason=Withdrawal.PAUSED.value,
            due_at=sending_moment(now, hours=mail_hours()),
        )
        for name in (RESENT, READDRESSED)
    )


def _codes(campaign: Campaign) -> References:
    return Invitation.objects.filter(organisation=campaign.organisation_id, campaign=campaign).values("code")


def _answered(campaign: Campaign) -> int:
    return Invitation.objects.filter(
        organisation=campaign.organisation_id, campaign=campaign, answered_at__isnull=False
    ).count()


def _set_state(
    campaign: Campaign,
    state: CampaignState,
    *,
    actor: User | None,
    now: datetime.datetime,
    action: str,
    detail: Mapping[str, object],
) -> None:
    campaign.state = state
    campaign.save(update_fields=["state", "closed_at", "pause_reason"])
    record_event(
        organisation=campaign.organisation,
        actor=actor,
        action=action,
        now=now,
        subject=str(campaign.code),
        detail=dict(detail),
    )
