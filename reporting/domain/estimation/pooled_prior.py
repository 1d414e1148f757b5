"""What other employers taught: coefficients pooled over those who consented, as the starting point of a small
survey.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from reporting.domain.estimation.day_share_logit import DayShareLogit
from reporting.domain.estimation.doubly_robust import expected, full_week_km
from reporting.domain.estimation.features import FeatureEncoder
from reporting.domain.estimation.people import Booleans, Floats, People, WeekTotals, one_answer
from reporting.domain.prior_rules import LEAST_EMPLOYERS

# Of the employer's own intercepts: a standard deviation of one half in log odds.
PRIOR_PRECISION = 4.0
PRIOR_FORMAT = 1


class TooFewEmployers(ValueError):
    """A prior over fewer than five employers would tell too much of one of them."""


class PriorUnusable(ValueError):
    """The stored prior is of another format or knows other modes."""


@dataclass(frozen=True, kw_only=True)
class PooledPrior:
    """Pooled coefficients: numbers and names only, as JSON.

    Attributes
    ----------
    encoder : how features become columns, as plain values.
    coefficients : (1 + columns) × modes, log odds against not travelling.
    intercept_variance : per mode, how much employers differ (variance of log odds).
    """

    modes: tuple[str, ...]
    employers: int
    encoder: dict[str, Any]
    coefficients: Floats
    intercept_variance: Floats

    def to_json(self) -> str:
        """Sorted keys and numbers of twelve digits: the same prior gives the same text."""
        return json.dumps(
            {
                "format": PRIOR_FORMAT,
                "modes": list(self.modes),
                "employers": self.employers,
                "encoder": self.encoder,
                "coefficients": _rounded(self.coefficients),
                "intercept_variance": _rounded(self.intercept_variance),
            },
            sort_keys=True,
            allow_nan=False,
        )

    @classmethod
    def from_json(cls, text: str) -> "PooledPrior":
        """Raises `PriorUnusable`."""
        stored = json.loads(text)
        if stored.get("format") != PRIOR_FORMAT:
            raise PriorUnusable(f"format {stored.get('format')} is not {PRIOR_FORMAT}")
        return cls(
            modes=tuple(stored["modes"]),
            employers=stored["employers"],
            encoder=stored["encoder"],
            coefficients=np.array(stored["coefficients"], dtype=np.float64),
            intercept_variance=np.array(stored["intercept_variance"], dtype=np.float64),
        )

    def scores(self, people: People) -> Floats:
        """Log odds of each mode of people, by the pooled coefficients."""
        if people.modes != self.modes:
            raise PriorUnusable("the prior knows other modes")
        features = FeatureEncoder.from_plain(self.encoder).transform(people)
        return np.asarray(self.coefficients[0] + features @ self.coefficients[1:], dtype=np.float64)


def pool(people: People, employers: Sequence[int], *, ridge: float = 5.0) -> PooledPrior:
    """The prior of everybody's answers; `employers` numbers the employer of each person.

    Every employer's features must mean the same (distance, work days, provisions): a site or department of one
    employer is no feature of another. Raises `TooFewEmployers` under five employers with answers.
    """
    number = np.asarray(employers)
    told = number[people.answered]
    present = np.unique(told)
    if len(present) < LEAST_EMPLOYERS:
        raise TooFewEmployers(f"{len(present)} employers, at least {LEAST_EMPLOYERS} are needed")
    encoder = FeatureEncoder(least_group=20).fit(people)
    features, shares = encoder.transform(people)[people.answered], people.shares()
    logit = DayShareLogit(ridge=ridge).fit(features, shares)
    offset = logit.coefficients_[0] + features @ logit.coefficients_[1:]
    own = [_own_intercepts(shares[told == one], offset[told == one]) for one in present]
    return PooledPrior(
        modes=people.modes,
        employers=len(present),
        encoder=encoder.to_plain(),
        coefficients=logit.coefficients_,
        intercept_variance=np.maximum(np.var(np.stack(own), axis=0), 1.0 / PRIOR_PRECISION),
    )


class PriorOffset:
    """The pooled coefficients with the employer's own intercepts: Bayes with a Laplace posterior.

    Parameters
    ----------
    prior : what the others taught.
    precision : of the own intercepts around the pooled ones, a number or a matrix over the modes; None takes the
        variation among employers, for so few answers that they only adjust it.

    Attributes
    ----------
    logit_ : intercepts on top of the prior's scores.
    covariance_ : of these intercepts (sandwich).
    shares_ : of everybody.

    Notes
    -----
    Gelman & Little (1997), with the slopes held at the pooled values and only intercepts free.
    """

    def __init__(self, *, prior: PooledPrior, precision: float | Floats | None = PRIOR_PRECISION) -> None:
        self.prior = prior
        self.precision = precision

    def fit(self, people: People, *, informative: Booleans | None = None) -> Self:
        """`informative`: whose answers say something about the silent; everybody's who answered, unless told."""
        scores = self.prior.scores(people)
        told = people.answered if informative is None else people.answered & informative
        shares = people.shares()[told[people.answered]]
        nothing = np.zeros((people.size, 0))
        precision = self.precision
        if precision is None:
            precision = float(1.0 / self.prior.intercept_variance.mean())
        self.logit_ = DayShareLogit(intercept_precision=precision)
        self.logit_.fit(nothing[told], shares, offset=scores[told])
        self.covariance_ = self.logit_.sandwich(nothing[told], shares, offset=scores[told])
        self.shares_ = self.logit_.predict(nothing, offset=scores)
        return self

    def predict(self, people: People) -> WeekTotals:
        silent, size = ~people.answered, len(people.modes)
        outcomes = people.outcomes()
        observed = outcomes.sum(axis=0)
        predicted = expected(self.shares_, people)[silent]
        total = observed + predicted.sum(axis=0)
        full, moving = full_week_km(people), self.shares_[:, 1:]
        return WeekTotals(
            km=total[:size],
            days=total[size:],
            observed_km=observed[:size],
            variance=self._variance(moving[silent], full[silent]),
            one_person_km=one_answer(np.ones(len(predicted)), predicted[:, :size]),
            effective_answers=float(people.respondents),
            degrees=float(max(5, people.respondents - 1)),
            full_silent_km=float(full[silent].sum()),
        )

    def _variance(self, moving: Floats, full: Floats) -> Floats:
        """Of the intercepts (delta method) and of what the silent happen to do."""
        weighted = moving * full[:, None]
        slopes = np.diag(weighted.sum(axis=0)) - weighted.T @ moving
        both = np.append(slopes, slopes.sum(axis=0)[None, :], axis=0)
        of_intercepts = np.einsum("ij,jk,ik->i", both, self.covariance_, both)
        any_mode = moving.sum(axis=1)
        chances = np.append(moving, any_mode[:, None], axis=1)
        of_people = (chances * (1.0 - chances) * full[:, None] ** 2).sum(axis=0)
        return np.asarray(of_intercepts + of_people, dtype=np.float64)


def _own_intercepts(shares: Floats, offset: Floats) -> Floats:
    own = DayShareLogit(intercept_precision=1.0).fit(np.zeros((len(shares), 0)), shares, offset=offset)
    return np.asarray(own.coefficients_[0], dtype=np.float64)


def _rounded(values: Floats) -> Any:
    return np.vectorize(lambda value: float(f"{value:.12g}"))(values).tolist()
