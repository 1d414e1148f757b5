"""People of a campaign whom no mail reaches, or who began and did not finish: one row per person for HR to act on."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from surveys.domain.eligibility import Withdrawal
from surveys.domain.mail_kinds import INVITATION_MAIL
from surveys.domain.population import PopulationReason
from surveys.enums import MailStepKind
from surveys.models import BatchLine, Campaign, Employee, Invitation, PaperCode, PopulationMember
from wpm_platform.mailing.enums import MailEventKind, MailState
from wpm_platform.mailing.models import MailEvent, OutgoingMail
from wpm_platform.mailing.services.stops import stopped_addresses


class WorkKind(StrEnum):
    """What is the matter, the gravest first; a person has one row."""

    COMPLAINT = "complaint"
    BOUNCED = "bounced"
    BLOCKED = "blocked"
    UNSENT = "unsent"
    NO_ADDRESS = "no_address"
    LIMIT_REACHED = "limit_reached"
    AWAY = "away"
    PERHAPS_LEFT = "perhaps_left"
    STARTED = "started"
    SKIPPED = "skipped"


ORDER = {kind: place for place, kind in enumerate(WorkKind)}
KINDS_OF_STATES = {
    MailState.BLOCKED: WorkKind.BLOCKED,
    MailState.FAILED: WorkKind.UNSENT,
    MailState.UNKNOWN: WorkKind.UNSENT,
}
# No address would help; a code on paper would.
OUT_OF_REACH = (WorkKind.COMPLAINT, WorkKind.BLOCKED, WorkKind.LIMIT_REACHED, WorkKind.AWAY)
# What the bounce reader keeps of an automatic reply that says so.
SAYS_LEFT = "left"
FAILING = (*KINDS_OF_STATES, MailState.HARD_BOUNCE, MailState.SOFT_BOUNCE)
# Why somebody was never invited, though there is an address that works.
HELD_BACK = {Withdrawal.LIMIT_REACHED.value: WorkKind.LIMIT_REACHED, Withdrawal.ON_LEAVE.value: WorkKind.AWAY}
NEVER_TRIED = (MailState.WITHDRAWN, MailState.QUEUED, MailState.INFLIGHT)


@dataclass(frozen=True, kw_only=True)
class WorkRow:
    """invitation: None for who was left out at the start. words: the mail server's, if any. at: when it was told."""

    kind: WorkKind
    employee: Employee
    invitation: Invitation | None = None
    words: str = ""
    at: datetime.datetime | None = None

    @property
    def has_bad_address(self) -> bool:
        """Whether another address would help."""
        return self.kind in (WorkKind.BOUNCED, WorkKind.NO_ADDRESS, WorkKind.UNSENT)

    @property
    def needs_paper(self) -> bool:
        """Whether a code on paper would reach this person where mail does not."""
        return self.has_bad_address or self.kind in OUT_OF_REACH


def work_list(
    *, campaign: Campaign, site_id: int | None = None, kind: str = "", text: str = ""
) -> tuple[list[WorkRow], Counter[str]]:
    """The rows that are asked for, and how many people each kind holds before choosing one.

    kind: without it everything but who was skipped. Of one site when `site_id` is given. Who has answered, or is no
    longer invited, has no row.
    """
    rows = [*_invited(campaign, site_id=site_id), *_without_address(campaign, site_id=site_id)]
    rows = [row for row in rows if _matches(row.employee, text)]
    counts = Counter(str(row.kind) for row in rows)
    wanted = [row for row in rows if (row.kind == kind if kind else row.kind != WorkKind.SKIPPED)]
    return sorted(wanted, key=lambda row: (ORDER[row.kind], row.employee.staff_number)), counts


def work_count(*, campaign: Campaign, site_id: int | None = None) -> int:
    """How many people ask for something; who was skipped does not."""
    _rows, counts = work_list(campaign=campaign, site_id=site_id)
    return counts.total() - counts[WorkKind.SKIPPED]


def _invited(campaign: Campaign, *, site_id: int | None) -> Iterable[WorkRow]:
    asked = _open_invitations(campaign, site_id=site_id)
    stops = stopped_addresses(
        organisation=campaign.organisation,
        addresses=asked.values_list("employee__email", flat=True).distinct(),
    )
    organisation_id = campaign.organisation_id
    mails = _failing_mails(asked, organisation_id=organisation_id)
    left = _said_to_have_left(asked, organisation_id=organisation_id)
    held = _held_back(asked, organisation_id=organisation_id)
    # The reasons that a query knows; the rest is in the three tables above, which are small.
    chosen = asked.filter(
        Q(employee__email="")
        | Q(employee__email__in=list(stops))
        | Q(code__in=[*mails, *left, *held])
        | Q(started_at__isnull=False)
        | Q(mail_stopped_at__isnull=False)
    )
    found: dict[int, WorkRow] = {}
    for invitation in chosen.select_related("employee__site", "week").order_by("week__monday"):
        stop = stops.get(invitation.employee.email)
        code = invitation.code
        row = _row(invitation, stop=stop, mail=mails.get(code), left_at=left.get(code), held=held.get(code))
        if row is not None and _is_graver(row, found.get(invitation.employee_id)):
            found[invitation.employee_id] = row
    return found.values()


def _is_graver(row: WorkRow, other: WorkRow | None) -> bool:
    """Of two weeks the graver matter, else the later week."""
    return other is None or ORDER[row.kind] <= ORDER[other.kind]


