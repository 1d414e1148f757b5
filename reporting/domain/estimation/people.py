"""The people of one estimation as arrays: what is known of everybody, and what those who answered told.

One row per person of the surveyed population, in one order for every array. No names, no keys.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
Integers = NDArray[np.int64]

LONGEST_WEEK_DAYS = 7.0
# A mode that a smaller part of the respondents uses is rare.
RARE_MODE = 0.10


class PeopleUnusable(ValueError):
    """The arrays do not belong together, or hold a value that no person can have."""


@dataclass(frozen=True, kw_only=True)
class People:
    """Everybody of the surveyed population.

    Attributes
    ----------
    modes : the modes people could answer, in a fixed order.
    answered : who is a respondent of the week.
    one_way_km : home-work distance from the staff list, in km; NaN where unknown. Never taken from the answer.
    work_days : days a week by contract, 0 < days ≤ 7.
    days : days per mode in the surveyed week (people × modes); rows of the silent are ignored.
    week_km : kilometres per mode in that week (people × modes); rows of the silent are ignored.
    numeric, categorical : further features by name; NaN and None are missing.
    """

    modes: tuple[str, ...]
    answered: Booleans
    one_way_km: Floats
    work_days: Floats
    days: Floats
    week_km: Floats
    numeric: Mapping[str, Floats] = field(default_factory=dict)
    categorical: Mapping[str, Sequence[str | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        size = len(self.answered)
        if self.days.shape != (size, len(self.modes)) or self.week_km.shape != self.days.shape:
            raise PeopleUnusable("days and week_km need a row per person and a column per mode")
        columns = [self.one_way_km, self.work_days, *self.numeric.values(), *self.categorical.values()]
        if any(len(column) != size for column in columns):
            raise PeopleUnusable("every feature needs a value per person")
        told = np.concatenate([self.days[self.answered], self.week_km[self.answered]], axis=1)
        if not np.all(np.isfinite(told)) or np.any(told < 0):
            raise PeopleUnusable("an answer holds a day or kilometre that is negative or not a number")
        if not np.all((self.work_days > 0) & (self.work_days <= LONGEST_WEEK_DAYS)):
            raise PeopleUnusable("work_days lies outside 0 to 7")
        if np.any(self.one_way_km < 0) or np.any(np.isinf(self.one_way_km)):
            raise PeopleUnusable("one_way_km is negative or endless")

    @property
    def size(self) -> int:
        return len(self.answered)

    @property
    def respondents(self) -> int:
        return int(np.count_nonzero(self.answered))

    @property
    def full_week_km(self) -> Floats:
        """Kilometres of a week with travel on every contract day: 2 × one way × work days."""
        return 2.0 * self.one_way_km * self.work_days

    def outcomes(self) -> Floats:
        """Kilometres per mode and then days per mode of the respondents (respondents × 2 modes)."""
        return np.concatenate([self.week_km[self.answered], self.days[self.answered]], axis=1)

    def shares(self) -> Floats:
        """Shares of the contract days of respondents: at home or not travelling, then one column per mode.

        Who travelled on more days than the contract says has shares that add up to 1 over the travelled days.
        """
        days = self.days[self.answered]
        travelled = days.sum(axis=1)
        whole = np.maximum(self.work_days[self.answered], travelled)
        shares = np.concatenate([(whole - travelled)[:, None], days], axis=1) / whole[:, None]
        return np.asarray(shares, dtype=np.float64)

    def with_rare_modes(self, km: Floats) -> Floats:
        """`km` of respondents, where a mode that nobody uses gets one ordinary week at the middle distance.

        It only widens the upper bound: a mode that no respondent uses may be used by somebody silent.
        """
        unseen = km.sum(axis=0) == 0
        if not unseen.any() or not len(km):
            return km
        full = self.full_week_km[np.isfinite(self.one_way_km)]
        ordinary = float(np.median(full)) if len(full) else 0.0
        widened = km.copy()
        widened[len(km) // 2, unseen] = ordinary
        return widened

    def canonical_order(self, *, also: Floats) -> Integers:
        """An order of the rows that follows from values alone (`also`: more of them), so that no result depends on
        it.
        """
        words = [[value if value is not None else "" for value in column] for column in self.categorical.values()]
        codes = [np.unique(column, return_inverse=True)[1] for column in words if column]
        told = np.where(self.answered[:, None], np.concatenate([self.days, self.week_km, also], axis=1), -1.0)
        keys = [*told.T, *codes, *self.numeric.values(), self.work_days, self.one_way_km, self.answered]
        return np.lexsort(tuple(keys)).astype(np.int64)

    def rows(self, order: Integers) -> "People":
        """The people of these row numbers, in this order."""
        return People(
            modes=self.modes,
            answered=self.answered[order],
            one_way_km=self.one_way_km[order],
            work_days=self.work_days[order],
            days=self.days[order],
            week_km=self.week_km[order],
            numeric={name: column[order] for name, column in self.numeric.items()},
            categorical={name: _picked(column, order) for name, column in self.categorical.items()},
        )


def _picked(column: Sequence[str | None], order: Integers) -> list[str | None]:
    return list(np.array(column, dtype=object)[order])


def variances(residuals: Floats, weights: Floats) -> Floats:
    """Σ weight × residual², per column and of the columns' sum."""
    return np.asarray(weights @ with_sum(residuals) ** 2, dtype=np.float64)


