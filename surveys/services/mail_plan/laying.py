"""Lays the rows of a campaign's mail plan, and lays them anew when weeks or moments have changed.

A step that HR moved stays where it was put for as long as it fits there; one that has left stays as it was.
"""

import datetime
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import Exists, OuterRef

from surveys.domain.mail_steps import INVITATION, AskedWeek, Step, default_steps
from surveys.domain.step_moves import place_problem
from surveys.enums import CampaignKind, CampaignState, MailStepState
from surveys.models import Campaign, MailStep
from surveys.selectors.plan_steps import LIVE, OPEN, CampaignPlanRows, plan_rows
from surveys.services.mail_plan.earlier_mails import settle_earlier_steps
from wpm_platform.organisations.models import Organisation

NO_LONGER_FITS = "no_longer_fits"
FIELDS = ["due_at", "expires_at", "state", "reason", "is_moved"]


@transaction.atomic
def lay_mail_plan(*, campaign: Campaign, now: datetime.datetime) -> list[MailStep]:
    """Bring the rows in line with the campaign's weeks. Returns the steps that have a new moment.

    Call it with the campaign locked. What no longer has a place is removed from a draft, and expires in a campaign
    that runs. A weekly panel of which this is the plan announces its own number of mails.
    """
    found = plan_rows(campaign=campaign)
    if not found.weeks:
        return []
    wanted = _wanted(campaign, found)
    rows = {(found.places[row.week_id], row.kind, row.number): row for row in found.rows}
    kept, changed = [], []
    for step in wanted:
        row = rows.pop((step.week, step.kind, step.number), None) or _new_row(campaign, found, step)
        kept.append(row)
        if _takes_moment(row, step):
            row.due_at = step.due_at
            changed.append(row)
    gone = list(rows.values())
    plan = CampaignPlanRows(weeks=found.weeks, rows=[*kept, *gone])
    for step, row in zip(wanted, kept, strict=True):
        if row.is_moved and row.state in OPEN and not _fits(plan, row):
            row.is_moved, row.due_at = False, step.due_at
            changed.append(row)
    _take_out(campaign, plan, gone)
    _save(plan, kept=[*kept, *(row for row in gone if row.pk)])
    _announce_number(campaign, plan)
    return changed


def lay_missing_plans(*, organisation: Organisation, now: datetime.datetime) -> int:
    """Lay the plan of campaigns that were made before there were plans. Returns how many."""
    steps = MailStep.objects.filter(campaign=OuterRef("pk"))
    without = (
        Campaign.objects.select_for_update(no_key=True, of=("self",))
        .filter(~Exists(steps), organisation=organisation, weeks__isnull=False)
        .exclude(state=CampaignState.CLOSED)
    )
    campaigns = {campaign.pk: campaign for campaign in without.order_by("pk")}
    for campaign in campaigns.values():
        lay_mail_plan(campaign=campaign, now=now)
        settle_earlier_steps(campaign=campaign, now=now)
    return len(campaigns)


def _wanted(campaign: Campaign, found: CampaignPlanRows) -> tuple[Step, ...]:
    """The usual plan; reminders follow the invitation where HR moved it."""
    moved = {row.week_id: row for row in found.rows if row.kind == INVITATION and row.is_moved}
    asked: Sequence[AskedWeek] = [
        replace(week, opens_at=row.due_at) if (row := moved.get(source.pk)) and _fits(found, row) else week
        for week, source in zip(found.asked, found.weeks, strict=True)
    ]
    return default_steps(
        asked, is_panel=campaign.kind == CampaignKind.WEEKLY_PANEL, has_reminders=campaign.has_reminders
    )


def _new_row(campaign: Campaign, found: CampaignPlanRows, step: Step) -> MailStep:
    return MailStep(
        organisation_id=campaign.organisation_id,
        campaign=campaign,
        week=found.weeks[step.week],
        kind=step.kind,
        number=step.number,
    )


def _takes_moment(row: MailStep, step: Step) -> bool:
    """Whether the step is new, or nobody chose another moment for it."""
    is_new = row._state.adding
    return is_new or (row.state in OPEN and not row.is_moved and row.due_at != step.due_at)


def _fits(plan: CampaignPlanRows, row: MailStep) -> bool:
    return place_problem(plan.step(row), steps=plan.live_steps(besides=row), weeks=plan.asked) is None


def _take_out(campaign: Campaign, plan: CampaignPlanRows, gone: Sequence[MailStep]) -> None:
    if campaign.state == CampaignState.DRAFT:
        MailStep.objects.filter(
            organisation=campaign.organisation_id, campaign=campaign, pk__in=[row.pk for row in gone]
        ).delete()
        for row in gone:
            row.pk, row.state = None, MailStepState.SKIPPED
        return
    for row in gone:
        if row.state in (MailStepState.PLANNED, MailStepState.UNDONE) and not (row.is_moved and _fits(plan, row)):
            row.state, row.reason = MailStepState.EXPIRED, NO_LONGER_FITS


def _save(plan: CampaignPlanRows, *, kept: Sequence[MailStep]) -> None:
    for row in kept:
        row.expires_at = plan.expires_at(row)
    MailStep.objects.bulk_create([row for row in kept if row.pk is None])
    MailStep.objects.bulk_update([row for row in kept if row.pk is not None], FIELDS)


def _announce_number(campaign: Campaign, plan: CampaignPlanRows) -> None:
    if campaign.state != CampaignState.DRAFT:
        return
    is_panel = campaign.kind == CampaignKind.WEEKLY_PANEL
    campaign.mail_limit = sum(1 for row in plan.rows if row.state in LIVE) if is_panel else None
    campaign.save(update_fields=["mail_limit"])
