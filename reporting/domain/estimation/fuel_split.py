"""From modes to lines: the silent's kilometres of a mode over its fuels, as among those who answered."""

from dataclasses import dataclass, replace

import numpy as np

from reporting.domain.estimation.people import (
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
    """
    lines, modes = answers.week_km[people.answered], people.week_km[people.answered][:, answers.modes]
    fractions = _fractions(weights @ lines, weights @ modes, answers)
    known = np.nan_to_num(fractions)
    silent = (totals.km - totals.observed_km)[answers.modes] * known
    observed = lines.sum(axis=0)
    own = variances(lines - known * modes, weights * (weights - 1.0))[:-1]
    variance = known**2 * totals.variance[:-1][answers.modes] + own
    alone = one_person(weights - 1.0, lines)
    # Where nobody uses the mode, its one person stands for every line of it.
    alone = np.where(observed > 0, alone, totals.one_person_km[answers.modes])
    split = replace(
        totals,
        km=observed + silent,
        observed_km=observed,
        variance=np.append(variance, totals.variance[-1]),
        one_person_km=alone,
        unseen_variance=known**2 * np.broadcast_to(totals.unseen_variance, totals.km.shape)[answers.modes],
    )
    return LineTotals(totals=split, fractions=fractions)


def _fractions(lines: Floats, modes: Floats, answers: LineAnswers) -> Floats:
    """Per line, its part of the mode; 1 for the only line of a mode."""
    alone = np.bincount(answers.modes, minlength=int(answers.modes.max(initial=0)) + 1)[answers.modes] == 1
    parts = np.divide(lines, modes, out=np.full(len(lines), np.nan), where=modes > 0)
    return np.where(alone, 1.0, parts)
