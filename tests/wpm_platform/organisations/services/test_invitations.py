"""Inviting members and taking invitations back."""

import datetime

import pytest

from tests.factories import (
    NOW,
    as_owner,
    audited,
    make_member,
    make_member_invitation,
    make_organisation,
    make_site,
    make_user,
)
from tests.wpm_platform.organisations.concurrency import at_once
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.models import MembershipInvitation
from wpm_platform.organisations.services.invitations import (
    AlreadyInvited,
    AlreadyMember,
    InvitationNotOpen,
    SiteLeadNeedsSite,
    invite_member,
    withdraw_member_invitation,
)
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


def invite(organisation, **changes):
    arguments = {
        "actor": None,
        "email": "nieuw@voorbeeld.example",
        "role": MemberRole.HR_ADMIN,
        "site": None,
        "language": "nl",
        "now": NOW,
    } | changes
    with organisation_scope(organisation):
        return invite_member(organisation=organisation, **arguments)


def mails(organisation):
    with as_owner(organisation):
        return list(OutgoingMail.objects.order_by("pk").values_list("recipient", "state", "kind"))


def test_invitation_waits_in_the_outbox_and_in_the_trail():
    organisation = make_organisation()
    owner = make_member(organisation, role=MemberRole.OWNER)
    invitation = invite(organisation, actor=owner, email=" Nieuw@Voorbeeld.example ")
    assert (invitation.email, invitation.role, invitation.invited_by) == (
        "nieuw@voorbeeld.example",
        MemberRole.HR_ADMIN,
        owner,
    )
    assert invitation.expires_at == NOW + datetime.timedelta(days=14)
    assert mails(organisation) == [("nieuw@voorbeeld.example", "queued", "organisations.member_invitation")]
    assert audited(organisation) == [("member.invited", "nieuw@voorbeeld.example")]


def test_second_invitation_while_one_is_open_is_refused():
    organisation = make_organisation()
    invite(organisation)
    with pytest.raises(AlreadyInvited):
        invite(organisation, email="NIEUW@voorbeeld.example")
    assert len(mails(organisation)) == 1


def test_expired_invitation_makes_room_for_a_new_one():
    organisation = make_organisation()
    invite(organisation)
    again = invite(organisation, now=NOW + datetime.timedelta(days=15))
    with as_owner(organisation):
        open_ones = MembershipInvitation.objects.filter(withdrawn_at__isnull=True)
        assert [row.pk for row in open_ones] == [again.pk]


def test_member_is_not_invited_again():
    organisation = make_organisation()
    make_member(organisation, user=make_user(email="nieuw@voorbeeld.example"))
    with pytest.raises(AlreadyMember):
        invite(organisation)


def test_member_of_another_organisation_is_invited():
    organisation, other = make_organisation(), make_organisation()
    make_member(other, user=make_user(email="nieuw@voorbeeld.example"))
    assert invite(organisation).organisation == organisation


def test_site_lead_needs_a_site_of_this_organisation():
    organisation, other = make_organisation(), make_organisation()
    for site in (None, make_site(other)):
        with pytest.raises(SiteLeadNeedsSite):
            invite(organisation, role=MemberRole.SITE_LEAD, site=site)
    site = make_site(organisation)
    assert invite(organisation, role=MemberRole.SITE_LEAD, site=site).site == site


def test_site_of_any_other_role_is_left_out():
    organisation = make_organisation()
    assert invite(organisation, site=make_site(organisation)).site is None


def test_withdrawn_invitation_takes_its_waiting_mail_along():
    organisation = make_organisation()
    invitation = invite(organisation)
    with organisation_scope(organisation):
        withdraw_member_invitation(organisation=organisation, actor=None, invitation=invitation, now=NOW)
        with pytest.raises(InvitationNotOpen):
            withdraw_member_invitation(organisation=organisation, actor=None, invitation=invitation, now=NOW)
    assert [state for _, state, _ in mails(organisation)] == ["withdrawn"]
    assert [action for action, _ in audited(organisation)] == ["member.invited", "member.invitation_withdrawn"]


def test_invitation_of_another_organisation_is_not_withdrawn():
    organisation, other = make_organisation(), make_organisation()
    invitation = make_member_invitation(other)
    with organisation_scope(organisation), pytest.raises(InvitationNotOpen):
        withdraw_member_invitation(organisation=organisation, actor=None, invitation=invitation, now=NOW)
    with as_owner(other):
        assert MembershipInvitation.objects.get(pk=invitation.pk).withdrawn_at is None


@pytest.mark.django_db(transaction=True)
def test_two_at_once_invite_one_address_once():
    organisation = make_organisation()
    outcomes = at_once(lambda: invite(organisation), lambda: invite(organisation))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AlreadyInvited", "MembershipInvitation"]
    assert len(mails(organisation)) == 1
