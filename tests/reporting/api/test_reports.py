"""Reports by API: list, detail and exports, the same files as in the console."""

import datetime
import io
import uuid
import zipfile

import jsonschema
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reporting.exports.evidence_check import check_evidence
from reporting.models import Report, ReportVersion
from tests.api_client import System, problem, wrong
from tests.factories import NOW, as_owner, make_api_key, make_member, make_organisation
from tests.reporting.report_rows import events, freeze, make_report
from tests.reporting.services.choosing import WHY, choose
from tests.reporting.services.estimation.estimating import estimated
from tests.reporting.surveyed_employer import make_surveyed_report

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


def test_an_estimate_and_its_reason_are_told_and_stand_in_the_export():
    report = make_surveyed_report(people=60, answered=40)
    system = System(make_api_key(report.organisation))
    item = system.get(f"reports/{report.code}").json()
    assert (item["commute_figures"], item["commute_figures_reason"]) == ("guidance", "")
    choose(report, estimated(report))
    item = system.get(f"reports/{report.code}").json()
    assert (item["commute_figures"], item["commute_figures_reason"]) == ("estimate", WHY)
    document = system.get(f"reports/{report.code}/export.json").json()
    jsonschema.validate(document, System().get("report-schema.json").json())
    assert document["commute"]["estimate"]["reason"] == WHY
    assert {cell["origin"] for cell in document["cells"][33:]} == {"estimated"}
    assert all(cell["derivation"]["estimate"]["km"] == cell["value"] for cell in document["cells"][33:])


BEGINNINGS = [("json", b"{"), ("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("pdf", b"%PDF-1.7"), ("zip", b"PK")]


@pytest.mark.parametrize(("file_format", "begins"), BEGINNINGS)
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
    paths = [f"reports/{uuid.uuid4()}", f"reports/{report.code}/export.exe", f"reports/{report.code}/export.JSON"]
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


@pytest.mark.parametrize(("file_format", "begins"), BEGINNINGS)
def test_who_has_the_file_gets_a_short_answer(report, system, file_format, begins):
    path = f"reports/{report.code}/export.{file_format}"
    first = system.get(path)
    assert "Accept-Language" in first["Vary"]
    system.headers["if-none-match"] = first["ETag"]
    again = system.get(path)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    system.headers["if-none-match"] = '"something else"'
    assert system.get(path).content == first.content


def test_the_evidence_of_the_api_agrees_with_itself_and_its_schema_is_published(report, system):
    content = system.get(f"reports/{report.code}/export.zip").content
    check = check_evidence(content)
    assert (check.cells, check.differences) == (44, ())
    schema = System().get("evidence-schema.json")
    assert schema["Content-Type"] == "application/schema+json"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.read("onderbouwing.schema.json") == schema.content


def test_a_draft_has_a_pdf_that_says_so_and_no_evidence_yet():
    report = make_report()
    system = System(make_api_key(report.organisation))
    assert system.get(f"reports/{report.code}/export.pdf").content.startswith(b"%PDF-1.7")
    refused = system.get(f"reports/{report.code}/export.zip")
    assert problem(refused) == wrong(409)
    assert "Freeze the report first" in refused.json()["detail"]


def filing(report, system, **changes):
    body = {"filed_on": "2026-05-04", "reference": "RVO-2026-0001", **changes}
    with time_machine.travel(datetime.datetime(2026, 5, 20, 10, 0, tzinfo=datetime.UTC), tick=False):
        return system.post(f"reports/{report.code}/filing", body)


def test_the_same_reference_twice_gives_the_same_answer_and_one_event(report, system):
    first = filing(report, system)
    assert (first.status_code, first.json()["state"], first.json()["filing_reference"]) == (
        200,
        "filed",
        "RVO-2026-0001",
    )
    again = filing(report, system, filed_on="2026-05-01", reference="RVO-2026-0001")
    assert (again.status_code, again.json()) == (200, first.json())
    assert events(report).count("report.filed") == 1


def test_another_reference_is_a_conflict_and_changes_nothing(report, system):
    filing(report, system)
    refused = filing(report, system, reference="RVO-2026-0002")
    assert problem(refused) == wrong(409)
    (version,) = system.get(f"reports/{report.code}").json()["versions"]
    assert version["filing_reference"] == "RVO-2026-0001"


def test_a_draft_cannot_be_filed():
    report = make_report()
    assert problem(filing(report, System(make_api_key(report.organisation)))) == wrong(409)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"reference": ""}, ["reference"]),
        ({"reference": "   "}, ["reference"]),
        ({"reference": "x" * 81}, ["reference"]),
        ({"filed_on": "4 mei"}, ["filed_on"]),
        ({"filed_on": None, "reference": None}, ["filed_on", "reference"]),
        ({"filed_on": "2026-05-21"}, ["filed_on"]),
    ],
)
def test_a_filing_that_cannot_be_is_told_by_its_field(report, system, changes, fields):
    refused = filing(report, system, **changes)
    assert problem(refused) == wrong(422)
    assert [error["field"] for error in refused.json()["errors"]] == fields


def test_filing_needs_its_own_scope_and_the_own_organisation(report):
    reader = System(make_api_key(report.organisation, scopes=["reports:read"]))
    assert problem(filing(report, reader)) == wrong(403)
    stranger = System(make_api_key(make_organisation()))
    assert problem(filing(report, stranger)) == wrong(404)
    assert problem(reader.post(f"reports/{report.code}/filing", "{")) == wrong(403)
