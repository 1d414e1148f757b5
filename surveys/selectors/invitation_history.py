"""What a person was asked, what became of each mail, and when they answered; never what."""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from surveys.domain.mail_kinds import INVITATION_MAIL, OWN_LINK_MAIL, READDRESSED, RESENT, mail_kind, step_number
from surveys.enums import CampaignState, MailStepState
from surveys.models import Campaign, Employee, Invitation, MailStep, PopulationMember
from wpm_platform.mailing.enums import MailState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.models import Organisation

AGAIN = (f"{RESENT}-", f"{READDRESSED}-")
ON_ITS_WAY = (MailState.QUEUED, MailState.INFLIGHT, MailState.AWAITING_RETRY)
NOT_SENT = {MailState.WITHDRAWN: "withheld", MailState.FAILED: "failed", MailState.UNKNOWN: "uncertain"}


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One thing that happened, or will. kind: a key of HISTORY_LABELS. mail: the kind of mail it is about, number:
    which reminder. words: the mail server's, or a reason's code. is_day: only the day may be shown."""

    at: datetime.datetime
    kind: str
    mail: str = ""
    number: int = 0
    words: str = ""
    is_day: bool = False
    is_coming: bool = False


@dataclass(frozen=True, kw_only=True)
class InvitationHistory:
    """One week that a person was asked about. can_resend: the invitation makes sense now, as far as the week goes."""

    invitation: Invitation
    moments: tuple[Moment, ...]
    can_resend: bool


def invitation_history(
    *, organisation: Organisation, employee: Employee, now: datetime.datetime
) -> list[InvitationHistory]:
    """Every week that the employee was asked about, latest first; `invitation` carries campaign and week."""
    invitations = list(
        Invitation.objects.filter(organisation=organisation, employee=employee)
        .select_related("campaign", "week")
        .order_by("-week__monday", "-pk")
    )
    mails: dict[UUID, list[OutgoingMail]] = defaultdict(list)
    for mail in OutgoingMail.objects.filter(
        organisation=organisation, reference__in=[invitation.code for invitation in invitations]
    ).prefetch_related("events"):
        mails[mail.reference].append(mail)
    steps = _planned_steps(invitations, organisation=organisation, now=now)
    return [_history(one, mails[one.code], steps.get(one.week_id, []), now=now) for one in invitations]


def exclusions_of(*, organisation: Organisation, employee: Employee) -> list[PopulationMember]:
    """Campaigns that left the employee out, with the reason's code, latest first."""
    return list(
        PopulationMember.objects.filter(organisation=organisation, employee=employee, is_invited=False)
        .select_related("campaign")
        .order_by("-campaign__started_at")
    )


def invitation_of_campaign(*, campaign: Campaign, code: UUID) -> Invitation | None:
    """One invitation of this campaign with its person, or None."""
    return (
        Invitation.objects.filter(organisation=campaign.organisation_id, campaign=campaign, code=code)
        .select_related("employee__site", "week")
        .first()
    )


def invitation_of_person(*, employee: Employee, code: UUID) -> Invitation | None:
    """One invitation of this person, or None."""
    return Invitation.objects.filter(organisation=employee.organisation_id, employee=employee, code=code).first()


def _planned_steps(
    invitations: Sequence[Invitation], *, organisation: Organisation, now: datetime.datetime
) -> dict[int, list[MailStep]]:
    """The steps that still come, of the weeks of campaigns that run."""
    steps: dict[int, list[MailStep]] = defaultdict(list)
    weeks = [one.week_id for one in invitations if one.campaign.state == CampaignState.RUNNING]
    for step in MailStep.objects.filter(
        organisation=organisation, week__in=weeks, state=MailStepState.PLANNED, expires_at__gt=now
    ).order_by("due_at"):
        steps[step.week_id].append(step)
    return steps


def _history(
    invitation: Invitation, mails: list[OutgoingMail], steps: list[MailStep], *, now: datetime.datetime
) -> InvitationHistory:
    moments = [*_own_moments(invitation)]
    for mail in mails:
        moments += _mail_moments(mail)
    has_waiting = any(moment.is_coming for moment in moments)
    if not has_waiting:
        moments += _next_step(invitation, steps)
    return InvitationHistory(
        invitation=invitation,
        moments=tuple(sorted(moments, key=lambda moment: (moment.is_coming, moment.at))),
        can_resend=_can_resend(invitation, mails, now=now),
    )


def _own_moments(invitation: Invitation) -> Iterator[Moment]:
    """A day is enough for what the person did: HR needs no times of answering."""
    for kind, at, is_day in (
        ("started", invitation.started_at, True),
        ("answered", invitation.answered_at, True),
        ("opted_out", invitation.opted_out_at, True),
        ("mail_stopped", invitation.mail_stopped_at, False),
    ):
        if at is not None:
            yield Moment(at=at, kind=kind, is_day=is_day)
    if invitation.withdrawn_at is not None:
        yield Moment(at=invitation.withdrawn_at, kind="withdrawn")


def _mail_moments(mail: OutgoingMail) -> Iterator[Moment]:
    name, number = mail.kind, step_number(mail.occasion)
    if mail.occasion.startswith(AGAIN):
        name, number = "again", 0
    if mail.sent_at is not None:
        yield Moment(at=mail.sent_at, kind="sent", mail=name, number=number)
    if mail.state in NOT_SENT:
        at = mail.claimed_at or mail.due_at
        yield Moment(at=at, kind=NOT_SENT[MailState(mail.state)], mail=name, number=number, words=mail.reason)
    elif mail.state in ON_ITS_WAY:
        yield Moment(at=mail.due_at, kind="waiting", mail=name, number=number, is_coming=True)
    for event in mail.events.all():
        yield Moment(at=event.happened_at, kind=event.kind, mail=name, number=number, words=event.detail)


def _next_step(invitation: Invitation, steps: list[MailStep]) -> Iterator[Moment]:
    """What comes next by the plan, unless something stops it."""
    stopped = (invitation.opted_out_at, invitation.mail_stopped_at, invitation.withdrawn_at)
    if any(stopped):
        return
    wanted = [step for step in steps if (step.kind == "thanks") == (invitation.answered_at is not None)]
    for step in wanted[:1]:
        yield Moment(at=step.due_at, kind="planned", mail=mail_kind(step.kind), number=step.number, is_coming=True)


def _can_resend(invitation: Invitation, mails: list[OutgoingMail], *, now: datetime.datetime) -> bool:
    week = invitation.week
    is_open = invitation.campaign.state == CampaignState.RUNNING and week.opens_at <= now < week.closes_at
    is_settled = any(
        (invitation.answered_at, invitation.withdrawn_at, invitation.mail_stopped_at, invitation.opted_out_at)
    )
    is_waiting = any(
        mail.kind in (INVITATION_MAIL, OWN_LINK_MAIL) and mail.state in (MailState.QUEUED, MailState.INFLIGHT)
        for mail in mails
    )
    return is_open and not is_settled and not is_waiting
