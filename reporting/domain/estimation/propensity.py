"""How readily people of each kind answer, so that those who answered add up to everybody."""

from typing import Self

import numpy as np

from reporting.domain.estimation.day_share_logit import with_intercept
from reporting.domain.estimation.people import Booleans, Floats

MOST_STEPS = 80
TOLERANCE = 1e-6
LARGEST_STEP = 2.0


class BalancingPropensity:
    """Response odds exp(η), fitted so that the weighted respondents resemble the silent.

    Parameters
    ----------
    ridge : penalty on coefficients of standardised features; more penalty, less exact balance and smaller weights.
    largest_weight : weights above it are cut, and counted in `cut_`.

    Attributes
    ----------
    coefficients_ : intercept, then one per feature, of the log odds to answer.
    weights_ : per respondent, 1 ÷ probability to answer: how many people it stands for, itself included.
    cut_ : how many weights were cut.

    Notes
    -----
    Minimises Σ_answered exp(−η) + Σ_silent η + ½ ridge ‖β‖²: the tailored loss of covariate balancing (Imai &
    Ratkovic 2014; Zhao 2019). Its optimum makes Σ (w − 1) x over the answered equal to Σ x over the silent, but for
    the ridge.
    """

    def __init__(self, *, ridge: float = 2.0, largest_weight: float = 30.0) -> None:
        self.ridge = ridge
        self.largest_weight = largest_weight

    def fit(self, features: Floats, answered: Booleans) -> Self:
        design = with_intercept(features)
        told, silent = design[answered], design[~answered].sum(axis=0)
        penalty = np.full(design.shape[1], self.ridge)
        penalty[0] = TOLERANCE
        coefficients = np.zeros(design.shape[1])
        coefficients[0] = np.log(len(told) / max(len(design) - len(told), 0.5))
        for _ in range(MOST_STEPS):
            spare = np.exp(-np.clip(told @ coefficients, -30.0, 30.0))
            gradient = told.T @ spare - silent - penalty * coefficients
            hessian = told.T @ (told * spare[:, None]) + np.diag(penalty)
            step = np.linalg.solve(hessian, gradient)
            size = float(np.abs(step).max())
            coefficients = coefficients + step * min(1.0, LARGEST_STEP / max(size, LARGEST_STEP))
            if size < TOLERANCE:
                break
        weights = 1.0 + np.exp(-np.clip(told @ coefficients, -30.0, 30.0))
        self.coefficients_ = coefficients
        self.cut_ = int(np.count_nonzero(weights > self.largest_weight))
        self.weights_ = np.minimum(weights, self.largest_weight)
        return self

    def predict(self, features: Floats) -> Floats:
        """The probability to answer, between 0 and 1."""
        return np.asarray(1.0 / (1.0 + np.exp(-np.clip(with_intercept(features) @ self.coefficients_, -30.0, 30.0))))
