"""Pooling over employers: five and more, none of them too heavy, the same in any order."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.domain.estimation.pooled_prior import PooledPrior, PriorOffset
from reporting.domain.estimation.shared_prior import pooled, shareable, without_each
from tests.reporting.domain.estimation.made_up import everybody, make_people, only_answered


def employer(size=60, *, seed=1, answering=0.6):
    return shareable([make_people(size, answering=answering, seed=seed)])


def employers(count, size=60):
    return [employer(size, seed=seed) for seed in range(1, count + 1)]


@pytest.mark.parametrize(("count", "is_there"), [(0, False), (1, False), (4, False), (5, True), (9, True)])
def test_a_model_needs_five_employers(count, is_there):
    prior = pooled(employers(count))
    assert (prior is not None) == is_there
    assert prior is None or prior.employers == count


def test_only_respondents_distance_days_and_the_week_take_part():
    people = make_people(200)
    people = replace(people, one_way_km=np.where(np.arange(200) % 10 == 0, np.nan, people.one_way_km))
    people = replace(people, week_km=np.nan_to_num(people.week_km))
    own = shareable([people])
    assert own.size == own.respondents == int((people.answered & ~np.isnan(people.one_way_km)).sum())
    assert own.numeric == own.categorical == {}


@pytest.mark.parametrize(("answers", "takes_part"), [(0, False), (19, False), (20, True)])
def test_an_employer_of_few_answers_does_not_take_part(answers, takes_part):
    assert (shareable([only_answered(make_people(100), answers)]) is not None) == takes_part


def test_legal_entities_of_one_employer_are_one():
    parts = [only_answered(make_people(40, seed=seed), 12) for seed in (1, 2)]
    assert shareable(parts).size == 24
    assert shareable([]) is None


def test_a_large_employer_counts_for_twice_the_middle_one():
    small = employers(5)
    large = shareable([everybody(make_people(5000, seed=77))])
    drive = np.zeros((5000, 3))
    drive[:, 0] = 4.0
    only_cars = replace(large, days=drive, week_km=2.0 * large.one_way_km[:, None] * drive)
    people = make_people(400, seed=5)
    plain, mixed = (
        PriorOffset(prior=pooled([*small, one])).fit(only_answered(people, 0)).shares_[:, 1].mean()
        for one in (employer(60, seed=9), only_cars)
    )
    everything_by_car = 0.9
    assert plain < mixed < everything_by_car


def test_the_order_of_employers_does_not_matter():
    many = employers(6)
    assert pooled(many).to_json() == pooled(many[::-1]).to_json()


def test_coefficients_are_rounded_and_survive_storing():
    prior = pooled(employers(5))
    assert np.array_equal(prior.coefficients, np.round(prior.coefficients, 2))
    assert PooledPrior.from_json(prior.to_json()).to_json() == prior.to_json()
    assert all(value == round(value, 2) for name in ("means", "spreads") for value in prior.encoder[name])


def test_of_five_nobody_has_five_others_and_of_six_everybody_has():
    assert without_each(employers(5)) == [None] * 5
    six = employers(6)
    others = without_each(six)
    assert [prior.employers for prior in others] == [5] * 6
    assert others[2].to_json() == pooled([*six[:2], *six[3:]]).to_json()


@settings(max_examples=10, deadline=None)
@given(sizes=st.lists(st.integers(40, 300), min_size=5, max_size=7), seed=st.integers(1, 1000))
def test_any_employers_give_finite_numbers(sizes, seed):
    own = [employer(size, seed=seed + number) for number, size in enumerate(sizes)]
    prior = pooled([one for one in own if one is not None])
    assert prior is None or np.isfinite(prior.coefficients).all()
