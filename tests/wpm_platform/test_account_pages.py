"""The pages and mails of login, password and second step, without a browser."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD, make_user

INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
SCRIPT = re.compile(r"<script([^>]*)>")

ENTRANCE = ["account_login", "account_reset_password", "account_reset_password_done", "account_inactive"]
ACCOUNT = [
    "account_email",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_list_webauthn",
    "usersessions_list",
]


def assert_needs_no_inline_code(html: str) -> None:
    """The content security policy blocks inline styles and scripts; blocks of JSON it lets through."""
    assert INLINE.findall(html) == []
    own = [attributes for attributes in SCRIPT.findall(html) if "src=" not in attributes]
    assert [attributes for attributes in own if 'type="application/json"' not in attributes] == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", ENTRANCE)
def test_entrance(client, name, language):
    response = client.get(reverse(name), headers={"Accept-Language": language})
    html = response.content.decode()
    assert response.status_code == 200
    assert html.count("<h1") == 1
    assert f'<html lang="{language}">' in html
    assert_needs_no_inline_code(html)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ACCOUNT)
def test_account(client, name):
    client.force_login(make_user())
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert response.content.decode().count("<h1") == 1
    assert_needs_no_inline_code(response.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn"])
def test_second_step_after_the_password(client, name):
    client.force_login(make_user())
    assert client.get(reverse(name)).url.startswith(reverse("account_reauthenticate"))
    response = client.post(
        reverse("account_reauthenticate"), {"password": PASSWORD, "next": reverse(name)}, follow=True
    )
    assert response.redirect_chain == [(reverse(name), 302)]
    assert_needs_no_inline_code(response.content.decode())


@pytest.mark.django_db
def test_login_offers_a_passkey_and_no_account_of_ones_own(client):
    html = client.get(reverse("account_login")).content.decode()
    assert 'id="passkey_login"' in html
    assert reverse("account_signup") not in html


@pytest.mark.django_db
def test_a_wrong_password_is_said_above_the_form(client):
    response = client.post(reverse("account_login"), {"login": make_user().email, "password": "not-the-password"})
    assert response.status_code == 200
    assert 'class="error-summary"' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "subject"), [("nl", "Kies een nieuw wachtwoord voor WPM"), ("en", "Choose a new password for WPM")]
)
def test_password_mail(client, language, subject):
    user = make_user()
    client.post(reverse("account_reset_password"), {"email": user.email}, headers={"Accept-Language": language})
    [message] = mail.outbox
    assert message.subject.endswith(subject)
    assert "/account/password/reset/key/" in message.body
    assert "!" not in message.body


@pytest.mark.django_db
def test_unknown_address_gets_a_mail_that_offers_no_account(client):
    client.post(reverse("account_reset_password"), {"email": "niemand@voorbeeld.example"})
    [message] = mail.outbox
    assert "niemand@voorbeeld.example" in message.body
    assert "signup" not in message.body


@pytest.mark.django_db
def test_sessions_name_the_browser_and_log_out_everywhere_else(client):
    user = make_user()
    elsewhere = Client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    for visitor in (elsewhere, client):
        visitor.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    page = client.get(reverse("usersessions_list"), headers={"Accept-Language": "en"}).text
    assert (page.count("Firefox · Windows"), page.count("Unknown browser"), page.count("This browser")) == (1, 1, 1)
    client.post(reverse("usersessions_list"))
    assert elsewhere.get(reverse("usersessions_list")).status_code == 302
    page = client.get(reverse("usersessions_list"), headers={"Accept-Language": "en"}).text
    assert ("Firefox" in page, "Log out everywhere else" in page) == (False, False)
