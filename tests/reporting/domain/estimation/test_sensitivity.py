import numpy as np
import pytest
from scipy import stats

from reporting.domain.estimation.doubly_robust import DoublyRobust
from reporting.domain.estimation.intervals import bounds
from reporting.domain.estimation.sensitivity import ResponseOddsSensitivity, imbens_manski_tails, union_bounds
from tests.reporting.domain.estimation.made_up import READY, make_people
from tests.reporting.domain.estimation.week_totals import totals

PEOPLE = make_people(300)
FITTED = DoublyRobust().fit(PEOPLE)


def shift(odds_ratio, ready=READY):
    sensitivity = ResponseOddsSensitivity(ready_modes=ready, odds_ratio=odds_ratio)
    return sensitivity.fit(PEOPLE, shares=FITTED.shares_).shift_[:3]


def test_the_more_readily_cyclists_answer_the_more_the_silent_drive():
    car = [shift(odds_ratio)[0] for odds_ratio in (1.0, 1.5, 2.0, 4.0)]
    assert car == sorted(car)
    assert (shift(2.0)[1:] < 0).all()


def test_an_odds_ratio_of_one_changes_nothing():
    np.testing.assert_allclose(shift(1.0), 0.0, atol=1e-9)


def test_no_ready_modes_change_nothing():
    np.testing.assert_allclose(shift(2.0, ready=()), 0.0, atol=1e-9)


def test_the_interval_holds_the_plain_one_and_the_shifted_estimate():
    predicted = FITTED.predict(PEOPLE)
    sensitivity = ResponseOddsSensitivity(ready_modes=READY).fit(PEOPLE, shares=FITTED.shares_)
    plain, honest = bounds(predicted), sensitivity.predict(predicted)
    assert (honest.lower <= plain.lower).all()
    assert (honest.upper >= plain.upper).all()
    assert honest.upper[0] > predicted.km[0] + sensitivity.shift_[0]


def test_critical_values_lie_between_one_and_two_sided():
    tails = imbens_manski_tails(np.array([0.0, 1.0, 100.0]), np.ones(3))
    assert tails[0] == pytest.approx(0.025, abs=1e-4)
    assert 0.025 < tails[1] < 0.05
    assert tails[2] == pytest.approx(0.05, abs=1e-4)


def test_the_upper_end_takes_the_critical_value_of_its_own_spread():
    """Large amounts, so that the gamma is a normal: the spread above is 100, and the range half of that."""
    given = totals([1e7, 1e7], [0.0, 0.0], [100.0, 100.0, 200.0], unseen_variance=np.array([9_900.0, 0.0]))
    found = union_bounds(given, shift=np.array([50.0, 0.0]))
    critical = (found.upper[0] - 1e7 - 50.0) / 100.0
    assert stats.norm.cdf(critical + 0.5) - stats.norm.cdf(-critical) == pytest.approx(0.95, abs=1e-3)
    # Below, the spread is 10 and the range wide.
    assert found.lower[0] == pytest.approx(bounds(given).lower[0])
