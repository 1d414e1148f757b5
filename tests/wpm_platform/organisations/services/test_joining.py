"""Accepting an invitation, with and without an account."""

import datetime
from functools import partial

import pytest
from allauth.account.models import EmailAddress

from tests.factories import (
    NOW,
    PASSWORD,
    as_owner,
    audited,
    make_member,
    make_member_invitation,
    make_organisation,
    make_site,
    make_user,
)
from tests.wpm_platform.organisations.concurrency import at_once
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.models import Membership, User
from wpm_platform.organisations.services.invitations import InvitationNotOpen
from wpm_platform.organisations.services.joining import (
    AccountExists,
    InvitationExpired,
    InvitationForAnotherAddress,
    accept_as_new_person,
    accept_member_invitation,
)
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


def accept_new(invitation, *, organisation=None, now=NOW):
    organisation = organisation or invitation.organisation
    with organisation_scope(organisation):
        return accept_as_new_person(
            organisation=organisation,
            code=invitation.code,
            name=" Sanne Voorbeeld ",
            password=PASSWORD,
            language="en",
            now=now,
        )


def accept(invitation, user, *, organisation=None, now=NOW):
    organisation = organisation or invitation.organisation
    with organisation_scope(organisation):
        return accept_member_invitation(organisation=organisation, code=invitation.code, user=user, now=now)


def members(organisation):
    with as_owner(organisation):
        return list(Membership.objects.order_by("pk").values_list("user__email", "role", "site__name"))


def test_new_person_gets_an_account_with_a_verified_address_and_joins():
    organisation = make_organisation()
    site = make_site(organisation, name="Venlo")
    invitation = make_member_invitation(
        organisation, email="nieuw@voorbeeld.example", role=MemberRole.SITE_LEAD, site=site
    )
    user = accept_new(invitation)
    assert (user.email, user.name, user.language) == ("nieuw@voorbeeld.example", "Sanne Voorbeeld", "en")
    assert user.check_password(PASSWORD)
    addresses = EmailAddress.objects.filter(user=user).values_list("email", "verified", "primary")
    assert list(addresses) == [("nieuw@voorbeeld.example", True, True)]
    assert members(organisation) == [("nieuw@voorbeeld.example", "site_lead", "Venlo")]
    assert audited(organisation) == [("member.joined", "nieuw@voorbeeld.example")]


def test_known_person_joins_whatever_the_capitals_in_the_invitation():
    user = make_user(email="sanne@voorbeeld.example")
    organisation = make_organisation()
    accept(make_member_invitation(organisation, email="Sanne@Voorbeeld.example"), user)
    assert members(organisation) == [("sanne@voorbeeld.example", "hr_admin", None)]


def test_accepting_twice_is_refused():
    invitation = make_member_invitation(make_organisation())
    accept_new(invitation)
    with pytest.raises(InvitationNotOpen):
        accept_new(invitation)
    with pytest.raises(InvitationNotOpen):
        accept(invitation, User.objects.get())
    assert len(members(invitation.organisation)) == 1


def test_withdrawn_invitation_lets_nobody_in():
    invitation = make_member_invitation(make_organisation(), withdrawn_at=NOW)
    with pytest.raises(InvitationNotOpen):
        accept_new(invitation)
    assert User.objects.count() == 0


def test_invitation_ends_at_its_moment():
    invitation = make_member_invitation(make_organisation(), expires_at=NOW)
    with pytest.raises(InvitationExpired):
        accept_new(invitation)
    accept_new(invitation, now=NOW - datetime.timedelta(seconds=1))


def test_somebody_else_cannot_use_the_invitation():
    invitation = make_member_invitation(make_organisation())
    with pytest.raises(InvitationForAnotherAddress):
        accept(invitation, make_user())
    assert members(invitation.organisation) == []


def test_address_with_an_account_must_log_in():
    invitation = make_member_invitation(make_organisation(), email="sanne@voorbeeld.example")
    make_user(email="sanne@voorbeeld.example")
    with pytest.raises(AccountExists):
        accept_new(invitation)
    assert members(invitation.organisation) == []


def test_one_who_is_a_member_by_now_keeps_the_role():
    organisation = make_organisation()
    user = make_member(organisation, role=MemberRole.OWNER)
    accept(make_member_invitation(organisation, email=user.email, role=MemberRole.READER), user)
    assert members(organisation) == [(user.email, "owner", None)]


def test_invitation_of_another_organisation_is_not_found():
    invitation = make_member_invitation(make_organisation())
    with pytest.raises(InvitationNotOpen):
        accept_new(invitation, organisation=make_organisation())


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_make_one_account():
    invitation = make_member_invitation(make_organisation())
    outcomes = at_once(partial(accept_new, invitation), partial(accept_new, invitation))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["InvitationNotOpen", "User"]
    assert len(members(invitation.organisation)) == 1
