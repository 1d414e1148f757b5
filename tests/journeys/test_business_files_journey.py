"""A lease overview, from HR's desk to the figure that the environmental agency asks about."""

import pytest
from django.urls import reverse

from tests.factories import make_member, make_organisation
from tests.reporting.business_file_examples import CLAIM_TRIPS, LEASE_CONTRACTS, LEASE_READINGS, Example
from tests.reporting.business_imports import applied, checked
from tests.reporting.report_rows import make_report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def report():
    return make_report(case="six_at_home", organisation=make_organisation(name="Voorbeeld Fietsfabriek"))


def address(report, name, **kwargs):
    return reverse(name, kwargs={"slug": report.organisation.slug, "code": report.code, **kwargs})


def choose(page, example: Example):
    page.set_input_files("#id_file", {"name": example.filename, "mimeType": "text/csv", "buffer": example.content})
    page.click("main form .btn-primary")


def test_hr_puts_a_lease_overview_into_the_report(desktop, log_in, check_axe, shot, report):
    log_in(desktop, make_member(report.organisation))
    desktop.goto(address(report, "report_business"))
    check_axe(desktop)
    shot(desktop, "business/totals-desktop")
    desktop.click("#block-1 .entry-files a.btn")
    desktop.click("details.card summary")
    check_axe(desktop)
    shot(desktop, "business/new-desktop")
    choose(desktop, LEASE_CONTRACTS)
    check_axe(desktop)
    desktop.select_option("#id_column_4", "contract_km")
    shot(desktop, "business/columns-desktop")
    desktop.click("main form .btn-primary")
    check_axe(desktop)
    shot(desktop, "business/checked-desktop")
    desktop.check("#skips_wrong_rows")
    desktop.click(".card .btn-primary")
    check_axe(desktop)
    shot(desktop, "business/applied-desktop")
    desktop.goto(address(report, "report"))
    desktop.locator("#block-1 .line:nth-child(3) details.why summary").click()
    check_axe(desktop)
    shot(desktop, "business/report-desktop")
    desktop.goto(address(report, "report_cell", block="fleet", line="car_hybrid"))
    check_axe(desktop)
    shot(desktop, "business/cell-desktop")
    assert desktop.locator(".sum-result dd").inner_text() == "= 25.000"


def test_the_pages_on_a_phone(phone, log_in, check_axe, shot):
    report = make_report(case="several_fuels", organisation=make_organisation(name="Voorbeeld Fietsfabriek"))
    log_in(phone, make_member(report.organisation))
    applied(report, LEASE_READINGS)
    claims = checked(report, CLAIM_TRIPS)
    pages = {
        "totals": address(report, "report_business"),
        "new": address(report, "report_business_file_new", travel_block="expense_claim"),
        "columns": address(report, "report_business_file", file=claims.code) + "?columns",
        "checked": address(report, "report_business_file", file=claims.code),
        "cell": address(report, "report_cell", block="fleet", line="car_petrol"),
    }
    for name, where in pages.items():
        phone.goto(where)
        check_axe(phone)
        shot(phone, f"business/{name}-phone")
