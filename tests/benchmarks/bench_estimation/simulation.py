"""Many repetitions of every setting, on several processes, with the same figures whatever their number."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from reporting.domain.estimation.people import Floats
from reporting.domain.estimation.pooled_prior import PooledPrior, TooFewEmployers, pool
from tests.benchmarks.bench_estimation.repetition import Outcome, Repetition, repeat
from tests.benchmarks.bench_estimation.silence import Setting, draw_people, employers_of
from tests.benchmarks.bench_estimation.survey_table import SurveyTable, read_survey

CHUNK = 50
# A mode counts for the targets of an employer where it has this part of the days in the file.
COMMON_MODE = 0.05
LEAST_PRIOR_ROWS = 30


@dataclass(frozen=True, kw_only=True)
class Scores:
    """All repetitions of a method: repetitions × (modes, total)."""

    error: Floats
    width: Floats
    holds: Floats
    split: Floats


@dataclass(frozen=True, kw_only=True)
class Cell:
    """`truth`: true part of each mode in all kilometres; `common`: whether the mode is common at that employer."""

    setting: Setting
    scores: Mapping[str, Scores]
    truth: Floats
    common: Floats
    calibration: Floats | None
    robust_part: float


@dataclass(frozen=True, kw_only=True)
class Work:
    """A few repetitions of one setting."""

    path: Path
    setting: Setting
    number: int
    seed: int
    repetitions: range


class Bench:
    """A file with, for each employer, the prior of all the others."""

    def __init__(self, path: Path) -> None:
        self.table: SurveyTable = read_survey(path)
        self.employers = employers_of(self.table)
        self.priors = {employer: self._prior_without(employer) for employer in self.employers}
        self.common = {employer: self._common(employer) for employer in self.employers}

    def repetition(self, work: Work, number: int) -> tuple[Repetition, Floats]:
        employer = self.employers[number % len(self.employers)]
        chance = np.random.default_rng([work.seed, work.number, number])
        people = draw_people(self.table, employer, work.setting, chance)
        return repeat(people, prior=self.priors[employer], random_state=number), self.common[employer]

    def _prior_without(self, employer: int) -> PooledPrior | None:
        counts = np.bincount(self.table.employer)
        others = (self.table.employer != employer) & (counts[self.table.employer] >= LEAST_PRIOR_ROWS)
        rows = np.flatnonzero(others)
        try:
            prior = pool(self.table.people.rows(rows), self.table.employer[rows])
        except TooFewEmployers:
            return None
        return PooledPrior.from_json(prior.to_json())

    def _common(self, employer: int) -> Floats:
        days = self.table.people.days[self.table.rows_of(employer)].sum(axis=0)
        return np.append(days >= COMMON_MODE * days.sum(), True).astype(np.float64)


_benches: dict[Path, Bench] = {}


def simulate(path: Path, settings: Sequence[Setting], *, repetitions: int, seed: int, processes: int) -> Iterator[Cell]:
    """One cell per setting, as it is ready."""
    with get_context("spawn").Pool(processes) as workers:
        for number, setting in enumerate(settings):
            chunks = [
                Work(
                    path=path,
                    setting=setting,
                    number=number,
                    seed=seed,
                    repetitions=range(first, min(first + CHUNK, repetitions)),
                )
                for first in range(0, repetitions, CHUNK)
            ]
            done = [pair for chunk in workers.imap(work_through, chunks) for pair in chunk]
            yield gather(setting, done)


def work_through(work: Work) -> list[tuple[Repetition, Floats]]:
    """In a process that reads the file once."""
    bench = _benches.get(work.path) or _benches.setdefault(work.path, Bench(work.path))
    return [bench.repetition(work, number) for number in work.repetitions]


def gather(setting: Setting, done: Sequence[tuple[Repetition, Floats]]) -> Cell:
    """The scores of every method that all repetitions have."""
    repetitions = [repetition for repetition, _ in done]
    names = [name for name in repetitions[0].outcomes if all(name in one.outcomes for one in repetitions)]
    calibrations = [one.calibration for one in repetitions if one.calibration is not None]
    return Cell(
        setting=setting,
        scores={name: _scores([one.outcomes[name] for one in repetitions]) for name in names},
        truth=np.stack([one.truth / one.truth[-1] for one in repetitions]),
        common=np.stack([common for _, common in done]),
        calibration=np.sum(calibrations, axis=0) if calibrations else None,
        robust_part=float(np.mean([one.is_doubly_robust for one in repetitions])),
    )


def _scores(outcomes: Sequence[Outcome]) -> Scores:
    return Scores(
        error=np.stack([one.error for one in outcomes]),
        width=np.stack([one.width for one in outcomes]),
        holds=np.stack([one.holds for one in outcomes]),
        split=np.array([one.split for one in outcomes]),
    )
