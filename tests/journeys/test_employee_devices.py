"""Nothing is lost and nothing is double: two devices, two tabs, the back button, a reload, closing, the keyboard."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from surveys.models import Response
from tests.factories import as_owner, personal_path
from tests.journeys.employee_week import begin, day_path, give_facts, make_open_invitation, stored, tap

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CheckAxe = Callable[[Page], None]
Shot = Callable[..., None]


@pytest.fixture
def tablet(browser: Browser, live_server: object) -> Iterator[Page]:
    """A second device, with cookies of its own."""
    context = browser.new_context(base_url=str(live_server), viewport={"width": 820, "height": 1180}, has_touch=True)
    yield context.new_page()
    context.close()


def test_closed_half_way_and_gone_on_with_elsewhere(phone: Page, tablet: Page, check_axe: CheckAxe, shot: Shot) -> None:
    invitation = make_open_invitation()
    begin(phone, invitation)
    for value in ("public_transport", "home"):
        tap(phone, value)
    phone.close()
    tablet.goto(personal_path(invitation))
    expect(tablet.get_by_role("button", name="Ga verder waar je was")).to_be_visible()
    check_axe(tablet)
    shot(tablet, "flow/second-device-link-tablet")
    tablet.locator("main form button").click()
    assert tablet.url.endswith(day_path(2))
    shot(tablet, "flow/second-device-day-tablet")
    for value in ("copy", "copy", "not_worked", "no", "normal_week"):
        tap(tablet, value)
    assert tablet.url.endswith("/answer/receipt/")
    assert stored(invitation) == ["public_transport", "home", "home", "home", "not_worked"]


def test_two_tabs_take_turns(phone: Page) -> None:
    invitation = make_open_invitation()
    begin(phone, invitation)
    other = phone.context.new_page()
    other.goto("/answer/")
    assert other.url.endswith(day_path(0))
    tap(phone, "walking")
    # The other tab still shows Monday: its answer counts, as the last one, and it goes on where the week is.
    tap(other, "home")
    assert other.url.endswith(day_path(1))
    tap(other, "walking")
    tap(phone, "public_transport")
    assert phone.url.endswith(day_path(2))
    assert stored(invitation) == ["home", "public_transport"]
    with as_owner(invitation.organisation):
        assert Response.objects.count() == 1


def test_back_and_reload_change_nothing_until_another_tap(phone: Page) -> None:
    invitation = make_open_invitation()
    begin(phone, invitation)
    for value in ("walking", "home", "copy"):
        tap(phone, value)
    heading = phone.get_by_role("heading", level=1)
    phone.go_back()
    expect(heading).to_contain_text("Woensdag")
    phone.go_back()
    expect(heading).to_contain_text("Dinsdag")
    assert phone.url.endswith(day_path(1))
    expect(phone.locator("button[value=home]")).to_have_attribute("aria-current", "true")
    phone.reload()
    assert stored(invitation) == ["walking", "home", "home"]
    tap(phone, "public_transport")
    # On to the first day without an answer: what was answered after it stands.
    assert phone.url.endswith(day_path(3))
    assert stored(invitation) == ["walking", "public_transport", "home"]


def test_changed_after_sending_said_how_it_was_and_deleted(phone: Page, check_axe: CheckAxe, shot: Shot) -> None:
    invitation = make_open_invitation()
    begin(phone, invitation)
    for value in ("public_transport", "copy", "copy", "copy", "copy", "no", "normal_week"):
        tap(phone, value)
    check_axe(phone)
    shot(phone, "flow/receipt-phone")
    phone.locator("main .answers a").first.click()
    tap(phone, "walking")
    assert phone.url.endswith("/answer/receipt/")
    assert stored(invitation) == ["walking"] + ["public_transport"] * 4
    tap(phone, "4")
    tap(phone, "2")
    expect(phone.locator("button[value='2']")).to_have_attribute("aria-current", "true")
    check_axe(phone)
    shot(phone, "flow/receipt-burden-phone")
    with as_owner(invitation.organisation):
        assert Response.objects.get().burden == 2
    phone.locator("main a[href='/answer/delete/']").click()
    shot(phone, "flow/delete-phone")
    phone.locator("main form button").click()
    phone.wait_for_url("**/answer/deleted/")
    check_axe(phone)
    shot(phone, "flow/deleted-phone")
    with as_owner(invitation.organisation):
        assert Response.objects.count() == 0
    # The link still works: from the beginning.
    begin(phone, invitation)
    assert phone.url.endswith(day_path(0))


class Keys:
    """A person without a mouse: Tab until the wanted control has the focus, then Enter."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, selector: str) -> None:
        wanted = self.page.locator(selector).first
        wanted.wait_for()
        for _ in range(60):
            if wanted.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} cannot be reached by Tab on {self.page.url}")

    def press(self, selector: str) -> None:
        self.reach(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def answer(self, value: str) -> None:
        self.press(f"main button[value='{value}']")


def test_by_keyboard_alone(desktop: Page, check_axe: CheckAxe, shot: Shot) -> None:
    invitation, keys = make_open_invitation(), Keys(desktop)
    desktop.goto(personal_path(invitation))
    keys.press("main form button")
    keys.reach("input[name=one_way]")
    desktop.keyboard.type("14,5")
    keys.press("main form button[type=submit]")
    keys.reach("main button[value=bicycle]")
    shot(desktop, "flow/keyboard-focus-desktop")
    for value in ("bicycle", "own", "copy", "public_transport", "home", "copy", "no", "normal_week"):
        keys.answer(value)
    assert desktop.url.endswith("/answer/receipt/")
    keys.answer("1")
    assert stored(invitation) == ["bicycle", "bicycle", "public_transport", "home", "home"]
    # Skip the header: the first Tab of every page offers it.
    desktop.reload()
    desktop.keyboard.press("Tab")
    assert desktop.evaluate("document.activeElement.className") == "skip-link"
    desktop.keyboard.press("Enter")
    assert desktop.evaluate("document.activeElement.id") == "main"


def test_a_mistake_is_found_by_keyboard(desktop: Page) -> None:
    invitation, keys = make_open_invitation(), Keys(desktop)
    desktop.goto(personal_path(invitation))
    keys.press("main form button")
    keys.press("main form button[type=submit]")
    expect(desktop.get_by_role("alert")).to_be_focused()
    keys.reach("[role=alert] a")
    desktop.keyboard.press("Enter")
    expect(desktop.locator("input[name=one_way]")).to_be_focused()
    give_facts(desktop)
    assert desktop.url.endswith(day_path(0))
