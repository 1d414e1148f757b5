"""An answer without a connection: kept, said, sent when there is one again, and never twice."""

import datetime
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, expect

from surveys.enums import Mode
from surveys.models import DayAnswer, Invitation, Response
from tests.factories import (
    as_owner,
    make_campaign,
    make_employee,
    make_invitation,
    make_organisation,
    make_site,
    make_week,
    personal_path,
)
from tests.journeys.test_employee_journey import HOUR, WEEK
from wpm_platform.clock import now, today

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CheckAxe = Callable[[Page], None]
Shot = Callable[..., None]
KEPT = "JSON.stringify(Object.values({...sessionStorage, ...localStorage}))"


@pytest.fixture
def invite() -> Callable[..., Invitation]:
    def invite(**employee: str) -> Invitation:
        last_monday = today() - datetime.timedelta(days=today().weekday() + 7)
        organisation = make_organisation(contact_name="Voorbeeld Personeelszaken", contact_phone="010 000 00 00")
        week = make_week(make_campaign(organisation), monday=last_monday, opens_at=now() - HOUR, closes_at=now() + WEEK)
        site = make_site(organisation, name="Rotterdam")
        return make_invitation(week, make_employee(organisation, site=site, home_postcode="3011AA", **employee))

    return invite


@pytest.fixture
def context(browser: Browser, live_server: object) -> Iterator[BrowserContext]:
    """A phone whose answers of 5xx and missing pages are part of the story."""
    context = browser.new_context(
        base_url=str(live_server), viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    yield context
    context.close()


def choose(page: Page, value: str) -> None:
    page.locator(f"main button[value={value}]").click()


def at_monday(page: Page, invitation: Invitation) -> None:
    page.goto(personal_path(invitation))
    page.locator("main form button").click()
    page.locator("input[name=one_way]").fill("10")
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("main button[value=bicycle]")).to_be_visible()


def stored_modes(invitation: Invitation) -> list[str]:
    with as_owner(invitation.organisation):
        return list(DayAnswer.objects.filter(response__invitation=invitation).values_list("mode", flat=True))


def test_offline_on_a_day_and_on_sending_goes_on_where_it_was(
    context: BrowserContext, invite: Callable[..., Invitation], check_axe: CheckAxe, shot: Shot
) -> None:
    invitation, page = invite(), context.new_page()
    at_monday(page, invitation)
    context.set_offline(True)
    choose(page, "public_transport")
    expect(page.get_by_role("alert")).to_contain_text("Je antwoord is nog niet aangekomen.")
    expect(page.locator("main button[value=public_transport]")).to_be_focused()
    shot(page, "trust/offline-day-phone")
    check_axe(page)
    assert stored_modes(invitation) == []

    context.set_offline(False)
    expect(page.get_by_role("alert")).to_have_count(0)
    choose(page, "copy")
    for _day in range(3):
        choose(page, "home")
    choose(page, "no")
    context.set_offline(True)
    choose(page, "normal_week")
    expect(page.get_by_role("alert")).to_be_visible()
    shot(page, "trust/offline-check-phone")
    context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt, we hebben je antwoorden")
    assert page.evaluate(KEPT) == "[]"
    assert stored_modes(invitation) == [Mode.PUBLIC_TRANSPORT, Mode.PUBLIC_TRANSPORT, "", "", ""]
    with as_owner(invitation.organisation):
        assert Response.objects.get().submitted_at is not None


def load_in_vain(page: Page) -> None:
    """Load the page again without a connection: the browser's own page about that takes its place, a moment later."""
    with pytest.raises(Error):
        page.reload()
    expect(page.locator("main#main")).to_have_count(0)


def test_loading_the_page_again_sends_the_answer_that_waited(
    context: BrowserContext, invite: Callable[..., Invitation]
) -> None:
    invitation, page = invite(), context.new_page()
    at_monday(page, invitation)
    context.set_offline(True)
    choose(page, "walking")
    expect(page.get_by_role("alert")).to_be_visible()
    kept = page.evaluate(KEPT)
    token = personal_path(invitation).split("/")[2]
    assert "walking" in kept
    assert token not in kept
    assert "csrf" not in kept
    load_in_vain(page)
    context.set_offline(False)
    page.reload()
    expect(page.locator("main button[value=copy]")).to_be_visible()
    assert stored_modes(invitation) == [Mode.WALKING]
    assert page.evaluate(KEPT) == "[]"


def test_what_was_typed_comes_back_with_the_page(context: BrowserContext, invite: Callable[..., Invitation]) -> None:
    invitation, page = invite(), context.new_page()
    page.goto(personal_path(invitation))
    page.locator("main form button").click()
    context.set_offline(True)
    page.locator("input[name=one_way]").fill("22,5")
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_role("alert")).to_be_visible()
    load_in_vain(page)
    context.set_offline(False)
    page.reload()
    expect(page.locator("main button[value=bicycle]")).to_be_visible()
    with as_owner(invitation.organisation):
        assert Response.objects.get().one_way_metres == 22_500


