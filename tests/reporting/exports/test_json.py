import json
from datetime import date

import pytest
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from reporting.domain.report_inputs import ManualTotal
from reporting.domain.rvo import FORM_CELLS, RvoBlock, RvoLine
from reporting.exports.exported_report import ExportedStatus
from reporting.exports.json import SCHEMA_ID, report_document, report_json, report_schema_bytes
from tests.reporting.case_files import CASE_NAMES, commute_multiplier, load_case, survey_sums
from tests.reporting.reports import make_exported_report, make_inputs, make_matrix

SCHEMA = json.loads(report_schema_bytes())
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FormatChecker())


def document(**changes):
    return json.loads(report_json(make_exported_report(**changes)))


def test_the_schema_is_a_schema_and_names_no_host():
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == SCHEMA_ID == "urn:wpm-platform:report:1"


def test_every_object_of_the_schema_is_closed():
    def objects(node):
        if isinstance(node, dict):
            if "properties" in node and "required" in node:
                yield node
            for value in node.values():
                yield from objects(value)

    closed = [(node["additionalProperties"], node["required"] == list(node["properties"])) for node in objects(SCHEMA)]
    # A derivation has steps only where files were added up, block 4 a choice only where somebody chose, an estimate of
    # before no working weeks and form, and reports of before have no CO2.
    assert sorted(closed) == [*[(False, False)] * 4, *[(False, True)] * 9]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"matrix": make_matrix(manual=())},
        {"matrix": make_matrix(survey=None, manual=())},
        {"status": ExportedStatus.FILED, "filed_on": date(2026, 5, 4), "filing_reference": "RVO-1"},
        {"legal_entity_name": "=1+1 ‹ë›", "survey_weeks": ()},
    ],
)
def test_a_report_follows_its_schema(changes):
    VALIDATOR.validate(document(**changes))


@pytest.mark.parametrize("name", CASE_NAMES)
def test_every_worked_case_follows_the_schema(name):
    case = load_case(name)
    headcount = make_inputs().headcount.__class__(
        reference_date=date(2025, 1, 1),
        counted=case["population"]["headcount"],
        commute_multiplier=commute_multiplier(case),
    )
    VALIDATOR.validate(document(matrix=make_matrix(survey=survey_sums(case), headcount=headcount)))


def test_the_cells_stand_in_the_forms_order():
    assert [(cell["block"], cell["line_code"]) for cell in document()["cells"]] == [
        (block.value, line.value) for block, line in FORM_CELLS
    ]


def test_kilometres_are_numbers_and_euros_exact_text():
    cells = document()["cells"]
    assert (cells[0]["value"], cells[0]["unit"], cells[0]["origin"]) == (1001, "km", "manual")
    assert (cells[32]["value"], cells[32]["unit"]) == ("1234.50", "euro")


def test_a_cell_explains_itself():
    assert document()["cells"][34] == {
        "block": 4,
        "block_code": "commute",
        "line": 2,
        "line_code": "car_diesel",
        "value": 103500,
        "unit": "km",
        "origin": "observed",
        "derivation": {
            "method": "survey_one_week",
            "source": "Guidance for employers (RVO), summary, part 4: 'Kilometers berekenen'",
            "week_metres": "1000001",
            "weeks_per_year": 45,
            "respondents": 100,
            "headcount": 230,
            "exact_km": "207000207/2000",
            "flags": {},
            "undetermined_reason": None,
            "note": "",
        },
    }


def test_an_undetermined_cell_is_null_and_gives_its_reason():
    found = document(matrix=make_matrix(manual=()))
    assert (found["cells"][0]["value"], found["cells"][0]["origin"]) == (None, "undetermined")
    assert found["cells"][0]["derivation"]["undetermined_reason"] == "not_entered"
    assert (found["is_complete"], found["totals"][0]["undetermined"]) == (False, 11)


def test_mixed_methods_are_said():
    by_hand = ManualTotal(block=RvoBlock.COMMUTE, line=RvoLine.CAR_PETROL, value=1, note="Trip registration")
    assert document(matrix=make_matrix(manual=(by_hand,)))["commute"]["is_mixed"] is True


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "urn:other"),
        (("legal_entity", "kvk_number"), "123"),
        (("reporting_year",), "2025"),
        (("reference_date",), "1 January"),
        (("status",), "lost"),
        (("inputs_hash",), "abc"),
        (("surprise",), 1),
        (("cells",), []),
        (("cells", 0, "value"), "1234.50"),
        (("cells", 0, "value"), -1),
        (("cells", 0, "value"), None),
        (("cells", 0, "origin"), "undetermined"),
        (("cells", 32, "value"), 1234),
        (("cells", 32, "unit"), "km"),
        (("cells", 0, "unit"), "euro"),
        (("cells", 34, "derivation", "week_metres"), 1.5),
        (("cells", 34, "derivation", "flags"), {"gossip": 1}),
    ],
)
def test_what_is_no_report_is_refused(path, value):
    found = report_document(make_exported_report())
    node = found
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    with pytest.raises(ValidationError):
        VALIDATOR.validate(found)


def test_the_same_report_gives_the_same_bytes():
    assert report_json(make_exported_report()) == report_json(make_exported_report())
