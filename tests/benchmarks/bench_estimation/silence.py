"""Made-up employers of a chosen size, and made-up silence with a known mechanism."""

from dataclasses import dataclass

import numpy as np

from reporting.domain.estimation.people import Floats, People
from tests.benchmarks.bench_estimation.survey_table import READY_MODES, SurveyTable, with_answers

# Log odds to answer per standard deviation: of log distance and of contract hours.
BY_DISTANCE, BY_HOURS = -1.0, 0.5
LEAST_ROWS = 100
BISECTIONS = 40


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One cell of the simulation.

    Attributes
    ----------
    size : people per employer, drawn from the file's employers of a hundred rows and more, each in its turn (without
        replacement where the employer has so many).
    response : the part that answers, on average.
    by_features : how strongly features decide who answers; 0 is by chance alone.
    odds_ratio : how much more readily somebody answers who never drives, against who always does.
    is_target : whether the cell counts for the targets; the others show what goes wrong beyond them.
    """

    size: int
    response: float
    by_features: float = 0.0
    odds_ratio: float = 1.0
    is_target: bool = True

    @property
    def answers(self) -> int:
        return round(self.size * self.response)

    @property
    def kind(self) -> str:
        if self.odds_ratio > 1.0:
            return f"odds ratio {self.odds_ratio:g}"
        if self.by_features:
            return "features" if self.is_target else "features, strongly"
        return "random"

    def __str__(self) -> str:
        return f"N = {self.size}, n ≈ {self.answers}, {self.kind}"


SETTINGS = (
    Setting(size=150, response=0.6),
    Setting(size=150, response=0.6, by_features=0.5),
    Setting(size=250, response=0.5),
    Setting(size=250, response=0.5, by_features=0.5),
    Setting(size=250, response=0.5, by_features=0.25, odds_ratio=1.5),
    Setting(size=250, response=0.5, by_features=0.25, odds_ratio=2.0),
    Setting(size=1000, response=0.5),
    Setting(size=1000, response=0.5, by_features=0.5),
    Setting(size=1000, response=0.5, by_features=0.25, odds_ratio=1.5),
    Setting(size=1000, response=0.5, by_features=0.25, odds_ratio=2.0),
    Setting(size=100, response=0.18),
    Setting(size=100, response=0.18, by_features=0.5),
    Setting(size=100, response=0.5),
    Setting(size=100, response=0.5, by_features=0.5),
    Setting(size=250, response=0.5, by_features=0.8, is_target=False),
    Setting(size=1000, response=0.5, by_features=0.25, odds_ratio=4.0, is_target=False),
)


def employers_of(table: SurveyTable) -> list[int]:
    """Employers with a hundred rows and more; the largest one when there is none."""
    counts = np.bincount(table.employer)
    large = [int(number) for number in np.flatnonzero(counts >= LEAST_ROWS)]
    return large or [int(counts.argmax())]


def draw_people(table: SurveyTable, employer: int, setting: Setting, chance: np.random.Generator) -> People:
    """Everybody with the truth, and who of them answered."""
    rows = table.rows_of(employer)
    people = table.people.rows(chance.choice(rows, setting.size, replace=setting.size > len(rows)))
    readiness = setting.by_features * (BY_DISTANCE * _standard(np.log1p(people.one_way_km)) + BY_HOURS * _hours(people))
    ready = [mode in READY_MODES for mode in people.modes]
    travelled = people.days[:, ready].sum(axis=1) / people.work_days
    readiness = readiness + np.log(setting.odds_ratio) * np.clip(travelled, 0.0, 1.0)
    answered = chance.random(people.size) < _chances(readiness, setting.response)
    if np.count_nonzero(answered) < 2:
        answered[:2] = True
    return with_answers(people, answered)


def _chances(readiness: Floats, response: float) -> Floats:
    """Logistic chances with this mean."""
    low, high = -20.0, 20.0
    for _ in range(BISECTIONS):
        middle = (low + high) / 2.0
        low, high = (middle, high) if _logistic(readiness + middle).mean() < response else (low, middle)
    return _logistic(readiness + low)


def _logistic(scores: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-scores)))


def _hours(people: People) -> Floats:
    column = people.numeric.get("hours", people.numeric.get("contract_hours", people.work_days))
    return _standard(column)


def _standard(column: Floats) -> Floats:
    spread = float(column.std())
    return np.asarray((column - column.mean()) / (spread or 1.0))
