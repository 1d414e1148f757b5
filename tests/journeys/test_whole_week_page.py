"""The whole week on one page: by keyboard, on a phone, without JavaScript; and the week of who works by a roster."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.employee_week import begin, make_open_invitation, stored, tap

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CheckAxe = Callable[[Page], None]
Shot = Callable[..., None]
WEEK = ["bicycle", "bicycle", "car", "home", "not_worked"]


@pytest.fixture
def page_without_javascript(browser: Browser, live_server: object) -> Iterator[Page]:
    context = browser.new_context(
        base_url=str(live_server), java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    yield context.new_page()
    context.close()


def choose(page: Page, row: int, value: str) -> None:
    page.locator("main fieldset").nth(row).locator(f"label:has([value={value}])").click()


@pytest.mark.parametrize("language", ["nl", "en", "ar"])
@pytest.mark.parametrize("screen", ["phone", "small_phone", "desktop"])
def test_every_day_on_one_page(
    request: pytest.FixtureRequest, check_axe: CheckAxe, shot: Shot, screen: str, language: str
) -> None:
    page = request.getfixturevalue(screen)
    invitation = make_open_invitation(language=language)
    begin(page, invitation)
    page.locator("main a[href='/answer/week/']").click()
    check_axe(page)
    shot(page, f"flow/whole-week-{language}-{screen}")
    for row, value in enumerate(WEEK):
        if row != 1:
            choose(page, row, value)
    page.locator("main .button-primary").click()
    expect(page.get_by_role("alert")).to_be_focused()
    check_axe(page)
    shot(page, f"flow/whole-week-missing-{language}-{screen}")
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(page.locator("main fieldset").nth(1).locator("input").first).to_be_focused()
    tap(page, "one_by_one")
    assert page.url.endswith("/answer/vehicle/bicycle/provider/")
    tap(page, "own")
    tap(page, "copy")
    assert stored(invitation) == WEEK


def test_by_keyboard_alone(desktop: Page, check_axe: CheckAxe, shot: Shot) -> None:
    """Tab goes from day to day, arrows choose within one, Enter sends."""
    invitation = make_open_invitation()
    begin(desktop, invitation)
    desktop.locator("main a[href='/answer/week/']").focus()
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/answer/week/")
    first = desktop.locator("main input[type=radio]").first
    for _ in range(12):
        desktop.keyboard.press("Tab")
        if first.evaluate("one => one === document.activeElement"):
            break
    # Bicycle stands first; the arrow down leads to the car.
    for _day in range(5):
        desktop.keyboard.press("Space")
        desktop.keyboard.press("Tab")
    desktop.keyboard.press("ArrowDown")
    shot(desktop, "flow/whole-week-keyboard-desktop")
    check_axe(desktop)
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/provider/")
    assert stored(invitation) == ["bicycle"] * 5


def test_without_javascript(page_without_javascript: Page) -> None:
    page, invitation = page_without_javascript, make_open_invitation()
    begin(page, invitation)
    page.locator("main a[href='/answer/week/']").click()
    for row, value in enumerate([*WEEK, "no"]):
        choose(page, row, value)
    page.locator("main .button-primary").click()
    for value in ("own", "diesel", "employer", "normal_week"):
        tap(page, value)
    assert stored(invitation) == WEEK
    assert page.url.endswith("/answer/receipt/")
