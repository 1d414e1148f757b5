"""Mails of the plan on their way: a frozen list, some minutes in which it can be undone, then they leave.

Whoever changes a campaign's plan holds the lock on the campaign, so two beats at once make one list.
"""

import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from surveys.domain.eligibility import Withdrawal
from surveys.domain.mail_kinds import mail_kind, occasion_prefix, planned_occasion
from surveys.domain.mail_lines import ALREADY_SENT
from surveys.enums import CampaignState, MailStepKind, MailStepState
from surveys.models import BatchLine, Campaign, MailBatch, MailStep
from surveys.selectors.mail_lines import UNDONE, MailLine, mail_lines
from surveys.selectors.mail_settings import undo_time
from surveys.services.campaign_lock import locked_campaign
from wpm_platform.mailing.services.batches import rename_withdrawal, withdraw_occasions
from wpm_platform.mailing.services.outbox import PlannedMail, plan_mails
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event

LINES_AT_ONCE = 2000
LATE, NOBODY = "late", "nobody"


class BatchReleased(Exception):
    """The minutes are over: the mails are leaving."""

    def __str__(self) -> str:
        return str(_("These mails are leaving already. Pause the survey to stop the ones that have not left yet."))


class BatchUndone(Exception):
    """Somebody else undid it, or pausing did."""

    def __str__(self) -> str:
        return str(_("This list has been undone already."))


@transaction.atomic
def prepare_due_steps(*, organisation: Organisation, now: datetime.datetime) -> int:
    """Freeze the list of every step whose moment has come, and put its mails into the outbox. Returns how many steps.

    A list is made as many minutes early as it can be undone, so that its mails leave at the moment that was planned.
    """
    prepared = 0
    for campaign_id in _campaigns_with(_due_steps(organisation, now=now)):
        campaign = locked_campaign(organisation=organisation, campaign=Campaign(pk=campaign_id))
        for step in _due_steps(organisation, now=now).filter(campaign=campaign).select_related("week"):
            step.campaign = campaign
            _prepare(step, now=now)
            prepared += 1
    return prepared


@transaction.atomic
def undo_batch(
    *, organisation: Organisation, actor: User | None, now: datetime.datetime, batch: MailBatch
) -> MailBatch:
    """Take back a list before its mails leave. Raises `BatchReleased` or `BatchUndone`.

    The step may then be moved or taken back into the plan, and its list is made anew.
    """
    step = MailStep.objects.get(organisation=organisation, pk=batch.step_id)
    campaign = locked_campaign(organisation=organisation, campaign=Campaign(pk=step.campaign_id))
    found: MailBatch = MailBatch.objects.select_related("step").get(organisation=organisation, pk=batch.pk)
    if found.undone_at is not None:
        raise BatchUndone
    if found.releases_at <= now:
        raise BatchReleased
    withdrawn = _withdraw(found.step) + _take_over_held(found.step)
    _mark_undone(found, actor=actor, now=now)
    found.step.state, found.step.reason = MailStepState.UNDONE, ""
    found.step.save(update_fields=["state", "reason"])
    record_event(
        organisation=organisation,
        actor=actor,
        action="mail_step.undone",
        now=now,
        subject=str(campaign.code),
        detail={"mail": str(found.step), "mails": withdrawn},
    )
    return found


@transaction.atomic
def release_steps(*, organisation: Organisation, now: datetime.datetime) -> int:
    """Steps whose minutes are over have left the hands of HR. Returns how many."""
    over = MailBatch.objects.filter(organisation=organisation, undone_at__isnull=True, releases_at__lte=now)
    return MailStep.objects.filter(
        organisation=organisation,
        state=MailStepState.PREPARED,
        campaign__state__in=[CampaignState.RUNNING, CampaignState.CLOSED],
        batches__in=over,
    ).update(state=MailStepState.RELEASED)


@transaction.atomic
def expire_late_steps(*, organisation: Organisation, now: datetime.datetime) -> int:
    """Steps that make no sense any more are not sent, so that they do not stack. Returns how many expired.

    Late is also what would only leave once its time is over, after the minutes in which it can be undone.
    """
    expired = 0
    late = MailStep.objects.filter(
        organisation=organisation,
        state__in=[MailStepState.PLANNED, MailStepState.UNDONE],
        campaign__state__in=[CampaignState.RUNNING, CampaignState.PAUSED, CampaignState.CLOSED],
    ).filter(Q(expires_at__lte=now) | Q(expires_at__lte=now + undo_time(), due_at__lte=now))
    for campaign_id in _campaigns_with(late):
        locked_campaign(organisation=organisation, campaign=Campaign(pk=campaign_id))
        expired += late.filter(campaign=campaign_id, state=MailStepState.UNDONE).update(
            state=MailStepState.EXPIRED, reason=UNDONE
        )
        expired += late.filter(campaign=campaign_id, state=MailStepState.PLANNED).update(
            state=MailStepState.EXPIRED, reason=LATE
        )
    return expired