def _open_invitations(campaign: Campaign, *, site_id: int | None) -> QuerySet[Invitation]:
    asked = Invitation.objects.filter(
        organisation=campaign.organisation_id,
        campaign=campaign,
        answered_at__isnull=True,
        withdrawn_at__isnull=True,
        employee__left_at__isnull=True,
    ).annotate(has_paper_code=Exists(PaperCode.objects.filter(invitation=OuterRef("pk"))))
    return asked.filter(employee__site=site_id) if site_id is not None else asked


def _row(
    invitation: Any,
    *,
    stop: MailEventKind | None,
    mail: OutgoingMail | None,
    left_at: datetime.datetime | None,
    held: WorkKind | None,
) -> WorkRow | None:
    employee = invitation.employee
    # A mail to an earlier address says nothing about the one of today.
    is_current = mail is not None and mail.recipient.lower() in ("", employee.email.lower())
    rules = (
        (invitation.mail_stopped_at is not None, WorkKind.SKIPPED, "", invitation.mail_stopped_at),
        (stop == MailEventKind.COMPLAINT, WorkKind.COMPLAINT, "", None),
        (stop is not None, WorkKind.BOUNCED, _words(mail) if is_current else "", None),
        (not employee.email and not invitation.has_paper_code, WorkKind.NO_ADDRESS, "", None),
        (is_current and _kind(mail) is not None, _kind(mail), _words(mail), mail.claimed_at if mail else None),
        (held is not None and not _will_settle(held, invitation), held, "", None),
        (left_at is not None, WorkKind.PERHAPS_LEFT, "", left_at),
        (invitation.started_at is not None, WorkKind.STARTED, "", invitation.started_at),
    )
    for holds, kind, words, at in rules:
        if holds and kind is not None:
            return WorkRow(kind=kind, employee=employee, invitation=invitation, words=words, at=at)
    return None


def _will_settle(held: WorkKind, invitation: Any) -> bool:
    """Whether there is a slip for this person, or a day on which they are back."""
    comes_back = held == WorkKind.AWAY and invitation.employee.leave_until is not None
    return bool(invitation.has_paper_code or comes_back)


def _kind(mail: OutgoingMail | None) -> WorkKind | None:
    return KINDS_OF_STATES.get(MailState(mail.state)) if mail is not None else None


def _words(mail: OutgoingMail | None) -> str:
    return mail.reason if mail is not None else ""


def _failing_mails(asked: QuerySet[Invitation], *, organisation_id: int) -> dict[UUID, OutgoingMail]:
    """Per invitation the mail that did not arrive, unless a later one was tried since."""
    later = OutgoingMail.objects.filter(
        organisation=organisation_id, reference=OuterRef("reference"), due_at__gt=OuterRef("due_at")
    ).exclude(state__in=NEVER_TRIED)
    failing = OutgoingMail.objects.filter(
        organisation=organisation_id, reference__in=asked.values("code"), state__in=FAILING
    ).exclude(Exists(later))
    fields = ("reference", "recipient", "state", "reason", "claimed_at")
    return {mail.reference: mail for mail in failing.only(*fields).order_by("due_at", "pk")}


def _held_back(asked: QuerySet[Invitation], *, organisation_id: int) -> dict[UUID, WorkKind]:
    """Why people were not invited though their address works: had their number of mails, or away without an end."""
    never = asked.filter(invited_at__isnull=True).exclude(employee__email="")
    at_the_look = OutgoingMail.objects.filter(
        organisation=organisation_id,
        kind=INVITATION_MAIL,
        reference__in=never.values("code"),
        state=MailState.WITHDRAWN,
        reason__in=HELD_BACK,
    )
    for_the_list = BatchLine.objects.filter(
        organisation=organisation_id,
        batch__step__kind=MailStepKind.INVITATION,
        batch__undone_at__isnull=True,
        invitation__in=never,
        reason__in=HELD_BACK,
    )
    reasons = dict(for_the_list.order_by("pk").values_list("invitation__code", "reason"))
    reasons |= dict(at_the_look.order_by("pk").values_list("reference", "reason"))
    return {code: HELD_BACK[reason] for code, reason in reasons.items()}


def _said_to_have_left(asked: QuerySet[Invitation], *, organisation_id: int) -> dict[UUID, datetime.datetime]:
    """Invitations of which an automatic reply says that the person no longer works there, and when."""
    replies = MailEvent.objects.filter(
        organisation=organisation_id,
        kind=MailEventKind.AUTO_REPLY,
        detail=SAYS_LEFT,
        mail__reference__in=asked.values("code"),
    )
    return dict(replies.values_list("mail__reference", "happened_at"))


def _without_address(campaign: Campaign, *, site_id: int | None) -> Iterable[WorkRow]:
    """Who was left out at the start for want of an address, and has none yet."""
    members = PopulationMember.objects.filter(
        organisation=campaign.organisation_id,
        campaign=campaign,
        exclusion_reason=PopulationReason.NO_ADDRESS.value,
        employee__email="",
        employee__left_at__isnull=True,
    )
    if site_id is not None:
        members = members.filter(employee__site=site_id)
    for member in members.select_related("employee__site"):
        yield WorkRow(kind=WorkKind.NO_ADDRESS, employee=member.employee)


def _matches(employee: Employee, text: str) -> bool:
    facts = f"{employee.staff_number} {employee.name} {employee.email}".casefold()
    return all(word in facts for word in text.casefold().split())
