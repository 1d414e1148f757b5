"""Who works in the console of an organisation, and who is invited to."""

import datetime
from uuid import UUID

from django.db.models import QuerySet

from wpm_platform.organisations.models import Membership, MembershipInvitation, Organisation, User


def members(*, organisation: Organisation) -> QuerySet[Membership]:
    """All members by name, with the person and the site."""
    return (
        Membership.objects.filter(organisation=organisation)
        .select_related("user", "site")
        .defer("user__password")
        .order_by("user__name", "user__email")
    )


def member(*, organisation: Organisation, code: UUID) -> Membership | None:
    """One member, None when the organisation has none with this code."""
    return members(organisation=organisation).filter(code=code).first()


def own_membership(*, organisation: Organisation, user: User) -> Membership:
    """Of the person at the door."""
    found: Membership = Membership.objects.get(organisation=organisation, user=user)
    return found


def open_invitations(*, organisation: Organisation) -> QuerySet[MembershipInvitation]:
    """Invitations that were neither accepted nor withdrawn, the newest first; expired ones included."""
    return (
        MembershipInvitation.objects.filter(
            organisation=organisation, accepted_at__isnull=True, withdrawn_at__isnull=True
        )
        .select_related("site", "invited_by")
        .defer("invited_by__password")
        .order_by("-created_at")
    )


def open_invitation(*, organisation: Organisation, code: UUID) -> MembershipInvitation | None:
    """One open invitation, None when there is none with this code."""
    return open_invitations(organisation=organisation).filter(code=code).first()


def is_open_at(invitation: MembershipInvitation, *, now: datetime.datetime) -> bool:
    """Whether the invitation's link still works."""
    return invitation.expires_at > now
