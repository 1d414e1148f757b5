"""What comes after filing: HR compares the years, publishes the result, and an employee reads it on a phone."""

import io

import pikepdf
import pytest
from django.urls import reverse

from surveys.models import Employee
from tests.factories import as_owner, make_campaign, make_member, make_organisation, make_week, personal_path
from tests.reporting.two_years import make_years
from tests.surveys.answered_weeks import HOME, answer_week

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def address(organisation, name, **kwargs):
    return reverse(name, kwargs={"slug": organisation.slug, **kwargs})


def test_hr_compares_the_years_on_screen_and_on_paper(desktop, log_in, check_axe, shot):
    organisation = make_organisation(name="Voorbeeld Fietsfabriek")
    make_years(organisation=organisation)
    log_in(desktop, make_member(organisation))
    desktop.goto(address(organisation, "report_list"))
    desktop.get_by_role("link", name="Vergelijk de jaren").click()
    check_axe(desktop)
    shot(desktop, "years-desktop")
    assert desktop.locator("svg[role=img]").count() == 3
    # The bars of a year fill the width, and no text is scaled with them.
    split = desktop.locator("svg[role=img]").first
    bars = split.locator("rect.bar").evaluate_all("bars => bars.map(bar => bar.getBoundingClientRect().width)")
    assert abs(sum(bars) / 3 - split.bounding_box()["width"]) < 1
    paper = desktop.pdf(format="A4", print_background=False)
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        assert 2 <= len(pdf.pages) <= 6
    desktop.set_viewport_size({"width": 390, "height": 844})
    check_axe(desktop)
    shot(desktop, "years-phone")
    desktop.goto(address(organisation, "settings_council"))
    check_axe(desktop)
    shot(desktop, "council-phone")
    desktop.set_viewport_size({"width": 1280, "height": 800})
    shot(desktop, "council-desktop")


def test_hr_publishes_and_an_employee_reads(desktop, phone, log_in, check_axe, shot):
    organisation = make_organisation(name="Voorbeeld Fietsfabriek")
    week = make_week(make_campaign(organisation, state="closed", name="Reisweek 2026"))
    for number in range(9):
        answer_week(
            week, ["car", "car", HOME, "car"] if number % 2 else ["bicycle"] * 4, km=5 + number, burden=1 + number % 2
        )
    for _ in range(6):
        answer_week(week, ["public_transport", HOME, HOME, "public_transport"], km=35)
    response = answer_week(week, ["bicycle", "car", HOME])
    phone.goto(personal_path(response.invitation))
    assert phone.get_by_role("link", name="Bekijk het resultaat").count() == 0

    log_in(desktop, make_member(organisation))
    desktop.goto(address(organisation, "campaign", code=week.campaign.code))
    desktop.get_by_role("link", name="Bekijk en publiceer het").click()
    check_axe(desktop)
    shot(desktop, "result-preview-desktop")
    desktop.get_by_role("button", name="Resultaat publiceren").click()
    desktop.get_by_role("button", name="Resultaat intrekken").wait_for()
    shot(desktop, "result-published-desktop")

    phone.goto(personal_path(response.invitation))
    check_axe(phone)
    shot(phone, "result-closed-phone")
    phone.get_by_role("link", name="Bekijk het resultaat").click()
    check_axe(phone)
    shot(phone, "result-phone")
    assert phone.locator(".result-figures li").count() == 3
    phone.get_by_role("link", name="Terug").click()
    phone.get_by_role("link", name="Bekijk het resultaat").wait_for()

    with as_owner(organisation):
        Employee.objects.filter(pk=response.employee_id).update(language="ar")
    phone.set_viewport_size({"width": 320, "height": 568})
    phone.goto(f"{personal_path(response.invitation)}result/")
    check_axe(phone)
    shot(phone, "result-arabic-small-phone")
