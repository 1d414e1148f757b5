"""How far is your work: suggested from postcodes, confirmed, changed, and asked again; without JavaScript too."""

import datetime
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from surveys.enums import DistanceSource
from surveys.models import Invitation, TravelProfile
from tests.factories import (
    as_owner,
    make_campaign,
    make_employee,
    make_invitation,
    make_member,
    make_organisation,
    make_site,
    make_week,
    personal_path,
)
from tests.surveys.services.distances.places import FAR, HOME, WORK, load_places
from wpm_platform.clock import now, today
from wpm_platform.organisations.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CheckAxe = Callable[[Page], None]
Shot = Callable[..., None]
HOUR = datetime.timedelta(hours=1)


def invited(*, home_postcode: str = "", language: str = "nl", has_more_sites: bool = False) -> Invitation:
    load_places()
    organisation = make_organisation(contact_name="Voorbeeld Personeelszaken", contact_phone="010 000 00 00")
    site = make_site(organisation, name="Venlo", postcode=WORK)
    if has_more_sites:
        make_site(organisation, name="Amsterdam", postcode=FAR)
    monday = today() - datetime.timedelta(days=today().weekday() + 7)
    closes_at = now() + datetime.timedelta(weeks=1)
    week = make_week(make_campaign(organisation), monday=monday, opens_at=now() - HOUR, closes_at=closes_at)
    employee = make_employee(organisation, site=site, home_postcode=home_postcode, language=language)
    return make_invitation(week, employee)


def kept() -> tuple[int, str]:
    with as_owner():
        profile = TravelProfile._base_manager.get()
    return profile.one_way_metres, profile.distance_source


@pytest.fixture
def page_without_javascript(browser: Browser, live_server: object) -> Iterator[Page]:
    context = browser.new_context(
        base_url=str(live_server), java_script_enabled=False, locale="nl-NL", viewport={"width": 390, "height": 844}
    )
    yield context.new_page()
    context.close()


def start(page: Page, invitation: Invitation, button: str = "Start") -> None:
    page.goto(personal_path(invitation))
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_url("**/answer/facts/")


def test_known_postcodes_are_confirmed_with_one_tap(phone: Page, check_axe: CheckAxe, shot: Shot) -> None:
    start(phone, invited(home_postcode=HOME))
    expect(phone.get_by_label("± 6 km enkele reis. Klopt dit?")).to_have_value("6")
    expect(phone.get_by_text("Dit is een schatting")).to_be_visible()
    check_axe(phone)
    shot(phone, "distance-known-phone")
    phone.get_by_role("button", name="Ja, dit klopt").click()
    phone.wait_for_url("**/answer/day/**")
    assert kept() == (6_000, DistanceSource.POSTCODE)


def test_typed_postcode_then_the_suggestion_without_javascript(page_without_javascript: Page, shot: Shot) -> None:
    page = page_without_javascript
    start(page, invited())
    shot(page, "distance-postcode-asked-phone")
    page.locator("input[name=home_postcode]").fill("5911 ab")
    page.get_by_role("button", name="Volgende").click()
    expect(page.locator("input[name=home_postcode]")).to_have_value("5911 AB")
    expect(page.get_by_label("± 6 km enkele reis. Klopt dit?")).to_have_value("6")
    shot(page, "distance-suggested-phone")
    page.locator("input[name=one_way]").fill("7,5")
    page.get_by_role("button", name="Ja, dit klopt").click()
    page.wait_for_url("**/answer/day/**")
    assert kept() == (7_500, DistanceSource.PERSON)


def test_another_workplace_asks_again(phone: Page, check_axe: CheckAxe, shot: Shot) -> None:
    start(phone, invited(home_postcode=HOME, has_more_sites=True))
    phone.locator("select[name=site]").select_option(label="Amsterdam")
    phone.get_by_role("button", name="Ja, dit klopt").click()
    expect(phone.get_by_role("status")).to_contain_text("Klopt de afstand nog?")
    expect(phone.locator("select[name=site] option:checked")).to_have_text("Amsterdam")
    check_axe(phone)
    shot(phone, "distance-again-phone")
    phone.get_by_role("button", name="Ja, dit klopt").click()
    phone.wait_for_url("**/answer/day/**")
    metres, source = kept()
    assert metres > 150_000
    assert source == DistanceSource.POSTCODE


@pytest.mark.parametrize("language", ["en", "ar"])
def test_other_languages_and_a_wide_screen(desktop: Page, check_axe: CheckAxe, shot: Shot, language: str) -> None:
    desktop.goto(personal_path(invited(home_postcode=HOME, language=language)))
    desktop.locator("main button[type=submit]").first.click()
    desktop.wait_for_url("**/answer/facts/")
    expect(desktop.locator("input[name=one_way]")).to_have_value("6")
    check_axe(desktop)
    shot(desktop, f"distance-{language}-desktop")


def test_hr_reads_whether_distances_are_suggested(
    phone: Page, log_in: Callable[[Page, User], None], check_axe: CheckAxe, shot: Shot
) -> None:
    invitation = invited()
    log_in(phone, make_member(invitation.organisation))
    phone.goto(f"/o/{invitation.organisation.slug}/settings/")
    expect(phone.get_by_text("stelt de enquête de afstand naar het werk voor")).to_be_visible()
    check_axe(phone)
    shot(phone, "distance-settings-phone")
