import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from reporting.domain.estimation.intervals import bounds, gamma_quantile, with_total
from tests.reporting.domain.estimation.week_totals import totals


def test_a_small_variance_gives_the_normal_interval():
    found = bounds(totals([1000.0, 500.0], [0.0, 0.0], [100.0, 25.0, 125.0]))
    np.testing.assert_allclose(found.upper - found.lower, 2 * 1.96 * np.sqrt([100.0, 25.0, 125.0]), rtol=0.01)


def test_quantiles_are_those_of_the_gamma_distribution():
    expected = stats.gamma.ppf(0.975, 4.0, scale=2.5)
    assert gamma_quantile(0.975, mean=np.array([10.0]), variance=np.array([25.0]))[0] == pytest.approx(expected)


def test_few_degrees_of_freedom_widen():
    wide, narrow = (bounds(totals([100.0, 50.0], [0.0, 0.0], [9.0, 4.0, 13.0], degrees=n)) for n in (5.0, 1e6))
    assert (wide.upper - wide.lower > narrow.upper - narrow.lower).all()


def test_a_mode_that_nobody_uses_has_an_upper_bound_of_a_few_people():
    found = bounds(totals([0.0, 100.0], [0.0, 100.0], [0.0, 0.0, 0.0], one=(20.0, 0.0)))
    assert found.lower[0] == 0.0
    assert found.upper[0] == pytest.approx(20.0 * -np.log(0.025))


def test_long_trips_that_nobody_told_raise_the_upper_bound_of_their_mode_only():
    plain, seen = (
        bounds(totals([1000.0, 500.0], [0.0, 0.0], [100.0, 25.0, 125.0], unseen_variance=unseen))
        for unseen in (0.0, np.array([300.0, 0.0]))
    )
    np.testing.assert_array_equal(seen.lower, plain.lower)
    np.testing.assert_array_equal(seen.upper[1:], plain.upper[1:])
    assert seen.upper[0] - 1000.0 == pytest.approx(2.0 * (plain.upper[0] - 1000.0), rel=0.02)


def test_the_total_lies_between_nothing_and_a_full_week():
    found = bounds(totals([900.0, 60.0], [0.0, 0.0], [400.0, 400.0, 900.0], full_silent_km=1000.0, one_lost_km=10.0))
    assert found.lower[-1] < 960.0 < found.upper[-1] < 1000.0


def test_no_mode_has_more_than_everybodys_full_weeks():
    found = bounds(totals([190.0, 60.0], [50.0, 50.0], [1e4, 1e4, 2e4], one=(900.0, 900.0), full_silent_km=200.0))
    np.testing.assert_array_equal(found.upper[:-1], [250.0, 250.0])


@pytest.mark.parametrize("full_km", [float("nan"), 100.0])
def test_full_weeks_that_are_unknown_or_below_the_estimate_are_no_limit(full_km):
    found = bounds(totals([190.0, 60.0], [50.0, 50.0], [1e4, 1e4, 2e4], full_silent_km=full_km))
    assert found.upper[0] > 350.0


amount = st.floats(0.0, 1e6)


@settings(max_examples=200, deadline=None)
@given(
    st.tuples(amount, amount),
    st.tuples(amount, amount),
    st.tuples(*[st.floats(0.0, 1e10)] * 3),
    st.tuples(amount, amount),
    st.sampled_from([1.0, 5.0, 80.0]),
    st.sampled_from([float("nan"), 0.0, 10.0, 1e7]),
)
def test_estimates_lie_in_their_intervals_and_nothing_below_what_was_observed(
    silent, observed, variance, one, degrees, full
):
    given_totals = totals(
        np.add(silent, observed), observed, variance, one=one, degrees=degrees, full_silent_km=full, one_lost_km=5.0
    )
    found = bounds(given_totals)
    km, told = with_total(given_totals.km), with_total(given_totals.observed_km)
    slack = 1e-6 * (1.0 + km)
    assert np.isfinite(found.lower).all()
    assert np.isfinite(found.upper).all()
    assert (told - slack <= found.lower).all()
    assert (found.lower <= km + slack).all()
    assert (km - slack <= found.upper).all()
