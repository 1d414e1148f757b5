"""HR reports an estimate in place of the guidance's figures, and reads both in the report."""

import pytest
from django.urls import reverse

from tests.factories import make_member, make_organisation
from tests.reporting.services.estimation.estimating import estimated
from tests.reporting.surveyed_employer import make_surveyed_report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_hr_chooses_the_estimate_and_reads_observed_beside_it(desktop, phone, log_in, check_axe, shot):
    report = make_surveyed_report(organisation=make_organisation(name="Voorbeeld Fietsfabriek"), people=60, answered=40)
    estimated(report)
    member, where = make_member(report.organisation), {"slug": report.organisation.slug, "code": report.code}
    log_in(desktop, member)
    desktop.goto(reverse("report_estimate_choice", kwargs=where))
    desktop.check("input[value=estimate]")
    desktop.fill("textarea[name=reason]", "Wie ver weg woont, antwoordde minder vaak")
    check_axe(desktop)
    shot(desktop, "estimate/choice-desktop")
    desktop.click("main form .btn-primary")
    desktop.locator("#block-4 .line:nth-child(1) details.why summary").click()
    assert desktop.locator("#block-4 .line:nth-child(1) .line-beside dd").count() == 2
    check_axe(desktop)
    shot(desktop, "estimate/report-desktop")
    log_in(phone, member)
    phone.goto(reverse("report_estimate_choice", kwargs=where))
    shot(phone, "estimate/choice-phone")
    phone.goto(reverse("report", kwargs=where))
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    shot(phone, "estimate/report-phone")
