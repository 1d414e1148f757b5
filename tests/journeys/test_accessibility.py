"""What the accessibility statement says, measured on every page of the employee's week: in Dutch, from right to left,
and in a language with long words and letters of its own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import JSHandle, Page, expect

from surveys.models import Invitation, PersonRead, Response
from tests.factories import as_owner, make_member, personal_path
from tests.journeys.test_languages import HOUR, answer_the_week, invite, speaks
from wpm_platform.clock import now

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["invite"]

CHECKS = (Path(__file__).parent / "page_checks.js").read_text()
LANGUAGES = ["nl", "ar", "bg"]
PHONE, SMALL, DESKTOP = ({"width": 390, "height": 844}, {"width": 320, "height": 568}, {"width": 1280, "height": 800})
Invite = Callable[[str], Invitation]
CheckAxe = Callable[[Page], None]
Shot = Callable[..., None]
Look = Callable[[Page, str], None]


class Measured:
    """Faults of all pages of a walk, told together at its end."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def note(self, page: Page, checks: JSHandle, name: str, *measures: str, when: str = "") -> None:
        for measure in measures:
            found: list[str] = checks.evaluate(f"checks => checks.{measure}()")
            self.faults += [f"{name} {when} {measure}: {fault}" for fault in found]

    def everything(self, page: Page, name: str) -> None:
        """One page: as it is, small, with large text, dark, in forced colours and without motion."""
        page.wait_for_load_state()
        checks = page.evaluate_handle(CHECKS)
        self.note(page, checks, name, "structure", "smallTargets", "faintEdges", "sideways", "cutOff")
        # Without motion no colour is on its way to another one.
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        self.note(page, checks, name, "faintEdges", when="dark")
        page.emulate_media(color_scheme="light")
        self.note(page, checks, name, "moving", when="reduced motion")
        page.emulate_media(forced_colors="active", reduced_motion="no-preference")
        self.note(page, checks, name, "bare", when="forced colours")
        page.emulate_media(forced_colors="none")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        self.note(page, checks, name, "sideways", "cutOff", when="200 %")
        page.set_viewport_size(SMALL)
        self.note(page, checks, name, "sideways", "cutOff", when="200 % on 320 px")
        page.evaluate("document.documentElement.style.fontSize = ''")
        self.note(page, checks, name, "sideways", "cutOff", "smallTargets", when="320 px")
        page.set_viewport_size(PHONE)


