"""Every worked case of the CO2 indication."""

from fractions import Fraction

import pytest

from reporting.domain.co2 import assumed_commute_lines, co2_indication
from tests.reporting.check_case_files import (
    CO2_CASES,
    inputs_of_case,
    load_check_case,
    matrix_of_case,
    parameters_of_case,
)


def indication(case):
    matrix = matrix_of_case(case)
    return co2_indication(
        matrix,
        business=inputs_of_case(case).business,
        assumed_lines=assumed_commute_lines(matrix),
        parameters=parameters_of_case(case),
    )


@pytest.mark.parametrize("name", CO2_CASES)
def test_case_gives_its_sums(name):
    case = load_check_case("co2_cases", name)
    found = indication(case)
    for purpose in ("business", "commute", "total"):
        if purpose not in case["expected"]:
            continue
        expected, total = case["expected"][purpose], getattr(found, purpose)
        average = expected.get("grams_per_km")
        assert (total.kilograms, total.kilometres, total.known_km, total.has_euros, total.grams_per_km) == (
            Fraction(expected["kilograms"]),
            expected["kilometres"],
            expected["known_km"],
            expected.get("has_euros", False),
            None if average is None else Fraction(average),
        )


@pytest.mark.parametrize("name", CO2_CASES)
def test_case_names_the_lines_with_kilometres_and_without_a_factor(name):
    case = load_check_case("co2_cases", name)
    unknown = {}
    for row in indication(case).cells:
        if row.kilometres and row.kilograms is None:
            unknown.setdefault(row.block.code, []).append(row.line.value)
    assert unknown == case["expected"].get("unknown", {})


@pytest.mark.parametrize("name", CO2_CASES)
def test_case_names_its_source_and_its_rules(name):
    case = load_check_case("co2_cases", name)
    assert case["title"]
    assert case["source"]
    assert case["rules"]


def test_the_set_names_its_source_and_a_year_without_one_names_none():
    assert indication(load_check_case("co2_cases", "set_of_2025")).sources == (
        "Emission factors per passenger kilometre, tank-to-wheel, set for 2025",
    )
    assert not indication(load_check_case("co2_cases", "no_set_for_2026")).has_set


def test_all_lines_of_all_purposes_add_up_to_the_total():
    for name in CO2_CASES:
        found = indication(load_check_case("co2_cases", name))
        assert found.total.kilograms == found.business.kilograms + found.commute.kilograms
        assert found.total.kilometres == found.business.kilometres + found.commute.kilometres
        assert sum(row.kilograms or 0 for row in found.cells) == found.total.kilograms
