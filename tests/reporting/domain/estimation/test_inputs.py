"""What an estimation is called with: chosen features, open lines, and the checksum over all of it."""

from dataclasses import replace

import numpy as np
import pytest

from reporting.domain.estimation.chosen_features import with_features
from reporting.domain.estimation.guard_rails import Caution
from reporting.domain.estimation.inputs_hash import inputs_hash
from reporting.domain.estimation.open_lines import leave_open
from reporting.domain.estimation.survey_people import SurveyPeople
from tests.reporting.domain.estimation.estimating import assert_sensible, estimate
from tests.reporting.domain.estimation.made_up import answers_of, make_people

SETTINGS = {"version": "1", "headcount": 200, "random_state": 7, "prior": None}


def survey_of(people):
    return SurveyPeople(people=people, answers=answers_of(people), open_lines=frozenset())


@pytest.fixture(scope="module")
def survey():
    return survey_of(make_people())


def checksum(survey, **settings):
    return inputs_hash(survey=survey, settings=SETTINGS | settings)


def test_the_order_of_the_rows_does_not_matter(survey):
    order = np.random.default_rng(3).permutation(survey.people.size)
    shuffled = replace(survey, people=survey.people.rows(order), answers=survey.answers.rows(order))
    assert checksum(shuffled) == checksum(survey)


def test_what_stands_in_the_rows_of_the_silent_does_not_matter(survey):
    days = survey.people.days.copy()
    days[~survey.people.answered] = 9.0
    assert checksum(replace(survey, people=replace(survey.people, days=days))) == checksum(survey)


@pytest.mark.parametrize("column", ["one_way_km", "work_days"])
def test_the_least_change_of_a_value_does(survey, column):
    values = getattr(survey.people, column).copy()
    values[0] = np.nextafter(values[0], 0.0)
    assert checksum(replace(survey, people=replace(survey.people, **{column: values}))) != checksum(survey)


def test_unknown_is_not_zero(survey):
    unknown, zero = survey.people.one_way_km.copy(), survey.people.one_way_km.copy()
    unknown[0], zero[0] = np.nan, 0.0
    both = [replace(survey, people=replace(survey.people, one_way_km=column)) for column in (unknown, zero)]
    assert checksum(both[0]) != checksum(both[1])


@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_each_setting_counts(survey, name):
    assert checksum(survey, **{name: "another"}) != checksum(survey)


def test_a_category_a_line_and_an_open_line_count(survey):
    people, found = survey.people, checksum(survey)
    moved = {**people.categorical, "site": ["East", *people.categorical["site"][1:]]}
    assert checksum(replace(survey, people=replace(people, categorical=moved))) != found
    assert checksum(replace(survey, answers=answers_of(people, electric=5))) != found
    assert checksum(replace(survey, open_lines=frozenset({"car_petrol"}))) != found


def test_only_what_was_chosen_is_used(survey):
    chosen = with_features(survey, ["site", "contract_hours"]).people
    assert (list(chosen.categorical), list(chosen.numeric)) == (["site"], ["contract_hours"])
    bare = with_features(survey, []).people
    assert (bare.categorical, bare.numeric) == ({}, {})
    assert np.array_equal(bare.one_way_km, survey.people.one_way_km)


def test_a_feature_that_nobody_has_is_left_out(survey):
    people = replace(survey.people, categorical={"site": [None] * survey.people.size})
    assert with_features(replace(survey, people=people), ["site"]).people.categorical == {}


def test_lines_of_unknown_fuel_are_open_and_the_total_stays():
    found = estimate(make_people())
    opened = leave_open(found, {"car_petrol", "car_electric"})
    assert_sensible(opened)
    cars = [figure for figure in opened.lines if figure.name.startswith("car")]
    assert [figure.km for figure in cars] == [None, None]
    assert {figure.upper for figure in cars} == {sum(figure.upper for figure in found.lines[:2])}
    assert (opened.total, opened.lines[2:]) == (found.total, found.lines[2:])
    assert Caution.FUEL_UNKNOWN in opened.cautions
    assert leave_open(found, set()) is found
