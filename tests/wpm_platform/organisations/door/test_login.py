"""Login: any capitals in the address, limits on guessing, a new session, logout by POST."""

import pytest

from tests.factories import PASSWORD, make_member, make_organisation, make_user
from wpm_platform.organisations.models import User

pytestmark = pytest.mark.django_db


def log_in(client, email, password=PASSWORD):
    return client.post("/account/login/", {"login": email, "password": password})


def is_logged_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("typed", ["sanne@voorbeeld.example", "Sanne@Voorbeeld.Example", " SANNE@VOORBEELD.EXAMPLE "])
def test_capitals_in_the_address_do_not_matter(client, typed):
    make_user(email="Sanne@voorbeeld.example")
    response = log_in(client, typed)
    assert (response.status_code, response["Location"], is_logged_in(client)) == (302, "/", True)


def test_two_accounts_never_differ_in_capitals_only():
    assert make_user(email="Sanne@Voorbeeld.example").email == "sanne@voorbeeld.example"
    with pytest.raises(Exception, match="email"):
        User.objects.bulk_create([User(email="Sanne@voorbeeld.example")])


def test_login_starts_a_new_session(client):
    user = make_user()
    client.post("/language/", {"language": "en"})
    session = client.session
    session["before"] = "login"
    session.save()
    log_in(client, user.email)
    assert client.cookies["sessionid"].value != session.session_key


def test_unverified_address_does_not_let_in(client):
    user = make_user()
    user.emailaddress_set.update(verified=False)
    log_in(client, user.email)
    assert not is_logged_in(client)


def test_guessing_is_stopped_even_for_the_right_password(client):
    user = make_user()
    for _ in range(6):
        log_in(client, user.email, "wrong-password-number-one")
    log_in(client, user.email)
    assert not is_logged_in(client)


def test_answer_does_not_tell_whether_an_account_exists(client):
    user = make_user()
    pages = [log_in(client, address, "wrong-password-number-one") for address in (user.email, "x@voorbeeld.example")]
    assert [page.context["form"].errors for page in pages] == [pages[0].context["form"].errors] * 2


def test_login_leads_to_no_other_site(client):
    user = make_user()
    response = client.post("/account/login/?next=https://elders.example/", {"login": user.email, "password": PASSWORD})
    assert response["Location"] == "/"


def test_logout_needs_a_post(client):
    client.force_login(make_member(make_organisation()))
    client.get("/account/logout/")
    assert is_logged_in(client)
    client.post("/account/logout/")
    assert not is_logged_in(client)


def test_session_cookie_is_closed_to_scripts(client):
    log_in(client, make_user().email)
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
