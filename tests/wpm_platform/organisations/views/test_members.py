"""The members' pages."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import as_owner, make_member, make_member_invitation, make_organisation, make_site, make_user
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.models import Membership, MembershipInvitation

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return make_organisation(slug="fietsfabriek")


@pytest.fixture
def owner(organisation):
    return make_member(organisation, role=MemberRole.OWNER, user=make_user(name="Eva Eigenaar"))


@pytest.fixture
def browser(client, owner):
    client.force_login(owner)
    return client


def code_of(user):
    with as_owner():
        return Membership._base_manager.get(user=user).code


def roles(organisation):
    with as_owner(organisation):
        return dict(Membership.objects.values_list("user__email", "role"))


def test_list_shows_members_and_open_invitations_of_this_organisation(browser, organisation):
    make_member(make_organisation(), user=make_user(email="elders@voorbeeld.example"))
    make_member_invitation(organisation, email="open@voorbeeld.example")
    page = browser.get("/o/fietsfabriek/settings/members/")
    shown = [text in page.text for text in ("Eva Eigenaar", "open@voorbeeld.example", "elders@voorbeeld.example")]
    assert shown == [True, True, False]


def test_reader_sees_the_list_without_buttons(client, organisation, owner):
    client.force_login(make_member(organisation, role=MemberRole.READER))
    page = client.get("/o/fietsfabriek/settings/members/")
    assert ("Eva Eigenaar" in page.text, "/remove/" in page.text, "/invite/" in page.text) == (True, False, False)


def test_invitation_is_sent(browser, organisation):
    typed = {"email": "Nieuw@voorbeeld.example", "role": "reader", "site": "", "language": "en"}
    response = browser.post("/o/fietsfabriek/settings/members/invite/", typed)
    assert response["Location"] == "/o/fietsfabriek/settings/members/"
    with as_owner(organisation):
        assert list(MembershipInvitation.objects.values_list("email", "role")) == [
            ("nieuw@voorbeeld.example", "reader")
        ]
    again = browser.post("/o/fietsfabriek/settings/members/invite/", typed)
    assert (again.status_code, set(again.context["form"].errors)) == (422, {"__all__"})


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"email": "geen adres"}, {"email"}),
        ({"role": "emperor"}, {"role"}),
        ({"role": "site_lead"}, {"site"}),
        ({"role": "site_lead", "site": "not-a-code"}, {"site"}),
        ({"language": "xx"}, {"language"}),
        ({"email": "a\0b@voorbeeld.example"}, {"email"}),
    ],
)
def test_wrong_invitation_is_explained(browser, organisation, typed, wrong):
    complete = {"email": "nieuw@voorbeeld.example", "role": "reader", "site": "", "language": "nl"}
    page = browser.post("/o/fietsfabriek/settings/members/invite/", complete | typed)
    assert (page.status_code, set(page.context["form"].errors)) == (422, wrong)


def test_site_of_another_organisation_cannot_be_chosen(browser):
    typed = {"email": "n@voorbeeld.example", "role": "site_lead", "language": "nl"}
    typed["site"] = str(make_site(make_organisation()).code)
    page = browser.post("/o/fietsfabriek/settings/members/invite/", typed)
    assert set(page.context["form"].errors) == {"site"}


def test_role_is_changed(browser, organisation):
    user = make_member(organisation)
    site = make_site(organisation)
    path = f"/o/fietsfabriek/settings/members/{code_of(user)}/"
    assert browser.get(path).status_code == 200
    assert browser.post(path, {"role": "site_lead", "site": str(site.code)}).status_code == 302
    assert roles(organisation)[user.email] == "site_lead"
    assert f'value="{site.code}" selected' in browser.get(path).text


def test_last_owner_is_told_why_not(browser, organisation, owner):
    path = f"/o/fietsfabriek/settings/members/{code_of(owner)}/"
    page = browser.post(path, {"role": "reader", "site": ""})
    assert (page.status_code, len(page.context["form"].non_field_errors())) == (422, 1)
    page = browser.post(f"{path}remove/", follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert roles(organisation) == {owner.email: "owner"}


def test_removed_member_meets_a_closed_door_at_the_next_request(browser, organisation):
    user = make_member(organisation)
    theirs = Client()
    theirs.force_login(user)
    assert theirs.get("/o/fietsfabriek/settings/").status_code == 200
    path = f"/o/fietsfabriek/settings/members/{code_of(user)}/remove/"
    assert browser.get(path).status_code == 200
    assert browser.post(path)["Location"] == "/o/fietsfabriek/settings/members/"
    assert theirs.get("/o/fietsfabriek/settings/").status_code == 404
    assert browser.post(path).status_code == 404


def test_invitation_is_withdrawn_by_post_only(browser, organisation):
    invitation = make_member_invitation(organisation)
    path = f"/o/fietsfabriek/settings/invitations/{invitation.code}/withdraw/"
    assert browser.get(path).status_code == 405
    assert browser.post(path).status_code == 302
    assert browser.post(path).status_code == 404


def test_members_of_another_organisation_are_not_found(browser):
    other = make_organisation()
    code, invitation = code_of(make_member(other)), make_member_invitation(other)
    paths = [f"members/{code}/", f"members/{code}/remove/", f"invitations/{invitation.code}/withdraw/"]
    assert [browser.post(f"/o/fietsfabriek/settings/{path}").status_code for path in paths] == [404, 404, 404]


def test_queries_do_not_grow_with_the_rows(browser, organisation):
    numbers = []
    for _ in range(2):
        make_member(organisation)
        make_member_invitation(organisation)
        with CaptureQueriesContext(connection) as queries:
            browser.get("/o/fietsfabriek/settings/members/")
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
