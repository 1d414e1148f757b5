"""Settings, members, keys and invitations in a browser: every page readable, nothing blocked, nothing too wide."""

import pytest
from django.urls import reverse

from tests.factories import (
    as_owner,
    make_api_key,
    make_legal_entity,
    make_member,
    make_member_invitation,
    make_organisation,
    make_site,
    make_user,
    member_path,
)
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.models import ApiKey, Membership

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def organisation():
    organisation = make_organisation(
        name="Voorbeeld Fietsfabriek",
        contact_name="Voorbeeld Personeelszaken",
        contact_email="hr@voorbeeld.example",
        contact_phone="010 000 00 00",
    )
    make_legal_entity(organisation, kvk_number="90000001", name="Voorbeeld Fietsfabriek B.V.")
    make_site(organisation, name="Venlo", postcode="5911AA")
    make_site(organisation, name="Rotterdam")
    make_api_key(organisation)
    make_member_invitation(organisation, email="nieuw@voorbeeld.example")
    make_member(organisation, role=MemberRole.READER, user=make_user(name="Voorbeeld Lezer"))
    return organisation


@pytest.fixture
def owner(organisation):
    return make_member(organisation, role=MemberRole.OWNER, user=make_user(name="Voorbeeld Eigenaar"))


def addresses(organisation, owner) -> dict[str, str]:
    with as_owner(organisation):
        key = ApiKey.objects.get()
        member = Membership.objects.exclude(user=owner).get()
    plain = [
        "settings_general",
        "settings_edit",
        "settings_legal_entity_new",
        "settings_site_new",
        "settings_members",
        "settings_member_invite",
        "settings_api_keys",
        "settings_api_key_new",
        "settings_audit",
    ]
    found = {name: reverse(name, kwargs={"slug": organisation.slug}) for name in plain}
    for name, code in [
        ("settings_member", member.code),
        ("settings_member_remove", member.code),
        ("settings_api_key_revoke", key.code),
    ]:
        found[name] = reverse(name, kwargs={"slug": organisation.slug, "code": code})
    return found


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_settings_pages(request, screen, organisation, owner, log_in, check_axe, shot):
    page = request.getfixturevalue(screen)
    log_in(page, owner)
    for name, address in addresses(organisation, owner).items():
        assert page.goto(address).status == 200
        check_axe(page)
        shot(page, f"{name}-{screen}")


def test_a_new_key_is_shown_once_and_copied(desktop, organisation, owner, log_in, check_axe, shot):
    desktop.context.grant_permissions(["clipboard-read", "clipboard-write"])
    log_in(desktop, owner)
    desktop.goto(reverse("settings_api_key_new", kwargs={"slug": organisation.slug}))
    desktop.fill("input[name=name]", "Voorbeeld salarissysteem")
    desktop.locator("input[type=checkbox]").first.check()
    desktop.locator("main form button[type=submit]").first.click()
    secret = desktop.inner_text("code.secret")
    check_axe(desktop)
    desktop.click("[data-copy]")
    desktop.wait_for_selector(".copied")
    shot(desktop, "settings_api_key_made-desktop")
    assert desktop.evaluate("navigator.clipboard.readText()") == secret
    assert secret in desktop.text_content("#announcer")


def test_choosing_between_organisations(phone, organisation, owner, log_in, check_axe, shot):
    make_member(make_organisation(name="Voorbeeld Ziekenhuis Zuid"), user=owner)
    log_in(phone, owner)
    phone.goto("/")
    check_axe(phone)
    shot(phone, "start_page-phone")
    phone.goto(reverse("settings_general", kwargs={"slug": organisation.slug}))
    phone.locator(".topbar > .menu:not(.menu-navigation) summary").click()
    check_axe(phone)
    shot(phone, "organisation-switch-phone")
    phone.keyboard.press("Escape")
    assert phone.locator("details.menu[open]").count() == 0


def test_invited_people_make_their_account(phone, organisation, check_axe, shot):
    invitation = make_member_invitation(organisation, email="nieuwe@voorbeeld.example")
    phone.goto(member_path(invitation))
    check_axe(phone)
    shot(phone, "member_invitation-phone")


def test_interface_in_english(desktop, organisation, owner, log_in, check_axe, shot):
    log_in(desktop, owner)
    desktop.goto(reverse("settings_members", kwargs={"slug": organisation.slug}))
    desktop.locator("details.menu summary").last.click()
    desktop.click("button[name=language][value=en]")
    assert desktop.get_attribute("html", "lang") == "en"
    check_axe(desktop)
    shot(desktop, "settings_members-english-desktop")
