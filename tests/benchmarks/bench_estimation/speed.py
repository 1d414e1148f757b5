"""Time and memory of a whole estimate on one core, in a process of its own per size."""

import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from reporting.domain.estimation.fuel_split import LineAnswers
from reporting.domain.estimation.ladder import estimate_commute
from tests.benchmarks.bench_estimation.silence import Setting, draw_people
from tests.benchmarks.bench_estimation.survey_table import READY_MODES, read_survey

SIZES = (250, 1_000, 10_000, 100_000)
MEGABYTE = 1024.0


@dataclass(frozen=True, kw_only=True)
class Speed:
    """Seconds of processor time of one estimate with intervals; peak memory of its process in MB; digest of the
    bytes.
    """

    size: int
    method: str
    seconds: float
    megabytes: float
    text: str


def measure(path: Path, *, sizes: Sequence[int] = SIZES, seed: int) -> list[Speed]:
    """Each size in a fresh process, so that its peak of memory is its own."""
    found = []
    for size in sizes:
        with get_context("spawn").Pool(1) as worker:
            found.append(worker.apply(measure_one, (path, size, seed)))
    return found


def measure_one(path: Path, size: int, seed: int) -> Speed:
    table = read_survey(path)
    largest = int(np.bincount(table.employer).argmax())
    setting = Setting(size=size, response=0.5, by_features=0.25)
    people = draw_people(table, largest, setting, np.random.default_rng(seed))
    answers = LineAnswers(lines=people.modes, modes=np.arange(len(people.modes)), week_km=people.week_km)
    started = time.process_time()
    estimate = estimate_commute(
        people=people,
        answers=answers,
        headcount=size,
        weeks_per_year=45,
        ready_modes=READY_MODES,
        random_state=seed,
    )
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    return Speed(size=size, method=estimate.method, seconds=seconds, megabytes=peak, text=estimate.to_json())


def growth(speeds: Sequence[Speed]) -> float:
    """Exponent b of seconds ∝ size^b between the two largest sizes."""
    first, last = speeds[-2:]
    return float(np.log(last.seconds / first.seconds) / np.log(last.size / first.size))
