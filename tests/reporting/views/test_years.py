"""Year on year: the page and its files, from stored versions alone."""

import io
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from reporting.models import Report, ReportSource
from reporting.services.filing import reopen_report
from surveys.models import Response
from tests.factories import as_owner, make_legal_entity, make_member, make_organisation
from tests.reporting.report_rows import freeze, in_scope, make_report
from tests.reporting.two_years import make_years

pytestmark = pytest.mark.django_db


def address(entity, file_format=None):
    kwargs = {"slug": entity.organisation.slug, "code": entity.code}
    if file_format:
        return reverse("report_years_export", kwargs={**kwargs, "file_format": file_format})
    return reverse("report_years", kwargs=kwargs)


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def years():
    return make_years()


@pytest.fixture
def entity(years):
    return years[0]


@pytest.fixture
def hr(client, entity):
    client.force_login(make_member(entity.organisation))
    return client


def test_the_page_compares_the_years(hr, entity):
    page = hr.get(address(entity)).context["page"]
    assert [(year.year, year.is_draft) for year in page.years] == [(2024, False), (2025, False), (2026, True)]
    fleet = page.blocks[0]
    assert [figure.value for figure in fleet.rows[0].figures] == [1000, 1000, 1500]
    assert [figure.change_words for figure in fleet.rows[0].figures] == ["", "0 %", "+50,0 %"]
    assert [figure.is_manual for figure in fleet.rows[0].figures] == [True, True, True]
    assert [row.figures[2].value is not None for row in page.split_rows] == [True] * 4
    assert [sum(row.figures[n].value for row in page.split_rows) for n in range(3)] == [100, 100, 100]


def test_the_response_is_that_of_the_frozen_versions(hr, entity):
    page = hr.get(address(entity)).context["page"]
    *known, draft = page.key_rows[3].figures
    assert [isinstance(figure.value, int) for figure in known] == [True, True]
    assert draft.value is None


def test_breaks_of_method_are_marked(hr, entity):
    response = hr.get(address(entity), headers={"accept-language": "en"})
    assert [(found.since, found.year) for found in response.context["page"].breaks] == [
        (2024, 2025),
        (2025, 2026),
    ]
    assert (
        "Commuting was made differently: first one-week survey, then total entered by hand and one-week survey."
        in text_of(response)
    )
    assert response.content.decode().count('class="note"') == 4


def test_few_contributors_are_said_and_the_legal_figure_stays(hr, entity):
    """several_fuels has lines of one person each."""
    page = hr.get(address(entity)).context["page"]
    commute = page.blocks[3]
    few = [row for row in commute.rows if row.figures[0].is_few]
    assert few
    assert all(row.figures[0].value is not None for row in few)
    by_hand = [row.figures[1] for row in commute.rows if row.figures[1].is_manual]
    assert [(figure.value, figure.is_few) for figure in by_hand] == [(123_456, False)]
    assert "&lt; 5" in hr.get(address(entity)).content.decode()


def test_nothing_changes_when_the_answers_are_gone(hr, entity):
    before = hr.get(address(entity)).content
    with as_owner(entity.organisation):
        Response.objects.all().delete()
    assert csrf_free(hr.get(address(entity)).content) == csrf_free(before)


def csrf_free(content):
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", content)


def test_a_reopened_report_counts_as_the_draft_that_replaces_it(hr, years):
    entity, reports = years
    with in_scope(reports[0]) as where:
        reopen_report(**where, reason="Verkeerde opgave van de leasemaatschappij")
    page = hr.get(address(entity)).context["page"]
    assert next((year.year, year.is_draft) for year in page.years) == (2024, True)
    freeze(reports[0])
    page = hr.get(address(entity)).context["page"]
    assert next((year.year, year.is_draft) for year in page.years) == (2024, False)


