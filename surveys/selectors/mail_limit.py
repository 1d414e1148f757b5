"""How many mails a person gets by a campaign's plan, beside what other campaigns send, and what was promised."""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Count

from surveys.domain.calendar import AMSTERDAM
from surveys.domain.mail_kinds import PLANNED_KINDS
from surveys.domain.mail_limit import PlannedCount, counter_name, planned_per_counter
from surveys.enums import CampaignKind, CampaignState, MailStepKind, MailStepState
from surveys.models import Campaign, Invitation, MailStep
from surveys.selectors.plan_steps import LIVE
from wpm_platform.mailing.enums import MailState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.models import Organisation

OF_EVERYBODY = (MailStepKind.ANNOUNCEMENT, MailStepKind.THANKS)
# Mails that reach nobody count for nothing.
UNCOUNTED = (MailState.WITHDRAWN, MailState.FAILED)


def panel_name(campaign: Campaign) -> str:
    """The name under which a weekly panel counts its own mails; empty for who counts by the year."""
    is_own = campaign.kind == CampaignKind.WEEKLY_PANEL and campaign.mail_limit is not None
    return str(campaign.code) if is_own else ""


def counter_of(campaign: Campaign, due_at: datetime.datetime) -> str:
    """The count that a mail of this campaign adds to (`OutgoingMail.counter`)."""
    return counter_name(due_at, panel=panel_name(campaign))


def planned_counts(*, campaign: Campaign, besides: MailStep | None = None) -> list[PlannedCount]:
    """Per count of the plan the mails of the person who gets most. besides: a step as if it were not in the plan."""
    live = MailStep.objects.filter(organisation=campaign.organisation_id, campaign=campaign, state__in=LIVE)
    rows = [row for row in live if besides is None or row.pk != besides.pk]
    planned = _planned(campaign, rows)
    return [_count(campaign, name=name, planned=number) for name, number in sorted(planned.items())]


def _planned(campaign: Campaign, rows: Sequence[MailStep]) -> Mapping[str, int]:
    """Mails per count for the person who gets most. In a staggered year a person is asked about one week only."""
    if campaign.kind != CampaignKind.STAGGERED_YEAR:
        return planned_per_counter([row.due_at for row in rows], panel=panel_name(campaign))
    of_everybody = [row.due_at for row in rows if row.kind in OF_EVERYBODY]
    most: dict[str, int] = {}
    for week in {row.week_id for row in rows}:
        own = [row.due_at for row in rows if row.week_id == week and row.kind not in OF_EVERYBODY]
        for name, count in planned_per_counter([*of_everybody, *own]).items():
            most[name] = max(most.get(name, 0), count)
    return most


def mails_so_far(*, organisation: Organisation | int, counter: str, besides: Campaign | None = None) -> Counter[UUID]:
    """Per person (the employee's code) how many planned mails count already, sent or waiting."""
    mails = OutgoingMail.objects.filter(
        organisation=organisation, kind__in=PLANNED_KINDS, counter=counter, addressee__isnull=False
    ).exclude(state__in=UNCOUNTED)
    if besides is not None:
        own = Invitation.objects.filter(organisation=organisation, campaign=besides)
        mails = mails.exclude(reference__in=own.values("code"))
    return Counter(dict(mails.values_list("addressee").annotate(mails=Count("pk"))))


def _count(campaign: Campaign, *, name: str, planned: int) -> PlannedCount:
    if panel_name(campaign):
        return PlannedCount(name=name, planned=planned, earlier=0, limit=campaign.mail_limit or 0)
    elsewhere = mails_so_far(organisation=campaign.organisation_id, counter=name, besides=campaign)
    elsewhere += _planned_elsewhere(campaign, year=int(name))
    if campaign.state != CampaignState.DRAFT:
        invited = set(_invited(campaign))
        elsewhere = Counter({person: number for person, number in elsewhere.items() if person in invited})
    return PlannedCount(
        name=name,
        planned=planned,
        earlier=max(elsewhere.values(), default=0),
        limit=campaign.organisation.yearly_mail_limit,
    )


def _planned_elsewhere(campaign: Campaign, *, year: int) -> Counter[UUID]:
    """Mails that other campaigns that run still plan for this year; drafts promise nothing yet."""
    begin = datetime.datetime(year, 1, 1, tzinfo=AMSTERDAM)
    end = datetime.datetime(year + 1, 1, 1, tzinfo=AMSTERDAM)
    steps = MailStep.objects.filter(
        organisation=campaign.organisation_id,
        campaign__state__in=[CampaignState.RUNNING, CampaignState.PAUSED],
        state=MailStepState.PLANNED,
        due_at__gte=begin,
        due_at__lt=end,
    ).exclude(campaign=campaign)
    found: Counter[UUID] = Counter()
    per_campaign: dict[Campaign, list[MailStep]] = {}
    for row in steps.select_related("campaign"):
        per_campaign.setdefault(row.campaign, []).append(row)
    for other, rows in per_campaign.items():
        if not panel_name(other):
            found.update(dict.fromkeys(_invited(other), sum(_planned(other, rows).values())))
    return found


def _invited(campaign: Campaign) -> set[UUID]:
    invitations = Invitation.objects.filter(
        organisation=campaign.organisation_id, campaign=campaign, withdrawn_at__isnull=True
    )
    return set(invitations.values_list("employee__code", flat=True))
