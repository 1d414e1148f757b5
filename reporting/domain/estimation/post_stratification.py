"""Post-stratification: the ratio within bands of distance, or within sites where distance is unknown."""

from typing import Self

import numpy as np

from reporting.domain.estimation.features import OTHER, known_distances
from reporting.domain.estimation.people import (
    Booleans,
    Floats,
    Integers,
    People,
    WeekTotals,
    one_answer,
    one_person,
    variances,
)

BANDS_KM = (2.5, 5.0, 7.5, 10.0, 15.0, 20.0, 30.0, 50.0)
LEAST_KM = 0.1
# Residuals of a few answers are skewed: they say as much about their own spread as a quarter of so many normal ones.
SKEWNESS = 4.0
LEAST_DEGREES = 3.0


class PostStratification:
    """Everybody of a stratum travels as its respondents do, in proportion to a full week's kilometres.

    Parameters
    ----------
    has_distance : strata are bands of distance, and kilometres scale with 2 × distance × work days; otherwise
        strata are the levels of `by` and everybody of a stratum weighs the same.
    by : name of the category to stratify by without distance; None for one stratum.
    least_answers : strata with fewer respondents are merged with a neighbour.

    Attributes
    ----------
    strata_ : how many strata remain after merging.
    km_rates_, day_rates_ : per stratum and mode, km per unit of size and days per work day.
    weights_ : per respondent, people of its stratum ÷ respondents of it.
    residuals_ : of the km of respondents, by stratum number `stratum_of_respondents_`.

    Notes
    -----
    The separate ratio estimator of Särndal, Swensson & Wretman (1992, § 7.3), with the variance of random silence
    within strata: Σ N_h (N_h − n_h) / n_h × S²_h over the residuals of the ratio.
    """

    def __init__(self, *, has_distance: bool = True, by: str | None = None, least_answers: int = 8) -> None:
        self.has_distance = has_distance
        self.by = by
        self.least_answers = least_answers

    def fit(self, people: People) -> Self:
        merged = self._strata(people)
        told = merged[people.answered]
        self.strata_ = int(merged.max()) + 1
        outcomes, size = people.outcomes(), len(people.modes)
        unit = self._sizes(people)[people.answered]
        self.km_rates_ = _sums(outcomes[:, :size], told, self.strata_) / _sums(unit[:, None], told, self.strata_)
        work = people.work_days[people.answered][:, None]
        self.day_rates_ = _sums(outcomes[:, size:], told, self.strata_) / _sums(work, told, self.strata_)
        self.residuals_ = outcomes[:, :size] - unit[:, None] * self.km_rates_[told]
        self.stratum_of_respondents_ = told
        everybody = np.bincount(merged, minlength=self.strata_)
        self.weights_ = (everybody / np.bincount(told, minlength=self.strata_))[told]
        return self

    def expected_km(self, people: People) -> Floats:
        """Kilometres per mode that a week of each person is expected to have (people × modes)."""
        return np.asarray(self._sizes(people)[:, None] * self.km_rates_[self._strata(people)], dtype=np.float64)

    def predict(self, people: People) -> WeekTotals:
        merged, sizes, silent = self._strata(people), self._sizes(people), ~people.answered
        outcomes, modes = people.outcomes(), len(people.modes)
        observed = outcomes[:, :modes].sum(axis=0)
        km = observed + (sizes[silent, None] * self.km_rates_[merged[silent]]).sum(axis=0)
        days = outcomes[:, modes:].sum(axis=0)
        days = days + (people.work_days[silent, None] * self.day_rates_[merged[silent]]).sum(axis=0)
        everybody = np.bincount(merged, minlength=self.strata_).astype(np.float64)
        answers = np.bincount(self.stratum_of_respondents_, minlength=self.strata_).astype(np.float64)
        weight = self.weights_
        spare = (answers / np.maximum(1.0, answers - 1.0))[self.stratum_of_respondents_]
        lost = sizes[people.answered] - outcomes[:, :modes].sum(axis=1)
        return WeekTotals(
            km=km,
            days=days,
            observed_km=observed,
            variance=variances(self.residuals_, weight * (weight - 1.0) * spare),
            one_person_km=one_person(weight - 1.0, people.with_rare_modes(outcomes[:, :modes])),
            full_silent_km=float(sizes[silent].sum()) if self.has_distance else float("nan"),
            one_lost_km=float(one_answer(weight - 1.0, lost[:, None])[0]) if self.has_distance else 0.0,
            effective_answers=float(people.size**2 / (everybody**2 / answers).sum()),
            degrees=max(LEAST_DEGREES, (people.respondents - self.strata_) / SKEWNESS),
        )

    def _sizes(self, people: People) -> Floats:
        if not self.has_distance:
            return np.ones(people.size)
        return np.maximum(2.0 * known_distances(people) * people.work_days, LEAST_KM)

    def _strata(self, people: People) -> Integers:
        if self.has_distance:
            labels = np.searchsorted(np.array(BANDS_KM), known_distances(people))
        elif self.by is not None:
            names = np.array([value or OTHER for value in people.categorical[self.by]])
            labels = np.unique(names, return_inverse=True)[1]
        else:
            labels = np.zeros(people.size, dtype=np.int64)
        return _merged(labels.astype(np.int64), people.answered, least=self.least_answers)


def _merged(labels: Integers, answered: Booleans, *, least: int) -> Integers:
    """Labels renumbered from 0, each with at least `least` respondents where there are so many: the next label joins
    until it is enough, and a rest that is too small joins the last stratum."""
    counts = np.bincount(labels[answered], minlength=int(labels.max()) + 1)
    strata, current, gathered = np.zeros(len(counts), dtype=np.int64), 0, 0
    for label, count in enumerate(counts):
        if gathered >= least:
            current, gathered = current + 1, 0
        strata[label] = current
        gathered += int(count)
    if gathered < least and current:
        strata[strata == current] = current - 1
    return strata[labels]


def _sums(columns: Floats, strata: Integers, count: int) -> Floats:
    return np.stack([np.bincount(strata, weights=column, minlength=count) for column in columns.T], axis=1)