def prepare_held_steps_again(*, campaign: Campaign, now: datetime.datetime) -> int:
    """After a pause: lists of which mails were held are made anew, with their minutes; what is late stays away.

    Call it with the campaign locked. Returns how many mails were held.
    """
    steps = MailStep.objects.filter(
        organisation=campaign.organisation_id,
        campaign=campaign,
        state__in=[MailStepState.PREPARED, MailStepState.RELEASED],
    ).select_related("organisation")
    held = 0
    for step in steps:
        if step.expires_at <= now + undo_time():
            _settle_late(step)
        elif (mails := _take_over_held(step)) or step.state == MailStepState.PREPARED:
            held += mails
            for batch in MailBatch.objects.filter(organisation=step.organisation_id, step=step, undone_at=None):
                _mark_undone(batch, actor=None, now=now)
            step.state = MailStepState.PLANNED
            step.save(update_fields=["state"])
    return held


def _due_steps(organisation: Organisation, *, now: datetime.datetime) -> QuerySet[MailStep]:
    may_leave = Q(campaign__state=CampaignState.RUNNING) & ~Q(kind=MailStepKind.THANKS)
    may_leave |= Q(campaign__state=CampaignState.CLOSED, kind=MailStepKind.THANKS)
    return MailStep.objects.filter(
        may_leave,
        organisation=organisation,
        state=MailStepState.PLANNED,
        due_at__lte=now + undo_time(),
        expires_at__gt=now + undo_time(),
    ).order_by("due_at", "pk")


def _campaigns_with(steps: QuerySet[MailStep]) -> list[int]:
    return sorted(set(steps.order_by().values_list("campaign_id", flat=True)))


def _prepare(step: MailStep, *, now: datetime.datetime) -> None:
    releases_at = max(step.due_at, now + undo_time())
    lines = mail_lines(step=step, planned_at=releases_at, now=now)
    batch = MailBatch.objects.create(
        organisation=step.organisation, step=step, prepared_at=now, releases_at=releases_at
    )
    BatchLine.objects.bulk_create((_row(batch, line) for line in lines), batch_size=LINES_AT_ONCE)
    mails = [_mail(step, line, due_at=line.due_at) for line in lines if line.due_at is not None]
    plan_mails(organisation=step.organisation, mails=mails)
    step.state, step.reason = MailStepState.PREPARED, ""
    if not mails:
        was_sent = any(line.reason == ALREADY_SENT for line in lines)
        step.state = MailStepState.RELEASED if was_sent else MailStepState.EXPIRED
        step.reason = "" if was_sent else NOBODY
    step.save(update_fields=["state", "reason"])


def _row(batch: MailBatch, line: MailLine) -> BatchLine:
    return BatchLine(
        organisation_id=batch.organisation_id,
        batch=batch,
        employee_id=line.employee_id,
        invitation_id=line.invitation_id,
        language=line.language,
        reason=line.reason,
        due_at=line.due_at,
    )


def _mail(step: MailStep, line: MailLine, *, due_at: datetime.datetime) -> PlannedMail:
    return PlannedMail(
        kind=mail_kind(step.kind),
        occasion=planned_occasion(kind=step.kind, number=step.number, invitation=line.invitation_code),
        reference=line.invitation_code,
        recipient=line.recipient,
        language=line.language,
        due_at=due_at,
        addressee=line.employee_code,
        counter=line.counter,
    )


def _withdraw(step: MailStep) -> int:
    """Withdraw the step's waiting mails, so that they can be planned again. Returns how many."""
    return withdraw_occasions(
        organisation=step.organisation, references=_codes(step), prefix=_prefix(step), reason=UNDONE
    )


def _take_over_held(step: MailStep) -> int:
    """Mails that a pause withdrew can be planned again, too. Returns how many."""
    return rename_withdrawal(
        organisation=step.organisation,
        references=_codes(step),
        prefix=_prefix(step),
        reason=UNDONE,
        instead_of=Withdrawal.PAUSED.value,
    )


def _codes(step: MailStep) -> list[UUID]:
    """The invitations of everybody who gets the step's mail by its list at hand.

    Also whose mail was made by a list before a pause: it may wait still, for another try.
    """
    lines = BatchLine.objects.filter(
        organisation=step.organisation_id,
        batch__step=step,
        batch__undone_at__isnull=True,
        reason__in=["", ALREADY_SENT, Withdrawal.PAUSED.value],
    )
    return list(lines.values_list("invitation__code", flat=True))


def _prefix(step: MailStep) -> str:
    return occasion_prefix(kind=step.kind, number=step.number)


def _mark_undone(batch: MailBatch, *, actor: User | None, now: datetime.datetime) -> None:
    batch.undone_at, batch.undone_by = now, actor
    batch.save(update_fields=["undone_at", "undone_by"])


def _settle_late(step: MailStep) -> None:
    """A step whose time ended during the pause: what had left has left, and a list of which nothing left expired."""
    if step.state == MailStepState.PREPARED:
        step.state, step.reason = MailStepState.EXPIRED, LATE
        step.save(update_fields=["state", "reason"])
