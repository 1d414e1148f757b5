"""HR moves a mail of the plan, leaves it out, or takes it back in."""

import datetime
from dataclasses import replace
from typing import Any

from django.db import transaction

from surveys.domain.step_moves import move_problem
from surveys.enums import CampaignState, MailStepKind, MailStepState
from surveys.models import Campaign, MailStep
from surveys.selectors.mail_limit import planned_counts
from surveys.selectors.mail_settings import mail_hours
from surveys.selectors.plan_steps import plan_rows
from surveys.services.campaign_lock import locked_campaign
from surveys.services.mail_plan.laying import lay_mail_plan
from surveys.services.mail_plan.refusals import (
    CampaignOver,
    InvitationNeeded,
    MailLimitReached,
    MoveRejected,
    StepNotLeftOut,
    StepNotOpen,
    StepTooLate,
)
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event

WAITING = (MailStepState.PLANNED, MailStepState.UNDONE)


@transaction.atomic
def move_step(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    step: MailStep,
    due_at: datetime.datetime,
) -> MailStep:
    """Let a mail leave at another moment; it stays there when the plan is laid anew. An undone one is planned again.

    Raises `StepNotOpen`, `MoveRejected`, `MailLimitReached` or `CampaignOver`.
    """
    campaign, found = _locked_step(organisation=organisation, step=step)
    if found.state not in WAITING:
        raise StepNotOpen
    plan = plan_rows(campaign=campaign)
    others = [plan.step(row) for row in plan.rows if row.pk != found.pk and row.state != MailStepState.SKIPPED]
    moved = replace(plan.step(found), due_at=due_at)
    problem = move_problem(moved, steps=others, weeks=plan.asked, now=now, hours=mail_hours())
    if problem is not None:
        raise MoveRejected(problem)
    earlier, found.due_at = found.due_at, due_at
    found.is_moved, found.state, found.reason = True, MailStepState.PLANNED, ""
    found.expires_at = max(found.expires_at, due_at + datetime.timedelta(minutes=1))
    found.save()
    _check_limit(campaign, found)
    lay_mail_plan(campaign=campaign, now=now)
    detail = {"from": earlier.isoformat(), "to": due_at.isoformat()}
    _record(found, actor=actor, now=now, action="mail_step.moved", detail=detail)
    return _as_it_is(found)


@transaction.atomic
def skip_step(*, organisation: Organisation, actor: User | None, now: datetime.datetime, step: MailStep) -> MailStep:
    """Leave a mail out of the plan. Raises `StepNotOpen`, `InvitationNeeded` or `CampaignOver`."""
    campaign, found = _locked_step(organisation=organisation, step=step)
    if found.kind == MailStepKind.INVITATION:
        raise InvitationNeeded
    if found.state not in WAITING:
        raise StepNotOpen
    found.state, found.reason = MailStepState.SKIPPED, ""
    found.save(update_fields=["state", "reason"])
    lay_mail_plan(campaign=campaign, now=now)
    _record(found, actor=actor, now=now, action="mail_step.skipped", detail={})
    return _as_it_is(found)


@transaction.atomic
def restore_step(*, organisation: Organisation, actor: User | None, now: datetime.datetime, step: MailStep) -> MailStep:
    """Take a mail back into the plan that was left out or undone, at the moment it has.

    Raises `StepNotLeftOut`, `StepTooLate`, `MailLimitReached` or `CampaignOver`.
    """
    campaign, found = _locked_step(organisation=organisation, step=step)
    if found.state == MailStepState.EXPIRED:
        raise StepTooLate
    if found.state not in (MailStepState.SKIPPED, MailStepState.UNDONE):
        raise StepNotLeftOut
    found.state, found.reason = MailStepState.PLANNED, ""
    found.save(update_fields=["state", "reason"])
    lay_mail_plan(campaign=campaign, now=now)
    found = _as_it_is(found)
    if found.expires_at <= now:
        raise StepTooLate
    _check_limit(campaign, found)
    _record(found, actor=actor, now=now, action="mail_step.restored", detail={})
    return found


def _locked_step(*, organisation: Organisation, step: MailStep) -> tuple[Campaign, MailStep]:
    """The campaign, locked, and its step as it is now. Raises `CampaignOver`, or `DoesNotExist` for another's step."""
    campaign = locked_campaign(organisation=organisation, campaign=Campaign(pk=step.campaign_id))
    found: MailStep = MailStep.objects.get(organisation=organisation, pk=step.pk)
    if campaign.state == CampaignState.CLOSED and found.kind != MailStepKind.THANKS:
        raise CampaignOver
    return campaign, found


def _check_limit(campaign: Campaign, step: MailStep) -> None:
    """Refuse what goes above the limit by this step; a plan that was above it all along may still be changed."""
    before = {count.name: count.total for count in planned_counts(campaign=campaign, besides=step)}
    for count in planned_counts(campaign=campaign):
        is_panel_draft = campaign.state == CampaignState.DRAFT and count.name.startswith("panel:")
        if count.is_exceeded and count.total > before.get(count.name, 0) and not is_panel_draft:
            raise MailLimitReached(count)


def _as_it_is(step: MailStep) -> MailStep:
    found: MailStep = MailStep.objects.select_related("campaign", "week").get(
        organisation=step.organisation_id, pk=step.pk
    )
    return found


def _record(step: MailStep, *, actor: User | None, now: datetime.datetime, action: str, detail: dict[str, Any]) -> None:
    record_event(
        organisation=step.organisation,
        actor=actor,
        action=action,
        now=now,
        subject=str(step.campaign.code),
        detail={"mail": str(step), **detail},
    )
