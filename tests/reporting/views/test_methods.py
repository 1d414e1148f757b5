"""The page on which HR chooses how commuting is computed, and typed totals."""

import datetime

import pytest
from django.urls import reverse

from reporting.domain.commute_method import CommuteMethod
from reporting.domain.rvo import RvoBlock, RvoLine
from reporting.models import Report
from tests.factories import make_member, make_organisation
from tests.reporting.business_imports import figures
from tests.reporting.report_rows import freeze, in_scope, make_report
from tests.reporting.services.test_commute_methods import choose, kept, rhythms
from wpm_platform.organisations.enums import MemberRole

pytestmark = pytest.mark.django_db

EN = {"Accept-Language": "en"}


def address(report, name="report_method", **kwargs):
    return reverse(name, kwargs={"slug": report.organisation.slug, "code": report.code, **kwargs})


@pytest.fixture
def report():
    return make_report(case="several_weeks")


@pytest.fixture
def hr(client, report):
    client.force_login(make_member(report.organisation))
    return client


def test_the_methods_stand_side_by_side_and_one_is_chosen(hr, report):
    page = hr.get(address(report), headers=EN).context["page"]
    assert [(column.method.value, column.is_chosen, column.total) for column in page.columns] == [
        ("survey", True, 48_600),
        ("standard_days", False, None),
        ("trip_registration", False, None),
    ]
    assert (page.coverage.known, page.coverage.employees, page.coverage.needed) == (0, 20, 16)


def test_the_weeks_are_shown_with_their_year(hr, report):
    response = hr.get(address(report), headers=EN)
    rows = response.context["page"].weeks.rows
    assert [(row.week.respondents, row.km_per_respondent, row.annual_km) for row in rows] == [
        (12, 70.0, 63_000),
        (12, 38.0, 34_200),
    ]
    assert "63,000" in response.text
    assert "Car 71 % · (E-)bicycle and walking 29 %" in response.text


def test_hr_takes_one_week_with_a_reason_and_goes_back(hr, report):
    data = {"choice": "survey:2025-03-10", "reason": "De andere week was vakantie"}
    assert hr.post(address(report), data).url == address(report, "report")
    assert figures(report, RvoBlock.COMMUTE) == {"car_petrol": 45_000, "bicycle_walking": 18_000}
    text = hr.get(address(report, "report"), headers=EN).text
    assert "One-week survey" in text
    assert "De andere week was vakantie" in text
    hr.post(address(report), {"choice": "survey", "reason": "Alle weken"})
    assert figures(report, RvoBlock.COMMUTE) == {"car_petrol": 36_000, "bicycle_walking": 12_600}


@pytest.mark.parametrize(
    "data",
    [{}, {"choice": "survey"}, {"choice": "survey:2025-03-11", "reason": "x"}, {"choice": "guess", "reason": "x"}],
)
def test_an_impossible_choice_is_not_taken(hr, report, data):
    assert hr.post(address(report), data).status_code == 422
    with in_scope(report):
        assert Report.objects.get().method_chosen_at is None


def test_too_few_rhythms_are_refused_in_plain_words(hr, report):
    kept(report, rhythms(report, leave_out=5))
    response = hr.post(address(report), {"choice": "standard_days", "reason": "Snel"}, headers=EN, follow=True)
    assert "needs the rhythm of 16 of your 20 employees (80 %). We know 15." in response.text
    assert figures(report, RvoBlock.COMMUTE)["car_petrol"] == 36_000


def test_enough_rhythms_become_the_report_and_its_page_says_so(hr, report):
    kept(report, rhythms(report, leave_out=4))
    hr.post(address(report), {"choice": "standard_days", "reason": "Bekend van bijna iedereen"})
    text = hr.get(address(report, "report"), headers=EN).text
    assert "214 days" in text
    assert "Bekend van bijna iedereen" in text
    assert "× 214" in text
    assert figures(report, RvoBlock.COMMUTE) == {"car_petrol": 20 * 4280}


def test_totals_are_typed_with_their_origin(hr, report):
    choose(report, CommuteMethod.TRIP_REGISTRATION)
    data = {line.value: "0" for line in RvoLine} | {"car_diesel": "123.456", "origin": "Jaaroverzicht 2025"}
    where = address(report, "report_registration_totals")
    assert hr.post(where, {**data, "origin": ""}).status_code == 422
    assert hr.post(where, data).status_code == 302
    assert figures(report, RvoBlock.COMMUTE) == {"car_diesel": 123_456}
    assert "Jaaroverzicht 2025" in hr.get(address(report, "report")).text


def test_typed_totals_need_the_method(hr, report):
    data = {line.value: "1" for line in RvoLine} | {"origin": "Jaaroverzicht 2025"}
    hr.post(address(report, "report_registration_totals"), data)
    assert figures(report, RvoBlock.COMMUTE)["car_petrol"] == 36_000


def test_a_frozen_report_offers_no_choice(hr, report):
    freeze(report)
    assert 'name="choice"' not in hr.get(address(report)).text
    hr.post(address(report), {"choice": "trip_registration", "reason": "Te laat"})
    assert figures(report, RvoBlock.COMMUTE)["car_petrol"] == 36_000


def test_a_reader_does_not_choose(client, report):
    client.force_login(make_member(report.organisation, role=MemberRole.READER))
    assert client.get(address(report)).status_code == 403
    assert client.post(address(report), {"choice": "survey", "reason": "x"}).status_code == 403


def test_another_organisation_finds_nothing(client, report):
    client.force_login(make_member(make_organisation()))
    for name in ("report_method", "report_registration_totals"):
        assert client.get(address(report, name)).status_code == 404


@pytest.mark.parametrize("subject", ["rhythms", "commute_registration"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_template_imports_without_choosing_columns(hr, report, subject, language):
    answer = hr.get(address(report, "report_business_template", travel_block=subject, language=language))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    from django.core.files.uploadedfile import SimpleUploadedFile

    hr.post(
        address(report, "report_business_file_new", travel_block=subject),
        {"file": SimpleUploadedFile("sjabloon.xlsx", content)},
    )
    from reporting.domain.business_file.columns import COLUMNS_OF
    from reporting.domain.business_file.subjects import FileSubject
    from reporting.models import BusinessImport

    with in_scope(report):
        found = BusinessImport.objects.get()
    assert set(found.mapping) == {column.name for column in COLUMNS_OF[FileSubject(subject)]}
    assert found.created_at.date() >= datetime.date(2026, 1, 1)
