import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.domain.report_inputs import (
    HeadcountFigures,
    ManualTotal,
    ManualTotalRejected,
    inputs_from_json,
    inputs_hash,
    inputs_to_json,
)
from reporting.domain.rvo import FORM_CELLS, Fuel, Mode, RvoBlock, RvoLine, Unit, cell_unit
from reporting.domain.survey_sums import ModeSum, SurveySums, WeekCounts
from tests.reporting.reports import make_inputs, make_survey


def stored(inputs):
    return inputs_from_json(json.loads(json.dumps(inputs_to_json(inputs))))


def total(value, *, block=RvoBlock.FLEET, line=RvoLine.CAR_PETROL, note=""):
    return ManualTotal(block=block, line=line, value=value, note=note)


def tickets(value):
    return total(value, block=RvoBlock.EXPENSE_CLAIM, line=RvoLine.PUBLIC_TRANSPORT)


def test_inputs_can_be_stored_and_read_back():
    assert stored(make_inputs()) == make_inputs()


def test_inputs_without_a_survey_can_be_stored():
    inputs = make_inputs(survey=None, manual=())
    assert stored(inputs) == inputs


def test_inputs_of_another_format_are_refused():
    with pytest.raises(ValueError, match="format 99"):
        inputs_from_json({**inputs_to_json(make_inputs()), "format": 99})


def test_the_hash_is_the_same_for_the_same_inputs_in_another_order():
    inputs = make_inputs()
    survey = replace(inputs.survey, sums=inputs.survey.sums[::-1])
    assert inputs_hash(replace(inputs, survey=survey, manual=inputs.manual[::-1])) == inputs_hash(inputs)


def test_the_hash_is_hexadecimal_sha256():
    found = inputs_hash(make_inputs())
    assert (len(found), set(found) - set("0123456789abcdef")) == (64, set())


@pytest.mark.parametrize(
    "changes",
    [
        {"kvk_number": "87654321"},
        {"reporting_year": 2026},
        {"parameter_version": "other"},
        {"survey": make_survey(submitted=101)},
        {"survey": None},
        {"manual": ()},
        {"headcount": HeadcountFigures(reference_date=date(2025, 1, 1), counted=241, commute_multiplier=230)},
    ],
)
def test_the_hash_changes_with_every_input(changes):
    assert inputs_hash(make_inputs(**changes)) != inputs_hash(make_inputs())


def test_one_amount_has_one_hash():
    once = make_inputs(manual=(tickets(Decimal("10.5")),))
    again = make_inputs(manual=(tickets(Decimal("10.50")),))
    assert inputs_hash(once) == inputs_hash(again)


@pytest.mark.parametrize("value", [Decimal("1.5"), Decimal(1), True, 1.0])
def test_kilometres_are_whole(value):
    with pytest.raises(ManualTotalRejected, match=r"Block 1, line 1: enter whole kilometres\."):
        total(value)


@pytest.mark.parametrize("value", [10, Decimal("1.005"), Decimal("NaN"), Decimal("Infinity")])
def test_tickets_are_euros_with_two_decimals(value):
    with pytest.raises(ManualTotalRejected, match="Block 3, line 11: enter euros"):
        tickets(value)


@pytest.mark.parametrize("make", [lambda: total(-1), lambda: tickets(Decimal("-0.01"))])
def test_nothing_is_negative(make):
    with pytest.raises(ManualTotalRejected, match="enter 0 or more"):
        make()


def test_a_commute_figure_by_hand_needs_a_reason():
    with pytest.raises(ManualTotalRejected, match="Block 4, line 1: say why"):
        total(5, block=RvoBlock.COMMUTE, note="  ")


def test_a_cell_is_entered_once():
    with pytest.raises(ManualTotalRejected, match="twice"):
        make_inputs(manual=(total(1), total(2)))


KILOMETRE_CELLS = [(block, line) for block, line in FORM_CELLS if cell_unit(block=block, line=line) is Unit.KILOMETRES]


def manual_totals():
    notes = st.sampled_from(["From the lease company", "‹é› \N{SNOWMAN}"])
    kilometres = st.builds(
        lambda cell, value, note: total(value, block=cell[0], line=cell[1], note=note),
        st.sampled_from(KILOMETRE_CELLS),
        st.integers(0, 10**12),
        notes,
    )
    euros = st.integers(0, 10**11).map(lambda cents: tickets(Decimal(cents) / 100))
    return st.lists(kilometres | euros, max_size=6, unique_by=lambda row: (row.block, row.line)).map(tuple)


def surveys():
    week = st.builds(
        WeekCounts,
        week_from=st.integers(0, 51).map(lambda week: date(2025, 1, 6) + timedelta(weeks=week)),
        submitted=st.integers(20, 10**6),
        not_worked=st.integers(0, 10),
        unusable=st.integers(0, 10),
        copied_days=st.integers(0, 99),
        unknown_days=st.integers(0, 99),
    )
    row = st.builds(
        ModeSum,
        mode=st.sampled_from(Mode),
        fuel=st.sampled_from(Fuel),
        is_employer_provided=st.sampled_from([True, False, None]),
        metres=st.fractions(0, 10**12, max_denominator=420),
    )
    return st.builds(
        SurveySums,
        weeks=st.lists(week, unique_by=lambda found: found.week_from, max_size=4).map(tuple),
        sums=st.lists(row, max_size=8).map(tuple),
    )


@given(survey=st.none() | surveys(), manual=manual_totals())
def test_whatever_is_stored_comes_back(survey, manual):
    inputs = make_inputs(survey=survey, manual=manual)
    back = stored(inputs)
    assert inputs_to_json(back) == inputs_to_json(inputs)
    assert stored(back) == back
    assert inputs_hash(back) == inputs_hash(inputs)


def test_fractions_stay_exact():
    row = ModeSum(mode=Mode.CAR, fuel=Fuel.PETROL, is_employer_provided=None, metres=Fraction(80_000, 3))
    inputs = make_inputs(survey=replace(make_survey(), sums=(row,)))
    assert inputs_to_json(inputs)["survey"]["sums"][0]["metres"] == "80000/3"
    assert stored(inputs).survey.sums == (row,)
