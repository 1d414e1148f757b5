"""Every worked case of business travel, to the kilometre and the cent."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest

from reporting.domain.business.steps import outcome
from reporting.domain.cell import CellMethod, CellOrigin
from reporting.domain.rvo import FORM_CELLS, RvoBlock, RvoLine, Unit, cell_unit
from tests.reporting.business_case_files import (
    BUSINESS_CASE_NAMES,
    case_business,
    case_matrix,
    load_business_case,
)


def expected_blocks(case):
    return {RvoBlock[name.upper()]: facts for name, facts in case["expected"].items()}


def expected_value(facts, *, block, line):
    if line in facts.get("undetermined", ()):
        return None
    value = facts["cells"].get(line, 0)
    return Decimal(value) if cell_unit(block=block, line=line) is Unit.EURO else value


@pytest.mark.parametrize("name", BUSINESS_CASE_NAMES)
def test_case_gives_its_cells(name):
    case = load_business_case(name)
    matrix = case_matrix(case)
    for block, facts in expected_blocks(case).items():
        assert {cell.line: cell.value for cell in matrix.block(block)} == {
            line: expected_value(facts, block=block, line=line) for line in RvoLine
        }
        assert {facts["method"]} == {cell.derivation.method.value for cell in matrix.block(block)}


@pytest.mark.parametrize("name", BUSINESS_CASE_NAMES)
def test_case_says_why_a_cell_is_empty_and_shows_what_it_is_made_of(name):
    case = load_business_case(name)
    matrix = case_matrix(case)
    for block, facts in expected_blocks(case).items():
        for line in facts.get("undetermined", ()):
            cell = matrix.cell(block=block, line=RvoLine(line))
            assert cell.derivation.undetermined_reason.value == facts["reason"]
            if facts["reason"] == "negative_outcome":
                assert outcome(cell.derivation.steps) < 0


@pytest.mark.parametrize("name", BUSINESS_CASE_NAMES)
def test_case_counts_what_is_left_out(name):
    case = load_business_case(name)
    business = case_business(case)
    for block, facts in expected_blocks(case).items():
        rows = Counter()
        for row in business.fleet if block is RvoBlock.FLEET else business.travel_in(block):
            if row.left_out:
                rows[row.left_out.value] += row.vehicles if block is RvoBlock.FLEET else row.rows
        assert dict(rows) == facts.get("left_out", {})


@pytest.mark.parametrize("name", BUSINESS_CASE_NAMES)
def test_case_flags_its_lines(name):
    case = load_business_case(name)
    matrix = case_matrix(case)
    for block, facts in expected_blocks(case).items():
        for line, flags in facts.get("flags", {}).items():
            assert matrix.cell(block=block, line=RvoLine(line)).derivation.flags == flags


@pytest.mark.parametrize("name", BUSINESS_CASE_NAMES)
def test_case_names_source_and_rules_and_only_lines_of_the_form(name):
    case = load_business_case(name)
    assert case["title"]
    assert case["source"]
    assert case["rules"]
    for facts in case["expected"].values():
        assert {*facts["cells"], *facts.get("undetermined", ()), *facts.get("flags", {})} - set(RvoLine) == set()


@pytest.mark.parametrize("name", BUSINESS_CASE_NAMES)
def test_the_steps_of_every_figure_add_up_to_it(name):
    for cell in case_matrix(load_business_case(name)).cells:
        if cell.block is not RvoBlock.COMMUTE and cell.origin is CellOrigin.OBSERVED:
            assert outcome(cell.derivation.steps) == cell.derivation.exact_km
            assert abs(Fraction(cell.value) - cell.derivation.exact_km) * 2 <= 1


def test_a_block_without_a_file_is_not_computed():
    case = load_business_case("claims")
    cells = case_matrix(case).cells
    computed = {cell.block for cell in cells if cell.derivation.method is not CellMethod.NONE}
    assert computed == {RvoBlock.EXPENSE_CLAIM}
    assert len(cells) == len(FORM_CELLS)


def test_there_are_enough_cases():
    assert len(BUSINESS_CASE_NAMES) >= 30
