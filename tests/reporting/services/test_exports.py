"""Files come from the stored version, never from a new computation."""

import csv
import io
import json

import jsonschema
import pytest
from django.utils import translation
from openpyxl import load_workbook

from reporting.exports.json import report_schema_bytes
from reporting.models import ReportVersion
from reporting.services.exports import ExportFormatUnknown, report_file
from reporting.services.filing import reopen_report
from tests.factories import make_employee
from tests.reporting.case_files import CASE_NAMES
from tests.reporting.report_rows import file, fill_in, freeze, in_scope, make_report
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


def export(report, file_format, *, number=1, language="nl"):
    with organisation_scope(report.organisation), translation.override(language):
        version = ReportVersion.objects.select_related("report__legal_entity").get(report=report, number=number)
        return report_file(version, file_format=file_format)


def document(report, **kwargs):
    return json.loads(export(report, "json", **kwargs).content)


@pytest.mark.parametrize("file_format", ["xlsx", "csv", "json"])
def test_the_same_version_gives_the_same_bytes(file_format):
    report = make_report()
    freeze(report)
    assert export(report, file_format).content == export(report, file_format).content


@pytest.mark.parametrize("file_format", ["xlsx", "csv", "json"])
def test_a_frozen_version_gives_the_same_bytes_whatever_happens_to_the_staff(file_format):
    report = make_report()
    freeze(report)
    before = export(report, file_format).content
    make_employee(report.organisation, legal_entity=report.legal_entity)
    assert export(report, file_format).content == before


@pytest.mark.parametrize("name", CASE_NAMES)
def test_json_follows_the_published_schema(name):
    report = make_report(case=name)
    jsonschema.validate(document(report), json.loads(report_schema_bytes()))


def test_all_formats_hold_the_same_44_values_in_the_order_of_the_form():
    report = make_report(case="several_fuels")
    fill_in(report, value=1234)
    values = [cell["value"] for cell in document(report)["cells"]]
    assert values[:32] == [1234] * 32
    assert values[32] == "1234.00"
    rows = list(csv.reader(io.StringIO(export(report, "csv").content.decode("utf-8-sig")), delimiter=";"))
    assert [row[7] for row in rows[1:]] == [
        value.replace(".", ",") if isinstance(value, str) else str(value) for value in values
    ]
    sheet = load_workbook(io.BytesIO(export(report, "xlsx").content)).worksheets[0]
    lines = [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int) and isinstance(row[2], int)]
    assert [row[4] for row in lines] == [float(value) for value in values]


def test_files_are_named_by_year_number_and_version():
    report = make_report()
    name = f"wpm-2025-{report.legal_entity.kvk_number}"
    assert export(report, "csv").name == f"{name}-versie-1.csv"
    assert export(report, "xlsx", language="en").name == f"{name}-version-1.xlsx"


def test_states_and_filing_are_said():
    report = make_report()
    assert document(report)["status"] == "draft"
    file(report)
    found = document(report)
    assert (found["status"], found["filed_on"], found["filing_reference"]) == ("filed", "2026-05-04", "RVO-2026-0001")
    with in_scope(report) as where:
        reopen_report(**where, reason="A contract was missing")
    assert document(report)["status"] == "filed"  # what version 1 was
    assert document(report, number=2)["status"] == "draft"


def test_an_open_cell_is_null_and_the_method_is_named():
    found = document(make_report(case="two_weeks_pooled"))
    assert found["is_complete"] is False
    assert [cell["value"] for cell in found["cells"][:33]] == [None] * 33
    assert found["commute"]["method"] == "survey_pooled_weeks"


def test_another_format_is_refused():
    with pytest.raises(ExportFormatUnknown):
        export(make_report(case="one_person"), "exe")
