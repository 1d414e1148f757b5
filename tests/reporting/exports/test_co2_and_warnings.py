"""CO2 and what stood out, in every file that leaves: by the schema, for reading, and checked again."""

import io
import json
import re
from dataclasses import replace
from fractions import Fraction

import jsonschema
import pypdf
import pytest
from django.utils import translation
from jsonschema import Draft202012Validator, FormatChecker
from openpyxl import load_workbook
from referencing import Registry, Resource

from reporting.domain.co2 import assumed_commute_lines, co2_indication
from reporting.domain.least_inputs import least_inputs
from reporting.domain.matrix import build_matrix
from reporting.domain.plausibility.checks import own_findings
from reporting.domain.plausibility.finding import Check, Finding
from reporting.domain.rvo import Fuel, Mode, RvoBlock, RvoLine
from reporting.domain.survey_sums import ModeSum
from reporting.exports.evidence import coarse_report, evidence_document, evidence_schema_bytes
from reporting.exports.evidence_check import document_differences
from reporting.exports.json import report_document, report_schema_bytes
from reporting.exports.pdf import report_pdf
from reporting.exports.xlsx import report_xlsx
from reporting.services.exports import export_labels
from tests.reporting.evidence import make_evidence, make_facts
from tests.reporting.reports import (
    PARAMETERS,
    make_business_totals,
    make_exported_report,
    make_inputs,
    make_labels,
    make_survey,
)

REPORT_SCHEMA = json.loads(report_schema_bytes())
REPORT_VALIDATOR = Draft202012Validator(REPORT_SCHEMA, format_checker=FormatChecker())
EVIDENCE_VALIDATOR = Draft202012Validator(
    json.loads(evidence_schema_bytes()),
    registry=Registry().with_resource(REPORT_SCHEMA["$id"], Resource.from_contents(REPORT_SCHEMA)),
    format_checker=FormatChecker(),
)
HYBRIDS = ModeSum(mode=Mode.CAR, fuel=Fuel.HYBRID, is_employer_provided=False, metres=Fraction(100_000))
CHANGE = Finding(
    check=Check.CHANGE,
    block=RvoBlock.FLEET,
    line=RvoLine.CAR_PETROL,
    figures={
        "km": "12000", "km_before": "30000", "change": "-0.600", "limit": "0.250", "year_before": "2024",
        "headcount": "240", "headcount_before": "251",
    },
)  # fmt: skip


def warning(finding, answer="Twee vestigingen gesloten."):
    return {**finding.to_json(), "finding": "Zin van toen.", "answer": answer, "answered_on": "2026-05-03"}


def report_with_co2(inputs):
    matrix = build_matrix(inputs, PARAMETERS)
    co2 = co2_indication(
        matrix, business=inputs.business, assumed_lines=assumed_commute_lines(matrix), parameters=PARAMETERS
    )
    return make_exported_report(matrix=matrix, co2=co2)


def evidence(inputs=None, warnings=None):
    inputs = inputs or make_inputs()
    report = report_with_co2(inputs)
    if warnings is None:
        warnings = [warning(finding) for finding in own_findings(report.matrix, PARAMETERS)]
    return make_evidence(report=report, inputs=least_inputs(inputs, PARAMETERS), facts=make_facts(warnings=warnings))


def with_hybrids():
    survey = make_survey()
    return make_inputs(survey=replace(survey, sums=(*survey.sums, HYBRIDS)))


def differences(document):
    return [difference.where for difference in document_differences(document)]


def test_the_indication_follows_the_schema_and_a_report_without_one_does_too():
    document = report_document(report_with_co2(make_inputs()))
    REPORT_VALIDATOR.validate(document)
    REPORT_VALIDATOR.validate(report_document(make_exported_report()))
    with pytest.raises(jsonschema.ValidationError):
        REPORT_VALIDATOR.validate({**document, "co2": {**document["co2"], "occupants": "1.07"}})


