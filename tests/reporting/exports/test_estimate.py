"""The files of a report that states an estimate: observed beside estimated, hidden where few are behind it."""

import csv
import io
import json

import jsonschema
import pypdf
from django.utils import translation
from openpyxl import load_workbook

from reporting.domain.commute_estimate import shielded_estimate
from reporting.domain.least_inputs import least_inputs
from reporting.domain.matrix import build_matrix
from reporting.domain.plausibility.year_checks import EarlierFigures, change
from reporting.domain.rvo import RvoLine
from reporting.exports.csv import report_csv
from reporting.exports.evidence import evidence_document
from reporting.exports.evidence_check import document_differences
from reporting.exports.json import report_json, report_schema_bytes
from reporting.exports.pdf import report_pdf
from reporting.exports.xlsx import report_xlsx
from reporting.method_statement import method_statement
from reporting.services.exports import export_labels
from tests.reporting.estimates import CARD, make_estimate, make_figures
from tests.reporting.evidence import make_evidence
from tests.reporting.reports import PARAMETERS, make_exported_report, make_inputs, make_labels, make_matrix

PEOPLE = {**dict.fromkeys(RvoLine, 20), RvoLine.CAR_OTHER: 3}
# The smallest other line is hidden with it.
HIDDEN = {RvoLine.CAR_OTHER, RvoLine.CAR_PETROL}


def made(**changes):
    estimate = shielded_estimate(make_estimate(**changes), PEOPLE)
    inputs = make_inputs(estimate=estimate)
    return inputs, make_exported_report(matrix=build_matrix(inputs, PARAMETERS), estimate=estimate)


def rows_of(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_workbook_has_a_sheet_with_both_and_the_reason():
    _, report = made()
    book = load_workbook(io.BytesIO(report_xlsx(report, labels=make_labels())))
    rows = rows_of(book["ESTIMATE"])
    facts = {row[0]: row[1] for row in rows[:9]}
    assert facts["REASON"] == "Half of the people did not answer"
    assert (facts["ASKED"], facts["RESPONDENTS"], facts["ODDS_RATIO"]) == (228, 100, "2.0")
    by_line = {row[0]: row[1:] for row in rows[11:]}
    assert by_line["CAR_DIESEL"][:7] == [103_500, 10_007, 20_014, 19_914, 20_114, 19_964, 20_064]
    for line in HIDDEN:
        assert by_line[line.value.upper()][1:] == [None, 10_007 * line.number, None, None, None, None, "FEW_PEOPLE"]
    assert by_line["TOTAL"][:3] == [697_590, 330_231, 660_462]
    header = [row[3] for row in rows_of(book["OVERVIEW"])[:20]]
    assert "Half of the people did not answer" in header


def test_files_of_the_guidance_have_no_columns_of_an_estimate():
    report = make_exported_report()
    book = load_workbook(io.BytesIO(report_xlsx(report, labels=make_labels())))
    assert "ESTIMATE" not in book.sheetnames
    assert b"OBSERVED_KM" not in report_csv(report, labels=make_labels())
    assert b"estimate" not in report_json(report)


def test_csv_gives_guidance_observed_estimate_and_interval_per_cell():
    _, report = made()
    text = report_csv(report, labels=make_labels()).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text), delimiter=";")
    assert head[-5:] == ["GUIDANCE_KM", "OBSERVED_KM", "ESTIMATED_KM", "LOWER", "UPPER"]
    assert all(row[-5:] == [""] * 5 for row in rows[:33])
    assert rows[34][-5:] == ["103500", "10007", "20014", "19914", "20114"]
    assert rows[33][-5:] == ["362250", "", "10007", "", ""]


def test_json_follows_the_schema_with_and_without_hidden_lines():
    for inputs, report in (made(), made(lines={**make_estimate().lines, RvoLine.MOPED_PETROL: make_figures(None)})):
        document = json.loads(report_json(report))
        jsonschema.validate(document, json.loads(report_schema_bytes()))
        assert document["commute"]["estimate"]["total"] == inputs.estimate.total.to_json()
        assert "lines" not in document["commute"]["estimate"]


def test_the_printed_report_says_on_its_first_page_that_it_is_an_estimate():
    inputs, report = made()
    with translation.override("nl"):
        statement = method_statement(inputs=inputs, parameters=PARAMETERS, matrix=report.matrix)
        evidence = make_evidence(report=report, inputs=least_inputs(inputs, PARAMETERS), statement=statement)
        content = report_pdf(evidence, labels=export_labels())
        assert content == report_pdf(evidence, labels=export_labels())
    pages = [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    assert "een schatting, geen meting: tussen 651.462 en 669.462 km in totaal" in pages[0]
    text = " ".join(pages)
    assert "Auto, diesel 103.500 10.007 20.014 19.914 – 20.114" in text
    assert "Auto, benzine 362.250 verborgen 10.007 verborgen" in text
    assert "Half of the people did not answer" in text
    assert "tot 2 keer zo makkelijk" in text


def test_a_method_that_knows_no_odds_ratio_does_not_promise_it():
    inputs, report = made(method="post_stratified_distance")
    with translation.override("en"):
        text = " ".join(method_statement(inputs=inputs, parameters=PARAMETERS, matrix=report.matrix))
    assert "times as readily" not in text
    assert "live about as far away and answered" in text


def test_evidence_of_before_there_were_estimates_is_read_and_agrees():
    document = json.loads(json.dumps(evidence_document(make_evidence())))
    assert "estimate" not in document["inputs"]
    assert "model_card" not in document
    assert [row.where for row in document_differences(document) if "warnings" not in row.where] == []


def test_a_card_without_an_estimate_is_named():
    document = json.loads(json.dumps(evidence_document(make_evidence(model_card=CARD))))
    assert "model_card" in [row.where for row in document_differences(document)]


def test_the_year_before_by_the_guidance_is_another_method():
    earlier = EarlierFigures(
        reporting_year=2024, headcount=240, method=make_matrix().commute_method, matrix=make_matrix()
    )
    _, report = made()
    found = [
        row for row in change(report.matrix, headcount=240, earlier=earlier, parameters=PARAMETERS) if row.block == 4
    ]
    assert found
    assert {row.figures.get("is_other_method") for row in found} == {"yes"}
