"""What a plan says about the time before it was laid: what had left, and what came too late."""

import datetime

from django.db.models import QuerySet

from surveys.domain.mail_kinds import occasion_prefix
from surveys.enums import CampaignState, MailStepKind, MailStepState
from surveys.models import Campaign, CampaignText, Invitation, MailStep
from wpm_platform.mailing.models import OutgoingMail

STARTED_LATER, TEXT_MISSING = "started_later", "text_missing"


def expire_missed_announcement(*, campaign: Campaign, now: datetime.datetime) -> int:
    """A campaign that starts after the moment of its announcement sends none. Returns how many expired."""
    return (
        _steps(campaign, MailStepKind.ANNOUNCEMENT)
        .filter(due_at__lt=now)
        .update(state=MailStepState.EXPIRED, reason=STARTED_LATER)
    )


def settle_earlier_steps(*, campaign: Campaign, now: datetime.datetime) -> None:
    """For a campaign made before there were plans: steps that were mailed have left, others have no text yet."""
    if campaign.state == CampaignState.DRAFT:
        return
    expire_missed_announcement(campaign=campaign, now=now)
    written = set(
        CampaignText.objects.filter(organisation=campaign.organisation_id, campaign=campaign).values_list("kind")
    )
    for kind in (MailStepKind.ANNOUNCEMENT, MailStepKind.THANKS):
        if (kind.value,) not in written:
            _steps(campaign, kind).update(state=MailStepState.SKIPPED, reason=TEXT_MISSING)
    for step in _steps(campaign, MailStepKind.REMINDER, MailStepKind.INVITATION).filter(due_at__lte=now):
        if _was_mailed(step) and (step.expires_at <= now or step.kind == MailStepKind.REMINDER):
            step.state = MailStepState.RELEASED
            step.save(update_fields=["state"])


def _steps(campaign: Campaign, *kinds: MailStepKind) -> QuerySet[MailStep]:
    return MailStep.objects.filter(
        organisation=campaign.organisation_id, campaign=campaign, kind__in=kinds, state=MailStepState.PLANNED
    )


def _was_mailed(step: MailStep) -> bool:
    invited = Invitation.objects.filter(organisation=step.organisation_id, week=step.week_id)
    return OutgoingMail.objects.filter(
        organisation=step.organisation_id,
        reference__in=invited.values("code"),
        occasion__startswith=occasion_prefix(kind=step.kind, number=step.number),
    ).exists()
