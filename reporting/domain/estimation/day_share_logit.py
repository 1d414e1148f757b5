"""One multinomial logit on shares of days: days per mode, days at home and kilometres from one set of coefficients."""

from typing import Self

import numpy as np

from reporting.domain.estimation.people import Floats

MOST_STEPS = 60
# Of the objective: what one more step would bring.
TOLERANCE = 1e-7
MOST_HALVINGS = 30
SMALLEST_CHANCE = 1e-300
# People at a time.
PART = 4096


class DayShareLogit:
    """Shares of days over categories, as softmax of linear scores; each person weighs once.

    Parameters
    ----------
    ridge : penalty on coefficients of standardised features; also what keeps perfect separation finite.
    intercept_precision : of a normal prior around 0 on the intercepts, one number or a matrix over the categories but
        the first; with an offset, how strongly the employer is believed to be like it (4: a standard deviation of ½).

    Attributes
    ----------
    coefficients_ : (1 + features) × (categories − 1); the first row are intercepts, the first category the reference.
    hessian_ : of the penalised log-likelihood at the optimum (negative definite turned positive).

    Notes
    -----
    Maximises Σ w_i Σ_c s_ic log p_ic − ½ ridge ‖B‖² − ½ precision ‖b₀‖² by Newton's method (Papke & Wooldridge 1996 for
    fractional outcomes). The objective is strictly concave with a positive ridge and precision, so that the optimum
    is one point.
    """

    def __init__(self, *, ridge: float = 1.0, intercept_precision: float | Floats = 0.05) -> None:
        self.ridge = ridge
        self.intercept_precision = intercept_precision

    def fit(
        self, features: Floats, shares: Floats, *, offset: Floats | None = None, start: Floats | None = None
    ) -> Self:
        """`offset`: scores that are added to each person's, one column per category but the first."""
        design = with_intercept(features)
        width, free = design.shape[1], shares.shape[1] - 1
        penalty = self._penalty(width, free)
        known = np.zeros((len(design), free)) if offset is None else offset
        coefficients = np.asarray(np.zeros((width, free)) if start is None else start, dtype=np.float64)
        value, chances = _objective(design, coefficients, known, shares, penalty)
        for _ in range(MOST_STEPS):
            gradient = design.T @ (shares[:, 1:] - chances[:, 1:]) - _pulled(penalty, coefficients)
            self.hessian_ = _hessian(design, chances[:, 1:], penalty)
            step = np.asarray(np.linalg.solve(self.hessian_, gradient.T.ravel()), dtype=np.float64)
            step = step.reshape(free, width).T
            if float((step * gradient).sum()) < TOLERANCE:
                break
            value, chances, coefficients = _climb(value, chances, coefficients, step, (design, known, shares, penalty))
        self.coefficients_ = coefficients
        return self

    def predict(self, features: Floats, *, offset: Floats | None = None) -> Floats:
        """Shares per category, rows adding up to 1."""
        scores = with_intercept(features) @ self.coefficients_
        return _softmax(scores if offset is None else scores + offset)

    def sandwich(self, features: Floats, shares: Floats, *, offset: Floats | None = None) -> Floats:
        """Covariance of the coefficients, category by category: H⁻¹ (Σ g g′ + prior) H⁻¹ (White 1982).

        The prior's own precision counts as information, so that few answers keep the prior's width.
        """
        design = with_intercept(features)
        left = shares[:, 1:] - self.predict(features, offset=offset)[:, 1:]
        scores = (left[:, :, None] * design[:, None, :]).reshape(len(design), left.shape[1] * design.shape[1])
        penalty = self._penalty(design.shape[1], left.shape[1])
        inverse = np.linalg.inv(self.hessian_)
        meat: Floats = scores.T @ scores + penalty
        return np.asarray(inverse @ meat @ inverse, dtype=np.float64)

    def _penalty(self, width: int, free: int) -> Floats:
        """The matrix of the quadratic penalty, category by category as in the Hessian."""
        slopes = np.full((free, width), self.ridge)
        slopes[:, 0] = 0.0
        penalty = np.diag(slopes.ravel())
        intercepts = np.arange(free) * width
        precision = np.asarray(self.intercept_precision, dtype=np.float64)
        penalty[np.ix_(intercepts, intercepts)] = np.eye(free) * precision if precision.ndim == 0 else precision
        return penalty


def with_intercept(features: Floats) -> Floats:
    """A column of ones before the features."""
    return np.concatenate([np.ones((len(features), 1)), features], axis=1)


def _softmax(scores: Floats) -> Floats:
    full = np.concatenate([np.zeros((len(scores), 1)), scores], axis=1)
    powers = np.exp(full - full.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float64)


def _objective(
    design: Floats, coefficients: Floats, known: Floats, shares: Floats, penalty: Floats
) -> tuple[float, Floats]:
    chances = _softmax(design @ coefficients + known)
    likelihood = (shares * np.log(np.maximum(chances, SMALLEST_CHANCE))).sum()
    return float(likelihood - (coefficients * _pulled(penalty, coefficients)).sum() / 2.0), chances


def _pulled(penalty: Floats, coefficients: Floats) -> Floats:
    """Penalty × coefficients, in the shape of the coefficients."""
    return np.asarray((penalty @ coefficients.T.ravel()).reshape(coefficients.T.shape).T, dtype=np.float64)


def _climb(
    value: float, chances: Floats, coefficients: Floats, step: Floats, problem: tuple[Floats, Floats, Floats, Floats]
) -> tuple[float, Floats, Floats]:
    """The whole step, or the first half of it, and so on, that does not lead down."""
    design, known, shares, penalty = problem
    for _ in range(MOST_HALVINGS):
        tried = coefficients + step
        better, moved = _objective(design, tried, known, shares, penalty)
        if better >= value:
            return better, moved, tried
        step = step / 2.0
    return value, chances, coefficients


def _hessian(design: Floats, chances: Floats, penalty: Floats) -> Floats:
    """Added up over parts of the people that a processor keeps at hand, so that time grows with their number only."""
    width, free = design.shape[1], chances.shape[1]
    hessian = np.zeros((free, width, free, width))
    for start in range(0, len(design), PART):
        _add_part(hessian, design[start : start + PART], chances[start : start + PART])
    return np.asarray(hessian.reshape(free * width, free * width) + penalty, dtype=np.float64)


def _add_part(hessian: Floats, design: Floats, chances: Floats) -> None:
    for row in range(chances.shape[1]):
        for column in range(row + 1):
            weight = chances[:, row] * ((row == column) - chances[:, column])
            block = design.T @ (design * weight[:, None])
            hessian[row, :, column, :] += block
            if row != column:
                hessian[column, :, row, :] += block
