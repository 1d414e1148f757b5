"""HR looks how good an estimate's model is, unfolds what is behind it, and agrees to share what the survey teaches."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import make_member
from tests.reporting.domain.estimation.surveyed import made_up_card
from tests.reporting.report_rows import make_report
from tests.reporting.views.test_model_card import done_run
from wpm_platform.organisations.enums import MemberRole

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_hr_reads_the_card_and_shares_the_model(phone, log_in, check_axe, shot):
    report = make_report(case="one_person")
    run = done_run(report, card=made_up_card())
    log_in(phone, make_member(report.organisation, role=MemberRole.HR_ADMIN))
    slug = report.organisation.slug
    phone.goto(reverse("report_model_card", kwargs={"slug": slug, "code": report.code, "run": run.code}))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Hoe goed is dit model?")
    for title in ("Antwoorden die we weglieten", "Voor het algoritmeregister"):
        phone.get_by_role("heading", name=title).click()
    expect(phone.get_by_text("In te vullen door de werkgever").first).to_be_visible()
    check_axe(phone)
    shot(phone, "model-card")
    phone.goto(reverse("settings_prior", kwargs={"slug": slug}))
    phone.get_by_role("button", name="Meedoen").click()
    expect(phone.get_by_text("Je organisatie doet mee sinds")).to_be_visible()
    check_axe(phone)
    shot(phone, "shared-model")
    phone.get_by_role("button", name="Stoppen met meedoen").click()
    expect(phone.get_by_text("Je organisatie doet niet mee.")).to_be_visible()
