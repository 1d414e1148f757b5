"""An evidence file agrees with itself, and nothing of it can be changed without being named."""

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.management import call_command
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from reporting.domain.least_inputs import least_inputs
from reporting.domain.parameter_changes import enter_value
from reporting.domain.parameter_reading import parameters_from
from reporting.domain.rvo import Fuel, Mode
from reporting.domain.survey_sums import ModeSum
from reporting.exports.evidence import (
    EVIDENCE_SCHEMA_ID,
    EarlierVersion,
    evidence_document,
    evidence_json,
    evidence_schema_bytes,
)
from reporting.exports.evidence_check import check_evidence
from reporting.exports.evidence_zip import DOCUMENT, HASHES, MEMBERS, evidence_zip, hash_list, zip_bytes
from reporting.exports.json import report_schema_bytes
from tests.reporting.evidence import make_evidence, make_facts
from tests.reporting.reports import PARAMETERS, make_exported_report, make_inputs, make_matrix, make_survey

REPORT_SCHEMA = json.loads(report_schema_bytes())
SCHEMA = json.loads(evidence_schema_bytes())
VALIDATOR = Draft202012Validator(
    SCHEMA, registry=Registry().with_resource(REPORT_SCHEMA["$id"], Resource.from_contents(REPORT_SCHEMA))
)


def members(**changes):
    texts = {name: f"content of {name}".encode() for name in MEMBERS}
    return {**texts, DOCUMENT: evidence_json(make_evidence(**changes))}


def changed_document(change):
    """A file whose document was changed and whose hashes were made anew by whoever did it."""
    parts = members()
    document = json.loads(parts[DOCUMENT])
    change(document)
    return check_evidence(evidence_zip({**parts, DOCUMENT: json.dumps(document).encode()}))


def places(check):
    return [difference.where for difference in check.differences]


def test_the_schema_is_a_schema_and_names_no_host():
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == EVIDENCE_SCHEMA_ID == "urn:wpm-platform:evidence:1"


def test_the_evidence_follows_its_schema():
    earlier = EarlierVersion(
        number=1,
        inputs_hash="0" * 64,
        filed_on=None,
        filing_reference="",
        reopened_on=date(2026, 5, 4),
        reason="A contract was missing",
    )
    for evidence in (make_evidence(), make_evidence(earlier=(earlier,)), make_evidence(facts=None, frozen_on=None)):
        VALIDATOR.validate(json.loads(evidence_json(evidence)))


def test_an_untouched_file_is_equal_in_all_44_cells():
    check = check_evidence(evidence_zip(members()))
    assert (check.cells, check.differences, check.is_equal) == (44, (), True)


def test_the_same_members_give_the_same_bytes_and_the_hashes_are_those_of_sha256sum():
    parts = members()
    content = evidence_zip(parts)
    assert content == evidence_zip(dict(parts))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        lines = archive.read(HASHES).decode().splitlines()
        assert archive.namelist() == [*MEMBERS, HASHES]
    assert lines == [f"{hashlib.sha256(parts[name]).hexdigest()}  {name}" for name in MEMBERS]


