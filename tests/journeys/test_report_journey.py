"""From an opened report to a filed one, by HR in a browser."""

import datetime
import re

import pytest
from django.urls import reverse

from reporting.enums import ReportState
from reporting.exports.evidence_check import check_evidence
from reporting.models import ReportVersion
from surveys.models import Employee
from tests.factories import as_owner, make_employee, make_legal_entity, make_member, make_organisation
from tests.reporting.report_rows import file, fill_in, freeze, make_report
from wpm_platform.organisations.enums import MemberRole

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def address(report, name, **kwargs):
    return reverse(name, kwargs={"slug": report.organisation.slug, **kwargs})


@pytest.fixture
def report():
    report = make_report(case="several_fuels", organisation=make_organisation(name="Voorbeeld Fietsfabriek"))
    with as_owner(report.organisation):
        type(report.legal_entity).objects.filter(pk=report.legal_entity_id).update(name="Voorbeeld Fietsfabriek B.V.")
    return report


def test_hr_fills_in_checks_freezes_and_files(desktop, log_in, check_axe, shot, report):
    log_in(desktop, make_member(report.organisation))
    desktop.goto(address(report, "report_list"))
    check_axe(desktop)
    shot(desktop, "report-list-desktop")
    desktop.click("tbody a")
    check_axe(desktop)
    shot(desktop, "report-draft-desktop")

    desktop.click(".page-head .btn-primary")
    check_axe(desktop)
    desktop.fill("#id_fleet__car_petrol", "125.000")
    desktop.fill("#id_fleet__car_electric", "84 300")
    desktop.fill("#id_fleet__note", "Jaaroverzicht van de leasemaatschappij")
    desktop.fill("#id_expense_claim__public_transport", "4.210,50")
    for block in ("fleet", "mobility_service", "expense_claim"):
        desktop.check(f"#id_{block}__rest_is_zero")
    shot(desktop, "report-business-desktop")
    desktop.click(".save-bar .btn-primary")
    desktop.locator("#block-4 details.why summary").first.click()
    check_axe(desktop)
    shot(desktop, "report-complete-desktop")
    assert desktop.locator("#block-1 .line-value").first.inner_text() == "125.000"

    desktop.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desktop.locator("#block-1 .copy").first.click()
    desktop.wait_for_selector("#block-1 .copy.copied")
    assert desktop.evaluate("navigator.clipboard.readText()") == "125000"

    desktop.click(".page-head .btn-primary")
    check_axe(desktop)
    shot(desktop, "report-freeze-desktop")
    desktop.click("main form .btn-primary")
    check_axe(desktop)
    shot(desktop, "report-frozen-desktop")
    desktop.click(".page-head .btn-primary")
    desktop.fill("#id_reference", "RVO-2026-0042")
    check_axe(desktop)
    shot(desktop, "report-file-desktop")
    desktop.click("main form .btn-primary")
    check_axe(desktop)
    shot(desktop, "report-filed-desktop")
    with as_owner(report.organisation):
        version = ReportVersion.objects.get()
    assert (version.state, version.filing_reference) == (ReportState.FILED, "RVO-2026-0042")


def test_the_report_on_a_phone(phone, log_in, check_axe, shot, report):
    fill_in(report, value=1_234_567)
    log_in(phone, make_member(report.organisation))
    phone.goto(address(report, "report", code=report.code))
    check_axe(phone)
    phone.locator("#block-4 details.why summary").first.tap()
    check_axe(phone)
    shot(phone, "report-phone")
    phone.goto(address(report, "report_business", code=report.code))
    check_axe(phone)
    shot(phone, "report-business-phone")
    phone.goto(address(report, "report_cell", code=report.code, block="commute", line="car_petrol"))
    check_axe(phone)
    shot(phone, "report-cell-phone")