def with_sum(columns: Floats) -> Floats:
    """The columns and their sum behind them."""
    return np.append(columns, columns.sum(axis=1, keepdims=True), axis=1)


def one_answer(spare: Floats, amounts: Floats) -> Floats:
    """Per column, the mean over its amounts of what one answer stands for among the silent.

    `spare` are the silent that each answer stands for.
    """
    parts = spare[:, None] * np.maximum(amounts, 0.0)
    total = parts.sum(axis=0)
    own = np.divide((parts**2).sum(axis=0), total, out=np.zeros_like(total), where=total > 0)
    return np.asarray(own, dtype=np.float64)


def bearing_answers(spare: Floats, amounts: Floats) -> Floats:
    """Per column, how many answers of equal amounts would say as much about the silent (Kish's effective number)."""
    parts = spare[:, None] * np.maximum(amounts, 0.0)
    squares = (parts**2).sum(axis=0)
    return np.asarray(np.divide(parts.sum(axis=0) ** 2, squares, out=np.zeros_like(squares), where=squares > 0))


def one_person(spare: Floats, km: Floats) -> Floats:
    """The same per mode; the largest answer for rare modes, whose longest trips few have told."""
    if not len(km):
        return np.zeros(km.shape[1])
    is_rare = (km > 0).sum(axis=0) < RARE_MODE * len(km)
    return np.asarray(np.where(is_rare, (spare[:, None] * km).max(axis=0), one_answer(spare, km)), dtype=np.float64)


@dataclass(frozen=True, kw_only=True)
class WeekTotals:
    """Sums over everybody of one ordinary week, per mode, by one estimator.

    Attributes
    ----------
    km, days : estimated sums per mode (the answered part included).
    observed_km : the part of `km` that respondents told.
    variance : of `km` per mode and, at the end, of their sum, for the part that was not observed.
    one_person_km : per mode, the most that one answer adds to the estimated part; widens the upper bound of rare modes.
    full_silent_km : what the silent would travel with travel on every contract day; NaN where distances are unknown.
    unseen_variance : per mode, what the upper bound adds to the variance for long trips that nobody told.
    one_lost_km : of the kilometres not travelled, what one answer stands for; widens the lower bound of the total.
    effective_answers : the answers of equal weight that would say as much.
    degrees : degrees of freedom of the variance.
    """

    km: Floats
    days: Floats
    observed_km: Floats
    variance: Floats
    one_person_km: Floats
    effective_answers: float
    degrees: float
    full_silent_km: float = float("nan")
    one_lost_km: float = 0.0
    unseen_variance: Floats | float = 0.0
