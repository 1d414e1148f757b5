from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from reporting.domain.commute import commute_cells
from reporting.domain.estimation.ratio import GuidanceRatio
from reporting.domain.parameter_files import load_parameters
from reporting.domain.rvo import Fuel, Mode, RvoLine
from reporting.domain.survey_sums import ModeSum, SurveySums, WeekCounts
from tests.reporting.domain.estimation.estimating import estimate
from tests.reporting.domain.estimation.made_up import LINES, answers_of, everybody, make_people

PARAMETERS = load_parameters(reporting_year=2025)
KINDS = {
    "car_petrol": (Mode.CAR, Fuel.PETROL),
    "car_electric": (Mode.CAR, Fuel.ELECTRIC),
    "public_transport": (Mode.PUBLIC_TRANSPORT, Fuel.NONE),
    "bicycle_walking": (Mode.BICYCLE, Fuel.NONE),
}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_its_figures_are_those_of_the_report(seed):
    people = make_people(seed=seed)
    answers = answers_of(people)
    metres = np.rint(answers.week_km[people.answered].sum(axis=0) * 1000).astype(int)
    sums = tuple(
        ModeSum(mode=KINDS[line][0], fuel=KINDS[line][1], is_employer_provided=None, metres=Fraction(int(amount)))
        for line, amount in zip(LINES, metres, strict=True)
    )
    survey = SurveySums(weeks=(WeekCounts(week_from=date(2025, 3, 10), submitted=people.respondents),), sums=sums)
    cells = {cell.line: cell for cell in commute_cells(survey=survey, headcount=480, parameters=PARAMETERS)}

    figures = estimate(people, headcount=480).guidance_lines

    assert {figure.name: figure.km for figure in figures} == {line: cells[RvoLine(line)].value for line in LINES}


def test_the_mean_respondent_stands_for_everybody():
    people = make_people()
    totals = GuidanceRatio().fit(people).predict(people)
    told = people.week_km[people.answered]
    np.testing.assert_allclose(totals.km, told.mean(axis=0) * people.size)


def test_nothing_is_unsure_when_everybody_answered():
    people = everybody(make_people())
    totals = GuidanceRatio().fit(people).predict(people)
    np.testing.assert_allclose(totals.km, people.week_km.sum(axis=0))
    assert totals.variance.max() == 0.0
