"""How the mails of a campaign fare, since it last went on after a pause."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from surveys.models import Campaign, Invitation
from wpm_platform.mailing.enums import MailState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.models import AuditEvent

HANDED_OVER = (
    MailState.SENT,
    MailState.DELIVERED,
    MailState.SOFT_BOUNCE,
    MailState.HARD_BOUNCE,
    MailState.BLOCKED,
    MailState.COMPLAINT,
)


@dataclass(frozen=True, kw_only=True)
class MailHealth:
    """mails: handed to the mail server, bounced ones included. opt_outs: people who wanted no more mail."""

    mails: int
    hard_bounces: int
    opt_outs: int


def mail_health(
    *,
    campaign: Campaign,
    kinds: Iterable[str],
    mailed_from: datetime.datetime | None = None,
    opted_out_from: datetime.datetime | None = None,
) -> MailHealth:
    """Counts since the campaign last went on, and since the given moments when these are later."""
    since = went_on_at(campaign)
    asked = Invitation.objects.filter(organisation=campaign.organisation_id, campaign=campaign)
    mails = OutgoingMail.objects.filter(
        organisation=campaign.organisation_id,
        reference__in=asked.values("code"),
        kind__in=list(kinds),
        state__in=HANDED_OVER,
        claimed_at__gt=_later(since, mailed_from),
    )
    counts = mails.aggregate(mails=Count("pk"), bounced=Count("pk", filter=Q(state=MailState.HARD_BOUNCE)))
    people = asked.filter(opted_out_at__gt=_later(since, opted_out_from)).values("employee").distinct()
    return MailHealth(mails=counts["mails"], hard_bounces=counts["bounced"], opt_outs=people.count())


def went_on_at(campaign: Campaign) -> datetime.datetime:
    """When HR last let the campaign go on after a pause; else when it started."""
    resumed = (
        AuditEvent.objects.filter(
            organisation=campaign.organisation_id, action="campaign.resumed", subject=str(campaign.code)
        )
        .order_by("-at", "-pk")
        .first()
    )
    return resumed.at if resumed else campaign.started_at or campaign.created_at


def _later(one: datetime.datetime, other: datetime.datetime | None) -> datetime.datetime:
    return one if other is None else max(one, other)