def beside_the_path(page: Page, invitation: Invitation, look: Look) -> None:
    """The pages that the straight way does not pass: reading back, deleting, reminders, and the public ones."""
    for name, path in (
        ("20-whole-week", "/answer/week/"),
        ("21-normal-week", "/answer/normal-week/"),
        ("22-reads", "/answer/reads/"),
        ("23-delete", "/answer/delete/"),
        ("24-stop", f"{personal_path(invitation)}stop/"),
        ("25-reads-by-link", f"{personal_path(invitation)}reads/"),
        ("26-employer", f"/e/{invitation.organisation.slug}/"),
        ("27-code", f"/e/{invitation.organisation.slug}/code/"),
        ("28-accessibility", f"/e/{invitation.organisation.slug}/accessibility/"),
        ("29-unknown-link", "/r/niet-van-ons/"),
    ):
        page.goto(path)
        look(page, name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_big_enough_stands_still_and_keeps_its_edges(phone: Page, invite: Invite, language: str) -> None:
    measured, invitation = Measured(), invite(language)
    answer_the_week(phone, invitation, measured.everything)
    beside_the_path(phone, invitation, measured.everything)
    assert measured.faults == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_large_text_and_own_colours_to_look_at(
    phone: Page, invite: Invite, check_axe: CheckAxe, shot: Shot, language: str
) -> None:
    """Four pages at twice the text size and in forced colours; axe agrees."""
    shown = ("02-facts", "06-tuesday", "11-check", "12-receipt")

    def look(page: Page, name: str) -> None:
        speaks(page, language)
        if name not in shown:
            return
        page.set_viewport_size(SMALL)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        check_axe(page)
        shot(page, f"trust/text-200-{language}-{name}")
        page.evaluate("document.documentElement.style.fontSize = ''")
        page.set_viewport_size(PHONE)
        page.emulate_media(forced_colors="active")
        check_axe(page)
        shot(page, f"trust/forced-{language}-{name}")
        page.emulate_media(forced_colors="none")

    answer_the_week(phone, invite(language), look)


def stops_of(page: Page) -> list[dict[str, Any]]:
    """Every stop of the Tab key on the page, from its top until it leaves."""
    checks = page.evaluate_handle(CHECKS)
    # The first stop skips to the content; a focus that the page set itself is not where the keys begin.
    page.evaluate("document.querySelector('.skip-link').focus()")
    found: list[dict[str, Any]] = []
    for _press in range(120):
        page.keyboard.press("Tab")
        stop = checks.evaluate("checks => checks.focus()")
        if stop["isBody"] or (found and stop["place"] == found[0]["place"]):
            break
        found.append(stop)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tab_key_goes_in_order_past_everything_and_shows_where_it_is(
    desktop: Page, invite: Invite, language: str
) -> None:
    faults = []

    def look(page: Page, name: str) -> None:
        stops = stops_of(page)
        places = [stop["place"] for stop in stops]
        if places != sorted(places):
            faults.append(f"{name}: the order jumps")
        seen = page.evaluate_handle(CHECKS).evaluate("checks => checks.stops()")
        if len(stops) < seen:
            faults.append(f"{name}: {len(stops)} stops for {seen} controls")
        faults.extend(f"{name}: no ring around {stop['name']}" for stop in stops if not stop["hasRing"])
        faults.extend(f"{name}: out of sight {stop['name']}" for stop in stops if not stop["isInView"])

    answer_the_week(desktop, invite(language), look)
    assert faults == []


def press(page: Page, value: str) -> None:
    """Tab until the button with that code has the focus, then Enter; the page that comes then."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == value:
            page.keyboard.press("Enter")
            page.locator("main[aria-busy=true]").wait_for(state="detached")
            page.wait_for_load_state()
            return
    raise AssertionError(f"{value} is out of reach of the keyboard on {page.url}")


def test_the_whole_week_by_keyboard_alone(desktop: Page, invite: Invite) -> None:
    invitation = invite("nl")
    desktop.goto(personal_path(invitation))
    start = desktop.locator("main form button")
    while not start.evaluate("one => one === document.activeElement"):
        desktop.keyboard.press("Tab")
    desktop.keyboard.press("Enter")
    distance = desktop.locator("input[name=one_way]")
    expect(distance).to_be_visible()
    while not distance.evaluate("one => one === document.activeElement"):
        desktop.keyboard.press("Tab")
    desktop.keyboard.type("14,5")
    desktop.keyboard.press("Enter")
    expect(desktop.locator("main button[value=walking]")).to_be_visible()
    press(desktop, "walking")
    for number in range(4):
        expect(desktop.locator(f"main button[value={'copy'}]")).to_be_visible()
        press(desktop, "copy" if number % 2 == 0 else "home")
    expect(desktop.locator("main button[value=no]")).to_be_visible()
    press(desktop, "no")
    expect(desktop.locator("main button[value=normal_week]")).to_be_visible()
    press(desktop, "normal_week")
    expect(desktop.get_by_role("heading", level=1)).to_have_text("Bedankt, we hebben je antwoorden")
    with as_owner(invitation.organisation):
        assert Response.objects.get().submitted_at is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mistake_takes_the_focus_and_leads_to_its_field(phone: Page, invite: Invite, language: str) -> None:
    phone.goto(personal_path(invite(language)))
    phone.locator("main form button").click()
    phone.locator("main form button[type=submit]").last.click()
    summary = phone.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_have_attribute("role", "alert")
    summary.get_by_role("link").first.click()
    field = phone.locator("input[name=one_way]")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    described = str(field.get_attribute("aria-describedby")).split()
    assert any(phone.locator(f"[id='{one}']").inner_text() in summary.inner_text() for one in described)


def test_the_first_tab_skips_to_the_content(desktop: Page, invite: Invite) -> None:
    desktop.goto(personal_path(invite("nl")))
    desktop.keyboard.press("Tab")
    skip = desktop.locator(".skip-link")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    desktop.keyboard.press("Enter")
    expect(desktop.locator("main")).to_be_focused()


@pytest.mark.parametrize("screen", ["phone", "desktop"])
@pytest.mark.parametrize("language", ["nl", "ar"])
def test_pages_of_trust_to_look_at(
    request: pytest.FixtureRequest, invite: Invite, check_axe: CheckAxe, shot: Shot, screen: str, language: str
) -> None:
    """The statement, and who looked at the data."""
    page, invitation = request.getfixturevalue(screen), invite(language)
    look_at(invitation)
    for name, path in (
        ("accessibility", f"/e/{invitation.organisation.slug}/accessibility/"),
        ("reads", f"{personal_path(invitation)}reads/"),
    ):
        page.goto(path)
        if name == "reads":
            check_axe(page)
        else:
            page.context.add_cookies([{"name": "employee_language", "value": f"{language}.", "url": page.url}])
            page.reload()
            check_axe(page)
        shot(page, f"trust/{name}-{language}-{screen}")


def look_at(invitation: Invitation) -> None:
    """HR looked twice, a system once."""
    reader = make_member(invitation.organisation)
    looked = [(30, "hr_admin", "staff_person"), (2, "hr_admin", "staff_person"), (8, "", "api_staff")]
    with as_owner(invitation.organisation):
        for hours, role, page in looked:
            moment = now() - hours * HOUR
            PersonRead.objects.create(
                organisation=invitation.organisation,
                employee=invitation.employee,
                reader=reader if role else None,
                reader_role=role,
                key_name="" if role else "Voorbeeld salarissysteem",
                page=page,
                read_at=moment,
                hour=moment,
            )
