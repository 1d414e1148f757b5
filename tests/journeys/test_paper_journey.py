"""Without an e-mail address: a slip scanned with a phone, a shared screen that clears itself, and HR who prints."""

import datetime

import pytest
from playwright.sync_api import expect

from surveys.models import Employee
from tests.factories import as_owner, make_employee, make_invitation, make_member, make_organisation, make_site
from tests.journeys.employee_week import give_facts, stored, tap
from tests.surveys.paper_rows import make_paper_people, print_list
from wpm_platform import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def organisation():
    return make_organisation(
        name="Voorbeeld Fietsfabriek",
        stores_names=True,
        contact_name="Voorbeeld Personeelszaken",
        contact_phone="010 000 00 00",
    )


@pytest.fixture
def slips(organisation):
    """Two people of the warehouse who can answer now, each with a code."""
    make_site(organisation, name="Venlo")
    _organisation, campaign, _asked = make_paper_people(
        2, organisation=organisation, opens_at=clock.now() - HOUR, name="Jan Voorbeeld", department="Magazijn"
    )
    return print_list(campaign, now=clock.now())[1]


def public(organisation, page):
    return f"/e/{organisation.slug}/{page}/"


def fill_in(page, slip):
    page.get_by_role("textbox").fill(str(slip.code))
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_url("**/answer/**")


def test_a_scanned_slip_fills_in_the_code_and_leaves_no_trace_in_the_address(
    phone, organisation, slips, check_axe, shot
):
    asked_for = []
    phone.on("request", lambda request: asked_for.append(request.url + str(request.headers)))
    phone.goto(f"{public(organisation, 'code')}#{slips[0].code}")
    expect(phone.get_by_role("textbox")).to_have_value(str(slips[0].code))
    assert "#" not in phone.url
    check_axe(phone)
    shot(phone, "paper-code-scanned-phone")
    # Filled in is not sent: a scanner that opens the address starts nothing.
    assert not any(cookie["name"] == "answer" for cookie in phone.context.cookies())
    phone.get_by_role("button", name="Start", exact=True).click()
    phone.wait_for_url("**/answer/facts/")
    assert not any(slips[0].code.secret in line for line in asked_for)
    check_axe(phone)


@pytest.mark.parametrize("language", ["nl", "en", "ar"])
def test_a_whole_week_by_a_slip_deleted_and_begun_again_by_the_code(
    phone, organisation, slips, check_axe, shot, language
):
    with as_owner(organisation):
        Employee.objects.update(language=language)
    phone.goto(f"{public(organisation, 'code')}#{slips[0].code}")
    phone.locator("main form button").click()
    give_facts(phone)
    for value in ("walking", "copy", "copy", "home", "not_worked", "no", "normal_week"):
        tap(phone, value)
    assert stored(slips[0].invitation) == ["walking", "walking", "walking", "home", "not_worked"]
    phone.locator("main a[href='/answer/delete/']").click()
    check_axe(phone)
    shot(phone, f"flow/paper-delete-{language}")
    phone.locator("main form button").click()
    phone.wait_for_url("**/answer/deleted/**")
    check_axe(phone)
    shot(phone, f"flow/paper-deleted-{language}")
    phone.goto("/answer/")
    check_axe(phone)
    shot(phone, f"flow/paper-ticket-missing-{language}")
    phone.locator("main a.button-primary").click()
    fill_in(phone, slips[0])
    assert phone.url.endswith("/answer/facts/")


def test_a_whole_week_on_a_shared_screen(shared_screen, organisation, slips, check_axe, shot):
    page = shared_screen
    fill_in(page, slips[0])
    give_facts(page)
    for value in ("walking", "copy", "copy", "home", "not_worked", "no", "normal_week"):
        tap(page, value)
    check_axe(page)
    shot(page, "flow/kiosk-receipt-desktop")
    tap(page, "1")
    page.locator("main a[href='/answer/delete/']").click()
    page.locator("main form button").click()
    page.wait_for_url("**/answer/deleted/**")
    shot(page, "flow/kiosk-deleted-desktop")
    expect(page.locator("main a.button-primary")).to_have_attribute("href", public(organisation, "kiosk"))
    page.clock.run_for(21_000)
    page.wait_for_url(f"**{public(organisation, 'kiosk')}")


def test_a_mistyped_code_is_said_and_typed_again(small_phone, organisation, slips, check_axe, shot):
    small_phone.goto(public(organisation, "code"))
    expect(small_phone.locator("[data-code-filled]")).to_be_hidden()
    small_phone.get_by_role("textbox").fill("CCCC DDDD")
    small_phone.get_by_role("button", name="Start", exact=True).click()
    expect(small_phone.get_by_role("alert")).to_be_visible()
    check_axe(small_phone)
    shot(small_phone, "paper-code-wrong-small-phone")
    for button in small_phone.get_by_role("button").all():
        box = button.bounding_box()
        assert box is None or box["height"] >= 48
    fill_in(small_phone, slips[0])


