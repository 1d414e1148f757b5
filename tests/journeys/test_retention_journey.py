"""HR sees what goes when, holds it for an inspection, lets it go on; a person deletes; the log proves what went."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from surveys.models import Invitation
from tests.factories import as_owner, make_legal_entity, make_member, make_organisation, make_user, personal_path
from tests.reporting.report_rows import freeze, make_report
from tests.reporting.services.retention.rows import told_and_gone
from tests.reporting.services.test_member_notices import add_people
from wpm_platform.organisations.enums import MemberRole

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def report():
    organisation = make_organisation(name="Voorbeeld Fietsfabriek", stores_names=True)
    found = make_report(organisation=organisation)
    freeze(found)
    add_people(organisation, found.legal_entity, 120, name="Voorbeeld")
    add_people(organisation, make_legal_entity(organisation, name="Voorbeeld Wielen B.V."), 20)
    return found


@pytest.fixture
def hr(report):
    return make_member(report.organisation, role=MemberRole.OWNER, user=make_user(name="Voorbeeld Eigenaar"))


def address(report, name, **arguments):
    return reverse(name, kwargs={"slug": report.organisation.slug, **arguments})


def test_retention_from_preview_to_proof(desktop, report, hr, log_in, check_axe, shot):
    log_in(desktop, hr)
    desktop.goto(address(report, "campaign", code=report.campaign.code))
    expect(desktop.get_by_text("Op 16 maart 2028 worden")).to_be_visible()
    desktop.get_by_role("link", name="Bekijk wat weggaat en wat blijft").click()
    check_axe(desktop)
    shot(desktop, "rkeep/retention-desktop")

    desktop.get_by_role("link", name="Verwijderen blokkeren").click()
    desktop.get_by_label("Waarom moeten de gegevens blijven?").fill("De omgevingsdienst komt langs")
    check_axe(desktop)
    shot(desktop, "rkeep/hold-form-desktop")
    desktop.get_by_role("button", name="Verwijderen blokkeren").click()
    expect(desktop.get_by_text("De omgevingsdienst komt langs")).to_be_visible()
    check_axe(desktop)
    shot(desktop, "rkeep/held-desktop")

    desktop.get_by_role("link", name="Blokkering opheffen").click()
    desktop.get_by_role("button", name="Blokkering opheffen").click()
    expect(desktop.get_by_text("De blokkering is opgeheven")).to_be_visible()

    told_and_gone(report.organisation)
    desktop.goto(address(report, "campaign_retention", code=report.campaign.code))
    expect(desktop.get_by_text(re.compile("Anoniem sinds 16 maart 2028"))).to_be_visible()
    check_axe(desktop)
    shot(desktop, "rkeep/gone-desktop")
    desktop.goto(address(report, "settings_privacy"))
    desktop.get_by_text("Hash klopt").click()
    check_axe(desktop)
    shot(desktop, "rkeep/privacy-desktop")


def test_on_a_phone(phone, report, hr, log_in, check_axe, shot):
    with as_owner(report.organisation):
        invitation = Invitation.objects.select_related("organisation", "employee").filter(answered_at__isnull=False)[0]
    phone.goto(personal_path(invitation))
    shot(phone, "rkeep/closed-phone")
    phone.get_by_role("link", name="Bekijk of verwijder je antwoorden").click()
    check_axe(phone)
    shot(phone, "rkeep/own-answers-phone")
    phone.get_by_role("button", name="Verwijder mijn antwoorden").click()
    expect(phone.get_by_role("heading", name="Je antwoorden zijn verwijderd")).to_be_visible()
    check_axe(phone)
    shot(phone, "rkeep/deleted-phone")

    log_in(phone, hr)
    for name in ("console_start", "settings_privacy", "settings_staff_details", "settings_notices"):
        query = "?year=2026" if name == "console_start" else ""
        phone.goto(address(report, name) + query)
        check_axe(phone)
        shot(phone, f"rkeep/{name}-phone")
    phone.goto(address(report, "settings_staff_details"))
    phone.get_by_label("Bewaar de namen van medewerkers").uncheck()
    phone.get_by_role("button", name="Opslaan").click()
    expect(phone.get_by_text("De namen van 120 personen worden gewist.")).to_be_visible()
    check_axe(phone)
    shot(phone, "rkeep/erase-phone")
    phone.get_by_role("button", name="Wissen").click()
    expect(phone.get_by_text("Niet bewaard").first).to_be_visible()
    for name in ("campaign_retention", "campaign_retention_period", "campaign"):
        phone.goto(address(report, name, code=report.campaign.code))
        check_axe(phone)
        shot(phone, f"rkeep/{name}-phone")


def test_the_start_page_on_a_wide_screen(desktop, report, hr, log_in, check_axe, shot):
    log_in(desktop, hr)
    for year in (2025, 2026):
        desktop.goto(address(report, "console_start") + f"?year={year}")
        check_axe(desktop)
        shot(desktop, f"rkeep/start-{year}-desktop")
    desktop.goto(address(report, "settings_notices"))
    shot(desktop, "rkeep/notices-desktop")
