"""A hold keeps a campaign's rows, such as for an inspection. PostgreSQL refuses to forget a held campaign."""

import datetime

from django.db import transaction
from django.db.models import QuerySet

from surveys.domain.calendar import local_date
from surveys.domain.retention import is_held
from surveys.models import Campaign, RetentionHold, RetentionPlan
from surveys.selectors.retention import is_gone
from surveys.services.campaign_lock import locked_campaign
from surveys.services.retention.refusals import (
    AlreadyGone,
    AlreadyHeld,
    HoldInThePast,
    HoldReasonMissing,
    NotHeld,
)
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event


@transaction.atomic
def place_hold(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    campaign: Campaign,
    reason: str,
    until: datetime.date | None = None,
) -> RetentionHold:
    """Nothing of the campaign goes until the last day of the hold, or until it is lifted.

    Afterwards the end of the period is announced anew. Raises `HoldReasonMissing`, `HoldInThePast`, `AlreadyHeld`,
    `AlreadyGone`.
    """
    today = local_date(now)
    if not reason.strip():
        raise HoldReasonMissing
    if until is not None and until < today:
        raise HoldInThePast
    found = locked_campaign(organisation=organisation, campaign=campaign)
    if is_gone(found):
        raise AlreadyGone
    _end_expired(found, now=now)
    if _open_holds(found).exists():
        raise AlreadyHeld
    hold: RetentionHold = RetentionHold.objects.create(
        organisation=organisation, campaign=found, reason=reason.strip(), until=until, placed_at=now, placed_by=actor
    )
    RetentionPlan.objects.filter(organisation=organisation, campaign=found).update(announced_at=None)
    detail = {"campaign": str(found.code), "reason": hold.reason, "until": until.isoformat() if until else ""}
    record_event(
        organisation=organisation,
        actor=actor,
        action="retention.held",
        now=now,
        subject=str(found.code),
        detail=detail,
    )
    return hold


@transaction.atomic
def lift_hold(
    *, organisation: Organisation, actor: User | None, now: datetime.datetime, campaign: Campaign
) -> RetentionHold:
    """The period holds again. Raises `NotHeld`, also the second time."""
    found = locked_campaign(organisation=organisation, campaign=campaign)
    hold = _open_holds(found).first()
    if hold is None or not is_held(until=hold.until, today=local_date(now)):
        raise NotHeld
    hold.lifted_at, hold.lifted_by = now, actor
    hold.save(update_fields=["lifted_at", "lifted_by"])
    record_event(
        organisation=organisation,
        actor=actor,
        action="retention.released",
        now=now,
        subject=str(found.code),
        detail={"campaign": str(found.code)},
    )
    return hold


def _open_holds(campaign: Campaign) -> QuerySet[RetentionHold]:
    return RetentionHold.objects.filter(
        organisation=campaign.organisation_id, campaign=campaign, lifted_at__isnull=True
    )


def _end_expired(campaign: Campaign, *, now: datetime.datetime) -> None:
    """A hold whose last day is over makes room for another one."""
    _open_holds(campaign).filter(until__lt=local_date(now)).update(lifted_at=now)
