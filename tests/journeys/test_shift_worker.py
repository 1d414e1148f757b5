"""Who works by a roster: exactly its days, no weekend, on a phone and on one page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from surveys.models import Response
from tests.factories import as_owner
from tests.journeys.employee_week import begin, day_path, make_open_invitation, stored, tap

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CheckAxe = Callable[[Page], None]
Shot = Callable[..., None]


@pytest.mark.parametrize("language", ["nl", "en", "ar"])
def test_a_week_of_shifts(phone: Page, check_axe: CheckAxe, shot: Shot, language: str) -> None:
    """Monday, Thursday, Saturday and Sunday; it was no normal week, and the normal one has the same days."""
    invitation = make_open_invitation(language=language, asked_days="1467")
    begin(phone, invitation)
    for number, (offset, value) in enumerate([(0, "public_transport"), (3, "home"), (5, "copy"), (6, "not_worked")]):
        assert phone.url.endswith(day_path(offset))
        check_axe(phone)
        shot(phone, f"flow/shift-{number}-{language}")
        tap(phone, value)
    assert phone.url.endswith("/answer/check/")
    check_axe(phone)
    shot(phone, f"flow/shift-check-{language}")
    phone.locator("main a[href='/answer/normal-week/']").click()
    tap(phone, "fill")
    for value in ("public_transport", "public_transport", "copy", "copy"):
        check_axe(phone)
        tap(phone, value)
    shot(phone, f"flow/shift-normal-week-{language}")
    tap(phone, "send")
    expect(phone.locator("main form[id=burden]")).to_be_visible()
    assert stored(invitation) == ["public_transport", "home", "home", "not_worked"] + ["public_transport"] * 4
    with as_owner(invitation.organisation):
        response = Response.objects.get()
    assert (response.gives_normal_week, response.worked_in_weekend) == (True, None)


def test_the_roster_on_one_page(desktop: Page, shot: Shot) -> None:
    invitation = make_open_invitation(asked_days="67")
    begin(desktop, invitation)
    desktop.locator("main a[href='/answer/week/']").click()
    expect(desktop.locator("main fieldset")).to_have_count(2)
    for row in range(2):
        desktop.locator("main fieldset").nth(row).locator("label:has([value=walking])").click()
    shot(desktop, "flow/whole-week-shift-desktop")
    desktop.locator("main .button-primary").click()
    tap(desktop, "normal_week")
    assert desktop.url.endswith("/answer/receipt/")
    assert stored(invitation) == ["walking", "walking"]