def test_a_mistake_is_shown_beside_its_field(phone, log_in, check_axe, shot, report):
    log_in(phone, make_member(report.organisation))
    phone.goto(address(report, "report_business", code=report.code))
    phone.fill("#id_fleet__car_petrol", "veel")
    phone.fill("#id_fleet__car_diesel", "12")
    phone.click(".save-bar .btn-primary")
    check_axe(phone)
    shot(phone, "report-business-error-phone")
    assert phone.input_value("#id_fleet__car_diesel") == "12"
    assert phone.locator(".error-summary a").count() == 1


def test_reopening_keeps_the_history(desktop, log_in, check_axe, shot, report):
    file(report)
    log_in(desktop, make_member(report.organisation))
    desktop.goto(address(report, "report_reopen", code=report.code))
    check_axe(desktop)
    desktop.fill("#id_reason", "Een leasecontract ontbrak")
    desktop.click("main form .btn-primary")
    check_axe(desktop)
    shot(desktop, "report-reopened-desktop")
    assert re.findall(r"Versie \d|Version \d", desktop.locator("#history-title + .table-wrap").inner_text()) != []


def test_a_reader_sees_the_frozen_report(desktop, log_in, check_axe, shot, report):
    freeze(report)
    log_in(desktop, make_member(report.organisation, role=MemberRole.READER))
    desktop.goto(address(report, "report", code=report.code))
    check_axe(desktop)
    shot(desktop, "report-reader-desktop")
    assert desktop.locator(".page-head .btn-primary").count() == 0


def test_start_and_headcount(desktop, phone, log_in, check_axe, shot, report):
    user = make_member(report.organisation)
    with as_owner(report.organisation):
        Employee.objects.filter(legal_entity=report.legal_entity).update(has_mobility_provision=True)
    entity = report.legal_entity
    make_employee(report.organisation, legal_entity=entity, contract_kind="on_call")
    make_employee(report.organisation, legal_entity=entity, contract_kind="hired_temp")
    make_employee(report.organisation, legal_entity=entity, employed_from=datetime.date(2025, 9, 1))
    for page, name in ((desktop, "desktop"), (phone, "phone")):
        log_in(page, user)
        page.goto(address(report, "console_start") + "?year=2025")
        check_axe(page)
        shot(page, f"start-{name}")
        page.goto(address(report, "headcount") + "?year=2025")
        check_axe(page)
        shot(page, f"headcount-{name}")
        page.goto(address(report, "report_parameters", year=2026))
        check_axe(page)
        shot(page, f"parameters-{name}")


def test_a_new_organisation_reads_what_to_do_first(phone, log_in, check_axe, shot):
    organisation = make_organisation()
    log_in(phone, make_member(organisation))
    phone.goto(reverse("console_start", kwargs={"slug": organisation.slug}))
    check_axe(phone)
    shot(phone, "start-empty-phone")
    make_legal_entity(organisation)
    phone.goto(reverse("report_list", kwargs={"slug": organisation.slug}))
    check_axe(phone)
    shot(phone, "report-list-empty-phone")


def test_a_reader_takes_the_evidence_and_the_pdf_along(desktop, phone, log_in, check_axe, shot, report, tmp_path):
    file(report)
    user = make_member(report.organisation, role=MemberRole.READER)
    for page, name in ((desktop, "desktop"), (phone, "phone")):
        log_in(page, user)
        page.goto(address(report, "report", code=report.code))
        page.locator("#evidence-title").scroll_into_view_if_needed()
        check_axe(page)
        shot(page, f"report-evidence-{name}")
        with page.expect_download() as evidence:
            page.click("section[aria-labelledby=evidence-title] .btn")
        path = tmp_path / f"{name}.zip"
        evidence.value.save_as(path)
        assert evidence.value.suggested_filename.endswith("versie-1-onderbouwing.zip")
        assert check_evidence(path.read_bytes()).is_equal
        with page.expect_download() as printed:
            page.get_by_role("link", name="PDF").click()
        assert printed.value.suggested_filename.endswith("versie-1.pdf")
