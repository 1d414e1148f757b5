"""The pages of login, password and second step, in a real browser."""

import pytest
from django.urls import reverse

from tests.factories import PASSWORD, make_member, make_organisation, make_user

pytestmark = pytest.mark.browser


def test_login_on_a_phone(phone, check_axe, shot):
    user = make_member(make_organisation())
    phone.goto(reverse("account_login"))
    check_axe(phone)
    shot(phone, "login-phone")
    phone.fill("input[name=login]", user.email)
    phone.fill("input[name=password]", "not-the-right-password")
    phone.click("main button[type=submit]")
    check_axe(phone)
    shot(phone, "login-wrong-phone")
    phone.fill("input[name=password]", PASSWORD)
    phone.click("main button[type=submit]")
    assert phone.url.endswith("/account/login/") is False


@pytest.mark.parametrize("language", ["nl", "en"])
def test_account_pages(desktop, log_in, check_axe, shot, language):
    user = make_user(name="Voorbeeld Beheerder")
    log_in(desktop, user)
    desktop.context.set_extra_http_headers({"Accept-Language": language})
    for name in [
        "account_email",
        "account_change_password",
        "account_logout",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "usersessions_list",
    ]:
        response = desktop.goto(reverse(name))
        assert response.status == 200
        check_axe(desktop)
        shot(desktop, f"{name}-{language}")
