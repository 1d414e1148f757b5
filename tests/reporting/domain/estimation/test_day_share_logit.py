import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import approx_fprime, minimize

from reporting.domain.estimation import day_share_logit
from reporting.domain.estimation.day_share_logit import DayShareLogit, with_intercept
from reporting.domain.estimation.features import FeatureEncoder
from tests.reporting.domain.estimation.made_up import make_people


def example(size=120, seed=1):
    people = make_people(size, seed=seed)
    return FeatureEncoder().fit(people).transform(people)[people.answered], people.shares()


def loss(flat, features, shares, *, ridge, precision):
    """The penalised likelihood written down once more, in the plainest way."""
    coefficients = flat.reshape(features.shape[1] + 1, shares.shape[1] - 1)
    scores = np.concatenate([np.zeros((len(features), 1)), with_intercept(features) @ coefficients], axis=1)
    log_chances = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    penalty = ridge * (coefficients[1:] ** 2).sum() + precision * (coefficients[0] ** 2).sum()
    return -(shares * log_chances).sum() + penalty / 2.0


def test_another_solver_finds_the_same_optimum():
    features, shares = example()
    fitted = DayShareLogit(ridge=2.0, intercept_precision=0.1).fit(features, shares)
    start = np.zeros(fitted.coefficients_.size)
    options = {"ridge": 2.0, "precision": 0.1}
    other = minimize(lambda flat: loss(flat, features, shares, **options), start, method="BFGS", tol=1e-6)
    np.testing.assert_allclose(fitted.coefficients_.ravel(), other.x, atol=2e-3)


def test_the_slope_is_nothing_at_the_optimum():
    features, shares = example(seed=2)
    fitted = DayShareLogit(ridge=1.0, intercept_precision=0.5).fit(features, shares)
    slope = approx_fprime(
        fitted.coefficients_.ravel(), lambda flat: loss(flat, features, shares, ridge=1.0, precision=0.5)
    )
    np.testing.assert_allclose(slope, 0.0, atol=2e-3)


def test_people_are_added_up_in_parts_without_a_difference(monkeypatch):
    features, shares = example(400)
    at_once = DayShareLogit().fit(features, shares)
    monkeypatch.setattr(day_share_logit, "PART", 7)
    in_parts = DayShareLogit().fit(features, shares)
    np.testing.assert_allclose(in_parts.coefficients_, at_once.coefficients_, atol=1e-9)
    np.testing.assert_allclose(in_parts.hessian_, at_once.hessian_, rtol=1e-9, atol=1e-9)


def test_shares_of_respondents_are_met_on_average():
    features, shares = example(400)
    fitted = DayShareLogit(intercept_precision=1e-6).fit(features, shares)
    np.testing.assert_allclose(fitted.predict(features).mean(axis=0), shares.mean(axis=0), atol=1e-4)


def test_a_strong_prior_keeps_the_offset():
    _, shares = example()
    offset = np.tile([0.4, -0.3, 0.2], (len(shares), 1))
    nothing = np.zeros((len(shares), 0))
    fitted = DayShareLogit(intercept_precision=1e9).fit(nothing, shares, offset=offset)
    np.testing.assert_allclose(fitted.coefficients_, 0.0, atol=1e-6)


def test_perfect_separation_stays_finite():
    features = np.concatenate([np.full(30, -1.0), np.full(30, 1.0)])[:, None]
    shares = np.repeat(np.eye(2), 30, axis=0)
    fitted = DayShareLogit().fit(features, shares)
    assert np.isfinite(fitted.coefficients_).all()
    assert fitted.predict(features)[0, 0] > 0.9


def test_the_sandwich_is_a_covariance():
    features, shares = example()
    fitted = DayShareLogit().fit(features, shares)
    covariance = fitted.sandwich(features, shares)
    np.testing.assert_allclose(covariance, covariance.T, atol=1e-10)
    assert np.linalg.eigvalsh(covariance).min() > 0


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 12), st.integers(2, 5), st.integers(0, 3), st.integers(0, 2**31), st.sampled_from([0.1, 1.0, 50.0])
)
def test_any_shares_give_shares(size, categories, width, seed, spread):
    chance = np.random.default_rng(seed)
    shares = np.eye(categories)[chance.integers(0, categories, size)]
    features = chance.normal(0.0, spread, (size, width))
    predicted = DayShareLogit().fit(features, shares).predict(features)
    np.testing.assert_allclose(predicted.sum(axis=1), 1.0)
    assert (predicted >= 0).all()
