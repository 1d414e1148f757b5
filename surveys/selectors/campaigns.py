"""Campaigns as HR sees them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from surveys.domain.calendar import Holiday, weekday_holidays
from surveys.models import Campaign, CampaignTotals, Invitation, SurveyWeek
from surveys.selectors.kept_totals import kept_people
from wpm_platform.mailing.enums import MailState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.models import Organisation

# As far as is known; a complaint is about a mail that arrived.
ARRIVED = (MailState.SENT, MailState.DELIVERED, MailState.COMPLAINT)
NOT_ARRIVED = (
    MailState.FAILED,
    MailState.UNKNOWN,
    MailState.HARD_BOUNCE,
    MailState.SOFT_BOUNCE,
    MailState.BLOCKED,
)


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
        .select_related("kept_totals")
        .prefetch_related("weeks")
        .order_by("-created_at", "-pk")
    )
    return [_line(campaign) for campaign in campaigns]


def _line(campaign: Any) -> CampaignLine:
    """With the totals that stayed, once the rows about persons went."""
    totals: CampaignTotals | None = getattr(campaign, "kept_totals", None)
    counts = {"invited": campaign.invited_count, "answered": campaign.answered_count}
    if totals is not None and totals.people is not None:
        counts = {name: totals.people["response"][name] for name in counts}
    return CampaignLine(campaign=campaign, weeks=tuple(campaign.weeks.all()), **counts)


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
    kept = kept_people(campaign)
    if kept is not None:
        return MailCounts(**kept["mails"])
    invitations = Invitation.objects.filter(organisation=organisation, campaign=campaign)
    mails = OutgoingMail.objects.filter(organisation=organisation, reference__in=invitations.values("code"))
    waiting = [MailState.QUEUED, MailState.INFLIGHT, MailState.AWAITING_RETRY]
    counts = mails.aggregate(
        sent=Count("pk", filter=Q(state__in=ARRIVED)),
        waiting=Count("pk", filter=Q(state__in=waiting)),
        failed=Count("pk", filter=Q(state__in=NOT_ARRIVED)),
    )
    return MailCounts(**counts)
