"""Downloads of a report."""

import json

import pytest
from django.urls import reverse

from reporting.exports.evidence_check import check_evidence
from tests.factories import make_member
from tests.reporting.report_rows import freeze, make_report
from wpm_platform.organisations.enums import MemberRole

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    return make_report(case="one_person")


@pytest.fixture
def reader(client, report):
    client.force_login(make_member(report.organisation, role=MemberRole.READER))
    return client


def address(report, file_format):
    kwargs = {"slug": report.organisation.slug, "code": report.code, "file_format": file_format}
    return reverse("report_export", kwargs=kwargs)


@pytest.mark.parametrize(
    ("file_format", "content_type", "start"),
    [
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
        ("csv", "text/csv; charset=utf-8", b"\xef\xbb\xbf"),
        ("json", "application/json", b"{"),
        ("pdf", "application/pdf", b"%PDF-1.7"),
    ],
)
def test_a_reader_downloads_every_format(reader, report, file_format, content_type, start):
    response = reader.get(address(report, file_format), headers={"accept-language": "nl"})
    assert response.headers["Content-Type"] == content_type
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="wpm-2025-{report.legal_entity.kvk_number}-versie-1.{file_format}"'
    )
    assert response.content.startswith(start)


@pytest.mark.parametrize("query", ["?version=2", "?version=x", "?version=-1", "?version=99999999"])
def test_a_version_that_is_not_there_is_not_found(reader, report, query):
    assert reader.get(address(report, "csv") + query).status_code == 404


def test_an_unknown_format_is_not_found(reader, report):
    assert reader.get(address(report, "exe")).status_code == 404


def test_the_schema_is_published(reader, report):
    response = reader.get(reverse("report_schema", kwargs={"slug": report.organisation.slug}))
    assert response.headers["Content-Type"] == "application/schema+json"
    assert json.loads(response.content)["$id"] == "urn:wpm-platform:report:1"


def test_the_evidence_is_there_once_the_report_is_frozen(client):
    report = make_report()
    client.force_login(make_member(report.organisation, role=MemberRole.READER))
    page = reverse("report", kwargs={"slug": report.organisation.slug, "code": report.code})
    assert client.get(address(report, "zip")).status_code == 404
    assert address(report, "zip") not in client.get(page).text
    freeze(report)
    assert address(report, "zip") in client.get(page).text
    response = client.get(address(report, "zip"))
    assert response.headers["Content-Type"] == "application/zip"
    assert check_evidence(response.content).is_equal
    again = client.get(address(report, "zip"), headers={"if-none-match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
