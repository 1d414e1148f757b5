"""The employee's week in each of the twelve languages: every step, with and without JavaScript."""

import datetime
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from surveys.enums import Fuel, Mode, Whereabouts
from surveys.models import DayAnswer, Invitation
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
from wpm_platform.clock import now, today

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LANGUAGES = [code for code, _name in settings.EMPLOYEE_LANGUAGES]
# Their pages are held to axe's rules as well.
CHECKED = ("nl", "en", "ar")
HOUR = datetime.timedelta(hours=1)
WEEK = datetime.timedelta(weeks=1)
Look = Callable[[Page, str], None]


@pytest.fixture
def invite() -> Callable[[str], Invitation]:
    """An open invitation of somebody who reads that language, at an employer with two sites."""

    def invite(language: str) -> Invitation:
        day = today()
        monday = day - datetime.timedelta(days=day.weekday() + 7)
        organisation = make_organisation(contact_name="Voorbeeld Personeelszaken", contact_phone="010 000 00 00")
        site = make_site(organisation, name="Rotterdam")
        make_site(organisation, name="Venlo")
        week = make_week(make_campaign(organisation), monday=monday, opens_at=now() - HOUR, closes_at=now() + WEEK)
        return make_invitation(week, make_employee(organisation, site=site, language=language))

    return invite


@pytest.fixture
def page_without_javascript(browser: Browser, live_server: object) -> Iterator[Page]:
    context = browser.new_context(
        base_url=str(live_server), java_script_enabled=False, viewport={"width": 320, "height": 568}
    )
    yield context.new_page()
    context.close()


def tap(page: Page, value: str) -> None:
    """An answer by its code: what it is called differs per language."""
    page.locator(f"main button[value={value}]").click()


def answer_the_week(page: Page, invitation: Invitation, look: Look) -> None:
    """From the link to the receipt: bicycle, car, another site, at home, did not work, not in the weekend."""
    page.goto(personal_path(invitation))
    look(page, "01-link")
    page.locator("main form button").click()
    look(page, "02-facts")
    page.locator("main form button[type=submit]").last.click()
    look(page, "03-facts-mistake")
    page.locator("input[name=one_way]").fill("14,5")
    page.locator("main form button[type=submit]").last.click()
    look(page, "04-monday")
    tap(page, "bicycle")
    look(page, "05-provider")
    tap(page, "own")
    look(page, "06-tuesday")
    tap(page, "car")
    look(page, "07-fuel")
    tap(page, "diesel")
    tap(page, "employer")
    tap(page, "other_site")
    look(page, "08-other-site")
    page.locator("select").select_option(label="Venlo")
    tap(page, "public_transport")
    tap(page, "home")
    look(page, "09-friday")
    tap(page, "not_worked")
    look(page, "10-weekend")
    tap(page, "no")
    look(page, "11-check")
    tap(page, "normal_week")
    look(page, "12-receipt")


STORED = [
    (Whereabouts.WORKPLACE, Mode.BICYCLE, ""),
    (Whereabouts.WORKPLACE, Mode.CAR, Fuel.DIESEL),
    (Whereabouts.OTHER_SITE, Mode.PUBLIC_TRANSPORT, ""),
    (Whereabouts.HOME, "", ""),
    (Whereabouts.NOT_WORKED, "", ""),
]


def stored_week(invitation: Invitation) -> list[tuple[str, str, str]]:
    with as_owner(invitation.organisation):
        days = DayAnswer.objects.filter(response__invitation=invitation).order_by("date")
        return list(days.values_list("whereabouts", "mode", "fuel"))


def speaks(page: Page, language: str) -> None:
    root = page.locator("html")
    expect(root).to_have_attribute("lang", language)
    expect(root).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")


def nothing_sticks_out(page: Page) -> None:
    """No word is cut off or runs out of its box, and nobody scrolls sideways."""
    wide = page.evaluate(
        """() => [document.documentElement, ...document.querySelectorAll("main *, header *")]
            .filter(one => one.clientWidth && one.scrollWidth > one.clientWidth + 1
                && !one.classList.contains("visually-hidden"))
            .map(one => `${one.tagName} ${one.className}: ${one.textContent.trim().slice(0, 60)}`)"""
    )
    assert wide == [], page.url


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_week(
    phone: Page,
    small_phone: Page,
    invite: Callable[[str], Invitation],
    check_axe: Callable[[Page], None],
    shot: Callable[..., None],
    language: str,
) -> None:
    page = phone if language in CHECKED else small_phone

    def look(page: Page, name: str) -> None:
        speaks(page, language)
        nothing_sticks_out(page)
        if language in CHECKED:
            check_axe(page)
        shot(page, f"language-{language}-{name}")

    invitation = invite(language)
    answer_the_week(page, invitation, look)
    assert stored_week(invitation) == STORED


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_week_without_javascript(
    page_without_javascript: Page, invite: Callable[[str], Invitation], language: str
) -> None:
    invitation = invite(language)
    answer_the_week(page_without_javascript, invitation, lambda page, _name: speaks(page, language))
    assert stored_week(invitation) == STORED


def test_without_javascript_each_page_in_another_language(
    page_without_javascript: Page, invite: Callable[[str], Invitation]
) -> None:
    """Twelve steps, twelve languages: switched on each page, and the week is the same in the end."""
    waiting = iter(LANGUAGES[1:])

    def look(page: Page, _name: str) -> None:
        language = next(waiting, LANGUAGES[0])
        page.locator("header summary").click()
        page.locator(f"header button[value={language}]").click()
        expect(page.locator("html")).to_have_attribute("lang", language)

    invitation = invite("nl")
    answer_the_week(page_without_javascript, invitation, look)
    assert stored_week(invitation) == STORED


def test_the_switch_by_keyboard(
    desktop: Page,
    invite: Callable[[str], Invitation],
    check_axe: Callable[[Page], None],
    shot: Callable[..., None],
) -> None:
    desktop.goto(personal_path(invite("nl")))
    desktop.locator("header summary").focus()
    desktop.keyboard.press("Enter")
    shot(desktop, "language-switch-desktop")
    check_axe(desktop)
    desktop.get_by_role("button", name="العربية").focus()
    desktop.keyboard.press("Enter")
    desktop.wait_for_load_state()
    speaks(desktop, "ar")
    shot(desktop, "language-ar-link-desktop")
