"""What journeys of employees share: an open invitation, taps by the code of a tile, and the stored week."""

import datetime
from typing import Any

from playwright.sync_api import Page

from surveys.models import DayAnswer, Invitation
from tests.factories import (
    make_campaign,
    make_employee,
    make_invitation,
    make_organisation,
    make_site,
    make_week,
    personal_path,
)
from wpm_platform.clock import now, today
from wpm_platform.scoping import Role, organisation_scope

HOUR = datetime.timedelta(hours=1)
WEEK = datetime.timedelta(weeks=1)


def last_monday() -> datetime.date:
    day = today()
    return day - datetime.timedelta(days=day.weekday() + 7)


def make_open_invitation(*, language: str = "nl", asked_days: str = "", **employee: Any) -> Invitation:
    """Somebody at an employer with two sites, asked now about last week."""
    organisation = make_organisation(contact_name="Voorbeeld Personeelszaken", contact_phone="010 000 00 00")
    site = make_site(organisation, name="Rotterdam")
    make_site(organisation, name="Venlo")
    campaign = make_campaign(organisation)
    week = make_week(campaign, monday=last_monday(), opens_at=now() - HOUR, closes_at=now() + WEEK)
    person = make_employee(organisation, site=site, language=language, **employee)
    return make_invitation(week, person, asked_days=asked_days)


def day_path(offset: int) -> str:
    return f"/answer/day/{last_monday() + datetime.timedelta(days=offset)}/"


def tap(page: Page, value: str) -> None:
    """An answer by its code: what it is called differs per language."""
    page.locator(f"main button[value='{value}']").click()


def begin(page: Page, invitation: Invitation) -> None:
    """From the link to the first day."""
    page.goto(personal_path(invitation))
    page.locator("main form button").click()
    give_facts(page)


def give_facts(page: Page) -> None:
    page.locator("input[name=one_way]").fill("14,5")
    page.locator("main form button[type=submit]").last.click()


def stored(invitation: Invitation) -> list[str]:
    """Mode or whereabouts per day, in order."""
    with organisation_scope(invitation.organisation_id, role=Role.OWNER):
        days = DayAnswer.objects.filter(response__invitation=invitation).order_by("is_normal_week", "date")
        return [day.mode or day.whereabouts for day in days]
