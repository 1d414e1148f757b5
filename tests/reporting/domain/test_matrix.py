import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from reporting.domain.cell import (
    Cell,
    CellMethod,
    CellOrigin,
    Derivation,
    UndeterminedReason,
    derivation_from_json,
)
from reporting.domain.matrix import BlockTotal, Matrix, ParametersDiffer, build_matrix
from reporting.domain.parameter_files import load_parameters
from reporting.domain.parameter_reading import parameters_from
from reporting.domain.report_inputs import ManualTotal, inputs_from_json, inputs_to_json
from reporting.domain.rvo import FORM_CELLS, RvoBlock, RvoLine, Unit
from tests.reporting.reports import PARAMETERS, make_business_totals, make_inputs, make_matrix


def commute_total(line, value, note="Trip registration"):
    return ManualTotal(block=RvoBlock.COMMUTE, line=line, value=value, note=note)


def test_a_full_report_has_44_cells_in_order():
    matrix = make_matrix()
    assert [(cell.block, cell.line) for cell in matrix.cells] == list(FORM_CELLS)
    assert (matrix.is_complete, matrix.undetermined) == (True, ())


def test_the_commute_block_is_computed():
    values = {cell.line: cell.value for cell in make_matrix().block(RvoBlock.COMMUTE) if cell.value}
    # 45 ÷ 100 × 230 = 103.5 per week km; 1 000.001 km × 103.5 = 103 500.1035
    assert values == {
        RvoLine.CAR_PETROL: 362_250,
        RvoLine.CAR_DIESEL: 103_500,
        RvoLine.BICYCLE_WALKING: 24_840,
        RvoLine.PUBLIC_TRANSPORT: 207_000,
    }


def test_the_business_blocks_are_as_entered():
    matrix = make_matrix()
    cell = matrix.cell(block=RvoBlock.MOBILITY_SERVICE, line=RvoLine.CAR_HYBRID)
    assert (cell.value, cell.origin, cell.unit) == (2003, CellOrigin.MANUAL, Unit.KILOMETRES)
    tickets = matrix.cell(block=RvoBlock.EXPENSE_CLAIM, line=RvoLine.PUBLIC_TRANSPORT)
    assert (tickets.value, tickets.unit) == (Decimal("1234.50"), Unit.EURO)


def test_totals_add_the_rounded_lines_and_keep_euros_apart():
    assert make_matrix().totals() == (
        BlockTotal(block=RvoBlock.FLEET, kilometres=11_066, euro=None, undetermined=0),
        BlockTotal(block=RvoBlock.MOBILITY_SERVICE, kilometres=22_066, euro=None, undetermined=0),
        BlockTotal(block=RvoBlock.EXPENSE_CLAIM, kilometres=30_055, euro=Decimal("1234.50"), undetermined=0),
        BlockTotal(block=RvoBlock.COMMUTE, kilometres=697_590, euro=None, undetermined=0),
    )


def test_what_nobody_entered_is_undetermined_not_zero():
    matrix = make_matrix(manual=())
    assert len(matrix.undetermined) == 33
    assert {cell.derivation.undetermined_reason for cell in matrix.undetermined} == {UndeterminedReason.NOT_ENTERED}
    assert matrix.totals()[2] == BlockTotal(block=RvoBlock.EXPENSE_CLAIM, kilometres=None, euro=None, undetermined=11)


def test_an_entered_zero_is_a_figure():
    fleet = [replace(total, value=0) for total in make_business_totals() if total.block is RvoBlock.FLEET]
    matrix = make_matrix(manual=tuple(fleet))
    assert matrix.totals()[0].kilometres == 0
    assert len(matrix.undetermined) == 22


def test_a_commute_figure_by_hand_keeps_the_computed_one_beside_it():
    matrix = make_matrix(manual=(commute_total(RvoLine.CAR_PETROL, 400_000),))
    cell = matrix.cell(block=RvoBlock.COMMUTE, line=RvoLine.CAR_PETROL)
    assert (cell.value, cell.origin) == (400_000, CellOrigin.MANUAL)
    assert cell.derivation.method is CellMethod.ENTERED_TOTAL
    assert cell.derivation.note == "Trip registration"
    assert cell.derivation.exact_km == 362_250


def test_mixed_methods_are_never_silent():
    assert make_matrix().is_commute_mixed is False
    assert make_matrix(manual=(commute_total(RvoLine.CAR_PETROL, 400_000),)).is_commute_mixed is True


def test_a_commute_block_entered_as_a_whole_is_not_mixed():
    matrix = make_matrix(manual=tuple(commute_total(line, 1) for line in RvoLine))
    assert (matrix.is_commute_mixed, matrix.commute_method) == (False, CellMethod.ENTERED_TOTAL)


def test_the_method_is_stated():
    assert make_matrix().commute_method is CellMethod.SURVEY_ONE_WEEK
    assert make_matrix(survey=None).commute_method is CellMethod.NONE


def test_a_figure_by_hand_closes_an_open_cell():
    matrix = make_matrix(survey=None, manual=(commute_total(RvoLine.CAR_PETROL, 7),))
    cell = matrix.cell(block=RvoBlock.COMMUTE, line=RvoLine.CAR_PETROL)
    assert (cell.value, cell.derivation.undetermined_reason) == (7, None)


def test_inputs_of_other_parameters_are_refused():
    with pytest.raises(ParametersDiffer):
        build_matrix(make_inputs(), load_parameters(reporting_year=2026))


def test_a_report_reproduces_from_what_was_stored():
    inputs = json.loads(json.dumps(inputs_to_json(make_inputs())))
    parameters = json.loads(json.dumps(PARAMETERS.document))
    assert build_matrix(inputs_from_json(inputs), parameters_from(parameters)) == make_matrix()


def test_every_derivation_can_be_stored():
    for cell in make_matrix(manual=(commute_total(RvoLine.CAR_PETROL, 1),)).cells:
        assert derivation_from_json(json.loads(json.dumps(cell.derivation.to_json()))) == cell.derivation


def test_a_derivation_keeps_its_fractions():
    derivation = Derivation(method=CellMethod.SURVEY_ONE_WEEK, week_metres=Fraction(80_000, 3), exact_km=Fraction(1, 7))
    assert derivation.to_json()["week_metres"] == "80000/3"
    assert derivation_from_json(derivation.to_json()) == derivation


@pytest.mark.parametrize(("value", "origin"), [(None, CellOrigin.OBSERVED), (0, CellOrigin.UNDETERMINED)])
def test_exactly_an_undetermined_cell_has_no_value(value, origin):
    with pytest.raises(ValueError):
        Cell(
            block=RvoBlock.FLEET,
            line=RvoLine.CAR_PETROL,
            value=value,
            origin=origin,
            derivation=Derivation(method=CellMethod.NONE),
        )


def test_a_matrix_is_the_whole_form():
    with pytest.raises(ValueError, match="44 cells"):
        Matrix(cells=make_matrix().cells[1:])