def test_without_javascript_the_code_is_typed(browser, live_server, organisation, slips):
    context = browser.new_context(base_url=str(live_server), java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    page.goto(public(organisation, "code"))
    fill_in(page, slips[0])
    assert page.url.endswith("/answer/facts/")
    context.close()


@pytest.fixture
def shared_screen(desktop, organisation, check_axe, shot):
    desktop.clock.install()
    desktop.goto(public(organisation, "kiosk"))
    check_axe(desktop)
    shot(desktop, "kiosk-begin-desktop")
    desktop.locator("main button[value=begin]").click()
    expect(desktop.get_by_role("textbox")).to_be_visible()
    check_axe(desktop)
    shot(desktop, "kiosk-start-desktop")
    return desktop


def test_a_shared_screen_clears_itself_a_minute_after_the_last_tap(shared_screen, organisation, slips, check_axe, shot):
    page = shared_screen
    fill_in(page, slips[0])
    check_axe(page)
    shot(page, "kiosk-question-desktop")
    page.clock.run_for(45_000)
    page.get_by_role("heading", level=1).click()
    page.clock.run_for(50_000)
    expect(page.get_by_role("timer")).to_have_text("10")
    expect(page.locator("[data-kiosk-said]")).not_to_be_empty()
    page.clock.run_for(11_000)
    page.wait_for_url(f"**{public(organisation, 'kiosk')}")
    expect(page.get_by_role("textbox")).to_have_value("")
    page.go_back()
    expect(page.locator("body")).not_to_contain_text("Jan Voorbeeld")
    page.goto("/answer/")
    expect(page.locator("form[action*=clear]")).to_be_visible()
    assert not any(cookie["name"] == "answer" for cookie in page.context.cookies())


def test_who_needs_longer_lets_the_screen_wait(shared_screen, organisation, slips, check_axe, shot):
    page = shared_screen
    fill_in(page, slips[0])
    page.locator("[data-kiosk-wait]").click()
    page.clock.run_for(180_000)
    assert "/answer/" in page.url
    check_axe(page)
    shot(page, "kiosk-waits-desktop")
    page.clock.run_for(61_000)
    page.wait_for_url(f"**{public(organisation, 'kiosk')}")


def test_the_next_person_begins_with_nothing_of_the_one_before(phone, organisation, slips, check_axe, shot):
    """On a tablet in the hand, with the button instead of the clock."""
    phone.goto(public(organisation, "kiosk"))
    phone.locator("main button[value=begin]").click()
    fill_in(phone, slips[0])
    shot(phone, "kiosk-question-phone")
    check_axe(phone)
    phone.locator("form[action*=clear] button").click()
    phone.wait_for_url(f"**{public(organisation, 'kiosk')}")
    fill_in(phone, slips[1])
    assert phone.url.endswith("/answer/facts/")
    expect(phone.get_by_role("textbox").first).to_have_value("")


def test_a_typed_code_does_not_stay_in_the_field(shared_screen, slips):
    shared_screen.get_by_role("textbox").fill(str(slips[0].code))
    shared_screen.clock.run_for(61_000)
    expect(shared_screen.get_by_role("textbox")).to_have_value("")


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_hr_prints_slips_and_replaces_one(request, screen, organisation, slips, log_in, check_axe, shot):
    page = request.getfixturevalue(screen)
    with as_owner(organisation):
        campaign = slips[0].invitation.campaign
    with as_owner(organisation):
        make_invitation(slips[0].invitation.week, make_employee(organisation, email="", department="Expeditie"))
    log_in(page, make_member(organisation))
    page.goto(f"/o/{organisation.slug}/campaigns/{campaign.code}/")
    page.locator("a[href$='/paper/']").click()
    check_axe(page)
    shot(page, f"paper-lists-{screen}")
    page.locator("#id_name").fill("Expeditie")
    page.locator("#id_department").select_option("Expeditie")
    with page.expect_download() as download:
        page.locator("main form button[type=submit]").first.click()
    assert download.value.suggested_filename == "codes-expeditie.pdf"
    page.reload()
    page.get_by_role("link", name="Magazijn", exact=True).click()
    check_axe(page)
    shot(page, f"paper-list-{screen}")
    with page.expect_download() as download:
        page.locator("form[action*='/person/'] button").first.click()
    assert download.value.suggested_filename == "codes-magazijn.pdf"
