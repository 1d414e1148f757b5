from dataclasses import replace

import numpy as np
import pytest

from reporting.domain.estimation.post_stratification import PostStratification
from tests.reporting.domain.estimation.made_up import everybody, make_people


def test_bands_repair_what_silence_of_the_far_ones_spoils():
    errors = []
    for seed in range(20):
        people = make_people(400, by_distance=-1.0, seed=seed)
        truth = people.week_km.sum()
        errors.append(PostStratification().fit(people).predict(people).km.sum() / truth - 1.0)
    assert abs(np.mean(errors)) < 0.02


def test_every_stratum_has_the_asked_number_of_answers():
    people = make_people(300, answering=0.2)
    estimator = PostStratification(least_answers=10).fit(people)
    counts = np.bincount(estimator.stratum_of_respondents_, minlength=estimator.strata_)
    assert counts.min() >= 10
    assert estimator.strata_ > 1


def test_weights_add_up_to_everybody():
    people = make_people(300)
    assert PostStratification().fit(people).weights_.sum() == pytest.approx(people.size)


def test_without_distances_a_site_stands_for_its_own():
    people = make_people(200)
    north = np.array([value == "North" for value in people.categorical["site"]])
    week_km = np.where(north[:, None], 10.0, 100.0) * np.ones((200, 3))
    unknown = replace(people, one_way_km=np.full(200, np.nan), week_km=week_km)
    totals = PostStratification(has_distance=False, by="site").fit(unknown).predict(unknown)
    np.testing.assert_allclose(totals.km, week_km.sum(axis=0))


def test_one_stratum_without_distance_is_the_guidance():
    people = make_people(200)
    totals = PostStratification(has_distance=False).fit(people).predict(people)
    np.testing.assert_allclose(totals.km, people.week_km[people.answered].mean(axis=0) * 200)


def test_nothing_is_unsure_when_everybody_answered():
    people = everybody(make_people())
    totals = PostStratification().fit(people).predict(people)
    np.testing.assert_allclose(totals.km, people.week_km.sum(axis=0))
    np.testing.assert_allclose(totals.variance, 0.0)
