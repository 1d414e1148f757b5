"""What stands out of a report, answered by HR in a browser; and the CO2 indication."""

import pytest
from django.urls import reverse

from tests.factories import as_owner, make_member, make_organisation
from tests.reporting.business_file_examples import CARD_TRIPS, CLAIM_TRIPS, LEASE_MIXED
from tests.reporting.business_imports import applied
from tests.reporting.report_rows import fill_in, make_report
from tests.reporting.standing_out import make_report_that_stands_out, standing_out

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def address(report, name):
    return reverse(name, kwargs={"slug": report.organisation.slug, "code": report.code})


@pytest.fixture
def report():
    report = make_report_that_stands_out(organisation=make_organisation(name="Voorbeeld Fietsfabriek"))
    with as_owner(report.organisation):
        type(report.legal_entity).objects.filter(pk=report.legal_entity_id).update(name="Voorbeeld Fietsfabriek B.V.")
    return report


def test_hr_answers_what_stands_out_and_freezes(desktop, phone, log_in, check_axe, shot, report):
    user = make_member(report.organisation)
    for page, name in ((phone, "phone"), (desktop, "desktop")):
        log_in(page, user)
        for route in ("report", "report_checks", "report_co2", "report_freeze"):
            page.goto(address(report, route))
            check_axe(page)
            shot(page, f"checks/{route.replace('_', '-')}-{name}")
    desktop.goto(address(report, "report_checks"))
    desktop.locator(".finding summary").first.click()
    desktop.locator(".finding textarea").first.fill("Twee collega's wonen sinds kort ver weg en fietsen echt zo ver.")
    check_axe(desktop)
    shot(desktop, "checks/report-checks-answering-desktop")
    desktop.locator(".finding form button").first.click()
    desktop.wait_for_selector(".finding-answer")
    check_axe(desktop)
    shot(desktop, "checks/report-checks-answered-desktop")
    phone.goto(address(report, "report_checks"))
    shot(phone, "checks/report-checks-answered-phone")
    desktop.goto(address(report, "report_freeze"))
    for field in desktop.locator("main textarea").all():
        field.fill("De brommers zijn vervangen door fietsen; het leasecontract liep af.")
    desktop.click("main form .btn-primary")
    desktop.wait_for_selector("#evidence-title")
    assert [row for row in standing_out(report) if row.is_open] == []


def test_nothing_stands_out(desktop, phone, log_in, check_axe, shot):
    report = make_report(organisation=make_organisation(name="Voorbeeld Fietsfabriek"), reporting_year=2026)
    fill_in(report)
    for example in (LEASE_MIXED, CARD_TRIPS, CLAIM_TRIPS):
        applied(report, example)
    user = make_member(report.organisation)
    for page, name in ((phone, "phone"), (desktop, "desktop")):
        log_in(page, user)
        for route in ("report_checks", "report_co2", "report_co2_factors", "report_freeze", "report_business"):
            page.goto(address(report, route))
            check_axe(page)
            shot(page, f"checks/plain-{route.replace('_', '-')}-{name}")