@pytest.mark.parametrize("name", [*MEMBERS, HASHES])
def test_one_changed_byte_is_named_by_its_member(name):
    content = bytearray(evidence_zip(members()))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        info = archive.getinfo(name)
    start = info.header_offset + 30 + len(name)
    content[start + info.file_size // 2] ^= 1
    check = check_evidence(bytes(content))
    assert not check.is_equal
    assert name in places(check)


def test_one_changed_byte_anywhere_is_a_difference():
    content = evidence_zip(members())
    step = max(1, len(content) // 150)
    for place in [*range(0, len(content), step), len(content) - 1]:
        changed = bytearray(content)
        changed[place] ^= 1
        assert not check_evidence(bytes(changed)).is_equal, place


def test_a_byte_more_or_less_is_a_difference():
    content = evidence_zip(members())
    assert places(check_evidence(content + b"x")) == ["ZIP"]
    assert places(check_evidence(content[:-1])) == ["ZIP"]
    assert places(check_evidence(b"")) == ["ZIP"]


def test_a_member_that_is_missing_or_strange_is_named():
    parts = members()
    without = {name: content for name, content in parts.items() if name != "rapport.pdf"}
    assert places(check_evidence(evidence_zip(without))) == ["rapport.pdf", HASHES]
    assert "extra.txt" in places(check_evidence(evidence_zip({**parts, "extra.txt": b"x"})))
    assert places(check_evidence(zip_bytes({"x": b""})))[0] == "x"


def test_a_changed_parameter_is_named_and_so_is_every_cell_it_moves():
    def more_weeks(document):
        document["parameters"]["values"]["weeks_per_year"]["value"] = 46

    found = places(changed_document(more_weeks))
    assert "parameters version" in found
    assert "parameter weeks_per_year" in found
    assert [place for place in found if place.startswith("parameter ")] == ["parameter weeks_per_year"]
    assert "cell 4/1 (commute, car_petrol) value" in found
    assert not any(place.startswith("cell 1/") for place in found)


def test_a_changed_parameter_with_a_version_to_match_still_moves_the_cells():
    def more_weeks(document):
        document["parameters"]["values"]["weeks_per_year"]["value"] = 46

    def everywhere(document):
        more_weeks(document)
        version = parameters_from(document["parameters"]).version
        document["report"]["parameter_version"] = document["inputs"]["parameter_version"] = version

    check = changed_document(everywhere)
    assert "cell 4/1 (commute, car_petrol) value" in places(check)
    assert check.cells == 33  # of block 4 none is equal: 45 stands in every derivation


def test_what_an_administrator_entered_is_no_difference_and_hides_none():
    entered = enter_value(PARAMETERS, key="sample_margin", value=Decimal("0.05"), source="Works council, 3 March 2026")
    inputs = replace(make_inputs(), parameter_version=entered.version)
    report = make_exported_report(parameter_version=entered.version)
    evidence = make_evidence(report=report, inputs=least_inputs(inputs, entered), parameters=entered)
    parts = {**members(), DOCUMENT: evidence_json(evidence)}
    assert check_evidence(evidence_zip(parts)).is_equal
    document = json.loads(parts[DOCUMENT])
    document["parameters"]["values"]["weeks_per_year"]["value"] = 44
    changed = check_evidence(evidence_zip({**parts, DOCUMENT: json.dumps(document).encode()}))
    assert [place for place in places(changed) if place.startswith("parameter ")] == ["parameter weeks_per_year"]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda d: d["report"]["cells"][0].update(value=1002), "cell 1/1 (fleet, car_petrol) value"),
        (lambda d: d["report"]["cells"][43].update(origin="manual"), "cell 4/11 (commute, public_transport) origin"),
        (lambda d: d["report"]["totals"][3].update(kilometres=1), "total 4"),
        (lambda d: d["report"].update(headcount=241), "report headcount"),
        (lambda d: d["report"].update(is_complete=False), "report is_complete"),
        (lambda d: d["report"]["commute"].update(respondents=101), "report respondents"),
        (lambda d: d["report"]["commute"].update(survey_weeks=[]), "report survey_weeks"),
        (lambda d: d["report"]["legal_entity"].update(kvk_number="87654321"), "report kvk_number"),
        (lambda d: d["inputs"]["headcount"].update(commute_multiplier=231), "inputs_sha256"),
        (lambda d: d["inputs"]["survey"]["sums"][0].update(metres="240001"), "inputs_sha256"),
        (lambda d: d["inputs"]["manual"][0].update(value="7"), "cell 1/1 (fleet, car_petrol) value"),
        (lambda d: d["inputs"].update(format=2), DOCUMENT),
        (lambda d: d["inputs"]["manual"].append(d["inputs"]["manual"][0]), "inputs"),
        (lambda d: d["inputs"].update(parameter_version="other"), "inputs parameter_version"),
        (lambda d: d.update(extra=1), DOCUMENT),
        (lambda d: d["report"]["cells"].pop(), DOCUMENT),
    ],
)
def test_whatever_is_changed_in_the_document_is_named(change, place):
    check = changed_document(change)
    assert place in places(check)
    assert not check.is_equal


def test_what_cannot_be_read_is_a_difference_and_no_error():
    parts = members()
    for content in (b"", b"{", b"[]", b"\xff", b"[" * 100_000):
        check = check_evidence(zip_bytes({**parts, DOCUMENT: content, HASHES: hash_list({**parts, DOCUMENT: content})}))
        assert (check.cells, places(check)) == (0, [DOCUMENT])


def test_the_document_holds_nothing_finer_than_the_lines_of_the_form():
    document = evidence_document(make_evidence())
    text = json.dumps(document)
    assert {row["is_employer_provided"] for row in document["inputs"]["survey"]["sums"]} == {None}
    assert '_metres": 1' not in text


def test_a_remark_on_a_part_of_a_line_is_told_without_its_size():
    hybrid = ModeSum(mode=Mode.CAR, fuel=Fuel.HYBRID, is_employer_provided=False, metres=Fraction(77_777))
    unknown = ModeSum(mode=Mode.CAR, fuel=Fuel.UNKNOWN, is_employer_provided=False, metres=Fraction(55_555))
    survey = replace(make_survey(), sums=(*make_survey().sums, hybrid, unknown))
    inputs = make_inputs(survey=survey)
    report = make_exported_report(matrix=make_matrix(survey=survey))
    document = evidence_document(make_evidence(report=report, inputs=least_inputs(inputs, PARAMETERS)))
    assert document["line_remarks"] == [
        {"line": "car_petrol", "remark": "unknown_fuel"},
        {"line": "car_diesel", "remark": "unknown_fuel"},
        {"line": "car_hybrid", "remark": "assumed_line"},
        {"line": "car_hybrid", "remark": "unknown_fuel"},
    ]
    assert "77777" not in json.dumps(document)
    assert "55555" not in json.dumps(document)


def test_facts_stand_as_they_were_kept():
    assert evidence_document(make_evidence())["facts"] == make_facts()


def test_the_command_needs_no_database(tmp_path, capsys):
    """Here no test may reach a database: pytest would fail it."""
    path = tmp_path / "evidence.zip"
    path.write_bytes(evidence_zip(members()))
    call_command("verify_evidence", str(path))
    assert capsys.readouterr().out.startswith("Equal: 44 cells")