def test_json_tells_the_set_and_leaves_unknown_what_is_unknown():
    co2 = report_document(report_with_co2(make_inputs()))["co2"]
    assert (co2["basis"], co2["year"]) == ("tank_to_wheel", 2025)
    assert co2["sources"] == ["Emission factors per passenger kilometre, tank-to-wheel, set for 2025"]
    lines = {(row["block"], row["line_code"]): row for row in co2["lines"]}
    assert lines[1, "car_petrol"]["kilograms"] == str(Fraction(1001 * 139, 1000))
    assert lines[1, "car_other"] == {
        "block": 1, "line_code": "car_other", "kilometres": 1005, "grams_per_passenger_km": None, "kilograms": None,
    }  # fmt: skip
    assert lines[3, "public_transport"]["kilometres"] is None
    assert co2["total"]["has_euros"] is True


def test_an_evidence_file_agrees_with_its_indication_and_its_warnings():
    for inputs in (make_inputs(), with_hybrids(), make_inputs(manual=make_business_totals()[1:])):
        document = evidence_document(evidence(inputs))
        EVIDENCE_VALIDATOR.validate(document)
        assert differences(document) == []


def test_hybrids_without_a_plug_stay_unknown_in_the_evidence_too():
    document = evidence_document(evidence(with_hybrids()))
    lines = {(row["block"], row["line_code"]): row for row in document["report"]["co2"]["lines"]}
    assert lines[4, "car_hybrid"]["grams_per_passenger_km"] is None
    assert evidence_document(evidence())["report"]["co2"] != document["report"]["co2"]


def test_a_changed_indication_is_named():
    document = evidence_document(evidence())
    document["report"]["co2"]["total"]["kilograms"] = "1"
    assert differences(document) == ["co2 total"]


@pytest.mark.parametrize("change", ["figure", "left out", "made up"])
def test_a_warning_that_does_not_follow_from_the_figures_is_named(change):
    low = make_inputs(survey=replace(make_survey(), sums=(make_survey().sums[0],)))
    document = evidence_document(evidence(low))
    warnings = document["facts"]["warnings"]
    assert [row["code"] for row in warnings] == ["public_transport"]
    if change == "figure":
        warnings[0]["figures"]["share"] = "0.300"
    elif change == "left out":
        warnings.clear()
    else:
        warnings.append({**warnings[0], "code": "negative_business"})
    assert set(differences(document)) == {"facts warnings"}


def test_warnings_that_need_more_than_the_file_has_are_no_difference():
    assert differences(evidence_document(evidence(warnings=[warning(CHANGE)]))) == []


def test_an_answer_is_never_empty():
    document = evidence_document(evidence(warnings=[warning(CHANGE, answer="")]))
    assert not EVIDENCE_VALIDATOR.is_valid(document)


def printed(language):
    with translation.override(language):
        content = report_pdf(evidence(warnings=[warning(CHANGE)]), labels=export_labels())
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    return re.sub(r"\s+", " ", text)


def test_the_printed_report_tells_a_finding_in_its_language_and_the_answer_as_it_was_given():
    assert "Auto, benzine (zakelijk verkeer met het wagenpark): 12.000 km, in 2024 30.000 km (−60 %)." in printed("nl")
    english = printed("en")
    assert "Car, petrol (business travel with the fleet): 12,000 km, in 2024 30,000 km (−60 %)." in english
    assert "Twee vestigingen gesloten." in english


def test_the_printed_report_tells_the_indication_with_its_set():
    text = printed("nl")
    assert "CO2, een indicatie" in text
    assert "onbekend" in text
    assert "Bron (2025):" in text


def test_the_workbook_has_a_sheet_for_the_indication():
    report = report_with_co2(make_inputs())
    content = report_xlsx(coarse_report(report), labels=make_labels())
    rows = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(content)).worksheets[2].iter_rows()]
    assert rows[0][0] == "CO2_SAY"
    assert rows[1][0].startswith("SOURCE (2025): Emission factors")
    assert ["FLEET", "CAR_PETROL", 1001, 139, 139] in rows
    assert ["FLEET", "CAR_OTHER", 1005, "UNKNOWN", "UNKNOWN"] in rows
    assert [row[0] for row in rows[-3:]] == ["BUSINESS_TRAVEL", "COMMUTING", "TOTAL"]
