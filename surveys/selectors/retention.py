"""How long a campaign's rows about persons stay, what holds them, and the log of those that went."""

import datetime
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from surveys.domain.calendar import local_date
from surveys.domain.retention import RetentionDates, is_held, retention_dates
from surveys.enums import CampaignState
from surveys.models import (
    BatchLine,
    Campaign,
    Invitation,
    PaperCode,
    PopulationMember,
    RetentionHold,
    RetentionPlan,
    RetentionRun,
)
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.models import Organisation

NO_HASH = ""


@dataclass(frozen=True, kw_only=True)
class RetentionState:
    """A started campaign and its days. While it is open, the days follow from the last day to answer.

    months: in force; has_own_period: set for this campaign. hold: in force today.
    """

    campaign: Campaign
    months: int
    has_own_period: bool
    announced_at: datetime.datetime | None
    dates: RetentionDates
    closes_on: datetime.date
    hold: RetentionHold | None
    run: RetentionRun | None

    @property
    def is_gone(self) -> bool:
        return self.run is not None and self.run.finished_at is not None

    @property
    def is_under_way(self) -> bool:
        return self.run is not None and self.run.finished_at is None


@dataclass(frozen=True, kw_only=True)
class RetentionPreview:
    """Rows per kind that go one day. answered: invitations of which the answers go with them."""

    answered: int
    invitations: int
    people: int
    mails: int
    list_lines: int
    paper_codes: int

    @property
    def rows(self) -> int:
        return self.answered + self.invitations + self.people + self.mails + self.list_lines + self.paper_codes


@dataclass(frozen=True, kw_only=True)
class LogLine:
    """A run with whether its row still is what it was, by its own hash and that of the run before."""

    run: RetentionRun
    is_genuine: bool


def retention_state(*, campaign: Campaign, today: datetime.date) -> RetentionState:
    """Raises `Campaign.DoesNotExist` for a draft, of which there is nothing to keep."""
    found = _started(campaign.organisation_id).get(pk=campaign.pk)
    return _state(found, today=today)


def retention_states(*, organisation: Organisation, today: datetime.date) -> list[RetentionState]:
    """All started campaigns, those whose rows go first on top."""
    states = [_state(campaign, today=today) for campaign in _started(organisation.pk)]
    return sorted(states, key=lambda state: (state.is_gone, state.dates.anonymous_on, state.campaign.pk))


def retention_preview(*, campaign: Campaign) -> RetentionPreview:
    """What there is now. What somebody answered stays unread: that they answered is enough to count."""
    invitations = Invitation.objects.filter(organisation=campaign.organisation_id, campaign=campaign)
    people = PopulationMember.objects.filter(organisation=campaign.organisation_id, campaign=campaign)
    mails = OutgoingMail.objects.filter(organisation=campaign.organisation_id, reference__in=invitations.values("code"))
    lines = BatchLine.objects.filter(organisation=campaign.organisation_id, batch__step__campaign=campaign)
    codes = PaperCode.objects.filter(organisation=campaign.organisation_id, paper_list__campaign=campaign)
    counts = Campaign.objects.annotate(
        answered=_number(invitations.filter(answered_at__isnull=False)),
        asked=_number(invitations),
        people=_number(people),
        mails=_number(mails),
        list_lines=_number(lines),
        paper_codes=_number(codes),
    ).get(organisation=campaign.organisation_id, pk=campaign.pk)
    return RetentionPreview(
        answered=counts.answered,
        invitations=counts.asked,
        people=counts.people,
        mails=counts.mails,
        list_lines=counts.list_lines,
        paper_codes=counts.paper_codes,
    )


def _number(rows: "QuerySet[Any]") -> Coalesce:
    """How many rows there are, as a part of another query."""
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def is_gone(campaign: Campaign) -> bool:
    """Whether the rows about persons of this campaign went."""
    return RetentionRun.objects.filter(
        organisation=campaign.organisation_id, campaign=campaign, finished_at__isnull=False
    ).exists()


def retention_log(*, organisation: Organisation) -> list[LogLine]:
    """Finished runs, newest first; each is checked against its hash."""
    before, lines = NO_HASH, []
    for run in finished_runs(organisation_id=organisation.pk):
        lines.append(LogLine(run=run, is_genuine=run.chain_hash == run_hash(run, previous=before)))
        before = run.chain_hash
    return lines[::-1]


def finished_runs(*, organisation_id: int) -> Iterable[RetentionRun]:
    """In the order in which they ended, which is that of the chain."""
    return (
        RetentionRun.objects.filter(organisation=organisation_id, finished_at__isnull=False)
        .select_related("campaign")
        .order_by("finished_at", "pk")
    )


def run_hash(run: RetentionRun, *, previous: str) -> str:
    """SHA-256 over what a run says, as JSON with sorted keys, and the hash of the run before it."""
    return hashlib.sha256(
        json.dumps({**run_facts(run), "previous": previous}, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


def run_facts(run: RetentionRun) -> dict[str, Any]:
    """What the log says of a run; JSON-ready, moments in UTC."""
    moments = {
        name: moment.astimezone(datetime.UTC).isoformat()
        for name in ("announced_at", "started_at", "finished_at")
        if (moment := getattr(run, name)) is not None
    }
    return {
        "run": str(run.code),
        "campaign": str(run.campaign.code),
        "months": run.months,
        "planned_on": run.planned_on.isoformat(),
        **moments,
        "before": run.before,
        "removed": run.removed,
        "after": run.after,
    }


def _started(organisation_id: int) -> "QuerySet[Campaign]":
    open_holds = RetentionHold.objects.filter(lifted_at__isnull=True).select_related("placed_by")
    return (
        Campaign.objects.filter(organisation=organisation_id)
        .exclude(state=CampaignState.DRAFT)
        .select_related("organisation", "retention_plan", "retention_run")
        .prefetch_related(
            "weeks",
            Prefetch("retention_holds", queryset=open_holds.defer("placed_by__password"), to_attr="open_holds"),
        )
    )


def _state(campaign: Any, *, today: datetime.date) -> RetentionState:
    plan: RetentionPlan | None = getattr(campaign, "retention_plan", None)
    own = plan.months if plan is not None else None
    announced_at = plan.announced_at if plan is not None else None
    months = own if own is not None else campaign.organisation.answers_kept_months
    last_close = max((week.closes_at for week in campaign.weeks.all()), default=campaign.started_at)
    hold = next((row for row in campaign.open_holds if is_held(until=row.until, today=today)), None)
    closes_on = local_date(campaign.closed_at or last_close)
    dates = retention_dates(
        closed_on=closes_on,
        months=months,
        announced_on=local_date(announced_at) if announced_at else None,
        today=today,
    )
    return RetentionState(
        campaign=campaign,
        months=months,
        has_own_period=own is not None,
        announced_at=announced_at if dates.is_announced else None,
        dates=dates,
        closes_on=closes_on,
        hold=hold,
        run=getattr(campaign, "retention_run", None),
    )
