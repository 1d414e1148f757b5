"""Campaigns as HR sees them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from surveys.domain.calendar import Holiday, weekday_holidays
from surveys.models import Campaign, Invitation, SurveyWeek
from wpm_platform.mailing.enums import MailState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class CampaignLine:
    """A campaign in the list, with its weeks and its response."""

    campaign: Campaign
    weeks: tuple[SurveyWeek, ...]
    invited: int
    answered: int

    @property
    def percentage(self) -> int | None:
        return self.answered * 100 // self.invited if self.invited else None


@dataclass(frozen=True, kw_only=True)
class MailCounts:
    """What became of a campaign's mails."""

    sent: int
    waiting: int
    failed: int


def campaign_lines(*, organisation: Organisation) -> list[CampaignLine]:
    """All campaigns of the organisation, newest first."""
    valid = Q(invitations__withdrawn_at__isnull=True)
    campaigns = (
        Campaign.objects.filter(organisation=organisation)
        .annotate(
            invited_count=Count("invitations", filter=valid),
            answered_count=Count("invitations", filter=valid & Q(invitations__answered_at__isnull=False)),
        )
        .prefetch_related("weeks")
        .order_by("-created_at", "-pk")
    )
    return [
        CampaignLine(
            campaign=campaign,
            weeks=tuple(campaign.weeks.all()),
            invited=campaign.invited_count,
            answered=campaign.answered_count,
        )
        for campaign in campaigns
    ]


def campaign_by_code(*, organisation: Organisation, code: UUID) -> Campaign:
    """The campaign with its weeks. Raises `Campaign.DoesNotExist`, also for another organisation's."""
    found: Campaign = (
        Campaign.objects.select_related("organisation")
        .prefetch_related("weeks__campaign", "texts")
        .get(organisation=organisation, code=code)
    )
    return found


def holidays_in(campaign: Campaign, *, language: str) -> list[Holiday]:
    """Public holidays on weekdays of the surveyed weeks: reasons why a week was not normal."""
    return [day for week in campaign.weeks.all() for day in weekday_holidays(week.monday, language=language)]


def mail_counts(*, organisation: Organisation, campaign: Campaign) -> MailCounts:
    """What became of the campaign's mails so far."""
    invitations = Invitation.objects.filter(organisation=organisation, campaign=campaign)
    mails = OutgoingMail.objects.filter(organisation=organisation, reference__in=invitations.values("code"))
    waiting = [MailState.QUEUED, MailState.INFLIGHT, MailState.AWAITING_RETRY]
    counts = mails.aggregate(
        sent=Count("pk", filter=Q(state=MailState.SENT)),
        waiting=Count("pk", filter=Q(state__in=waiting)),
        failed=Count("pk", filter=Q(state__in=[MailState.FAILED, MailState.UNKNOWN])),
    )
    return MailCounts(**counts)


def undelivered_mails(
    *, organisation: Organisation, campaign: Campaign, site_id: int | None = None
) -> list[tuple[Invitation, OutgoingMail]]:
    """Invitations whose mail could not be delivered, with the mail that says why; of one site when given."""
    asked = Invitation.objects.filter(organisation=organisation, campaign=campaign)
    if site_id is not None:
        asked = asked.filter(employee__site=site_id)
    failed = OutgoingMail.objects.filter(
        organisation=organisation,
        reference__in=asked.values("code"),
        state__in=[MailState.FAILED, MailState.UNKNOWN],
    ).order_by("recipient")
    codes = [mail.reference for mail in failed]
    found = asked.filter(code__in=codes).select_related("employee__site", "week")
    invitations = {invitation.code: invitation for invitation in found}
    return [(invitations[mail.reference], mail) for mail in failed]
