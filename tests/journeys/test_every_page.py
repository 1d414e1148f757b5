"""Every page that an employee can come across, in Dutch, in English and from right to left: axe finds nothing."""

import datetime
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from surveys.enums import Fuel, Mode
from surveys.models import Campaign, Employee, Invitation, SurveyWeek, VehicleFacts
from tests.factories import (
    as_owner,
    make_campaign,
    make_employee,
    make_invitation,
    make_member,
    make_response,
    make_week,
    personal_path,
)
from tests.journeys.employee_week import HOUR, WEEK, begin, last_monday, make_open_invitation, tap
from wpm_platform.clock import now
from wpm_platform.organisations.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CheckAxe = Callable[[Page], None]
Shot = Callable[..., None]
Look = Callable[[str], None]
LANGUAGES = ["nl", "en", "ar"]


@pytest.fixture
def look(phone: Page, check_axe: CheckAxe, shot: Shot, language: str) -> Look:
    """The page at hand speaks the language and has no faults; its picture is kept."""

    def look(name: str) -> None:
        expect(phone.locator("html")).to_have_attribute("lang", language)
        check_axe(phone)
        shot(phone, f"flow/page-{language}-{name}")

    return look


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unusual_week(phone: Page, language: str, look: Look) -> None:
    """Other site, weekend, doubts, a normal week in its place, a change that opens a question, deleting, reminders."""
    invitation = make_open_invitation(language=language)
    begin(phone, invitation)
    phone.goto("/answer/facts/change/")
    phone.locator("input[name=one_way]").fill("160")
    phone.locator("main form button").last.click()
    tap(phone, "other_site")
    phone.locator("main select").select_option(label="Venlo")
    tap(phone, "car")
    tap(phone, "plug_in_hybrid")
    look("car-provider")
    tap(phone, "employer")
    tap(phone, "bicycle")
    look("bicycle-provider")
    tap(phone, "own")
    for value in ("copy", "unknown", "client", "yes"):
        tap(phone, value)
    look("saturday")
    for value in ("walking", "copy"):
        tap(phone, value)
    look("check-with-doubts")
    phone.locator("main a[href='/answer/normal-week/']").click()
    look("normal-week")
    tap(phone, "fill")
    look("normal-day")
    tap(phone, "other_site")
    look("normal-other-site")
    tap(phone, "walking")
    for value in ("copy", "copy", "copy", "not_worked"):
        tap(phone, value)
    look("normal-weekend")
    tap(phone, "no")
    look("check-with-normal-week")
    tap(phone, "send")
    phone.locator("main .answers a").nth(1).click()
    look("day-answered")
    tap(phone, "moped")
    look("moped-fuel")
    phone.goto("/answer/receipt/")
    look("receipt-with-a-question-open")
    phone.goto("/answer/delete/")
    look("delete")
    phone.locator("main form button").click()
    phone.wait_for_url("**/answer/deleted/**")
    look("deleted")
    phone.goto(personal_path(invitation) + "stop/")
    look("stop")
    tap(phone, "stop")
    look("stopped")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_next_year(phone: Page, language: str, look: Look) -> None:
    """What is remembered is confirmed; then the address changes, half way."""
    invitation = make_open_invitation(language=language)
    earlier = make_week(make_campaign(invitation.organisation, reporting_year=2025), monday=last_monday() - 52 * WEEK)
    make_response(make_invitation(earlier, invitation.employee))
    with as_owner(invitation.organisation):
        for mode, fuel in ((Mode.CAR, Fuel.PETROL), (Mode.BICYCLE, "")):
            VehicleFacts.objects.create(
                organisation=invitation.organisation,
                employee=invitation.employee,
                mode=mode,
                fuel=fuel,
                is_employer_provided=False,
            )
    phone.goto(personal_path(invitation))
    look("link")
    phone.locator("main form button").click()
    look("confirm-what-is-known")
    phone.locator("main .answers a[href*=fuel]").click()
    look("change-the-fuel")
    tap(phone, "electric")
    tap(phone, "employer")
    phone.locator("main form button").click()
    tap(phone, "car")
    phone.goto(personal_path(invitation))
    look("link-half-way")
    with as_owner(invitation.organisation):
        Employee.objects.update(email="nieuw@voorbeeld.example")
        changed = Invitation.objects.select_related("employee", "organisation").get(pk=invitation.pk)
    phone.goto(personal_path(changed))
    look("answers-of-an-earlier-address")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_in_the_way(phone: Page, language: str, look: Look) -> None:
    """No page of a dead end blames anybody, and each says what to do."""
    invitation = make_open_invitation(language=language)
    for name, path in (("unknown-link", "/r/niet-van-ons/"), ("ticket-missing", "/answer/")):
        phone.goto(path)
        if language != "nl" and name == "unknown-link":
            phone.locator("header summary").click()
            phone.locator(f"header button[value={language}]").click()
            expect(phone.locator("html")).to_have_attribute("lang", language)
        look(name)
    hour_from_now = now() + datetime.timedelta(hours=1)
    for name, model, change in (
        ("paused", Campaign, {"state": "paused"}),
        ("not-yet-open", Campaign, {"state": "running"}),
        ("withdrawn", Invitation, {"withdrawn_at": now()}),
        ("left", Employee, {"left_at": now()}),
    ):
        with as_owner(invitation.organisation):
            model.objects.update(**change)
            opens_at = hour_from_now if name == "not-yet-open" else now() - HOUR
            SurveyWeek.objects.update(opens_at=opens_at)
        phone.goto(personal_path(invitation))
        look(name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_the_end(phone: Page, language: str, look: Look) -> None:
    invitation = make_open_invitation(language=language)
    begin(phone, invitation)
    with as_owner(invitation.organisation):
        SurveyWeek.objects.update(closes_at=now() - datetime.timedelta(minutes=1))
    phone.reload()
    look("closed-half-way")


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_hr_reads_how_hard_it_was(
    request: pytest.FixtureRequest,
    screen: str,
    log_in: Callable[[Page, User], None],
    check_axe: CheckAxe,
    shot: Shot,
) -> None:
    page, invitation = request.getfixturevalue(screen), make_open_invitation()
    for burden in (1, 1, 2, 2, 4):
        make_response(make_invitation(invitation.week, make_employee(invitation.organisation)), burden=burden)
    with as_owner(invitation.organisation):
        Campaign.objects.update(state="closed")
    log_in(page, make_member(invitation.organisation))
    page.goto(f"/o/{invitation.organisation.slug}/campaigns/{invitation.campaign.code}/")
    section = page.get_by_role("region", name="Hoe moeilijk het antwoorden was")
    expect(section).to_contain_text("2,0 op een schaal van 1 (heel makkelijk) tot 5 (heel moeilijk)")
    check_axe(page)
    shot(page, f"flow/hr-burden-{screen}")
