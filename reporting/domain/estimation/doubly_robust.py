"""The doubly robust estimator: a logit fills in for the silent, and what it got wrong for the others corrects it."""

from typing import Self

import numpy as np
from sklearn.model_selection import KFold

from reporting.domain.estimation.day_share_logit import DayShareLogit, with_intercept
from reporting.domain.estimation.features import FeatureEncoder, known_distances
from reporting.domain.estimation.people import (
    RARE_MODE,
    Floats,
    People,
    WeekTotals,
    bearing_answers,
    one_answer,
    one_person,
    variances,
    with_sum,
)
from reporting.domain.estimation.propensity import BalancingPropensity

LEAST_SPREAD = 1e-9
LEAST_DEGREES = 5.0
MOST_LEVERAGE = 0.9
# Modes that fewer respondents use, or leave, have a variance that also looks at predicted shares.
FEW_USERS = 30
# So has the total when the kilometres not travelled rest on fewer answers.
FEW_LOSING = 12
# A mode whose kilometres rest on fewer answers has far travellers of whom few have told.
FEW_BEARING = 40
# How far from what answers show towards the most that days can differ.
UNSEEN_PART = 1.0 / 3.0


class DoublyRobust:
    """Cross-fitted augmented inverse probability weighting of day shares and kilometres.

    Parameters
    ----------
    folds : parts of the respondents; nobody's answer takes part in its own prediction.
    ridge, propensity_ridge : penalties of the logit and of the response odds.
    random_state : seed of the folds.

    Attributes
    ----------
    encoder_, logits_, propensity_ : the fitted parts; one logit per fold.
    seen_ : numbers of the categories somebody chose, the most frequent first.
    shares_ : predicted shares of everybody (of respondents by the fold that did not see them).
    weights_ : per respondent, how many people it stands for.
    residuals_ : answer − prediction, of km and days, per respondent.

    Notes
    -----
    total = Σ_answered y + Σ_silent ŷ + Σ_answered (w − 1)(y − ŷ): consistent when either the logit or the odds are
    right (Robins, Rotnitzky & Zhao 1994; cross-fitting: Chernozhukov et al. 2018). The population is finite and the
    answered part is known, hence the variance Σ w (w − 1) r², r the residual that the
    balanced features leave.
    """

    def __init__(
        self, *, folds: int = 5, ridge: float = 5.0, propensity_ridge: float = 8.0, random_state: int = 0
    ) -> None:
        self.folds = folds
        self.ridge = ridge
        self.propensity_ridge = propensity_ridge
        self.random_state = random_state

    def fit(self, people: People) -> Self:
        self.encoder_ = FeatureEncoder().fit(people)
        features = self.encoder_.transform(people)
        self._fit_shares(features, people)
        balance = balancing_columns(features, people)
        self.propensity_ = BalancingPropensity(ridge=self.propensity_ridge).fit(balance, people.answered)
        self.weights_ = self.propensity_.weights_
        self.balance_ = balance[people.answered]
        self.residuals_ = people.outcomes() - expected(self.shares_, people)[people.answered]
        return self

    def predict(self, people: People) -> WeekTotals:
        outcomes, size = people.outcomes(), len(people.modes)
        predicted = expected(self.shares_, people)[~people.answered].sum(axis=0)
        spare = self.weights_ - 1.0
        silent = np.maximum(0.0, predicted + spare @ self.residuals_)
        observed = outcomes.sum(axis=0)
        total = observed + silent
        full = full_week_km(people)
        lost = full[people.answered] - outcomes[:, :size].sum(axis=1)
        bearing = bearing_answers(spare, np.append(outcomes[:, :size], lost[:, None], axis=1))
        variance, unseen = self._variance(people, bearing)
        return WeekTotals(
            km=total[:size],
            days=total[size:],
            observed_km=observed[:size],
            variance=variance,
            unseen_variance=unseen,
            one_person_km=self._one_person(people, spare, outcomes[:, :size]),
            full_silent_km=float(full[~people.answered].sum()),
            one_lost_km=float(one_answer(spare, lost[:, None])[0]),
            effective_answers=float(self.weights_.sum() ** 2 / (self.weights_**2).sum()),
            degrees=self._degrees(),
        )

    def _fit_shares(self, features: Floats, people: People) -> None:
        shares = people.shares()
        # Categories that nobody chose have no coefficients; the most frequent one is the reference.
        self.seen_ = np.argsort(-shares.sum(axis=0), kind="stable")[: np.count_nonzero(shares.sum(axis=0))]
        told, seen_shares = features[people.answered], shares[:, self.seen_]
        whole = DayShareLogit(ridge=self.ridge).fit(told, seen_shares)
        predicted = np.zeros((people.size, shares.shape[1]))
        own = np.zeros_like(shares)
        self.logits_ = []
        folds = KFold(n_splits=min(self.folds, len(told)), shuffle=True, random_state=self.random_state)
        silent = np.zeros((people.size - len(told), len(self.seen_)))
        for seen, held_out in folds.split(told):
            logit = DayShareLogit(ridge=self.ridge).fit(told[seen], seen_shares[seen], start=whole.coefficients_)
            own[np.ix_(held_out, self.seen_)] = logit.predict(told[held_out])
            silent += logit.predict(features[~people.answered])
            self.logits_.append(logit)
        predicted[np.ix_(~people.answered, self.seen_)] = silent / len(self.logits_)
        predicted[people.answered] = own
        self.shares_ = predicted

    def _one_person(self, people: People, spare: Floats, km: Floats) -> Floats:
        """Per mode, the week of the silent person whom the next kilometre with it is expected of.

        Where only people who live near told of a mode, nobody told its long trips: the predicted shares know of them.
        They travel with it on as many of their days as who told of it. A mode that nobody told has one ordinary week.
        """
        full = full_week_km(people)[~people.answered]
        shares, used = self.shares_[~people.answered, 1:], people.shares()[:, 1:]
        days = used.sum(axis=0) / np.maximum(1, np.count_nonzero(used, axis=0))
        next_km = days * (full**2 @ shares)
        told = one_person(spare, people.with_rare_modes(km))
        expected_km = full @ shares
        return np.asarray(np.divide(next_km, expected_km, out=told, where=expected_km > 0.0), dtype=np.float64)

    def _variance(self, people: People, bearing: Floats) -> tuple[Floats, Floats]:
        """Of km per mode and of their sum; and what to add per mode above, for far travellers of whom nobody told.

        bearing: answers that the kilometres per mode, and those not travelled, rest on. By the residuals; where few use
        a mode, or few do not, at least what predicted shares say: few people show little of their spread. Where many
        use it and few of them far, the answers without one of those few show too little as well, but only above.
        """
        size = len(bearing) - 1
        weight = self.weights_ * (self.weights_ - 1.0)
        by_residuals = variances(self._unexplained(weight, size), weight)
        moving = with_sum(self.shares_[:, 1:])
        spread = moving * (1.0 - moving) * full_week_km(people)[:, None] ** 2
        told = spread[people.answered]
        squares = (with_sum(self.residuals_[:, :size]) ** 2).sum(axis=0)
        dispersion = np.minimum(1.0, squares / np.maximum(told.sum(axis=0), LEAST_SPREAD))
        by_shares = spread[~people.answered].sum(axis=0) + (self.weights_ - 1.0) ** 2 @ told
        users = (with_sum(people.days[people.answered]) > 0).sum(axis=0)
        is_left_by_few = people.respondents - users < FEW_USERS
        is_left_by_few[-1] = bearing[-1] < FEW_LOSING
        is_rare = is_left_by_few | (users < FEW_USERS) | (users < RARE_MODE * people.respondents)
        variance = np.maximum(by_residuals, by_shares * dispersion * is_rare)
        unseen = by_shares * (dispersion + UNSEEN_PART * (1.0 - dispersion)) - variance
        has_few_far = (bearing < FEW_BEARING) & (np.minimum(users, people.respondents - users) >= FEW_USERS)
        return variance, np.where(has_few_far, np.maximum(0.0, unseen), 0.0)[:-1]

    def _unexplained(self, weight: Floats, size: int) -> Floats:
        """Residuals of km after regression on the balanced features, which the weights make exact for everybody.

        A person with much leverage pulls the regression towards its own answer; ÷ (1 − leverage) undoes that (HC3,
        MacKinnon & White 1985).
        """
        design = with_intercept(self.balance_)
        weighted = design.T * weight
        gram = weighted @ design
        gram[np.diag_indices_from(gram)] += self.propensity_ridge * max(float(weight.mean()), LEAST_SPREAD)
        inverse = np.linalg.inv(gram)
        residuals = self.residuals_[:, :size]
        left = residuals - design @ (inverse @ (weighted @ residuals))
        leverage = weight * ((design @ inverse) * design).sum(axis=1)
        return np.asarray(left / (1.0 - np.minimum(leverage, MOST_LEVERAGE))[:, None], dtype=np.float64)

    def _degrees(self) -> float:
        weight = self.weights_ * (self.weights_ - 1.0)
        effective = float(weight.sum() ** 2 / (weight**2).sum())
        return max(LEAST_DEGREES, effective - self.propensity_.coefficients_.size / 2.0)


def full_week_km(people: People) -> Floats:
    """2 × one way × work days, with the mean distance where it is missing."""
    return 2.0 * known_distances(people) * people.work_days


def expected(shares: Floats, people: People) -> Floats:
    """Expected km per mode, then days per mode, of everybody."""
    moving = shares[:, 1:]
    return np.concatenate([moving * full_week_km(people)[:, None], moving * people.work_days[:, None]], axis=1)


def balancing_columns(features: Floats, people: People) -> Floats:
    """What respondents are balanced on: the features, and the kilometres of a full week."""
    return np.concatenate([features, _standardised(full_week_km(people))[:, None]], axis=1)


def _standardised(column: Floats) -> Floats:
    spread = float(column.std())
    return np.asarray((column - column.mean()) / (spread if spread > 0 else 1.0), dtype=np.float64)