def test_another_choice_takes_the_place_of_the_one_that_waits(
    context: BrowserContext, invite: Callable[..., Invitation]
) -> None:
    invitation, page = invite(), context.new_page()
    at_monday(page, invitation)
    context.set_offline(True)
    choose(page, "walking")
    expect(page.get_by_role("alert")).to_be_visible()
    choose(page, "public_transport")
    expect(page.locator("main button[value=public_transport]")).to_have_attribute("aria-current", "true")
    expect(page.locator("main button[value=walking]")).not_to_have_attribute("aria-current", "true")
    context.set_offline(False)
    expect(page.locator("main button[value=copy]")).to_be_visible()
    assert stored_modes(invitation) == [Mode.PUBLIC_TRANSPORT]


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_server_that_is_down_for_a_moment(
    context: BrowserContext, invite: Callable[..., Invitation], status: int
) -> None:
    """The first try gets nothing; the second one, a second later and without a tap, arrives."""
    invitation, page = invite(), context.new_page()
    at_monday(page, invitation)
    refusals: list[str] = []

    def refuse_once(route: Route) -> None:
        if refusals or route.request.method != "POST":
            route.continue_()
        else:
            refusals.append(route.request.url)
            route.fulfill(status=status, body="down")

    page.route("**/answer/**", refuse_once)
    choose(page, "walking")
    expect(page.locator("main button[value=copy]")).to_be_visible()
    assert len(refusals) == 1
    assert stored_modes(invitation) == [Mode.WALKING]


def test_an_answer_whose_receipt_was_lost_is_stored_once(
    context: BrowserContext, invite: Callable[..., Invitation]
) -> None:
    """The answer arrives, what the server says does not: it is sent again, and nothing is double."""
    invitation, page = invite(), context.new_page()
    at_monday(page, invitation)
    lost: list[int] = []

    def lose_once(route: Route) -> None:
        if lost or route.request.method != "POST":
            route.continue_()
        else:
            lost.append(route.fetch().status)
            route.abort("connectionreset")

    for choice, following in (("walking", "copy"), ("copy", "copy"), ("home", "copy")):
        lost.clear()
        page.route("**/answer/**", lose_once)
        choose(page, choice)
        expect(page.get_by_role("alert")).to_have_count(0)
        expect(page.locator(f"main button[value={following}]")).to_be_visible()
        assert lost == [200]
        page.unroute("**/answer/**")
    assert stored_modes(invitation) == [Mode.WALKING, Mode.WALKING, ""]


def test_start_without_a_connection_keeps_nothing_in_the_browser(
    context: BrowserContext, invite: Callable[..., Invitation]
) -> None:
    """The address of that page is the key itself."""
    invitation, page = invite(), context.new_page()
    page.goto(personal_path(invitation))
    context.set_offline(True)
    page.locator("main form button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.evaluate(KEPT) == "[]"
    context.set_offline(False)
    expect(page.locator("input[name=one_way]")).to_be_visible()


def test_a_mistake_in_a_form_is_shown_as_ever(context: BrowserContext, invite: Callable[..., Invitation]) -> None:
    page = context.new_page()
    page.goto(personal_path(invite()))
    page.locator("main form button").click()
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.evaluate(KEPT) == "[]"


def test_a_code_that_is_tried_is_sent_once(context: BrowserContext, invite: Callable[..., Invitation]) -> None:
    """Attempts are counted there."""
    page, sent = context.new_page(), []
    page.goto(f"/e/{invite().organisation.slug}/code/")
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    page.locator("#id_code").fill("AAAA-BBBB")
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".error-summary")).to_be_visible()
    assert sent == ["POST"]


def test_one_request_for_the_answer_and_the_next_page(
    context: BrowserContext, invite: Callable[..., Invitation], check_axe: CheckAxe, shot: Shot
) -> None:
    """A tap costs one request from the link on; address, title, focus and scrolling are those of the next page."""
    invitation, page = invite(), context.new_page()
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.method) if "/static/" not in request.url else None)
    at_monday(page, invitation)
    monday = page.url
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    choose(page, "walking")
    expect(page.locator("main button[value=copy]")).to_be_visible()
    choose(page, "copy")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Woensdag")
    assert seen == ["GET", "POST", "POST", "POST", "POST"]
    expect(page).to_have_title(re.compile("^Woensdag"))
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert (page.url != monday, page.evaluate("scrollY")) == (True, 0)
    token = personal_path(invitation).split("/")[2]
    assert token not in page.content()
    check_axe(page)
    shot(page, "flow/turned-day-phone")


def test_back_reload_and_the_link_show_the_answers_as_they_are(
    context: BrowserContext, invite: Callable[..., Invitation]
) -> None:
    """Pages that took each other's place are pages of the history like any other."""
    invitation, page = invite(), context.new_page()
    at_monday(page, invitation)
    monday = page.url
    choose(page, "walking")
    choose(page, "home")
    page.go_back()
    expect(page.locator("main button[value=home]")).to_have_attribute("aria-current", "true")
    page.go_back()
    expect(page.locator("main button[value=walking]")).to_have_attribute("aria-current", "true")
    assert page.url == monday
    page.go_forward()
    expect(page.locator("main button[value=home]")).to_have_attribute("aria-current", "true")
    page.reload()
    choose(page, "copy")
    # The first day without an answer is Wednesday.
    expect(page.get_by_role("heading", level=1)).to_contain_text("Woensdag")
    page.locator("main a.back").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dinsdag")
    page.locator(".skip-link").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    assert stored_modes(invitation) == [Mode.WALKING, Mode.WALKING]


def test_a_narrow_screen_and_arabic_hold_the_banner(
    browser: Browser, live_server: object, invite: Callable[..., Invitation], check_axe: CheckAxe, shot: Shot
) -> None:
    for language, width, height in (("ar", 320, 568), ("nl", 1280, 800)):
        context = browser.new_context(base_url=str(live_server), viewport={"width": width, "height": height})
        page = context.new_page()
        at_monday(page, invite(language=language))
        context.set_offline(True)
        choose(page, "walking")
        expect(page.get_by_role("alert")).to_be_in_viewport()
        shot(page, f"trust/offline-{language}-{width}")
        shot(page, f"trust/offline-{language}-{width}-view", full_page=False)
        check_axe(page)
        context.close()
