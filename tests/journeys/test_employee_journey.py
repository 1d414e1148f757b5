"""The employee's week in a real browser: first time, next week, without JavaScript, on a small screen."""

import datetime
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from surveys.enums import CampaignKind, Fuel, Mode, Whereabouts
from surveys.models import DayAnswer, Employee, Invitation, Response, VehicleFacts
from tests.factories import (
    as_owner,
    make_campaign,
    make_employee,
    make_invitation,
    make_organisation,
    make_response,
    make_site,
    make_week,
    personal_path,
)
from wpm_platform.clock import now, today

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CheckAxe = Callable[[Page], None]
Shot = Callable[..., None]
HOUR = datetime.timedelta(hours=1)
WEEK = datetime.timedelta(weeks=1)


class Visitor:
    """Taps like a thumb does, counts the taps, and looks at every page it comes across."""

    def __init__(self, page: Page, look: Callable[[Page, str], None]) -> None:
        self.page = page
        self.look = look
        self.taps = 0

    def open(self, path: str) -> None:
        self.page.goto(path)

    def tap(self, name: str, *, role: str = "button", then: str = "") -> None:
        self.page.get_by_role(role, name=name, exact=True).click()
        self.taps += 1
        if then:
            self.look(self.page, then)


@pytest.fixture
def last_monday() -> datetime.date:
    day = today()
    return day - datetime.timedelta(days=day.weekday() + 7)


@pytest.fixture
def invitation(last_monday: datetime.date) -> Invitation:
    """An open invitation at an employer with two sites and a contact."""
    organisation = make_organisation(contact_name="Voorbeeld Personeelszaken", contact_phone="010 000 00 00")
    site = make_site(organisation, name="Rotterdam")
    make_site(organisation, name="Venlo")
    week = make_week(make_campaign(organisation), monday=last_monday, opens_at=now() - HOUR, closes_at=now() + WEEK)
    return make_invitation(week, make_employee(organisation, site=site))


@pytest.fixture
def page_without_javascript(browser: Browser, live_server: object) -> Iterator[Page]:
    context = browser.new_context(
        base_url=str(live_server), java_script_enabled=False, locale="nl-NL", viewport={"width": 390, "height": 844}
    )
    yield context.new_page()
    context.close()


def looker(check_axe: CheckAxe, shot: Shot, screen: str) -> Callable[[Page, str], None]:
    def look(page: Page, name: str) -> None:
        check_axe(page)
        shot(page, f"respond-{name}-{screen}")

    return look


def first_week(visitor: Visitor, invitation: Invitation) -> None:
    """Two modes in five days, first time: bicycle and car."""
    visitor.open(personal_path(invitation))
    visitor.look(visitor.page, "01-link")
    visitor.tap("Start", then="02-facts")
    visitor.page.get_by_label("Hoeveel kilometer is het van huis naar je werk, enkele reis?").fill("14,5")
    visitor.tap("Volgende", then="03-monday")
    visitor.tap("Fiets of e‑bike", then="04-provider")
    visitor.tap("Ikzelf of iemand anders", then="05-tuesday")
    visitor.tap("Zelfde als maandag (fiets)")
    visitor.tap("Auto", then="06-fuel")
    visitor.tap("Diesel", then="07-car-provider")
    visitor.tap("Mijn werkgever", then="08-thursday")
    visitor.tap("Thuis gewerkt")
    visitor.tap("Zelfde als donderdag (thuisgewerkt)", then="09-weekend")
    visitor.tap("Nee", then="10-check")
    visitor.tap("Ja, verstuur mijn antwoorden", then="11-receipt")


def stored_week(invitation: Invitation) -> list[tuple[str, str, str, bool]]:
    with as_owner(invitation.organisation):
        days = DayAnswer.objects.filter(response__invitation=invitation, is_normal_week=False)
        return [(day.whereabouts, day.mode, day.fuel, day.is_copied) for day in days]


FIRST_WEEK = [
    (Whereabouts.WORKPLACE, Mode.BICYCLE, "", False),
    (Whereabouts.WORKPLACE, Mode.BICYCLE, "", True),
    (Whereabouts.WORKPLACE, Mode.CAR, Fuel.DIESEL, False),
    (Whereabouts.HOME, "", "", False),
    (Whereabouts.HOME, "", "", True),
]


