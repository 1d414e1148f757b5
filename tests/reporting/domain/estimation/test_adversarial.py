"""Answers that break models: a sensible estimate or a clear fallback, never NaN, a negative kilometre or a crash."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.domain.estimation.guard_rails import Caution, Method
from reporting.domain.estimation.people import People
from reporting.domain.estimation.pooled_prior import pool
from tests.reporting.domain.estimation.estimating import assert_sensible, estimate
from tests.reporting.domain.estimation.made_up import MODES, everybody, make_people, only_answered

OTHERS = replace(everybody(make_people(1200, seed=7)), categorical={})
PRIOR = pool(OTHERS, np.arange(1200) % 6)


def with_days(people, days):
    return replace(people, days=days, week_km=2.0 * people.one_way_km[:, None] * days)


@pytest.mark.parametrize("prior", [None, PRIOR])
@pytest.mark.parametrize("size", [40, 400])
def test_perfect_separation(size, prior):
    people = make_people(size)
    drives = (people.one_way_km > 10)[:, None]
    result = estimate(with_days(people, np.where(drives, [4.0, 0.0, 0.0], [0.0, 0.0, 4.0])), prior=prior)
    assert_sensible(result)


@pytest.mark.parametrize("prior", [None, PRIOR])
def test_one_respondent(prior):
    result = estimate(only_answered(make_people(150), 1), prior=prior)
    assert result.method in (Method.GUIDANCE_ONLY, Method.PRIOR_ONLY)
    assert_sensible(result)


@pytest.mark.parametrize("prior", [None, PRIOR])
@pytest.mark.parametrize("count", [5, 40, 150])
def test_every_respondent_at_home(count, prior):
    people = only_answered(make_people(300), count)
    result = estimate(with_days(people, np.zeros((300, 3))), prior=prior)
    assert_sensible(result)
    if prior is None or count == 150:
        assert result.total.km == 0
        assert result.total.upper > 0
        assert Caution.MODE_UNSEEN in result.cautions


def test_constant_features():
    people = make_people(300)
    same = replace(
        people,
        one_way_km=np.full(300, 12.0),
        work_days=np.full(300, 5.0),
        week_km=24.0 * people.days,
        numeric={"contract_hours": np.full(300, 36.0)},
        categorical={"site": ["North"] * 300},
    )
    result = estimate(same)
    assert result.method is Method.DOUBLY_ROBUST
    assert_sensible(result)


def test_three_hundred_departments():
    result = estimate(make_people(600, departments=300))
    assert result.method is Method.DOUBLY_ROBUST
    assert_sensible(result)


@pytest.mark.parametrize("count", [30, 150])
def test_a_mode_that_nobody_among_respondents_uses(count):
    people = only_answered(make_people(300), count)
    days = people.days.copy()
    days[:, 0] += days[:, 1]
    days[:, 1] = 0.0
    result = estimate(with_days(people, days))
    assert_sensible(result)
    assert result.lines[2].km == 0
    assert result.lines[2].upper > 0
    assert Caution.MODE_UNSEEN in result.cautions


def test_everybody_lives_at_work():
    people = make_people(300)
    result = estimate(replace(people, one_way_km=np.zeros(300), week_km=np.zeros((300, 3))))
    assert result.total.km == 0
    assert_sensible(result)


def test_one_answer_of_a_thousand_kilometres():
    people = make_people(300)
    one = np.flatnonzero(people.answered)[0]
    one_way_km, days = people.one_way_km.copy(), people.days.copy()
    one_way_km[one], days[one] = 1000.0, [5.0, 0.0, 0.0]
    assert_sensible(estimate(with_days(replace(people, one_way_km=one_way_km), days)))


def test_answers_that_contradict_the_staff_list():
    people = make_people(300)
    assert_sensible(estimate(replace(people, week_km=people.week_km * 7.0)))


@st.composite
def any_people(draw):
    """Anything that passes the checks of `People`: also one person, no days, unknown and equal distances."""
    size = draw(st.integers(1, 120))
    chance = np.random.default_rng(draw(st.integers(0, 2**31)))
    one_way_km = np.round(chance.exponential(draw(st.sampled_from([0.01, 10.0, 80.0])), size), 1)
    one_way_km[chance.random(size) < draw(st.sampled_from([0.0, 0.05, 1.0]))] = np.nan
    answered = chance.random(size) < draw(st.floats(0.0, 1.0))
    answered[0] = True
    days = chance.integers(0, draw(st.integers(1, 4)), (size, 3)).astype(float)
    own_km = np.where(np.isnan(one_way_km), chance.exponential(15.0, size), one_way_km)
    return People(
        modes=MODES,
        answered=answered,
        one_way_km=one_way_km,
        work_days=chance.choice([0.5, 3.0, 5.0, 7.0], size),
        days=days,
        week_km=2.0 * own_km[:, None] * days * draw(st.sampled_from([0.0, 0.1, 1.0])),
        numeric={"contract_hours": np.where(chance.random(size) < 0.3, np.nan, chance.normal(32.0, 8.0, size))},
        categorical={"site": [(None, "A", "B")[number] for number in chance.integers(0, 3, size)]},
    )


@settings(max_examples=120, deadline=None)
@given(any_people(), st.booleans())
def test_any_people_give_sensible_figures(people, has_prior):
    assert_sensible(estimate(people, prior=PRIOR if has_prior else None, site="site"))
