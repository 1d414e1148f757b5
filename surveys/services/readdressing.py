"""Invites people anew whose address changed after their invitation had left: the link in that mail has ended."""

import datetime
from collections import Counter

from django.db import transaction

from surveys.domain.calendar import sending_moment
from surveys.domain.mail_kinds import INVITATION_MAIL, READDRESSED
from surveys.models import Invitation
from surveys.selectors.mail_limit import counter_of
from surveys.selectors.mail_settings import mail_hours
from surveys.selectors.readdressed import readdressed_invitations
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.outbox import PlannedMail, plan_mails
from wpm_platform.mailing.services.stops import stopped_addresses
from wpm_platform.organisations.models import Organisation
from wpm_platform.organisations.services.audit import record_event


@transaction.atomic
def invite_readdressed(*, organisation: Organisation, now: datetime.datetime) -> int:
    """Let the invitation go to everybody's new address, at once or when the quiet hours end. Returns how many.

    Once per change of address, however often it is asked. It counts for the yearly limit and stops like any invitation.
    """
    found = list(
        readdressed_invitations(organisation=organisation, now=now)
        .select_related("employee", "campaign__organisation")
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    stopped = stopped_addresses(
        organisation=organisation, addresses=[invitation.employee.email for invitation in found]
    )
    wanted = {_occasion(one): one for one in found if one.employee.email not in stopped}
    made = set(
        OutgoingMail.objects.filter(organisation=organisation, occasion__in=wanted).values_list("occasion", flat=True)
    )
    due_at = sending_moment(now, hours=mail_hours())
    going = {occasion: invitation for occasion, invitation in wanted.items() if occasion not in made}
    plan_mails(
        organisation=organisation, mails=[_mail(occasion, one, due_at=due_at) for occasion, one in going.items()]
    )
    for code, mails in Counter(str(invitation.campaign.code) for invitation in going.values()).items():
        record_event(
            organisation=organisation,
            actor=None,
            action="campaign.readdressed",
            now=now,
            subject=code,
            detail={"mails": mails},
        )
    return len(going)


def _occasion(invitation: Invitation) -> str:
    return f"{READDRESSED}-{invitation.employee.address_changes}:{invitation.code}"


def _mail(occasion: str, invitation: Invitation, *, due_at: datetime.datetime) -> PlannedMail:
    employee = invitation.employee
    return PlannedMail(
        kind=INVITATION_MAIL,
        occasion=occasion,
        reference=invitation.code,
        recipient=employee.email,
        language=employee.language,
        due_at=due_at,
        addressee=employee.code,
        counter=counter_of(invitation.campaign, due_at),
    )