@pytest.mark.parametrize("screen", ["phone", "desktop", "small_phone"])
def test_first_week_takes_at_most_twelve_taps_and_is_accessible_on_every_page(
    request: pytest.FixtureRequest, invitation: Invitation, check_axe: CheckAxe, shot: Shot, screen: str
) -> None:
    visitor = Visitor(request.getfixturevalue(screen), looker(check_axe, shot, screen))
    first_week(visitor, invitation)
    assert visitor.page.get_by_role("heading", level=1).inner_text() == "Bedankt, we hebben je antwoorden"
    assert stored_week(invitation) == FIRST_WEEK
    assert visitor.taps == 12


def test_first_week_without_javascript(page_without_javascript: Page, invitation: Invitation) -> None:
    visitor = Visitor(page_without_javascript, lambda page, name: None)
    first_week(visitor, invitation)
    assert stored_week(invitation) == FIRST_WEEK


def test_everything_beside_the_straight_path(
    phone: Page, invitation: Invitation, check_axe: CheckAxe, shot: Shot
) -> None:
    """Mistakes, other site, weekend, an unusual week, changing, deleting, and both languages."""
    visitor = Visitor(phone, looker(check_axe, shot, "phone"))
    visitor.open("/answer/")
    visitor.look(phone, "20-ticket-missing")
    visitor.open("/r/niet-van-ons/")
    visitor.look(phone, "21-unknown-link")
    visitor.open(personal_path(invitation))
    visitor.tap("Start")
    visitor.tap("Volgende", then="22-facts-mistake")
    phone.get_by_label("Hoeveel kilometer is het van huis naar je werk, enkele reis?").fill("72")
    visitor.tap("Volgende")
    visitor.tap("Andere vestiging van mijn werkgever", then="23-other-site")
    phone.get_by_label("Welke vestiging?").select_option("Venlo")
    visitor.tap("Openbaar vervoer")
    visitor.tap("Fiets of e‑bike")
    visitor.tap("Ikzelf of iemand anders")
    visitor.tap("Vorige", role="link", then="24-tuesday-answered")
    visitor.open("/answer/")
    for _ in range(3):
        phone.locator("button[value=not_worked]").click()
    visitor.tap("Ja", then="25-saturday")
    for _ in range(2):
        phone.locator("button[value=unknown]").click()
    visitor.look(phone, "26-check-with-warning")
    visitor.tap("Nee, het was anders dan anders", role="link", then="27-normal-week")
    visitor.tap("Nee, ik vul een gewone week in", then="28-normal-monday")
    for _ in range(5):
        phone.locator("button[value=public_transport]").click()
    visitor.look(phone, "29-normal-weekend")
    visitor.tap("Nee", then="30-check-with-normal-week")
    visitor.tap("Verstuur mijn antwoorden")
    phone.locator("header summary").click()
    visitor.tap("English", then="31-receipt-english")
    phone.locator("header summary").click()
    visitor.tap("Nederlands")
    visitor.tap("Verwijder mijn antwoorden", role="link", then="32-delete")
    visitor.tap("Verwijder mijn antwoorden", then="33-deleted")
    visitor.open(personal_path(invitation) + "stop/")
    visitor.look(phone, "34-stop")
    visitor.tap("Stop de herinneringen", then="35-stopped")
    with as_owner(invitation.organisation):
        assert Response.objects.count() == 0


