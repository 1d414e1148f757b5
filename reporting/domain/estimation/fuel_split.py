"""From modes to lines: the silent's kilometres of a mode over its fuels, as among those who answered."""

from dataclasses import dataclass, replace

import numpy as np

from reporting.domain.estimation.intervals import Bounds
from reporting.domain.estimation.people import (
    Booleans,
    Floats,
    Integers,
    People,
    PeopleUnusable,
    WeekTotals,
    one_person,
    variances,
)


@dataclass(frozen=True, kw_only=True)
class LineAnswers:
    """Kilometres of the week by line of the form.

    Attributes
    ----------
    lines : names of the lines, each of one mode.
    modes : per line the number of its mode.
    week_km : people × lines; the lines of a mode add up to the person's kilometres of the mode.
    """

    lines: tuple[str, ...]
    modes: Integers
    week_km: Floats

    def rows(self, order: Integers) -> "LineAnswers":
        return replace(self, week_km=self.week_km[order])

    @property
    def is_whole_mode(self) -> Booleans:
        """Per line, whether it is the only one of its mode."""
        return np.asarray(np.bincount(self.modes)[self.modes] == 1, dtype=np.bool_)

    def check(self, people: People) -> None:
        """Raises `PeopleUnusable` when lines and modes do not add up to each other."""
        by_mode = np.zeros((people.size, len(people.modes)))
        np.add.at(by_mode.T, self.modes, self.week_km.T)
        if not np.allclose(by_mode[people.answered], people.week_km[people.answered], atol=1e-6):
            raise PeopleUnusable("the lines of a mode do not add up to its kilometres")


@dataclass(frozen=True, kw_only=True)
class LineTotals:
    """Week totals per line. `fractions`: of its mode's unobserved kilometres; NaN where no fuel of the mode is
    known.
    """

    totals: WeekTotals
    fractions: Floats


def split_over_lines(*, totals: WeekTotals, people: People, answers: LineAnswers, weights: Floats) -> LineTotals:
    """What was observed stays where it was; the rest of a mode follows the weighted answers.

    Variance of a line: fraction² × variance of the mode + Σ w (w − 1) (km of the line − fraction × km of the mode)²:
    the linearised ratio of two weighted sums, so that the split has an uncertainty of its own.

    One person more of a line is the mode's: who comes next may drive on any of its fuels. Of a mode with several lines
    it is at least what one answer stands for in the split: few answers tell a rare fuel, by their weights.
    """
    lines, modes = answers.week_km[people.answered], people.week_km[people.answered][:, answers.modes]
    is_whole_mode = answers.is_whole_mode
    fractions = np.where(is_whole_mode, 1.0, _fractions(weights @ lines, weights @ modes))
    known = np.nan_to_num(fractions)
    silent = np.maximum(0.0, totals.km - totals.observed_km)[answers.modes] * known
    observed = lines.sum(axis=0)
    own = variances(lines - known * modes, weights * (weights - 1.0))[:-1]
    variance = known**2 * totals.variance[:-1][answers.modes] + own
    of_mode = totals.one_person_km[answers.modes]
    # Of a fuel that nobody told, an answer of the mode.
    of_split = np.where(is_whole_mode, 0.0, one_person(weights - 1.0, np.where(observed > 0, lines, modes)))
    split = replace(
        totals,
        km=observed + silent,
        observed_km=observed,
        variance=np.append(variance, totals.variance[-1]),
        one_person_km=np.maximum(of_mode, of_split),
        unseen_variance=known**2 * np.broadcast_to(totals.unseen_variance, totals.km.shape)[answers.modes],
    )
    return LineTotals(totals=split, fractions=fractions)


def within_modes(of_lines: Bounds, *, of_modes: Bounds, split: LineTotals, modes: Integers) -> Bounds:
    """The lines' interval, with no upper bound of unobserved kilometres above the mode's: a fuel has no more than all.

    Where that bites, it holds as often as the mode's bound. The total at the end stays as it is.
    """
    observed = split.totals.observed_km
    of_mode = np.bincount(modes, weights=observed, minlength=len(of_modes.upper) - 1)
    # Not below the estimate itself, from which a difference of sums may differ in its last digit.
    most = np.maximum(split.totals.km, observed + (of_modes.upper[:-1] - of_mode)[modes])
    return replace(of_lines, upper=np.append(np.minimum(of_lines.upper[:-1], most), of_lines.upper[-1]))


def _fractions(lines: Floats, modes: Floats) -> Floats:
    """Per line, its part of the mode; NaN where nobody told of the mode."""
    return np.asarray(np.divide(lines, modes, out=np.full(len(lines), np.nan), where=modes > 0), dtype=np.float64)
