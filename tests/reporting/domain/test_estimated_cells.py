"""Block 4 and the correction of business travel where HR chose an estimate."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.domain.business.commute_part import commute_part
from reporting.domain.cell import CellMethod, CellOrigin, UndeterminedReason, derivation_from_json
from reporting.domain.commute_estimate import canonical_hash, estimate_from_json, shielded_estimate
from reporting.domain.commute_method import CommuteMethod, MethodChoice
from reporting.domain.least_inputs import least_inputs
from reporting.domain.matrix import build_matrix
from reporting.domain.report_inputs import (
    HeadcountFigures,
    ManualTotal,
    MethodsMixed,
    inputs_from_json,
    inputs_hash,
    inputs_to_json,
)
from reporting.domain.rvo import Fuel, Mode, RvoBlock, RvoLine
from reporting.domain.survey_sums import ModeSum
from tests.reporting.domain.test_suppression_attack import echelon, reduced
from tests.reporting.estimates import CARD, make_estimate, make_figures, with_km
from tests.reporting.reports import PARAMETERS, make_inputs, make_matrix, make_survey

COMMUTE = RvoBlock.COMMUTE


def cell_of(matrix, line):
    return matrix.cell(block=COMMUTE, line=line)


def test_the_cells_state_the_estimate_and_keep_the_guidance_beside_it():
    guidance, matrix = make_matrix(), make_matrix(estimate=make_estimate())
    for line in RvoLine:
        cell, before = cell_of(matrix, line), cell_of(guidance, line)
        assert (cell.value, cell.origin) == (10_007 * line.number, CellOrigin.ESTIMATED)
        assert cell.derivation.method is CellMethod.SURVEY_ESTIMATED
        assert cell.derivation.estimate == make_estimate().lines[line]
        assert cell.derivation.exact_km == before.derivation.exact_km
    assert matrix.commute_method is CellMethod.SURVEY_ESTIMATED
    assert matrix.is_complete


def test_a_line_without_known_fuel_is_empty_until_somebody_enters_it():
    lines = {**make_estimate().lines, RvoLine.MOTORCYCLE_PETROL: make_figures(None, observed=0)}
    estimate = make_estimate(lines=lines)
    matrix = make_matrix(estimate=estimate)
    cell = cell_of(matrix, RvoLine.MOTORCYCLE_PETROL)
    assert (cell.value, cell.origin) == (None, CellOrigin.UNDETERMINED)
    assert cell.derivation.undetermined_reason is UndeterminedReason.ESTIMATE_WITHOUT_FUEL
    assert not matrix.is_complete
    entered = ManualTotal(block=COMMUTE, line=RvoLine.MOTORCYCLE_PETROL, value=5, note="Asked the two riders")
    matrix = make_matrix(estimate=estimate, manual=(*make_inputs().manual, entered))
    cell = cell_of(matrix, RvoLine.MOTORCYCLE_PETROL)
    assert (cell.value, cell.origin, matrix.is_complete) == (5, CellOrigin.MANUAL, True)
    assert cell.derivation.estimate == lines[RvoLine.MOTORCYCLE_PETROL]
    assert matrix.is_commute_mixed


def test_what_the_guidance_leaves_open_the_estimate_leaves_open():
    survey = make_survey()
    sums = (*survey.sums, ModeSum(mode=Mode.MOPED, fuel=Fuel.UNKNOWN, is_employer_provided=None, metres=Fraction(9)))
    matrix = make_matrix(survey=replace(survey, sums=sums), estimate=make_estimate())
    for line in (RvoLine.MOPED_PETROL, RvoLine.MOPED_ELECTRIC):
        assert cell_of(matrix, line).derivation.undetermined_reason is UndeterminedReason.ONLY_UNKNOWN_FUEL


def test_few_respondents_give_no_estimate_either():
    matrix = make_matrix(survey=make_survey(submitted=4), least_people=5, estimate=make_estimate())
    assert {cell.derivation.undetermined_reason for cell in matrix.block(COMMUTE)} == {
        UndeterminedReason.FEW_RESPONDENTS
    }


def test_another_headcount_asks_for_another_estimate():
    headcount = HeadcountFigures(reference_date=date(2025, 1, 1), counted=240, commute_multiplier=231)
    matrix = make_matrix(headcount=headcount, estimate=make_estimate())
    assert {cell.derivation.undetermined_reason for cell in matrix.block(COMMUTE)} == {
        UndeterminedReason.ESTIMATE_OUTDATED
    }


FORM = PARAMETERS.form.fingerprint


@pytest.mark.parametrize(("weeks", "form"), [(44, FORM), (0, ""), (45, "form-2023-0123456789ab")])
def test_other_working_weeks_or_another_form_ask_for_another_estimate(weeks, form):
    estimate = make_estimate(weeks_per_year=weeks, form=form)
    assert {cell.derivation.undetermined_reason for cell in make_matrix(estimate=estimate).block(COMMUTE)} == {
        UndeterminedReason.ESTIMATE_OUTDATED
    }
    part = commute_part(survey=make_survey(), headcount=230, parameters=PARAMETERS, estimate=estimate)
    assert part.reason is UndeterminedReason.ESTIMATE_OUTDATED


def test_the_weeks_and_the_form_of_the_estimate_are_kept_with_the_report():
    inputs = make_inputs(estimate=make_estimate(weeks_per_year=45, form=FORM))
    assert inputs_from_json(json.loads(json.dumps(inputs_to_json(inputs)))) == inputs
    assert {cell.origin for cell in build_matrix(inputs, PARAMETERS).block(COMMUTE)} == {CellOrigin.ESTIMATED}


def test_a_report_of_before_they_were_kept_keeps_figures_and_hash():
    document = make_estimate().to_json()
    assert not {"weeks_per_year", "form"} & set(document)
    matrix = make_matrix(estimate=estimate_from_json(document))
    assert {cell.origin for cell in matrix.block(COMMUTE)} == {CellOrigin.ESTIMATED}


def test_a_place_that_moves_on_the_form_changes_its_fingerprint():
    form = PARAMETERS.form
    moved = replace(form.place(mode=Mode.CAR, fuel=Fuel.DIESEL), line=RvoLine.CAR_OTHER)
    other = replace(form, places={**form.places, (Mode.CAR, Fuel.DIESEL): moved})
    assert other.fingerprint != form.fingerprint
    assert form.fingerprint == replace(form, places=dict(reversed(form.places.items()))).fingerprint


@pytest.mark.parametrize(
    "changes",
    [
        {"survey": None},
        {"choice": MethodChoice(week_from=date(2025, 3, 10), reason="One week", chosen_on=date(2026, 5, 4))},
        {"survey": None, "choice": MethodChoice(method=CommuteMethod.STANDARD_DAYS)},
    ],
)
def test_an_estimate_goes_with_the_whole_survey(changes):
    with pytest.raises(MethodsMixed):
        make_inputs(estimate=make_estimate(), **changes)


def test_the_inputs_are_read_back_and_older_ones_keep_their_hash():
    inputs = make_inputs(estimate=make_estimate())
    document = json.loads(json.dumps(inputs_to_json(inputs)))
    assert inputs_from_json(document) == inputs
    assert inputs_hash(inputs) != inputs_hash(make_inputs())
    assert "estimate" not in inputs_to_json(make_inputs())
    assert estimate_from_json(None) is None
    cell = cell_of(build_matrix(inputs, PARAMETERS), RvoLine.CAR_PETROL)
    assert derivation_from_json(json.loads(json.dumps(cell.derivation.to_json()))) == cell.derivation


def test_the_least_inputs_give_the_same_estimated_cells():
    inputs = make_inputs(estimate=make_estimate())
    coarse = least_inputs(inputs, PARAMETERS)
    assert build_matrix(coarse, PARAMETERS) == build_matrix(inputs, PARAMETERS)
    assert coarse.estimate == inputs.estimate


def test_the_same_card_gives_the_same_hash_in_any_order():
    assert canonical_hash(CARD) == canonical_hash(dict(reversed(CARD.items()))) != canonical_hash({})


# What leaves: lines of few people hold nothing but the figure that the report states.

PEOPLE = dict.fromkeys(RvoLine, 20)


def test_a_line_of_few_people_shows_only_its_figure_and_takes_the_smallest_other_along():
    people = {**PEOPLE, RvoLine.CAR_DIESEL: 4, RvoLine.MOPED_PETROL: 7}
    shown = shielded_estimate(make_estimate(), people)
    hidden = {line for line in RvoLine if shown.lines[line].is_hidden}
    assert hidden == {RvoLine.CAR_DIESEL, RvoLine.MOPED_PETROL}
    assert shown.lines[RvoLine.CAR_DIESEL] == make_figures(20_014).hidden()
    assert shown.total == make_estimate().total


def test_nothing_is_hidden_of_groups_of_five_and_of_lines_without_anybody():
    lines = {**make_estimate().lines, RvoLine.CAR_OTHER: make_figures(0)}
    people = {**dict.fromkeys(RvoLine, 5), RvoLine.CAR_OTHER: 0}
    estimate = make_estimate(lines=lines)
    assert shielded_estimate(estimate, people) == estimate


def test_where_all_lines_are_of_few_people_the_total_is_hidden_too():
    shown = shielded_estimate(make_estimate(), dict.fromkeys(RvoLine, 3))
    assert all(figures.is_hidden for figures in (*shown.lines.values(), shown.total))
    assert shown.total.km == make_estimate().total.km


@given(st.lists(st.sampled_from([0, 1, 3, 4, 5, 6, 9, 40]), min_size=11, max_size=11))
def test_no_subtraction_gives_the_observed_kilometres_of_fewer_than_five(counts):
    """Published: the observed kilometres of shown lines and of the total. An attacker adds and subtracts them all."""
    people = dict(zip(RvoLine, counts, strict=True))
    lines = {line: make_figures(1_000 * line.number if people[line] else 0) for line in RvoLine}
    shown = shielded_estimate(make_estimate(lines=lines), people)
    rows = [[int(place is line) for place in RvoLine] for line in RvoLine if not shown.lines[line].is_hidden]
    if not shown.total.is_hidden:
        rows.append([1] * len(RvoLine))
    basis = echelon(rows)
    few = [line for line in RvoLine if 0 < people[line] < 5]
    for line in few:
        assert shown.lines[line].is_hidden
        assert any(reduced([Fraction(place is line) for place in RvoLine], basis))
    # Nor of all of them together: at least one line of five and more is in whatever subtraction leaves.
    if few:
        assert any(reduced([Fraction(place in few) for place in RvoLine], basis))


def test_a_hidden_line_tells_nothing_through_the_bounds_of_its_interval():
    people = {**PEOPLE, RvoLine.CAR_DIESEL: 1}
    one = shielded_estimate(make_estimate(), people)
    lines = {**make_estimate().lines, RvoLine.CAR_DIESEL: make_figures(20_014, observed=19_999, spread=3)}
    other = shielded_estimate(make_estimate(lines=lines), people)
    assert one == other


# The correction of blocks 1 and 2.


def test_business_travel_gives_up_the_share_of_the_estimate_that_the_employer_provides():
    survey = make_survey()
    sums = (
        ModeSum(mode=Mode.CAR, fuel=Fuel.PETROL, is_employer_provided=True, metres=Fraction(1_500_000)),
        ModeSum(mode=Mode.CAR, fuel=Fuel.PETROL, is_employer_provided=False, metres=Fraction(3_500_000)),
        ModeSum(mode=Mode.CAR, fuel=Fuel.DIESEL, is_employer_provided=None, metres=Fraction(1_000)),
        ModeSum(mode=Mode.PUBLIC_TRANSPORT, fuel=Fuel.NONE, is_employer_provided=None, metres=Fraction(7_000)),
    )
    estimate = make_estimate(
        lines=with_km(car_petrol=420_000, car_diesel=5_000, car_electric=7_777, public_transport=60_001)
    )
    part = commute_part(survey=replace(survey, sums=sums), headcount=230, parameters=PARAMETERS, estimate=estimate)
    assert dict(part.provided) == {RvoLine.CAR_PETROL: 126_000}
    assert part.public_transport == 60_001
    assert (part.reason, part.open_lines) == (None, frozenset())
    outdated = commute_part(survey=survey, headcount=229, parameters=PARAMETERS, estimate=estimate)
    assert outdated.reason is UndeterminedReason.ESTIMATE_OUTDATED


def test_an_estimate_of_the_guidances_own_kilometres_changes_nothing_in_business_travel():
    survey = make_survey()
    where = {"survey": survey, "headcount": 230, "parameters": PARAMETERS}
    exact = {line: cell_of(make_matrix(), line).derivation.exact_km for line in RvoLine}
    before = commute_part(**where)
    after = commute_part(
        **where,
        estimate=make_estimate(lines=with_km(**{line.value: round(float(km)) for line, km in exact.items()})),
    )
    for line, km in before.provided.items():
        assert abs(after.provided.get(line, 0) - km) <= 1
    assert abs(after.public_transport - before.public_transport) <= 1