def test_returning_in_a_panel(phone: Page, last_monday: datetime.date, check_axe: CheckAxe, shot: Shot) -> None:
    """The same two modes in the second week: day by day nine taps, or four when all was the same."""
    organisation = make_organisation()
    campaign = make_campaign(organisation, kind=CampaignKind.WEEKLY_PANEL)
    employee = make_employee(organisation)
    earlier = make_invitation(make_week(campaign, monday=last_monday - WEEK), employee)
    response = make_response(earlier, worked_in_weekend=False)
    with as_owner(organisation):
        for offset, mode in enumerate([Mode.BICYCLE, Mode.BICYCLE, Mode.CAR, Mode.CAR, Mode.BICYCLE]):
            DayAnswer.objects.create(
                organisation=organisation,
                response=response,
                employee=employee,
                date=last_monday - WEEK + datetime.timedelta(days=offset),
                whereabouts=Whereabouts.WORKPLACE,
                mode=mode,
                return_metres=20_000,
            )
        for mode, fuel in ((Mode.BICYCLE, ""), (Mode.CAR, Fuel.ELECTRIC)):
            VehicleFacts.objects.create(
                organisation=organisation, employee=employee, mode=mode, fuel=fuel, is_employer_provided=False
            )
    week = make_week(campaign, monday=last_monday, opens_at=now() - HOUR, closes_at=now() + WEEK)
    invitation = make_invitation(week, employee)

    visitor = Visitor(phone, looker(check_axe, shot, "phone"))
    visitor.open(personal_path(invitation))
    visitor.tap("Start", then="40-confirm-facts")
    visitor.tap("Ja, dit klopt", then="41-monday-of-second-week")
    visitor.tap("Zelfde als vorige week, de hele week", then="42-check-of-copied-week")
    visitor.tap("Verstuur mijn antwoorden")
    assert visitor.taps == 4
    assert [(mode, is_copied) for _, mode, _, is_copied in stored_week(invitation)] == [
        (Mode.BICYCLE, True),
        (Mode.BICYCLE, True),
        (Mode.CAR, True),
        (Mode.CAR, True),
        (Mode.BICYCLE, True),
    ]

    phone.get_by_role("link", name="Verwijder mijn antwoorden").click()
    assert phone.url.endswith("/answer/delete/")


def test_returning_day_by_day_takes_at_most_nine_taps(phone: Page, invitation: Invitation) -> None:
    with as_owner(invitation.organisation):
        for mode in (Mode.BICYCLE, Mode.CAR):
            VehicleFacts.objects.create(
                organisation=invitation.organisation,
                employee=invitation.employee,
                mode=mode,
                fuel=Fuel.PETROL if mode == Mode.CAR else "",
                is_employer_provided=False,
            )
    other_year = make_campaign(invitation.organisation, reporting_year=2025)
    earlier = make_week(other_year, monday=invitation.week.monday - 52 * WEEK)
    make_response(make_invitation(earlier, invitation.employee))

    visitor = Visitor(phone, lambda page, name: None)
    visitor.open(personal_path(invitation))
    visitor.tap("Start")
    visitor.tap("Ja, dit klopt")
    visitor.tap("Fiets of e‑bike")
    visitor.tap("Zelfde als maandag (fiets)")
    visitor.tap("Auto")
    visitor.tap("Zelfde als woensdag (auto)")
    visitor.tap("Fiets of e‑bike")
    visitor.tap("Nee")
    visitor.tap("Ja, verstuur mijn antwoorden")
    assert phone.get_by_role("heading", level=1).inner_text() == "Bedankt, we hebben je antwoorden"
    assert visitor.taps == 9


@pytest.mark.parametrize("screen", ["phone", "desktop"])
@pytest.mark.parametrize("has_sent", [True, False])
def test_another_address_shows_no_answers_and_may_start_afresh(
    request: pytest.FixtureRequest, invitation: Invitation, check_axe: CheckAxe, shot: Shot, screen: str, has_sent: bool
) -> None:
    make_response(invitation, submitted_at=now() if has_sent else None)
    old = personal_path(invitation)
    with as_owner(invitation.organisation):
        Employee.objects.update(email="nieuw@voorbeeld.example")
        changed = Invitation.objects.select_related("employee", "organisation").get()
    visitor = Visitor(request.getfixturevalue(screen), looker(check_axe, shot, screen))
    visitor.open(old)
    visitor.look(visitor.page, "ended-link")
    visitor.open(personal_path(changed))
    visitor.look(visitor.page, f"earlier-answers-{'sent' if has_sent else 'begun'}")
    visitor.tap("Verwijder de eerdere antwoorden en begin opnieuw")
    assert visitor.page.get_by_label("Hoeveel kilometer is het van huis naar je werk, enkele reis?").input_value() == ""
