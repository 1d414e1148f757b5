"""The guidance's ratio: everybody travels as the mean respondent does."""

from typing import Self

import numpy as np

from reporting.domain.estimation.people import People, WeekTotals, one_person, variances


class GuidanceRatio:
    """Week km ÷ respondents × people, per mode: the legal default, always computed.

    Attributes
    ----------
    mean_ : outcomes of the mean respondent (km per mode, then days per mode).
    variance_ : of the km among respondents, per mode and of their sum (n − 1 in the divisor).

    Notes
    -----
    The variance is that of a simple random sample without replacement: N² (1 − n/N) S² / n. It knows nothing of who
    stays silent, so its interval is too narrow wherever silence is not by chance.
    """

    def fit(self, people: People) -> Self:
        outcomes = people.outcomes()
        size = len(people.modes)
        self.mean_ = outcomes.mean(axis=0)
        deviations = outcomes[:, :size] - self.mean_[:size]
        self.variance_ = variances(deviations, np.full(len(outcomes), 1.0 / max(1, len(outcomes) - 1)))
        return self

    def predict(self, people: People) -> WeekTotals:
        answers, everybody, size = people.respondents, people.size, len(people.modes)
        total = self.mean_ * everybody
        silent = 1.0 - answers / everybody
        observed = people.week_km[people.answered]
        return WeekTotals(
            km=total[:size],
            days=total[size:],
            observed_km=observed.sum(axis=0),
            variance=self.variance_ * everybody**2 * silent / answers,
            one_person_km=one_person(np.full(answers, everybody / answers - 1.0), people.with_rare_modes(observed)),
            effective_answers=float(answers),
            degrees=float(max(1, answers - 1)),
        )


def grossed_up(week_km: float, *, weeks_per_year: int, population: int, headcount: int) -> float:
    """Kilometres a year of the headcount: week km of the population ÷ population × weeks × headcount."""
    return float(np.float64(week_km) / population * weeks_per_year * headcount)
