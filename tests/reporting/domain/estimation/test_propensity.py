import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.domain.estimation.features import FeatureEncoder
from reporting.domain.estimation.propensity import BalancingPropensity
from tests.reporting.domain.estimation.made_up import make_people


def test_weighted_respondents_add_up_to_everybody():
    people = make_people(400, by_distance=-0.6)
    features = FeatureEncoder().fit(people).transform(people)
    fitted = BalancingPropensity(ridge=1e-6).fit(features, people.answered)
    assert fitted.cut_ == 0
    np.testing.assert_allclose(fitted.weights_.sum(), people.size, rtol=1e-4)
    np.testing.assert_allclose(fitted.weights_ @ features[people.answered], features.sum(axis=0), atol=0.1)


def test_weights_are_one_over_the_probability():
    people = make_people(300, by_distance=-0.5)
    features = FeatureEncoder().fit(people).transform(people)
    fitted = BalancingPropensity().fit(features, people.answered)
    np.testing.assert_allclose(fitted.weights_, 1.0 / fitted.predict(features)[people.answered])


def test_who_is_far_and_silent_weighs_more():
    people = make_people(500, by_distance=-1.0)
    features = FeatureEncoder().fit(people).transform(people)
    weights = BalancingPropensity().fit(features, people.answered).weights_
    far = people.one_way_km[people.answered] > 25
    assert weights[far].mean() > 1.5 * weights[~far].mean()


def test_weights_are_cut_and_counted():
    features = np.concatenate([np.zeros(60), [5.0], np.full(40, 5.0)])[:, None]
    answered = np.concatenate([np.ones(61, dtype=bool), np.zeros(40, dtype=bool)])
    fitted = BalancingPropensity(ridge=1e-3, largest_weight=10.0).fit(features, answered)
    assert fitted.cut_ == 1
    assert fitted.weights_.max() == 10.0


@settings(max_examples=40, deadline=None)
@given(st.integers(3, 60), st.integers(0, 4), st.integers(0, 2**31), st.floats(0.05, 0.95))
def test_every_respondent_stands_for_itself_at_least(size, width, seed, response):
    chance = np.random.default_rng(seed)
    answered = chance.random(size) < response
    answered[0] = True
    weights = BalancingPropensity().fit(chance.normal(size=(size, width)), answered).weights_
    assert (weights >= 1.0).all()
    assert np.isfinite(weights).all()
