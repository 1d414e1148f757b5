"""Predictions of people whose answers were left out, by the method that speaks: repeated K-fold over respondents."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from sklearn.model_selection import KFold

from reporting.domain.estimation.day_share_logit import DayShareLogit
from reporting.domain.estimation.doubly_robust import expected
from reporting.domain.estimation.features import FeatureEncoder
from reporting.domain.estimation.guard_rails import Method
from reporting.domain.estimation.people import Floats, Integers, People
from reporting.domain.estimation.pooled_prior import PooledPrior, PriorOffset
from reporting.domain.estimation.post_stratification import PostStratification

FOLDS = 5
REPEATS = 5
# As in the doubly robust estimator.
RIDGE = 5.0


@dataclass(frozen=True, kw_only=True)
class Approach:
    """How held-out answers are predicted. `site`: the category to stratify by without distances."""

    method: Method
    prior: PooledPrior | None = None
    site: str | None = None

    @property
    def learns_from_answers(self) -> bool:
        """Whether leaving answers out says how good it is: not when last year's answers speak."""
        return self.method is not Method.YEAR_TWO

    @property
    def predicts_shares(self) -> bool:
        return self.method in (Method.DOUBLY_ROBUST, Method.PRIOR_OFFSET)


@dataclass(frozen=True, kw_only=True)
class Fold:
    """One part that was left out: `km` of the held-out people, and `shares_of` people, by those that were not in it."""

    repeat: int
    seen: Integers
    held_out: Integers
    km: Floats
    shares_of: Callable[[People], Floats] | None


def held_out_folds(respondents: People, *, approach: Approach, random_state: int) -> Iterator[Fold]:
    """Every respondent is left out once per repeat; seeds of the repeats follow from the one given."""
    for repeat in range(REPEATS):
        parts = KFold(n_splits=FOLDS, shuffle=True, random_state=(random_state + repeat) % 2**32)
        for seen, held_out in parts.split(respondents.one_way_km):
            left = _without(respondents, held_out)
            if approach.predicts_shares:
                shares_of = _share_model(left, approach)
                # Without distances of their own, people get the mean of all, not that of the part.
                km = expected(shares_of(left), left)[held_out, : len(left.modes)]
            else:
                shares_of, km = None, _expected_km(left, approach)[held_out]
            yield Fold(repeat=repeat, seen=seen, held_out=held_out, km=km, shares_of=shares_of)


def _expected_km(people: People, approach: Approach) -> Floats:
    if approach.method in (Method.POST_STRATIFIED_DISTANCE, Method.POST_STRATIFIED_SITE):
        has_distance = approach.method is Method.POST_STRATIFIED_DISTANCE
        estimator = PostStratification(has_distance=has_distance, by=None if has_distance else approach.site)
        return estimator.fit(people).expected_km(people)
    mean = people.week_km[people.answered].mean(axis=0)
    return np.repeat(mean[None, :], people.size, axis=0)


def _share_model(people: People, approach: Approach) -> Callable[[People], Floats]:
    """Day shares of any people, learned from those of `people` who answered."""
    if approach.method is Method.PRIOR_OFFSET and approach.prior is not None:
        prior = approach.prior
        own = PriorOffset(prior=prior).fit(people).logit_
        return lambda others: own.predict(np.zeros((others.size, 0)), offset=prior.scores(others))
    encoder = FeatureEncoder().fit(people)
    told = people.shares()
    # Categories that nobody chose have no coefficients; the most frequent one is the reference.
    seen = np.argsort(-told.sum(axis=0), kind="stable")[: np.count_nonzero(told.sum(axis=0))]
    logit = DayShareLogit(ridge=RIDGE).fit(encoder.transform(people)[people.answered], told[:, seen])

    def shares_of(others: People) -> Floats:
        shares = np.zeros((others.size, told.shape[1]))
        shares[:, seen] = logit.predict(encoder.transform(others))
        return shares

    return shares_of


def _without(respondents: People, held_out: Integers) -> People:
    """The same people, the held-out ones silent and their answers gone: nothing can leak."""
    answered = respondents.answered.copy()
    answered[held_out] = False
    told = answered[:, None]
    return replace(
        respondents,
        answered=answered,
        days=np.where(told, respondents.days, 0.0),
        week_km=np.where(told, respondents.week_km, 0.0),
    )
