"""The list of reports and the report page, per role."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reporting.models import Report, ReportCell
from reporting.services.entered_totals import enter_business_totals
from reporting.services.filing import freeze_report, reopen_report
from surveys.enums import CampaignState
from tests.factories import NOW as ANSWERED_AT
from tests.factories import make_campaign, make_legal_entity, make_member, make_organisation, make_site
from tests.reporting.report_rows import business_totals, file, fill_in, freeze, in_scope, make_report
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


def address(organisation, name, **kwargs):
    return reverse(name, kwargs={"slug": organisation.slug, **kwargs})


def page(client, report, name="report", **kwargs):
    return client.get(address(report.organisation, name, code=report.code, **kwargs))


@pytest.fixture
def report():
    return make_report(case="several_fuels")


@pytest.fixture
def hr(client, report):
    client.force_login(make_member(report.organisation))
    return client


@pytest.fixture
def reader(client, report):
    client.force_login(make_member(report.organisation, role=MemberRole.READER))
    return client


def stored_values(report, block):
    with organisation_scope(report.organisation):
        cells = ReportCell.objects.filter(version__report=report, block=block)
        return [cell.value for cell in cells]


def copied(response):
    return re.findall(r'data-copy="([^"]*)"', response.text)


def test_every_known_figure_can_be_copied_in_the_order_of_the_form(hr, report):
    fill_in(report, value=1_234_567)
    assert copied(page(hr, report)) == (
        ["1234567"] * 32 + ["1234567,00"] + [str(int(value)) for value in stored_values(report, 4)]
    )


def test_an_open_figure_is_no_zero_and_cannot_be_copied(hr, report):
    response = page(hr, report)
    assert len(copied(response)) == 11
    assert response.text.count('<span class="line-none">–</span>') == 33


def test_the_blocks_and_lines_stand_in_the_order_of_the_form(hr, report):
    response = hr.get(address(report.organisation, "report", code=report.code), headers={"accept-language": "en"})
    assert re.findall(r'id="block-\d-title">([^<]+)<', response.text) == [
        "Business travel with the fleet",
        "Business travel through mobility services",
        "Business travel on expense claims",
        "Commuting",
    ]
    numbers = re.findall(r'class="line-number">(\d+)<', response.text)
    assert numbers == [str(number) for number in range(1, 12)] * 4


def test_figures_are_written_as_dutch_readers_write_them(hr, report):
    fill_in(report, value=1_234_567)
    response = hr.get(address(report.organisation, "report", code=report.code), headers={"accept-language": "nl"})
    assert '<span class="line-value">1.234.567</span>' in response.text
    assert '<span class="line-value">1.234.567,00</span>' in response.text
    assert "2.025" not in response.text


def test_a_figure_is_explained_with_its_week_factor_respondents_and_headcount(hr, report):
    response = hr.get(address(report.organisation, "report", code=report.code), headers={"accept-language": "en"})
    with organisation_scope(report.organisation):
        cell = ReportCell.objects.get(version__report=report, block=4, line="car_petrol")
    text = response.text[response.text.index('id="block-4"') :]
    derivation = cell.derivation
    for piece in (
        f"<dd>× {derivation['weeks_per_year']}</dd>",
        f"<dd>÷ {derivation['respondents']}</dd>",
        f"<dd>× {derivation['headcount']}</dd>",
        "Guidance for employers (RVO)",
        "One-week survey",
    ):
        assert piece in text


def test_several_weeks_are_named_as_pooled(client):
    report = make_report(case="two_weeks_pooled")
    client.force_login(make_member(report.organisation))
    response = client.get(address(report.organisation, "report", code=report.code), headers={"accept-language": "en"})
    assert "Several weeks pooled" in response.text


def test_the_header_says_who_counts_and_whether_there_is_a_duty(hr, report):
    response = hr.get(address(report.organisation, "report", code=report.code), headers={"accept-language": "en"})
    headcount = response.context["page"].inputs.headcount.counted
    assert f'<p class="figure-big">{headcount}</p>' in response.text
    assert response.context["duty"].headcount == headcount
    assert str(response.context["duty_label"]) in response.text


def test_a_draft_that_lacks_business_travel_asks_for_it(hr, report):
    assert "report_business" not in page(hr, report).text
    assert address(report.organisation, "report_business", code=report.code) in page(hr, report).text


def test_a_complete_draft_can_be_frozen_and_a_frozen_one_filed(hr, report):
    fill_in(report)
    assert address(report.organisation, "report_freeze", code=report.code) in page(hr, report).text
    with in_scope(report) as where:
        freeze_report(**where)
    text = page(hr, report).text
    assert address(report.organisation, "report_file", code=report.code) in text
    assert address(report.organisation, "report_business", code=report.code) not in text


def test_a_reader_sees_everything_and_can_change_nothing(reader, report):
    response = page(reader, report)
    assert response.status_code == 200
    assert len(copied(response)) == 11
    for name in ("report_business", "report_campaign", "report_freeze", "report_file", "report_reopen"):
        assert address(report.organisation, name, code=report.code) not in response.text
        assert page(reader, report, name).status_code == 403
    for name in ("report_compute", "report_freeze", "report_reopen"):
        assert reader.post(address(report.organisation, name, code=report.code)).status_code == 403
    cell = address(report.organisation, "report_cell", code=report.code, block="commute", line="car_petrol")
    assert reader.post(cell, {"kilometres": "1", "reason": "x"}).status_code == 403


def test_a_site_lead_sees_no_report(client, report):
    lead = make_member(report.organisation, role=MemberRole.SITE_LEAD, site=make_site(report.organisation))
    client.force_login(lead)
    assert page(client, report).status_code == 403
    assert client.get(address(report.organisation, "report_list")).status_code == 403


def test_a_report_of_another_organisation_is_not_found(client, report):
    other = make_organisation()
    client.force_login(make_member(other))
    assert page(client, report).status_code == 404
    assert client.get(address(other, "report", code=report.code)).status_code == 404
    assert client.post(address(other, "report_compute", code=report.code)).status_code == 404
    assert client.get(address(other, "report_export", code=report.code, file_format="csv")).status_code == 404


def test_an_older_version_is_shown_as_it_was(hr, report):
    file(report)
    with in_scope(report) as where:
        reopen_report(**where, reason="A contract was missing")
        enter_business_totals(**where, totals=business_totals(5))
    old = page(hr, report, "report_version", number=1)
    assert copied(old)[:2] == ["1000", "1000"]
    assert copied(page(hr, report))[:2] == ["5", "5"]
    assert address(report.organisation, "report_business", code=report.code) not in old.text
    assert page(hr, report, "report_version", number=3).status_code == 404


def test_computing_again_is_a_post(hr, report):
    where = address(report.organisation, "report_compute", code=report.code)
    assert hr.get(where).status_code == 405
    response = hr.post(where)
    assert response.headers["Location"] == address(report.organisation, "report", code=report.code)


def test_a_frozen_report_says_so_when_somebody_computes(hr, report):
    freeze(report)
    response = hr.post(
        address(report.organisation, "report_compute", code=report.code),
        follow=True,
        headers={"accept-language": "en"},
    )
    assert "This report is frozen. Reopen it to change it." in response.text


def test_choosing_a_survey(hr, report):
    where = address(report.organisation, "report_campaign", code=report.code)
    assert report.campaign.name in hr.get(where).text
    hr.post(where, {"campaign": ""})
    assert stored_values(report, 4) == [None] * 11
    hr.post(where, {"campaign": str(report.campaign.code)})
    assert None not in stored_values(report, 4)


def test_a_running_survey_is_not_offered(hr, report):
    running = make_campaign(report.organisation, name="Reisweek najaar", reporting_year=2025)
    response = hr.get(address(report.organisation, "report_campaign", code=report.code))
    assert str(running.code) not in response.text
    assert "Reisweek najaar" in response.text
    refused = hr.post(
        address(report.organisation, "report_campaign", code=report.code), {"campaign": str(running.code)}
    )
    assert refused.status_code == 404


def test_the_list_opens_a_report_once_per_entity_and_year(client):
    organisation = make_organisation()
    entity = make_legal_entity(organisation)
    make_campaign(organisation, state=CampaignState.CLOSED, reporting_year=2025, closed_at=ANSWERED_AT)
    client.force_login(make_member(organisation))
    for _ in range(2):
        response = client.post(
            address(organisation, "report_open"), {"legal_entity": str(entity.code), "reporting_year": "2025"}
        )
        assert response.status_code == 302
    with organisation_scope(organisation):
        report = Report.objects.get()
    assert response.headers["Location"] == address(organisation, "report", code=report.code)
    assert entity.kvk_number in client.get(address(organisation, "report_list")).text


def test_opening_for_a_stranger_entity_or_year_is_refused(client):
    organisation = make_organisation()
    entity, theirs = make_legal_entity(organisation), make_legal_entity(make_organisation())
    client.force_login(make_member(organisation))
    for data in (
        {"legal_entity": str(theirs.code), "reporting_year": "2025"},
        {"legal_entity": str(entity.code), "reporting_year": "1999"},
        {},
    ):
        assert client.post(address(organisation, "report_open"), data).status_code == 422
    with organisation_scope(organisation):
        assert Report.objects.count() == 0


def test_without_a_legal_entity_the_list_says_what_to_do(client):
    organisation = make_organisation()
    client.force_login(make_member(organisation))
    response = client.get(address(organisation, "report_list"))
    assert address(organisation, "settings_general") in response.text


def test_number_of_queries_of_the_list_does_not_grow(hr, report):
    counts = []
    for reports in (0, 2):
        for _ in range(reports):
            make_report(organisation=report.organisation, case="one_person")
        with CaptureQueriesContext(connection) as queries:
            hr.get(address(report.organisation, "report_list"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
