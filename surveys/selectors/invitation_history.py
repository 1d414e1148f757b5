"""What a person was asked and when they answered; never what."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from surveys.models import Employee, Invitation, PopulationMember
from wpm_platform.mailing.enums import MailState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class InvitationHistory:
    """One week that a person was asked about.

    mail_problem: the mail server's words when the invitation could not be delivered, else empty.
    """

    invitation: Invitation
    reminded_at: tuple[datetime.datetime, ...]
    mail_problem: str


def invitation_history(*, organisation: Organisation, employee: Employee) -> list[InvitationHistory]:
    """Every week that the employee was asked about, latest first; `invitation` carries campaign and week."""
    invitations = list(
        Invitation.objects.filter(organisation=organisation, employee=employee)
        .select_related("campaign", "week")
        .order_by("-week__monday", "-pk")
    )
    mails: dict[UUID, list[OutgoingMail]] = defaultdict(list)
    for mail in OutgoingMail.objects.filter(
        organisation=organisation, reference__in=[invitation.code for invitation in invitations]
    ).order_by("sent_at"):
        mails[mail.reference].append(mail)
    return [_history(invitation, mails[invitation.code]) for invitation in invitations]


def exclusions_of(*, organisation: Organisation, employee: Employee) -> list[PopulationMember]:
    """Campaigns that left the employee out, with the reason's code, latest first."""
    return list(
        PopulationMember.objects.filter(organisation=organisation, employee=employee, is_invited=False)
        .select_related("campaign")
        .order_by("-campaign__started_at")
    )


def _history(invitation: Invitation, mails: list[OutgoingMail]) -> InvitationHistory:
    reminders = [mail for mail in mails if mail.kind == "surveys.reminder" and mail.sent_at]
    problem = next((mail.reason for mail in mails if mail.state == MailState.FAILED), "")
    return InvitationHistory(
        invitation=invitation,
        reminded_at=tuple(mail.sent_at for mail in reminders if mail.sent_at),
        mail_problem=problem,
    )
