"""Changing roles and removing members; an organisation always keeps an owner."""

import datetime
from functools import partial

import pytest

from tests.api_client import System
from tests.factories import NOW, as_owner, audited, make_api_key, make_member, make_organisation, make_site
from tests.wpm_platform.organisations.concurrency import at_once
from wpm_platform import clock
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.models import Membership
from wpm_platform.organisations.services.api_keys import create_api_key, revoke_api_key
from wpm_platform.organisations.services.invitations import SiteLeadNeedsSite
from wpm_platform.organisations.services.members import LastOwner, MemberGone, change_member_role, remove_member
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


def membership_of(user):
    with as_owner(None):
        return Membership._base_manager.select_related("organisation").get(user=user)


def change(user, role, *, site=None, organisation=None):
    membership = membership_of(user)
    organisation = organisation or membership.organisation
    with organisation_scope(organisation):
        return change_member_role(
            organisation=organisation, actor=None, membership=membership, role=role, site=site, now=NOW
        )


def remove(membership, *, organisation=None):
    organisation = organisation or membership.organisation
    with organisation_scope(organisation):
        remove_member(organisation=organisation, actor=None, membership=membership, now=NOW)


def roles(organisation):
    with as_owner(organisation):
        return sorted(Membership.objects.values_list("role", flat=True))


def test_role_changes_once_and_is_audited_once():
    organisation = make_organisation()
    make_member(organisation, role=MemberRole.OWNER)
    reader = make_member(organisation, role=MemberRole.READER)
    assert change(reader, MemberRole.OWNER) is True
    assert change(reader, MemberRole.OWNER) is False
    assert roles(organisation) == ["owner", "owner"]
    assert audited(organisation) == [("member.role_changed", reader.email)]


def test_site_lead_gets_a_site_and_loses_it_with_the_role():
    organisation = make_organisation()
    user = make_member(organisation)
    with pytest.raises(SiteLeadNeedsSite):
        change(user, MemberRole.SITE_LEAD)
    with pytest.raises(SiteLeadNeedsSite):
        change(user, MemberRole.SITE_LEAD, site=make_site(make_organisation()))
    site = make_site(organisation)
    change(user, MemberRole.SITE_LEAD, site=site)
    assert membership_of(user).site_id == site.pk
    change(user, MemberRole.READER, site=site)
    assert membership_of(user).site_id is None


def test_last_owner_stays_owner_and_member():
    organisation = make_organisation()
    owner = make_member(organisation, role=MemberRole.OWNER)
    make_member(organisation)
    with pytest.raises(LastOwner):
        change(owner, MemberRole.READER)
    with pytest.raises(LastOwner):
        remove(membership_of(owner))
    assert roles(organisation) == ["hr_admin", "owner"]
    assert audited(organisation) == []


def test_owner_of_another_organisation_does_not_count():
    make_member(make_organisation(), role=MemberRole.OWNER)
    organisation = make_organisation()
    with pytest.raises(LastOwner):
        remove(membership_of(make_member(organisation, role=MemberRole.OWNER)))


def test_removing_twice_says_that_the_member_is_gone():
    organisation = make_organisation()
    make_member(organisation, role=MemberRole.OWNER)
    reader = make_member(organisation, role=MemberRole.READER)
    membership = membership_of(reader)
    remove(membership)
    with pytest.raises(MemberGone):
        remove(membership)
    assert roles(organisation) == ["owner"]
    assert audited(organisation) == [("member.removed", reader.email)]


def test_member_of_another_organisation_is_out_of_reach():
    organisation, other = make_organisation(), make_organisation()
    theirs = make_member(other, role=MemberRole.READER)
    with pytest.raises(MemberGone):
        change(theirs, MemberRole.OWNER, organisation=organisation)
    with pytest.raises(MemberGone):
        remove(membership_of(theirs), organisation=organisation)
    assert roles(other) == ["reader"]


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_remove_each_other_at_once_leave_one():
    organisation = make_organisation()
    memberships = [membership_of(make_member(organisation, role=MemberRole.OWNER)) for _ in range(2)]
    outcomes = at_once(*(partial(remove, membership) for membership in memberships))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["LastOwner", "NoneType"]
    assert roles(organisation) == ["owner"]


def key_made_by(user, organisation):
    with organisation_scope(organisation):
        key, text = create_api_key(
            organisation=organisation,
            actor=user,
            name="Voorbeeld salarissysteem",
            scopes=["staff:read"],
            expires_at=clock.now() + datetime.timedelta(days=30),
            now=clock.now(),
        )
    return key, text


def opens(text):
    return System(text).get("staff").status_code == 200


def leave(user):
    remove(membership_of(user))


def become_hr_admin(user):
    change(user, MemberRole.HR_ADMIN)


def stay_owner(user):
    assert change(user, MemberRole.OWNER) is False


@pytest.mark.parametrize(("fate", "stays"), [(leave, False), (become_hr_admin, False), (stay_owner, True)])
def test_keys_end_with_the_right_to_make_them(fate, stays):
    organisation = make_organisation()
    owner, other = (make_member(organisation, role=MemberRole.OWNER) for _ in range(2))
    key, text = key_made_by(owner, organisation)
    _, kept = key_made_by(other, organisation)
    by_the_platform = make_api_key(organisation)
    assert opens(text)
    fate(owner)
    assert (opens(text), opens(kept), opens(by_the_platform)) == (stays, True, True)
    assert (("api_key.revoked", key.prefix) in audited(organisation)) is not stays


def test_keys_that_ended_before_are_not_revoked_again():
    organisation = make_organisation()
    owner, _ = (make_member(organisation, role=MemberRole.OWNER) for _ in range(2))
    key, _ = key_made_by(owner, organisation)
    with organisation_scope(organisation):
        revoke_api_key(organisation=organisation, actor=None, key=key, now=NOW)
    leave(owner)
    assert [action for action, _ in audited(organisation)].count("api_key.revoked") == 1


def test_keys_made_for_another_organisation_stay():
    here, there = make_organisation(), make_organisation()
    make_member(here, role=MemberRole.OWNER)
    owner = make_member(here, role=MemberRole.OWNER)
    make_member(there, user=owner, role=MemberRole.OWNER)
    _, text = key_made_by(owner, there)
    with as_owner(here):
        membership = Membership.objects.select_related("organisation").get(user=owner)
    remove(membership)
    assert opens(text)


@pytest.mark.parametrize("role", [None, MemberRole.READER])
def test_door_refuses_a_key_whose_maker_lost_the_right_in_another_way(role):
    organisation = make_organisation()
    owner = make_member(organisation, role=MemberRole.OWNER)
    _, text = key_made_by(owner, organisation)
    with as_owner(organisation):
        memberships = Membership.objects.filter(user=owner)
        memberships.update(role=role) if role else memberships.delete()
    assert System(text).get("staff").status_code == 401
