"""From the second year on: last year's model, moved by a random anchor, with the drift of the years in the interval."""

from dataclasses import replace
from enum import StrEnum
from typing import Self

import numpy as np

from reporting.domain.estimation.day_share_logit import DayShareLogit
from reporting.domain.estimation.features import FeatureEncoder
from reporting.domain.estimation.people import Booleans, Floats, People, WeekTotals
from reporting.domain.estimation.pooled_prior import PooledPrior, PriorOffset

# How much log odds move in a year at one employer (variance): of each mode by itself, and of not travelling. From 525
# pairs of surveys two years apart at 259 worksites (City of Bellevue, 1993 to 2018): in two years log odds among modes
# have variances of 0.20 to 0.22, those of telework 0.30. The years of 2019 to 2021 are a change of policy, not drift.
MODE_DRIFT = 0.055
HOME_DRIFT = 0.11
LEAST_ANCHOR = 15
# Some worksites change far more than most: an anchor must be able to outvote the drift that is usual.
WIDER_WITH_ANCHOR = 3.0
YEARS_OF_A_MODEL = 3.0
MOST_TURNOVER = 0.2
MOST_DEVIATION = 2.0
# Few employers and years stand behind the drift: the interval takes Student's distribution.
DRIFT_DEGREES = 8.0


class BroadSurveyReason(StrEnum):
    """Why last year's model no longer carries and everybody should be asked again."""

    MODEL_TOO_OLD = "model_too_old"
    TURNOVER = "turnover"
    RELOCATION = "relocation"
    POLICY_CHANGED = "policy_changed"
    ANCHOR_DEVIATES = "anchor_deviates"
    ANCHOR_TOO_SMALL = "anchor_too_small"


def own_model(people: People, *, ridge: float = 5.0) -> PooledPrior:
    """One employer's logit on its broad survey, stored as the prior of its next years.

    `intercept_variance` is that of its own intercepts, by sampling.
    """
    encoder = FeatureEncoder().fit(people)
    features, shares = encoder.transform(people)[people.answered], people.shares()
    logit = DayShareLogit(ridge=ridge).fit(features, shares)
    covariance = logit.sandwich(features, shares)
    width = features.shape[1] + 1
    return PooledPrior(
        modes=people.modes,
        employers=1,
        encoder=encoder.to_plain(),
        coefficients=logit.coefficients_,
        intercept_variance=np.diag(covariance)[::width].copy(),
    )


class YearTwo:
    """Everybody by last year's model; only a random anchor over all staff may move it.

    Parameters
    ----------
    model : of the last broad survey (`own_model`).
    years : since that survey.
    drift : multiplies the variances that real worksites showed.

    Attributes
    ----------
    offset_ : the fitted `PriorOffset`.
    anchor_answers_ : respondents of the anchor.
    deviations_ : per mode, observed − predicted share of the anchor in standard errors of a sample of that size.

    Notes
    -----
    Every category drifts by itself, so that log odds against "not travelling" have covariance drift × (I + 1 1′).
    Joiners count with what they told; about those who stayed they say nothing, so that only the anchor's answers
    inform the intercepts.
    """

    def __init__(self, *, model: PooledPrior, years: float = 1.0, drift: float = 1.0) -> None:
        self.model = model
        self.years = years
        self.drift = drift

    def fit(self, people: People, *, anchor: Booleans) -> Self:
        size = len(people.modes)
        drift = MODE_DRIFT * np.eye(size) + HOME_DRIFT * np.ones((size, size))
        self.anchor_answers_ = int(np.count_nonzero(people.answered & anchor))
        wider = WIDER_WITH_ANCHOR if self.anchor_answers_ >= LEAST_ANCHOR else 1.0
        covariance = wider * self.drift * self.years * drift + np.diag(self.model.intercept_variance)
        self.offset_ = PriorOffset(prior=self.model, precision=np.asarray(np.linalg.inv(covariance), dtype=np.float64))
        self.offset_.fit(people, informative=anchor)
        # The posterior's own covariance: of thirty answers the sandwich sees too little.
        self.offset_.covariance_ = np.asarray(np.linalg.inv(self.offset_.logit_.hessian_), dtype=np.float64)
        self.deviations_ = self._deviations(people, people.answered & anchor)
        return self

    def predict(self, people: People) -> WeekTotals:
        return replace(self.offset_.predict(people), degrees=DRIFT_DEGREES)

    def _deviations(self, people: People, told: Booleans) -> Floats:
        if self.anchor_answers_ < 2:
            return np.zeros(len(people.modes))
        expected = DayShareLogit()
        expected.coefficients_ = np.zeros((1, len(people.modes)))
        predicted = expected.predict(np.zeros((people.size, 0)), offset=self.model.scores(people))[told, 1:]
        left = people.shares()[told[people.answered]][:, 1:] - predicted
        # At least the spread that the predicted shares have: few answers may all be alike.
        spread = np.maximum(left.var(axis=0), (predicted * (1.0 - predicted)).mean(axis=0) / 2.0)
        return np.asarray(left.mean(axis=0) / np.sqrt(np.maximum(spread, 1e-12) / len(left)), dtype=np.float64)


def broad_survey_reasons(
    *, fitted: YearTwo, turnover: float, is_relocated: bool, has_new_policy: bool
) -> tuple[BroadSurveyReason, ...]:
    """Why everybody should be asked again; nothing while the model carries.

    `turnover`: the part of the staff that joined since the broad survey. `has_new_policy`: parking or telework.
    """
    applies = {
        BroadSurveyReason.MODEL_TOO_OLD: fitted.years >= YEARS_OF_A_MODEL,
        BroadSurveyReason.TURNOVER: turnover > MOST_TURNOVER,
        BroadSurveyReason.RELOCATION: is_relocated,
        BroadSurveyReason.POLICY_CHANGED: has_new_policy,
        BroadSurveyReason.ANCHOR_DEVIATES: bool(np.any(np.abs(fitted.deviations_) > MOST_DEVIATION)),
        BroadSurveyReason.ANCHOR_TOO_SMALL: fitted.anchor_answers_ < LEAST_ANCHOR,
    }
    return tuple(reason for reason, holds in applies.items() if holds)
