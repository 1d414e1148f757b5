"""Plans the invitations of weeks that have opened; each is one mail, whoever plans it."""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from surveys.domain.calendar import sending_moment
from surveys.enums import CampaignState
from surveys.models import Invitation
from surveys.services.mail_hours import mail_hours
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.outbox import PlannedMail, plan_mails
from wpm_platform.organisations.models import Organisation

INVITATION_MAIL = "surveys.invitation"


@transaction.atomic
def plan_due_invitations(*, organisation: Organisation, now: datetime.datetime) -> int:
    """Put an invitation into the outbox for everyone in an open week who has none. Returns how many."""
    due = open_invitations(organisation=organisation, now=now).filter(
        ~Exists(OutgoingMail.objects.filter(reference=OuterRef("code"), kind=INVITATION_MAIL)),
        invited_at__isnull=True,
    )
    due_at = sending_moment(now, hours=mail_hours())
    return plan_mails(
        organisation=organisation,
        mails=[
            planned_mail(invitation, kind=INVITATION_MAIL, occasion=f"invitation:{invitation.code}", due_at=due_at)
            for invitation in due
        ],
    )


def open_invitations(*, organisation: Organisation, now: datetime.datetime) -> "QuerySet[Invitation]":
    """Invitations of running campaigns, in weeks that can be answered now, that nothing has stopped yet."""
    found: QuerySet[Invitation] = Invitation.objects.filter(
        organisation=organisation,
        campaign__state=CampaignState.RUNNING,
        week__opens_at__lte=now,
        week__closes_at__gt=now,
        answered_at__isnull=True,
        opted_out_at__isnull=True,
        withdrawn_at__isnull=True,
    ).select_related("employee")
    return found


def planned_mail(invitation: Invitation, *, kind: str, occasion: str, due_at: datetime.datetime) -> PlannedMail:
    return PlannedMail(
        kind=kind,
        occasion=occasion,
        reference=invitation.code,
        recipient=invitation.employee.email,
        language=invitation.employee.language,
        due_at=due_at,
    )
