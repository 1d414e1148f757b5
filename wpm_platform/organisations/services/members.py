"""Changing what a member may do, and letting a member go."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.models import Membership, Organisation, Site, User
from wpm_platform.organisations.permissions import Right, has_right
from wpm_platform.organisations.services.api_keys import revoke_keys_made_by
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.organisations.services.invitations import site_for_role
from wpm_platform.organisations.services.refusal import Refused


class LastOwner(Refused):
    sentence = _("This is the only owner. Make somebody else owner first.")


class MemberGone(Refused):
    sentence = _("This person is no member any more.")


@transaction.atomic
def change_member_role(
    *,
    organisation: Organisation,
    actor: User | None,
    membership: Membership,
    role: str,
    site: Site | None,
    now: datetime.datetime,
) -> bool:
    """Give a member another role. site: only for a site lead. Returns whether anything changed.

    Who may not manage API keys any more loses those they made, at once.
    Raises SiteLeadNeedsSite, LastOwner, MemberGone.
    """
    site = site_for_role(organisation=organisation, role=role, site=site)
    stored = _locked(organisation=organisation, membership=membership, stays_owner=role == MemberRole.OWNER)
    if (stored.role, stored.site) == (role, site):
        return False
    before = stored.role
    stored.role, stored.site = role, site
    stored.save(update_fields=["role", "site"])
    detail = {"role": role, "role_before": before}
    _note(stored, "member.role_changed", actor, now, detail)
    if not has_right(role, Right.MANAGE_API_KEYS):
        revoke_keys_made_by(organisation=organisation, actor=actor, maker=stored.user, now=now)
    return True


@transaction.atomic
def remove_member(
    *, organisation: Organisation, actor: User | None, membership: Membership, now: datetime.datetime
) -> None:
    """End a membership; the next request of this person, or with a key that they made, finds the door closed.

    Raises LastOwner, MemberGone.
    """
    stored = _locked(organisation=organisation, membership=membership, stays_owner=False)
    _note(stored, "member.removed", actor, now, {"role": stored.role})
    revoke_keys_made_by(organisation=organisation, actor=actor, maker=stored.user, now=now)
    stored.delete()


def choose_notices(*, membership: Membership, gets_notices: bool) -> None:
    """Let a member choose for themselves whether deadlines are mailed to them."""
    Membership.objects.filter(organisation=membership.organisation_id, pk=membership.pk).update(
        gets_notices=gets_notices
    )


def _locked(*, organisation: Organisation, membership: Membership, stays_owner: bool) -> Membership:
    """The membership with all owners' rows locked, so that two owners cannot remove each other at once."""
    rows = list(
        Membership.objects.select_for_update(of=("self",))
        .select_related("user", "site")
        .defer("user__password")
        .filter(Q(role=MemberRole.OWNER) | Q(pk=membership.pk), organisation=organisation)
        .order_by("pk")
    )
    stored = next((row for row in rows if row.pk == membership.pk), None)
    if stored is None:
        raise MemberGone
    owners = [row for row in rows if row.role == MemberRole.OWNER]
    if owners == [stored] and not stays_owner:
        raise LastOwner
    return stored


def _note(
    membership: Membership, action: str, actor: User | None, now: datetime.datetime, detail: dict[str, str]
) -> None:
    record_event(
        organisation=membership.organisation,
        actor=actor,
        action=action,
        now=now,
        subject=membership.user.email[:80],
        detail=detail,
    )
