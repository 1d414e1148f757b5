"""Reports by API: list, detail and exports, the same files as in the console."""

import uuid

import jsonschema
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reporting.models import Report, ReportVersion
from tests.api_client import System, problem, wrong
from tests.factories import NOW, as_owner, make_api_key, make_member, make_organisation
from tests.reporting.report_rows import freeze, make_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    report = make_report(organisation=make_organisation(slug="fietsfabriek"))
    freeze(report)
    return report


@pytest.fixture
def system(report):
    return System(make_api_key(report.organisation))


def test_reports_are_listed_with_their_versions(report, system):
    make_report()
    (item,) = system.get("reports").json()["items"]
    assert (item["code"], item["legal_entity"]["kvk_number"], item["reporting_year"]) == (
        str(report.code),
        report.legal_entity.kvk_number,
        report.reporting_year,
    )
    assert [(version["number"], version["state"]) for version in item["versions"]] == [(1, "frozen")]
    assert item == system.get(f"reports/{report.code}").json()


def test_json_export_follows_the_published_schema(report, system):
    schema = System().get("report-schema.json")
    assert schema["Content-Type"] == "application/schema+json"
    document = system.get(f"reports/{report.code}/export.json").json()
    jsonschema.validate(document, schema.json())
    assert len(document["cells"]) == 44


@pytest.mark.parametrize(("file_format", "begins"), [("json", b"{"), ("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
def test_file_is_the_one_of_the_console(client, report, system, file_format, begins):
    client.force_login(make_member(report.organisation))
    console = client.get(
        f"/o/fietsfabriek/reports/{report.code}/export/{file_format}/", headers={"accept-language": "en"}
    )
    file = system.get(f"reports/{report.code}/export.{file_format}")
    assert file.content[: len(begins)] == begins
    assert (file.content, file["Content-Disposition"]) == (console.content, console["Content-Disposition"])


def test_what_is_not_there_is_not_found(report, system):
    other = make_report()
    paths = [f"reports/{uuid.uuid4()}", f"reports/{report.code}/export.pdf", f"reports/{report.code}/export.JSON"]
    paths += [f"reports/{other.code}", f"reports/{other.code}/export.json", "reports/x"]
    assert [problem(system.get(path)) for path in paths] == [wrong(404)] * 6


def test_queries_do_not_grow_with_the_reports(report, system):
    numbers = []
    for year in (report.reporting_year - 1, report.reporting_year + 1):
        with as_owner(report.organisation):
            row = Report.objects.create(
                organisation=report.organisation, legal_entity=report.legal_entity, reporting_year=year, created_at=NOW
            )
            ReportVersion.objects.create(
                organisation=report.organisation, report=row, number=1, inputs_hash="x", built_at=NOW
            )
        with CaptureQueriesContext(connection) as queries:
            assert len(system.get("reports").json()["items"]) == len(numbers) + 2
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
