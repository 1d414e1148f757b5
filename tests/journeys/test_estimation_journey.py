"""HR has the silent estimated: what may be used, the wait, and the answer in one screen."""

import random

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from reporting.models import EstimationRun
from tests.factories import as_owner, make_member, make_organisation
from tests.reporting.services.estimation.estimating import work
from tests.reporting.surveyed_employer import Trip, make_surveyed_report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def by_habit(number: int, chance: random.Random) -> Trip:
    mode, fuel = chance.choices(
        [("car", "petrol"), ("car", "electric"), ("bicycle", ""), ("public_transport", ""), ("moped", "petrol")],
        weights=[45, 20, 22, 12, 2],
    )[0]
    return Trip(mode=mode, fuel=fuel, days=chance.choice((2, 3, 4)))


def test_hr_estimates_the_silent_and_reads_how_sure_it_is(desktop, phone, log_in, check_axe, shot):
    organisation = make_organisation(name="Voorbeeld Fietsfabriek")
    report = make_surveyed_report(people=180, answered=112, organisation=organisation, trip=by_habit)
    member = make_member(organisation)
    log_in(desktop, member)
    desktop.goto(reverse("report", kwargs={"slug": organisation.slug, "code": report.code}))
    desktop.locator(".report-tabs").get_by_role("link", name="Schat wie niet antwoordde").click()
    shot(desktop, "estimation/start-desktop")
    desktop.uncheck("input[value=department]")
    desktop.fill("textarea[name=council_note]", "Besproken op 3 maart, geen bezwaar.")
    desktop.get_by_role("button", name="Maak de schatting").click()
    expect(desktop.locator("progress")).to_be_visible()
    shot(desktop, "estimation/working-desktop")
    with as_owner(organisation):
        run = EstimationRun.objects.select_related("organisation").get()
    assert run.features == ["monthly_hours", "provision", "site"]
    work(run)
    # The page that waits finds out by itself.
    expect(desktop.locator(".how-sure")).to_contain_text("Waarschijnlijk tussen")
    shot(desktop, "estimation/result-desktop")
    log_in(phone, member)
    phone.goto(desktop.url)
    check_axe(phone)
    shot(phone, "estimation/result-phone")
