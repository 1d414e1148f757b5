"""Every worked case of the own checks: which findings, with which figures."""

import pytest

from reporting.domain.plausibility.checks import findings
from reporting.domain.plausibility.finding import Check
from tests.reporting.check_case_files import (
    PLAUSIBILITY_CASES,
    inputs_of_case,
    load_check_case,
    matrix_of_case,
    parameters_of_case,
    surroundings,
)


def found(case):
    return findings(inputs_of_case(case), matrix_of_case(case), parameters_of_case(case), around=surroundings(case))


@pytest.mark.parametrize("name", PLAUSIBILITY_CASES)
def test_case_gives_its_findings(name):
    case = load_check_case("plausibility_cases", name)
    assert [(row.check.value, row.place, dict(row.figures)) for row in found(case)] == [
        (row["check"], row["place"], row["figures"]) for row in case.get("expected", [])
    ]


@pytest.mark.parametrize("name", PLAUSIBILITY_CASES)
def test_case_names_its_source_and_its_rules(name):
    case = load_check_case("plausibility_cases", name)
    assert case["title"]
    assert case["source"]
    assert case["rules"]


def test_every_check_has_a_case():
    cases = [load_check_case("plausibility_cases", name) for name in PLAUSIBILITY_CASES]
    assert {row["check"] for case in cases for row in case.get("expected", [])} == {check.value for check in Check}