def test_charts_can_be_read_without_seeing_them(hr, entity):
    content = hr.get(address(entity)).content.decode()
    names = re.findall(r'<svg role="img" aria-labelledby="(\S+) (\S+)"', content)
    assert len(names) == 3
    for title, description in names:
        assert re.search(rf'<title id="{title}">[^<]+</title>', content)
        assert re.search(rf'<desc id="{description}">2024: [^<]+</desc>', content)
    assert "style=" not in content
    # In Dutch a decimal comma would break every length.
    assert not re.search(r'(?:x|y|width|height)="[\d.]*,', content)


def test_one_year_says_what_will_come(client):
    report = make_report()
    client.force_login(make_member(report.organisation))
    response = client.get(address(report.legal_entity), headers={"accept-language": "en"})
    assert "There is a report for 2025. As soon as a second year has one" in text_of(response)
    assert "<svg role" not in response.content.decode()


def test_without_any_report_it_says_the_same(client):
    organisation = make_organisation()
    entity = make_legal_entity(organisation)
    client.force_login(make_member(organisation))
    response = client.get(address(entity), headers={"accept-language": "en"})
    assert "As soon as two years have a report" in text_of(response)


def test_years_of_one_legal_entity_are_not_those_of_another(hr, entity):
    other = make_legal_entity(entity.organisation, name="Andere B.V.")
    response = hr.get(address(other))
    assert response.context["page"].years == ()
    assert entity.name in text_of(response)


def test_another_organisation_finds_nothing(client, entity):
    client.force_login(make_member(make_organisation()))
    assert client.get(address(entity)).status_code == 404
    mine = make_organisation()
    client.force_login(make_member(mine))
    stolen = reverse("report_years", kwargs={"slug": mine.slug, "code": entity.code})
    assert client.get(stolen).status_code == 404


def test_the_number_of_queries_does_not_depend_on_the_years(hr, years):
    entity, reports = years
    hr.get(address(entity))
    with CaptureQueriesContext(connection) as three:
        hr.get(address(entity))
    with as_owner(entity.organisation):
        ReportSource.objects.filter(version__report=reports[2]).delete()
        reports[2].versions.all().delete()
        Report.objects.filter(pk=reports[2].pk).delete()
    with CaptureQueriesContext(connection) as two:
        hr.get(address(entity))
    assert len(three) == len(two)


def test_the_workbook_holds_all_lines_in_the_forms_order(hr, entity):
    book = load_workbook(io.BytesIO(hr.get(address(entity, "xlsx")).content))
    lines = list(book.worksheets[0].values)
    assert len(lines) == 45
    assert lines[0][5:] == ("2024", "2025", "verschil in %", "2026", "verschil in %")
    assert lines[1][5:] == (1000, 1000, 0, 1500, 50)
    assert [row[0] for row in lines[1:]] == [block for block in (1, 2, 3, 4) for _ in range(11)]
    assert [row[:2] for row in book.worksheets[2].values][1:] == [("2024", "2025"), ("2025", "2026")]


def test_the_text_file_is_for_a_dutch_spreadsheet(hr, entity):
    response = hr.get(address(entity, "csv"))
    rows = response.content.decode("utf-8-sig").split("\r\n")
    assert rows[1].endswith('"km";"1000";"1000";"0,0";"1500";"50,0"')
    assert len([row for row in rows if row]) == 45


def test_the_same_versions_give_the_same_bytes(hr, entity):
    assert hr.get(address(entity, "xlsx")).content == hr.get(address(entity, "xlsx")).content
    etag = hr.get(address(entity, "xlsx")).headers["ETag"]
    assert hr.get(address(entity, "xlsx"), headers={"if-none-match": etag}).status_code == 304


def test_another_kind_of_file_is_not_found(hr, entity):
    assert hr.get(address(entity, "pdf")).status_code == 404


def test_the_list_of_reports_leads_here(client):
    report = make_report()
    freeze(report)
    client.force_login(make_member(report.organisation))
    content = client.get(reverse("report_list", kwargs={"slug": report.organisation.slug})).content.decode()
    assert address(report.legal_entity) in content
    assert Decimal(content.count(address(report.legal_entity))) == 1
