"""The second step at login, with real one-time codes."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache

from tests.factories import PASSWORD, make_member, make_organisation
from wpm_platform.organisations.enums import MemberRole

pytestmark = pytest.mark.django_db
CONSOLE = "/o/voorzichtig/settings/"


@pytest.fixture
def organisation():
    return make_organisation(slug="voorzichtig", requires_second_factor=True)


def code_for(secret):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def log_in(client, user):
    return client.post("/account/login/", {"login": user.email, "password": PASSWORD})


def add_authenticator(client):
    """Set up an authenticator app as a person does, the password once more included; returns its secret."""
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get("/account/2fa/totp/activate/")
    secret = page.context["form"].secret
    response = client.post("/account/2fa/totp/activate/", {"code": code_for(secret)})
    assert response.status_code == 302
    # The same code serves once; tests do not wait half a minute for the next one.
    cache.clear()
    return secret


@pytest.mark.parametrize(
    ("role", "is_asked"),
    [(MemberRole.OWNER, True), (MemberRole.HR_ADMIN, True), (MemberRole.READER, False)],
)
def test_owners_and_hr_admins_are_asked(client, organisation, role, is_asked):
    log_in(client, make_member(organisation, role=role))
    response = client.get(CONSOLE)
    assert (response.status_code, response.get("Location")) == ((302, "/account/2fa/") if is_asked else (200, None))


def test_organisation_that_does_not_ask_lets_in(client):
    log_in(client, make_member(make_organisation(slug="vlot"), role=MemberRole.OWNER))
    assert client.get("/o/vlot/settings/").status_code == 200


def test_person_reaches_the_account_pages_sets_up_an_app_and_gets_in(client, organisation):
    user = make_member(organisation, role=MemberRole.OWNER)
    log_in(client, user)
    assert client.get("/account/2fa/").status_code == 200
    add_authenticator(client)
    assert client.get(CONSOLE).status_code == 200


def test_wrong_code_sets_up_nothing(client, organisation):
    user = make_member(organisation, role=MemberRole.OWNER)
    log_in(client, user)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.get("/account/2fa/totp/activate/")
    assert client.post("/account/2fa/totp/activate/", {"code": "000000"}).status_code == 200
    assert Authenticator.objects.filter(user=user).count() == 0
    assert client.get(CONSOLE)["Location"] == "/account/2fa/"


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete", "options"])
@pytest.mark.parametrize("path", ["settings/", "settings/members/invite/", "settings/edit/", "nothing-here/"])
def test_no_method_and_no_page_gets_around_it(client, organisation, method, path):
    log_in(client, make_member(organisation, role=MemberRole.OWNER))
    response = getattr(client, method)(f"/o/voorzichtig/{path}")
    assert (response.status_code, response["Location"]) == (302, "/account/2fa/")


def test_next_login_asks_for_a_code_and_opens_nothing_before(client, organisation):
    user = make_member(organisation, role=MemberRole.OWNER)
    log_in(client, user)
    secret = add_authenticator(client)
    client.post("/account/logout/")
    assert log_in(client, user)["Location"].startswith("/account/2fa/authenticate/")
    assert client.get(CONSOLE)["Location"].startswith("/account/login/")
    client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert client.get(CONSOLE)["Location"].startswith("/account/login/")
    client.post("/account/2fa/authenticate/", {"code": code_for(secret)})
    assert client.get(CONSOLE).status_code == 200


def test_one_code_opens_once(client, organisation):
    user = make_member(organisation, role=MemberRole.OWNER)
    log_in(client, user)
    code = code_for(add_authenticator(client))
    for is_open in (True, False):
        client.post("/account/logout/")
        log_in(client, user)
        client.post("/account/2fa/authenticate/", {"code": code})
        assert (client.get(CONSOLE).status_code == 200) is is_open


def test_removing_the_app_closes_the_door_again(client, organisation):
    user = make_member(organisation, role=MemberRole.OWNER)
    log_in(client, user)
    add_authenticator(client)
    client.post("/account/2fa/totp/deactivate/")
    assert not get_adapter().is_mfa_enabled(user)
    assert client.get(CONSOLE)["Location"] == "/account/2fa/"


def test_recovery_codes_alone_are_no_second_step(client, organisation):
    user = make_member(organisation, role=MemberRole.OWNER)
    log_in(client, user)
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={"migrated_codes": []})
    assert client.get(CONSOLE)["Location"] == "/account/2fa/"


def test_app_is_neither_added_nor_removed_without_the_password(client, organisation):
    user = make_member(organisation, role=MemberRole.OWNER)
    log_in(client, user)
    for page in ("totp/activate", "webauthn/add"):
        response = client.get(f"/account/2fa/{page}/")
        assert response["Location"].split("?")[0] == "/account/reauthenticate/"
