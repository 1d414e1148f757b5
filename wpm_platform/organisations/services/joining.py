"""Accepting an invitation: an account where there is none yet, and the membership."""

import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wpm_platform.organisations.models import Membership, MembershipInvitation, Organisation, User
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.organisations.services.invitations import InvitationNotOpen
from wpm_platform.organisations.services.refusal import Refused


class InvitationExpired(Refused):
    sentence = _("This invitation is older than fourteen days. Ask an owner of the organisation for a new one.")


class InvitationForAnotherAddress(Refused):
    sentence = _("This invitation was sent to another address than yours. Log out, then open the link again.")


class AccountExists(Refused):
    sentence = _("There is an account with this address already. Log in first, then open the link again.")


@transaction.atomic
def accept_as_new_person(
    *, organisation: Organisation, code: UUID, name: str, password: str, language: str, now: datetime.datetime
) -> User:
    """Make an account for the invited address and join. The address counts as verified: the link reached it.

    Raises InvitationNotOpen, InvitationExpired, AccountExists.
    """
    invitation = _open_invitation(organisation=organisation, code=code, now=now)
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                email=invitation.email, password=password, name=name.strip(), language=language
            )
    except IntegrityError as error:
        raise AccountExists from error
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    _join(invitation=invitation, user=user, now=now)
    return user


@transaction.atomic
def accept_member_invitation(
    *, organisation: Organisation, code: UUID, user: User, now: datetime.datetime
) -> Membership:
    """Let a person with an account join. One who is a member by now keeps the role they have.

    Raises InvitationNotOpen, InvitationExpired, InvitationForAnotherAddress.
    """
    invitation = _open_invitation(organisation=organisation, code=code, now=now)
    if invitation.email.lower() != user.email.lower():
        raise InvitationForAnotherAddress
    return _join(invitation=invitation, user=user, now=now)


def _open_invitation(*, organisation: Organisation, code: UUID, now: datetime.datetime) -> MembershipInvitation:
    """The invitation, locked: the second of two who accept at once finds it accepted."""
    invitation = (
        MembershipInvitation.objects.select_for_update()
        .filter(organisation=organisation, code=code, accepted_at__isnull=True, withdrawn_at__isnull=True)
        .first()
    )
    if invitation is None:
        raise InvitationNotOpen
    if invitation.expires_at <= now:
        raise InvitationExpired
    return invitation


def _join(*, invitation: MembershipInvitation, user: User, now: datetime.datetime) -> Membership:
    membership, is_new = Membership.objects.get_or_create(
        organisation=invitation.organisation, user=user, defaults={"role": invitation.role, "site": invitation.site}
    )
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    record_event(
        organisation=invitation.organisation,
        actor=user,
        action="member.joined",
        now=now,
        subject=user.email[:80],
        detail={"role": membership.role, "was_member": not is_new},
    )
    return membership
