"""Looking changes no row, also in a browser that runs the pages' scripts: some mail scanners do.

Every address of the URL conf is opened, by HR with everything at hand and by a stranger with nothing. A new route is
walked by itself; one with a part in its address that nobody filled in yet fails.
"""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Error, Page

from surveys.services.staff_import import choose_mapping
from tests.factories import MONDAY, PASSWORD, as_owner, make_user, member_path, personal_path
from tests.surveys.staff_imports import uploaded
from tests.wpm_platform.database import fingerprints
from tests.wpm_platform.world import CONSOLE_ROUTES, World, make_world
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.models import LegalEntity, MembershipInvitation, User
from wpm_platform.scoping import organisation_scope

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TABS = 12
# Django's sessions: allauth keeps there what a page began, such as the challenge for a passkey or the seed of a code.
# Nothing else of a visit is written, not even when it was: the session's end stays as it was.
# And the log of who looked at whom grows: what adds to it, tests/wpm_platform/test_walk_reads.py says.
MAY_CHANGE = {"django_session", "surveys_personread"}
NO_PAGE = re.compile("Download is starting|ERR_ABORTED|ERR_HTTP_RESPONSE_CODE_FAILURE")
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def parts_of_routes(resolver: URLResolver, *, outer: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
    """Name → the parts of the address, of every page that there is."""
    routes: dict[str, tuple[str, ...]] = {}
    for pattern in resolver.url_patterns:
        parts = outer + tuple(pattern.pattern.converters or pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLPattern):
            routes[str(pattern.name)] = parts
        else:
            routes |= parts_of_routes(pattern, outer=parts)
    return routes


def known_parts(world: World, *, person: User) -> dict[str, Any]:
    """What fills the parts of the addresses outside the console; all of it exists and is still valid."""
    with as_owner(world.organisation):
        joining = MembershipInvitation.objects.get()
    unconfirmed = EmailAddress.objects.create(user=make_user(), email="nieuw-adres@voorbeeld.example")
    return {
        "slug": world.organisation.slug,
        "token": personal_path(world.response.invitation).split("/")[2],
        "member_invitation token": member_path(joining).split("/")[2],
        "account_confirm_email key": EmailConfirmationHMAC(unconfirmed).key,
        "uidb36": user_pk_to_url_str(person),
        "key": default_token_generator.make_token(person),
        "pk": Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).get().pk,
        "api_campaign_response code": world.codes["campaign"],
        "code": world.codes["report"],
        "file_format": "json",
        "date": MONDAY,
        "mode": "car",
    }


def every_address(world: World, *, person: User) -> dict[str, str]:
    """Route → its address; KeyError or NoReverseMatch for a part that nobody filled in."""
    known = known_parts(world, person=person)
    addresses = {}
    for route, parts in parts_of_routes(get_resolver()).items():
        if route in CONSOLE_ROUTES:
            addresses[route] = world.address(route)
            continue
        kwargs = {part: known.get(f"{route} {part}") or known[part] for part in parts}
        addresses[route] = reverse(route, kwargs=kwargs)
    return addresses


def open_in_tab(tab: Page, address: str) -> None:
    """Begin to open; a file to download and an answer without a page are no errors here."""
    try:
        tab.goto(address, wait_until="commit")
    except Error as error:
        if not NO_PAGE.search(error.message):
            raise


def walk(page: Page, addresses: dict[str, str]) -> dict[str, int]:
    """Open everything, some tabs at a time, until its scripts ask for nothing more; route → status of the answer.

    Fails at the first handful of addresses that changed a row.
    """
    answers: dict[str, int] = {}
    page.context.on("response", lambda answer: answers.setdefault(urlsplit(answer.url).path, answer.status))
    tabs = [page.context.new_page() for _ in range(TABS)]
    before = fingerprints()
    for start in range(0, len(addresses), TABS):
        routes = list(addresses)[start : start + TABS]
        for tab, route in zip(tabs, routes, strict=False):
            open_in_tab(tab, addresses[route])
        for tab in tabs:
            tab.wait_for_load_state("networkidle")
        assert changed_tables(before) == set(), routes
    return {route: answers[address] for route, address in addresses.items()}


def changed_tables(before: dict[str, tuple[int, str]]) -> set[str]:
    after = fingerprints()
    return {table for table in after if after[table] != before.get(table)} - MAY_CHANGE


def add_passkey(page: Page) -> None:
    """With recovery codes, so that their pages exist; the password is asked, so that those pages open."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.goto(reverse("mfa_add_webauthn"))
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.fill("input[name=name]", "Laptop")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda url: "webauthn/add" not in url)


def number_of_sessions() -> int:
    return fingerprints()["django_session"][0]


def test_hr_who_looks_at_every_page_changes_nothing(desktop, log_in):
    world = make_world()
    owner = world.people[MemberRole.OWNER]
    log_in(desktop, owner)
    add_passkey(desktop)
    desktop.goto(personal_path(world.response.invitation))
    desktop.locator("main form button[type=submit]").first.click()
    desktop.wait_for_url("**/answer/**")
    addresses = every_address(world, person=owner)
    # Last, because allauth ends the login of who opens the link of somebody else.
    addresses["account_confirm_email"] = addresses.pop("account_confirm_email")
    statuses = walk(desktop, addresses)
    # A page, the page that its state leads to, or an address for forms only.
    assert {route: statuses[route] for route in CONSOLE_ROUTES if statuses[route] not in (200, 302, 405)} == {}
    # Still logged in at the end of the console: nothing was seen from outside only.
    assert {statuses[route] for route in ("mfa_add_webauthn", "usersessions_list", "settings_audit")} == {200}
    # None began.
    assert number_of_sessions() <= 1


def test_stranger_who_looks_at_every_page_outside_the_console_changes_nothing(desktop):
    world = make_world()
    owner = world.people[MemberRole.OWNER]
    Authenticator.objects.create(user=owner, type=Authenticator.Type.WEBAUTHN, data={})
    addresses = every_address(world, person=owner)
    walk(desktop, {route: address for route, address in addresses.items() if route not in CONSOLE_ROUTES})
    # A link for a new password is the only one that begins a session: allauth moves its key out of the address.
    assert number_of_sessions() == 1


def test_page_that_asks_how_far_it_is_changes_nothing(desktop, log_in):
    world = make_world()
    log_in(desktop, world.people[MemberRole.OWNER])
    under_way = uploaded(world.organisation)
    with organisation_scope(world.organisation):
        entity = LegalEntity.objects.get(code=world.codes["settings_legal_entity"])
        choose_mapping(staff_import=under_way, mapping=under_way.mapping, legal_entity=entity)
    asked = {"slug": world.organisation.slug, "code": under_way.code}
    before = fingerprints()
    desktop.goto(reverse("staff_import", kwargs=asked))
    for _ in range(2):
        desktop.wait_for_event("response", lambda answer: answer.url.endswith("/progress/"))
    assert changed_tables(before) == set()
