from dataclasses import replace

import numpy as np
import pytest

from reporting.domain.estimation.intervals import bounds
from reporting.domain.estimation.pooled_prior import PooledPrior
from reporting.domain.estimation.year_two import (
    HOME_DRIFT,
    MODE_DRIFT,
    BroadSurveyReason,
    YearTwo,
    broad_survey_reasons,
    own_model,
)
from tests.reporting.domain.estimation.made_up import make_people

LAST_YEAR = make_people(600, answering=0.6, seed=20)
MODEL = own_model(LAST_YEAR)


def this_year(answers, *, seed=21, size=600):
    """Everybody, of whom the first `answers` (in random order) are the anchor and answered."""
    people = make_people(size, seed=seed)
    anchor = np.arange(size) < answers
    return replace(people, answered=anchor), anchor


def all_driving(people):
    days = np.zeros_like(people.days)
    days[:, 0] = people.days.sum(axis=1)
    return replace(people, days=days, week_km=2.0 * people.one_way_km[:, None] * days)


def width(years, answers):
    people, anchor = this_year(answers)
    found = bounds(YearTwo(model=MODEL, years=years).fit(people, anchor=anchor).predict(people))
    return found.upper[0] - found.lower[0]


def test_without_new_answers_last_years_model_says_about_the_same():
    people, anchor = this_year(0)
    totals = YearTwo(model=MODEL).fit(people, anchor=anchor).predict(people)
    truth = people.week_km.sum()
    assert totals.km.sum() == pytest.approx(truth, rel=0.1)


def test_the_interval_grows_with_the_years_and_shrinks_with_an_anchor():
    assert width(1.0, 0) < width(3.0, 0)
    assert width(1.0, 40) < width(1.0, 0)


def test_an_anchor_moves_the_estimate_towards_what_it_told():
    people, anchor = this_year(60)
    driving = all_driving(people)
    before = YearTwo(model=MODEL).fit(people, anchor=np.zeros(600, dtype=bool)).predict(people)
    after = YearTwo(model=MODEL).fit(driving, anchor=anchor).predict(driving)
    assert after.km[0] > 1.2 * before.km[0]


def test_joiners_say_nothing_about_who_stayed():
    people, anchor = this_year(60)
    driving = all_driving(people)
    fitted = YearTwo(model=MODEL).fit(driving, anchor=np.zeros(600, dtype=bool))
    np.testing.assert_allclose(fitted.offset_.logit_.coefficients_, 0.0, atol=1e-6)
    assert fitted.predict(driving).observed_km[0] == pytest.approx(driving.week_km[anchor, 0].sum())


def test_the_drift_of_years_without_answers_is_its_covariance():
    people, anchor = this_year(0)
    fitted = YearTwo(model=MODEL, years=2.0, drift=1.5).fit(people, anchor=anchor)
    expected = 3.0 * (MODE_DRIFT * np.eye(3) + HOME_DRIFT) + np.diag(MODEL.intercept_variance)
    np.testing.assert_allclose(fitted.offset_.covariance_, expected, rtol=1e-6)


def test_the_model_survives_json():
    people, anchor = this_year(30)
    again = PooledPrior.from_json(MODEL.to_json())
    one, other = (YearTwo(model=model).fit(people, anchor=anchor).predict(people).km for model in (MODEL, again))
    np.testing.assert_allclose(one, other, rtol=1e-6)


def reasons(people, anchor, *, years=1.0, turnover=0.1, is_relocated=False, has_new_policy=False):
    fitted = YearTwo(model=MODEL, years=years).fit(people, anchor=anchor)
    return broad_survey_reasons(
        fitted=fitted, turnover=turnover, is_relocated=is_relocated, has_new_policy=has_new_policy
    )


def test_a_model_that_carries_asks_for_nothing():
    assert reasons(*this_year(40)) == ()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"years": 3.0}, BroadSurveyReason.MODEL_TOO_OLD),
        ({"turnover": 0.21}, BroadSurveyReason.TURNOVER),
        ({"is_relocated": True}, BroadSurveyReason.RELOCATION),
        ({"has_new_policy": True}, BroadSurveyReason.POLICY_CHANGED),
    ],
)
def test_each_reason_for_a_broad_survey(change, reason):
    assert reasons(*this_year(40), **change) == (reason,)


def test_an_anchor_that_deviates_or_is_too_small():
    people, anchor = this_year(40)
    assert BroadSurveyReason.ANCHOR_DEVIATES in reasons(all_driving(people), anchor)
    assert reasons(*this_year(14)) == (BroadSurveyReason.ANCHOR_TOO_SMALL,)
