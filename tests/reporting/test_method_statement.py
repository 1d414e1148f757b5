"""The method in sentences: what was done is said, what was not done is not."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from django.utils import translation

from reporting.domain.matrix import build_matrix
from reporting.domain.report_inputs import HeadcountFigures, ManualTotal
from reporting.domain.rvo import Fuel, Mode, RvoBlock, RvoLine
from reporting.domain.survey_sums import ModeSum, WeekCounts
from reporting.method_statement import method_statement
from tests.reporting.business_case_files import case_inputs, load_business_case
from tests.reporting.reports import PARAMETERS, make_inputs, make_survey


def statement(*, language="en", **changes):
    return said(make_inputs(**changes), language=language)


def said(inputs, *, language="en"):
    with translation.override(language):
        matrix = build_matrix(inputs, PARAMETERS)
        return "\n".join(method_statement(inputs=inputs, parameters=PARAMETERS, matrix=matrix))


def commute_by_hand(*lines):
    return tuple(ManualTotal(block=RvoBlock.COMMUTE, line=line, value=1, note="Counted at the gate") for line in lines)


def test_the_guidance_s_week_is_told_with_its_numbers():
    text = statement()
    assert "240 people had a labour contract" in text
    assert "230 of them have a fixed workplace" in text
    assert "the week from Monday March 10, 2025, by the guidance of RVO" in text
    assert "× 45 working weeks ÷ respondents" in text
    assert "Of 3 people the staff list leaves something open" in text
    assert "several together" not in text


def test_several_weeks_are_said_to_be_an_extension():
    weeks = tuple(WeekCounts(week_from=date(2025, 3, day), submitted=50) for day in (3, 10))
    text = statement(survey=replace(make_survey(), weeks=weeks))
    assert "surveys about 2 weeks, the first from Monday March 3, 2025" in text
    assert "taking several together is an extension of it" in text
    assert "100 weeks were submitted" in text


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({"unknown_days": 4}, "A day that somebody did not remember"),
        ({"alternative_weeks": 1}, "For a week called unusual"),
        ({"unusual_weeks_kept": 1}, "For a week called unusual"),
        ({"other_site_days_at_usual_distance": 2}, "A day at another site counts at the usual distance"),
        ({"not_worked": 3, "unusable": 2}, "3 without any working day, 2 in which every working day"),
    ],
)
def test_a_rule_that_was_needed_is_told(counts, sentence):
    assert sentence in statement(survey=make_survey(**counts))
    if "not_worked" not in counts:
        assert sentence not in statement()


def test_an_assumed_place_and_a_spread_fuel_are_told():
    unknown = ModeSum(mode=Mode.CAR, fuel=Fuel.UNKNOWN, is_employer_provided=False, metres=Fraction(5))
    survey = make_survey()
    assert "Kilometres whose fuel nobody knew" in statement(survey=replace(survey, sums=(*survey.sums, unknown)))
    assert "Kilometres whose fuel nobody knew" not in statement()


def test_figures_by_hand_are_named_and_never_mixed_silently():
    assert "All figures of commuting were entered by hand" in statement(manual=commute_by_hand(*RvoLine), survey=None)
    assert "Some figures of commuting were entered by hand" in statement(manual=commute_by_hand(RvoLine.CAR_OTHER))
    assert "entered by hand" not in statement(manual=())


def test_without_a_survey_nothing_is_said_of_one():
    assert "survey" not in statement(survey=None, manual=())


def test_business_travel_from_files_is_told():
    text = said(case_inputs(load_business_case("flat_rate_car")))
    assert "Business travel from files" in text
    assert "Totals of business travel were entered by hand" not in text


def test_nobody_in_doubt_is_not_mentioned():
    head = HeadcountFigures(reference_date=date(2025, 1, 1), counted=10, commute_multiplier=10)
    assert "leaves something open" not in statement(headcount=head)


def test_it_is_said_in_dutch():
    text = statement(language="nl", survey=make_survey(unknown_days=1))
    assert "Woon-werkverkeer komt uit een enquête over de week vanaf maandag 10 maart 2025" in text
    assert " the " not in text
