"""Features of people as the numbers of a model."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np

from reporting.domain.estimation.people import Floats, People

OTHER = ""
KNOTS_KM = (5.0, 15.0)
LEAST_SPREAD = 1e-9


class FeatureEncoder:
    """Turns people into a matrix: distance in bent lines, work days, numbers, and a column per level of a category.

    Parameters
    ----------
    least_group : levels with fewer respondents are merged into one "other" level, so that no coefficient
        rests on a few people and levels never seen have a place.
    most_levels : per category, the largest levels that keep a column of their own.
    has_distance : whether distance is a feature; not when it is unknown for the silent.

    Attributes
    ----------
    names_ : the meaning of each column.
    means_, spreads_ : per column, over everybody; a column is (value − mean) ÷ spread.
    levels_ : per category, the levels with a column of their own; the most frequent level has none (the reference).
    fills_ : per number, the value used where it is missing (the mean of those known).

    Notes
    -----
    Distance enters as log(1 + km) and its excess over 5 and over 15 km: shares change fast near the door and slowly far
    away (the same shape in every source of docs/estimation.md). A missing number gets the mean and a column that says
    so.
    """

    def __init__(self, *, least_group: int = 5, most_levels: int = 12, has_distance: bool = True) -> None:
        self.least_group = least_group
        self.most_levels = most_levels
        self.has_distance = has_distance

    def fit(self, people: People) -> Self:
        self.fills_ = {name: _known_mean(column) for name, column in self._numbers(people).items()}
        self.levels_ = {name: self._levels(column, people) for name, column in people.categorical.items()}
        raw, names = self._raw(people)
        means, spreads = raw.mean(axis=0), raw.std(axis=0)
        kept = spreads > LEAST_SPREAD
        self.kept_ = kept
        self.names_ = tuple(name for name, keep in zip(names, kept, strict=True) if keep)
        self.means_, self.spreads_ = means[kept], spreads[kept]
        return self

    def transform(self, people: People) -> Floats:
        """One row per person; unseen levels count as "other", missing numbers as the mean with their own mark."""
        raw, _ = self._raw(people)
        return np.asarray((raw[:, self.kept_] - self.means_) / self.spreads_, dtype=np.float64)

    def to_plain(self) -> dict[str, Any]:
        """What was learned, as values that JSON can hold."""
        return {
            "has_distance": self.has_distance,
            "names": list(self.names_),
            # Pairs, for their order is that of the columns.
            "fills": [[name, fill] for name, fill in self.fills_.items()],
            "levels": [[name, list(levels)] for name, levels in self.levels_.items()],
            "kept": [bool(keep) for keep in self.kept_],
            "means": [float(f"{mean:.12g}") for mean in self.means_],
            "spreads": [float(f"{spread:.12g}") for spread in self.spreads_],
        }

    @classmethod
    def from_plain(cls, stored: Mapping[str, Any]) -> "FeatureEncoder":
        """A fitted encoder from `to_plain`."""
        encoder = cls(has_distance=stored["has_distance"])
        encoder.fills_ = dict(stored["fills"])
        encoder.levels_ = {name: tuple(levels) for name, levels in stored["levels"]}
        encoder.names_ = tuple(stored["names"])
        encoder.kept_ = np.array(stored["kept"], dtype=np.bool_)
        encoder.means_, encoder.spreads_ = np.array(stored["means"]), np.array(stored["spreads"])
        return encoder

    def _numbers(self, people: People) -> dict[str, Floats]:
        own = {"one_way_km": people.one_way_km} if self.has_distance else {}
        return {**own, "work_days": people.work_days, **people.numeric}

    def _levels(self, column: Sequence[str | None], people: People) -> tuple[str, ...]:
        told = Counter(value or OTHER for value, answered in zip(column, people.answered, strict=True) if answered)
        everybody = Counter(value or OTHER for value in column)
        wide = [(-count, level) for level, count in everybody.items() if told[level] >= self.least_group and level]
        return tuple(level for _, level in sorted(wide)[1 : self.most_levels + 1])

    def _raw(self, people: People) -> tuple[Floats, list[str]]:
        columns: list[Floats] = []
        names: list[str] = []
        numbers = self._numbers(people)
        for name, fill in self.fills_.items():
            column = numbers.get(name, np.full(people.size, np.nan))
            missing = np.isnan(column)
            known = np.where(missing, fill, column)
            parts = _bent(known) if name == "one_way_km" else {"": known}
            columns += [*parts.values(), missing.astype(np.float64)]
            names += [*(f"{name}{part}" for part in parts), f"{name} missing"]
        for name, levels in self.levels_.items():
            values = np.array([value or OTHER for value in people.categorical.get(name, [None] * people.size)])
            columns += [(values == level).astype(np.float64) for level in levels]
            names += [f"{name}={level}" for level in levels]
        return np.stack(columns, axis=1), names


def known_distances(people: People) -> Floats:
    """One-way km with the mean of those known where it is missing; 0 when nobody's is known."""
    return np.where(np.isnan(people.one_way_km), _known_mean(people.one_way_km), people.one_way_km)


def _bent(one_way_km: Floats) -> dict[str, Floats]:
    log_km = np.log1p(one_way_km)
    bends = {f" over {knot:g}": np.maximum(log_km - np.log1p(knot), 0.0) for knot in KNOTS_KM}
    return {" log": log_km, **bends}


def _known_mean(column: Floats) -> float:
    known = column[~np.isnan(column)]
    return float(known.mean()) if len(known) else 0.0
