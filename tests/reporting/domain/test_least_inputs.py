"""The inputs that leave the organisation: every figure follows from them, and nothing finer than the form's lines."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.domain.least_inputs import figures, least_inputs
from reporting.domain.matrix import build_matrix
from reporting.domain.parameter_files import load_parameters
from reporting.domain.report_inputs import HeadcountFigures
from reporting.domain.rvo import FUELLED_MODES, KNOWN_FUELS, Fuel, Mode, RvoLine
from reporting.domain.survey_sums import ModeSum, SurveySums, WeekCounts, sum_order
from tests.reporting.business_case_files import BUSINESS_CASE_NAMES, case_inputs, load_business_case
from tests.reporting.case_files import CASE_NAMES, commute_multiplier, load_case, survey_sums
from tests.reporting.reports import PARAMETERS, make_inputs

PAIRS = [(mode, fuel) for mode in sorted(FUELLED_MODES) for fuel in sorted(KNOWN_FUELS | {Fuel.UNKNOWN})]
NEVER_PROVIDED = {Mode.WALKING, Mode.PUBLIC_TRANSPORT}
PAIRS += [(mode, Fuel.NONE) for mode in sorted(set(Mode) - FUELLED_MODES)]


def inputs_of(survey, *, headcount=230, least_people=5):
    head = HeadcountFigures(reference_date=date(2025, 1, 1), counted=headcount, commute_multiplier=headcount)
    return make_inputs(survey=survey, headcount=head, least_people=least_people, manual=())


def sum_rows(*, provided_walking=True):
    """provided_walking: also what nobody is asked, whether the employer provides the walk or the train."""
    row = st.builds(
        lambda pair, provided, metres: ModeSum(
            mode=pair[0], fuel=pair[1], is_employer_provided=provided, metres=Fraction(metres, 3)
        ),
        st.sampled_from(PAIRS),
        st.sampled_from([True, False, None]),
        st.integers(0, 10_000_000),
    )
    if not provided_walking:
        row = row.map(lambda one: replace(one, is_employer_provided=None) if one.mode in NEVER_PROVIDED else one)
    return st.lists(row, max_size=12, unique_by=sum_order).map(lambda rows: tuple(sorted(rows, key=sum_order)))


def week_counts():
    return st.lists(st.integers(0, 40), min_size=1, max_size=4).map(
        lambda counts: tuple(
            WeekCounts(week_from=date(2025, 3, 3 + 7 * number), submitted=count + 1, not_worked=1, copied_days=2)
            for number, count in enumerate(counts)
        )
    )


@settings(deadline=None)
@given(sums=sum_rows(), weeks=week_counts())
def test_every_cell_follows_and_no_line_has_two_sums(sums, weeks):
    inputs = inputs_of(SurveySums(weeks=weeks, sums=sums))
    least = least_inputs(inputs, PARAMETERS)
    assert figures(build_matrix(least, PARAMETERS)) == figures(build_matrix(inputs, PARAMETERS))
    known = [row for row in least.survey.sums if row.fuel is not Fuel.UNKNOWN]
    lines = [PARAMETERS.form.place(mode=row.mode, fuel=row.fuel).line for row in known]
    assert len(lines) == len(set(lines))
    assert {row.is_employer_provided for row in least.survey.sums} <= {None}
    assert {row.metres for row in least.survey.sums if row.fuel is Fuel.UNKNOWN} <= {1}


@pytest.mark.parametrize("name", CASE_NAMES)
def test_every_worked_case_follows(name):
    case = load_case(name)
    inputs = inputs_of(survey_sums(case), headcount=commute_multiplier(case), least_people=1)
    least = least_inputs(inputs, PARAMETERS)
    assert figures(build_matrix(least, PARAMETERS)) == figures(build_matrix(inputs, PARAMETERS))
    assert len(least.survey.sums) <= len(RvoLine)


def test_the_counts_of_thin_weeks_stand_together():
    weeks = tuple(
        WeekCounts(week_from=date(2025, 3, day), submitted=submitted, not_worked=1, unknown_days=3)
        for day, submitted in ((3, 30), (10, 2), (17, 3))
    )
    least = least_inputs(inputs_of(SurveySums(weeks=weeks, sums=make_inputs().survey.sums)), PARAMETERS)
    assert [(week.submitted, week.not_worked, week.unknown_days) for week in least.survey.weeks] == [
        (35, 3, 9),
        (0, 0, 0),
        (0, 0, 0),
    ]


def test_few_respondents_leave_no_sums_behind():
    survey = SurveySums(
        weeks=(WeekCounts(week_from=date(2025, 3, 3), submitted=5, not_worked=1),), sums=make_inputs().survey.sums
    )
    least = least_inputs(inputs_of(survey), PARAMETERS)
    assert least.survey == SurveySums(weeks=(WeekCounts(week_from=date(2025, 3, 3), submitted=4),), sums=())


def test_two_thin_weeks_do_not_become_a_figure_together():
    weeks = tuple(WeekCounts(week_from=date(2025, 3, day), submitted=4) for day in (3, 10))
    inputs = inputs_of(SurveySums(weeks=weeks, sums=make_inputs().survey.sums))
    least = least_inputs(inputs, PARAMETERS)
    assert least.survey.sums == ()
    assert {cell.value for cell in build_matrix(least, PARAMETERS).cells} == {None}


def test_without_a_survey_nothing_changes():
    inputs = replace(make_inputs(), survey=None)
    assert least_inputs(inputs, PARAMETERS) is inputs


@pytest.mark.parametrize("name", BUSINESS_CASE_NAMES)
@given(sums=sum_rows(provided_walking=False))
@settings(max_examples=15, deadline=None)
def test_a_fleet_needs_no_more_than_what_the_employer_provides_per_line(name, sums):
    case = load_business_case(name)
    weeks = (WeekCounts(week_from=date(case["reporting_year"], 3, 3), submitted=40),)
    inputs = replace(case_inputs(case), survey=SurveySums(weeks=weeks, sums=sums))
    parameters = load_parameters(reporting_year=case["reporting_year"])
    least = least_inputs(inputs, parameters)
    assert figures(build_matrix(least, parameters)) == figures(build_matrix(inputs, parameters))
    kept = [
        (parameters.form.place(mode=row.mode, fuel=row.fuel).line, row.is_employer_provided)
        for row in least.survey.sums
        if row.fuel is not Fuel.UNKNOWN
    ]
    assert len(kept) == len(set(kept))
    assert {row.metres for row in least.survey.sums if row.fuel is Fuel.UNKNOWN} <= {1}
