"""Inviting a person to work in the console, and taking an invitation back."""

import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wpm_platform.mailing.services.outbox import PlannedMail, plan_mails, withdraw_mails
from wpm_platform.organisations.domain.member_link import member_token
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.models import Membership, MembershipInvitation, Organisation, Site, User
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.organisations.services.refusal import Refused
from wpm_platform.queue import enqueue

MAIL_KIND = "organisations.member_invitation"
VALID_FOR = datetime.timedelta(days=14)


class AlreadyMember(Refused):
    sentence = _("This person is a member already. Change their role on the list of members.")


class AlreadyInvited(Refused):
    sentence = _("This person has an open invitation. Withdraw it first to send a new one.")


class SiteLeadNeedsSite(Refused):
    sentence = _("Choose the site that this site lead looks after.")


class InvitationNotOpen(Refused):
    sentence = _("This invitation was accepted or withdrawn before. Ask an owner of the organisation for a new one.")


@transaction.atomic
def invite_member(
    *,
    organisation: Organisation,
    actor: User | None,
    email: str,
    role: str,
    site: Site | None,
    language: str,
    now: datetime.datetime,
) -> MembershipInvitation:
    """Invite the owner of an address to join; the mail goes out through the outbox. Valid for fourteen days.

    site: only for a site lead, ignored otherwise. Raises SiteLeadNeedsSite, AlreadyMember, AlreadyInvited.
    """
    email = email.strip().lower()
    site = site_for_role(organisation=organisation, role=role, site=site)
    if Membership.objects.filter(organisation=organisation, user__email=email).exists():
        raise AlreadyMember
    open_ones = MembershipInvitation.objects.filter(
        organisation=organisation, email__iexact=email, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    open_ones.filter(expires_at__lte=now).update(withdrawn_at=now)
    invitation = MembershipInvitation(
        organisation=organisation, email=email, role=role, site=site, invited_by=actor, expires_at=now + VALID_FOR
    )
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError as error:
        raise AlreadyInvited from error
    mail = PlannedMail(
        kind=MAIL_KIND,
        occasion=f"member-invitation:{invitation.code}",
        reference=invitation.code,
        recipient=email,
        language=language,
        due_at=now,
    )
    plan_mails(organisation=organisation, mails=[mail])
    _note(invitation, "member.invited", actor, now)
    enqueue("organisations.tick")
    return invitation


@transaction.atomic
def withdraw_member_invitation(
    *, organisation: Organisation, actor: User | None, invitation: MembershipInvitation, now: datetime.datetime
) -> None:
    """End an open invitation: its link stops working and a waiting mail is not sent. Raises InvitationNotOpen."""
    ended = MembershipInvitation.objects.filter(
        organisation=organisation, pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True
    ).update(withdrawn_at=now)
    if not ended:
        raise InvitationNotOpen
    withdraw_mails(organisation=organisation, reference=invitation.code, reason="withdrawn")
    _note(invitation, "member.invitation_withdrawn", actor, now)


def site_for_role(*, organisation: Organisation, role: str, site: Site | None) -> Site | None:
    """The site that goes with a role: a site lead's own, nobody else's. Raises SiteLeadNeedsSite."""
    if role != MemberRole.SITE_LEAD:
        return None
    if site is None or site.organisation_id != organisation.pk:
        raise SiteLeadNeedsSite
    return site


def invitation_url(invitation: MembershipInvitation) -> str:
    """The link that opens the invitation; whoever has it received the mail."""
    token = member_token(code=invitation.code, key=settings.LINK_KEY)
    return settings.BASE_URL + reverse("member_invitation", kwargs={"token": token})


def _note(invitation: MembershipInvitation, action: str, actor: User | None, now: datetime.datetime) -> None:
    record_event(
        organisation=invitation.organisation,
        actor=actor,
        action=action,
        now=now,
        subject=invitation.email[:80],
        detail={"role": invitation.role},
    )
