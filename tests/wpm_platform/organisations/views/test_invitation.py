"""The link in a member's invitation: GET shows, POST accepts."""

import datetime

import pytest

from tests.factories import (
    NOW,
    PASSWORD,
    as_owner,
    make_member,
    make_member_invitation,
    make_organisation,
    make_user,
    member_path,
)
from wpm_platform.organisations.models import Membership, User

pytestmark = pytest.mark.django_db
ACCOUNT = {"name": "Sanne Voorbeeld", "password": PASSWORD}


@pytest.fixture
def organisation():
    return make_organisation(slug="fietsfabriek", name="Voorbeeld Fietsfabriek")


def members(organisation):
    with as_owner(organisation):
        return list(Membership.objects.values_list("user__email", "role"))


def test_new_person_makes_an_account_and_is_logged_in(client, organisation):
    path = member_path(make_member_invitation(organisation, email="sanne@voorbeeld.example"))
    page = client.get(path)
    assert (page.status_code, "Voorbeeld Fietsfabriek" in page.text) == (200, True)
    before = client.session.session_key
    response = client.post(path, ACCOUNT)
    assert (response.status_code, response["Location"]) == (302, "/o/fietsfabriek/")
    assert members(organisation) == [("sanne@voorbeeld.example", "hr_admin")]
    assert client.get("/o/fietsfabriek/settings/").status_code == 200
    assert client.session.session_key != before


def test_looking_changes_nothing(client, organisation):
    path = member_path(make_member_invitation(organisation))
    for _ in range(2):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    assert (User.objects.count(), members(organisation), dict(client.session)) == (0, [], {})


@pytest.mark.parametrize(
    "typed", [{"password": "kort"}, {"password": "voorbeeld.example"}, {"name": ""}, {"password": ""}]
)
def test_mistakes_are_shown_and_nothing_typed_is_lost(client, organisation, typed):
    path = member_path(make_member_invitation(organisation))
    page = client.post(path, ACCOUNT | typed)
    assert (page.status_code, set(page.context["form"].errors)) == (422, set(typed))
    assert (ACCOUNT | typed)["name"] == page.context["form"]["name"].value()
    assert User.objects.count() == 0


def test_known_person_logs_in_then_accepts(client, organisation):
    user = make_user(email="sanne@voorbeeld.example")
    path = member_path(make_member_invitation(organisation, email="Sanne@voorbeeld.example"))
    page = client.get(path)
    assert page.context["log_in"] == f"/account/login/?next={path.replace('/', '%2F')}"
    assert client.post(path, ACCOUNT).status_code == 200
    assert members(organisation) == []
    response = client.post(page.context["log_in"], {"login": user.email, "password": PASSWORD})
    assert response["Location"] == path
    assert client.get(path).status_code == 200
    assert client.post(path)["Location"] == "/o/fietsfabriek/"
    assert members(organisation) == [("sanne@voorbeeld.example", "hr_admin")]


def test_somebody_else_is_told_to_log_out(client, organisation):
    client.force_login(make_user())
    path = member_path(make_member_invitation(organisation))
    assert [client.get(path).status_code, client.post(path).status_code] == [403, 403]
    assert members(organisation) == []


def test_second_visit_says_that_it_was_used(client, organisation):
    path = member_path(make_member_invitation(organisation))
    client.post(path, ACCOUNT)
    assert [client.get(path).status_code, client.post(path, ACCOUNT).status_code] == [410, 410]
    assert len(members(organisation)) == 1


@pytest.mark.parametrize("change", [{"withdrawn_at": NOW}, {"expires_at": NOW}])
def test_ended_invitation_lets_nobody_in(client, organisation, change):
    path = member_path(make_member_invitation(organisation, **change))
    assert [client.get(path).status_code, client.post(path, ACCOUNT).status_code] == [410, 410]
    assert User.objects.count() == 0


@pytest.mark.parametrize("token", ["x", "A" * 43, "é" * 43, "%00" * 20])
def test_forged_link_is_an_unknown_page(client, organisation, token):
    make_member_invitation(organisation)
    assert client.get(f"/invitation/{token}/").status_code == 404


def test_page_is_not_cached_and_no_request_tells_its_address(client, organisation):
    page = client.get(member_path(make_member_invitation(organisation)))
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "strict-origin"


def test_nobody_signs_up_without_an_invitation(client):
    client.post("/account/signup/", {"email": "x@voorbeeld.example", "password1": PASSWORD, "password2": PASSWORD})
    assert User.objects.count() == 0


def test_owner_of_a_careful_organisation_meets_the_second_step_at_once(client):
    organisation = make_organisation(slug="voorzichtig", requires_second_factor=True)
    path = member_path(make_member_invitation(organisation, expires_at=NOW + datetime.timedelta(days=3650)))
    client.post(path, ACCOUNT)
    assert client.get("/o/voorzichtig/settings/")["Location"] == "/account/2fa/"


def test_members_page_of_a_second_organisation_stays_closed(client, organisation):
    other = make_organisation(slug="elders")
    make_member(other)
    client.post(member_path(make_member_invitation(organisation)), ACCOUNT)
    assert client.get("/o/elders/settings/").status_code == 404
