"""The period of a campaign, and that HR was told of its end."""

import datetime

from django.db import transaction

from surveys.domain.calendar import local_date
from surveys.domain.retention import LONGEST_MONTHS, SHORTEST_MONTHS
from surveys.models import Campaign, RetentionPlan
from surveys.selectors.retention import RetentionState, is_gone
from surveys.services.campaign_lock import locked_campaign
from surveys.services.retention.refusals import AlreadyGone, PeriodRejected
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event


@transaction.atomic
def set_retention_period(
    *, organisation: Organisation, actor: User | None, now: datetime.datetime, campaign: Campaign, months: int | None
) -> RetentionPlan:
    """Keep a campaign's rows for so many months after its closing; None for the organisation's period.

    Another period is announced anew, so nothing goes within two weeks of a change. Raises `PeriodRejected`,
    `AlreadyGone`.
    """
    if months is not None and not SHORTEST_MONTHS <= months <= LONGEST_MONTHS:
        raise PeriodRejected
    found = locked_campaign(organisation=organisation, campaign=campaign)
    if is_gone(found):
        raise AlreadyGone
    plan: RetentionPlan
    plan, _is_new = RetentionPlan.objects.get_or_create(organisation=organisation, campaign=found)
    if plan.months == months:
        return plan
    plan.months, plan.announced_at = months, None
    plan.save(update_fields=["months", "announced_at"])
    record_event(
        organisation=organisation,
        actor=actor,
        action="retention.period_set",
        now=now,
        subject=str(found.code),
        detail={"campaign": str(found.code), "months": months or organisation.answers_kept_months},
    )
    return plan


@transaction.atomic
def announce_retention(
    *, organisation: Organisation, now: datetime.datetime, state: RetentionState, drafts: int
) -> RetentionPlan:
    """Note that HR is told from now on that the rows are about to go. Done twice, the first moment stays.

    An announcement of an earlier day, before the period was made longer, is replaced. drafts: how many reports that use
    the campaign are not frozen; their figures become final.
    """
    found = locked_campaign(organisation=organisation, campaign=state.campaign)
    plan: RetentionPlan
    plan, _is_new = RetentionPlan.objects.get_or_create(organisation=organisation, campaign=found)
    if plan.announced_at is not None and local_date(plan.announced_at) >= state.dates.announce_on:
        return plan
    plan.announced_at, plan.announced_drafts = now, drafts
    plan.save(update_fields=["announced_at", "announced_drafts"])
    record_event(
        organisation=organisation,
        actor=None,
        action="retention.announced",
        now=now,
        subject=str(found.code),
        detail={"campaign": str(found.code), "drafts": drafts},
    )
    return plan
