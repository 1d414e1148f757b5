"""Every worked case, to the kilometre."""

import pytest

from reporting.domain.cell import CellOrigin
from reporting.domain.commute import commute_cells, provided_kilometres
from reporting.domain.parameter_files import load_parameters
from reporting.domain.rvo import RvoLine
from tests.reporting.case_files import CASE_NAMES, commute_multiplier, load_case, survey_sums

LINE_FLAGS = {"unknown_fuel", "assumed_line"}


def cells_of(case):
    return commute_cells(
        survey=survey_sums(case),
        headcount=commute_multiplier(case),
        parameters=load_parameters(reporting_year=case["reporting_year"]),
    )


@pytest.mark.parametrize("name", CASE_NAMES)
def test_case_gives_its_cells(name):
    case = load_case(name)
    expected = {line: case["expected"]["cells"].get(line, 0) for line in RvoLine}
    for line in case["expected"].get("undetermined", ()):
        expected[RvoLine(line)] = None
    assert {cell.line: cell.value for cell in cells_of(case)} == expected


@pytest.mark.parametrize("name", CASE_NAMES)
def test_case_names_only_lines_of_the_form(name):
    expected = load_case(name)["expected"]
    named = {*expected["cells"], *expected.get("undetermined", ()), *expected.get("employer_provided", ())}
    assert named - set(RvoLine) == set()


@pytest.mark.parametrize("name", CASE_NAMES)
def test_case_counts_its_respondents_and_flags(name):
    case = load_case(name)
    survey = survey_sums(case)
    flags = case["expected"].get("flags", {})
    assert survey.respondents == case["expected"]["respondents"]
    assert sum(week.submitted for week in survey.weeks) == case["expected"]["submitted"]
    assert survey.flags() == flags
    for cell in cells_of(case):
        assert {key: count for key, count in cell.derivation.flags.items() if key not in LINE_FLAGS} == flags


@pytest.mark.parametrize("name", CASE_NAMES)
def test_case_states_its_method(name):
    case = load_case(name)
    assert {cell.derivation.method.value for cell in cells_of(case)} == {case["expected"]["method"]}


@pytest.mark.parametrize("name", CASE_NAMES)
def test_case_keeps_what_the_employer_provides(name):
    case = load_case(name)
    provided = provided_kilometres(
        survey=survey_sums(case),
        headcount=commute_multiplier(case),
        parameters=load_parameters(reporting_year=case["reporting_year"]),
    )
    by_line = {}
    for row in provided:
        if row.provided_km:
            by_line[row.line.value] = by_line.get(row.line.value, 0) + row.provided_km
    assert by_line == case["expected"].get("employer_provided", {})


@pytest.mark.parametrize("name", CASE_NAMES)
def test_case_cites_a_source_and_its_rules(name):
    case = load_case(name)
    assert case["title"]
    assert case["source"]
    assert case["rules"]


def test_rounded_lines_stay_within_half_a_kilometre_of_the_exact_figure():
    for name in CASE_NAMES:
        for cell in cells_of(load_case(name)):
            if cell.origin is CellOrigin.OBSERVED:
                assert abs(cell.value - cell.derivation.exact_km) * 2 <= 1


def test_the_hybrid_line_says_that_its_place_is_assumed():
    cells = {cell.line: cell for cell in cells_of(load_case("hybrid_line"))}
    assert cells[RvoLine.CAR_HYBRID].derivation.flags == {"assumed_line": 1}


def test_a_spread_fuel_is_flagged_on_the_lines_that_received_it():
    flags = {cell.line: cell.derivation.flags for cell in cells_of(load_case("unknown_fuel"))}
    assert {line: found for line, found in flags.items() if found} == {
        RvoLine.CAR_PETROL: {"unknown_fuel": 1},
        RvoLine.CAR_ELECTRIC: {"unknown_fuel": 1},
    }
