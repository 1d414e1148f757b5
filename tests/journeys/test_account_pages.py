"""Login, password and second step, in a real browser with a made-up authenticator."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.urls import reverse

from tests.factories import PASSWORD, make_member, make_organisation, make_user
from wpm_platform.organisations.models import User

pytestmark = pytest.mark.browser


def submit(page) -> None:
    page.locator("main form button[type=submit]").first.click()


def confirm_password(page) -> None:
    page.fill("input[name=password]", PASSWORD)
    submit(page)


def test_login_on_a_phone(phone, check_axe, shot):
    user = make_member(make_organisation())
    phone.goto(reverse("account_login"))
    check_axe(phone)
    shot(phone, "login-phone")
    phone.fill("input[name=login]", user.email)
    phone.fill("input[name=password]", "not-the-right-password")
    submit(phone)
    phone.wait_for_selector(".error-summary")
    check_axe(phone)
    shot(phone, "login-wrong-phone")
    confirm_password(phone)
    phone.wait_for_url(lambda url: "/account/" not in url)


def test_new_password_through_the_mail(phone, live_server, check_axe, shot):
    user = make_user()
    phone.goto(reverse("account_reset_password"))
    check_axe(phone)
    shot(phone, "password-reset-phone")
    phone.fill("input[name=email]", user.email)
    submit(phone)
    phone.wait_for_url("**/password/reset/done/")
    check_axe(phone)
    link = re.search(r"https?://\S+(/account/password/reset/key/\S+)", mail.outbox[0].body)
    phone.goto(link[1])
    check_axe(phone)
    shot(phone, "password-new-phone")
    phone.fill("input[name=password1]", "a-new-and-long-password")
    phone.fill("input[name=password2]", "a-new-and-long-password")
    submit(phone)
    phone.wait_for_url("**/password/reset/key/done/")
    check_axe(phone)
    assert User.objects.get(pk=user.pk).check_password("a-new-and-long-password")


def test_passkey_is_added_and_logs_in(desktop, log_in, check_axe, shot):
    """The browser's own authenticator, played by Chromium: no step needs code that the page's policy blocks."""
    user = make_user(name="Voorbeeld Beheerder")
    log_in(desktop, user)
    devtools = desktop.context.new_cdp_session(desktop)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    desktop.goto(reverse("mfa_add_webauthn"))
    check_axe(desktop)
    confirm_password(desktop)
    desktop.wait_for_selector("#mfa_webauthn_add")
    check_axe(desktop)
    shot(desktop, "passkey-add")
    desktop.fill("input[name=name]", "Laptop")
    desktop.click("#mfa_webauthn_add")
    desktop.wait_for_url(lambda url: "webauthn/add" not in url)
    check_axe(desktop)
    shot(desktop, "recovery-codes")

    desktop.goto(reverse("mfa_list_webauthn"))
    assert "Laptop" in desktop.inner_text("main")
    check_axe(desktop)
    shot(desktop, "passkeys")

    desktop.context.clear_cookies()
    desktop.goto(reverse("account_login"))
    desktop.click("#passkey_login")
    desktop.wait_for_url(lambda url: "/login/" not in url)
    desktop.goto(reverse("mfa_index"))
    assert desktop.url.endswith(reverse("mfa_index"))


def test_authenticator_app_then_a_code_at_login(phone, log_in, check_axe, shot):
    user = make_user()
    log_in(phone, user)
    phone.goto(reverse("mfa_activate_totp"))
    confirm_password(phone)
    phone.wait_for_selector("img.qr")
    check_axe(phone)
    shot(phone, "totp-phone")
    secret = phone.input_value("#authenticator_secret")
    phone.fill("input[name=code]", code_for(phone, secret))
    submit(phone)
    phone.wait_for_url("**/recovery-codes/**")
    check_axe(phone)

    phone.context.clear_cookies()
    phone.goto(reverse("account_login"))
    phone.fill("input[name=login]", user.email)
    confirm_password(phone)
    phone.wait_for_selector("input[name=code]")
    check_axe(phone)
    shot(phone, "second-step-phone")


def code_for(page, secret: str) -> str:
    step = page.evaluate("Math.floor(Date.now() / 30000)")
    return format_hotp_value(hotp_value(secret, step))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "name", ["account_email", "account_change_password", "account_logout", "mfa_index", "usersessions_list"]
)
def test_account_pages(desktop, log_in, check_axe, shot, name, language):
    log_in(desktop, make_user(name="Voorbeeld Beheerder"))
    desktop.context.set_extra_http_headers({"Accept-Language": language})
    assert desktop.goto(reverse(name)).status == 200
    check_axe(desktop)
    shot(desktop, f"{name}-{language}")
