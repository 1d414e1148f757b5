"""The method for commuting, from a register of rhythms to the figure and back to the survey's weeks."""

import pytest
from django.urls import reverse

from tests.factories import make_member, make_organisation
from tests.reporting.report_rows import make_report
from tests.reporting.services.test_commute_methods import rhythms
from tests.surveys.domain.staff_file.files import separated

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_hr_compares_the_methods_and_takes_214_days(desktop, phone, log_in, check_axe, shot):
    report = make_report(case="several_weeks", organisation=make_organisation(name="Voorbeeld Fietsfabriek"))
    member = make_member(report.organisation)
    where = {"slug": report.organisation.slug, "code": report.code}
    log_in(desktop, member)
    desktop.goto(reverse("report_business_file_new", kwargs={**where, "travel_block": "rhythms"}))
    check_axe(desktop)
    content = separated(rhythms(report, leave_out=3))
    desktop.set_input_files("#id_file", {"name": "ritmes.csv", "mimeType": "text/csv", "buffer": content})
    desktop.click("main form .btn-primary")
    desktop.click("main form .btn-primary")
    check_axe(desktop)
    shot(desktop, "methods/rhythms-desktop")
    desktop.click(".card .btn-primary")
    check_axe(desktop)
    shot(desktop, "methods/method-desktop")
    desktop.check("input[value=standard_days]")
    desktop.fill("textarea[name=reason]", "Van bijna iedereen is het ritme bekend")
    desktop.click("main form .btn-primary")
    desktop.locator("#block-4 .line:nth-child(1) details.why summary").click()
    check_axe(desktop)
    shot(desktop, "methods/report-desktop")
    assert desktop.locator("#block-4 .sum-result dd").first.inner_text() == "= 85.600"
    log_in(phone, member)
    phone.goto(reverse("report_method", kwargs=where))
    phone.check("input[value='survey:2025-03-10']")
    phone.fill("textarea[name=reason]", "De andere week was vakantie")
    check_axe(phone)
    shot(phone, "methods/method-phone")
    phone.click("main form .btn-primary")
    phone.locator("details.card summary", has_text="week voor week").click()
    check_axe(phone)
    shot(phone, "methods/report-phone")
