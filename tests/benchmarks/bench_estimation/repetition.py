"""One repetition: made-up silence once, every method on it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from reporting.domain.estimation.calibration import calibration_sums
from reporting.domain.estimation.doubly_robust import DoublyRobust, expected
from reporting.domain.estimation.guard_rails import ANSWERS_FOR_AN_OWN_MODEL, why_not_doubly_robust
from reporting.domain.estimation.intervals import Bounds, bounds, with_total
from reporting.domain.estimation.people import Floats, People, WeekTotals
from reporting.domain.estimation.pooled_prior import PooledPrior, PriorOffset
from reporting.domain.estimation.post_stratification import PostStratification
from reporting.domain.estimation.ratio import GuidanceRatio
from reporting.domain.estimation.sensitivity import ResponseOddsSensitivity
from tests.benchmarks.bench_estimation.survey_table import READY_MODES

GUIDANCE, BANDS, IMPUTATION = "guidance", "distance bands", "imputation"
ROBUST, HONEST = "doubly robust", "with odds ratio"
PRIOR, LADDER = "pooled prior", "ladder"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Of one method: error and width relative to the truth per mode and in total, whether the interval held, split.

    `split` is half the sum of absolute differences between true and estimated shares of days over the modes.
    """

    error: Floats
    width: Floats
    holds: Floats
    split: float


@dataclass(frozen=True, kw_only=True)
class Repetition:
    """`calibration`: per mode and bin of predicted share the number, the sum predicted and the sum observed (held
    out).
    """

    outcomes: Mapping[str, Outcome]
    truth: Floats
    calibration: Floats | None
    is_doubly_robust: bool


def repeat(people: People, *, prior: PooledPrior | None, random_state: int) -> Repetition:
    """`people` hold the truth of everybody; methods see only who answered."""
    truth = with_total(people.week_km.sum(axis=0))
    hidden = _hide(people)
    found: dict[str, tuple[WeekTotals, Bounds | None]] = {}
    for name, estimator in ((GUIDANCE, GuidanceRatio()), (BANDS, PostStratification())):
        totals = estimator.fit(hidden).predict(hidden)
        found[name] = totals, bounds(totals)
    if prior is not None:
        totals = PriorOffset(prior=prior).fit(hidden).predict(hidden)
        found[PRIOR] = totals, bounds(totals)
    calibration, is_robust = None, False
    if people.respondents >= ANSWERS_FOR_AN_OWN_MODEL * 2 // 3 and people.respondents < people.size:
        fitted = DoublyRobust(random_state=random_state).fit(hidden)
        totals = fitted.predict(hidden)
        found[ROBUST] = totals, bounds(totals)
        sensitivity = ResponseOddsSensitivity(ready_modes=READY_MODES).fit(hidden, shares=fitted.shares_)
        found[HONEST] = totals, sensitivity.predict(totals)
        found[IMPUTATION] = _imputed(fitted, hidden, totals), None
        calibration = calibration_sums(fitted.shares_[hidden.answered], hidden.shares())
        is_robust = hidden.respondents >= ANSWERS_FOR_AN_OWN_MODEL and not why_not_doubly_robust(fitted, hidden)
    found[LADDER] = found[HONEST if is_robust else PRIOR if _is_small(hidden) and prior is not None else BANDS]
    days = people.days.sum(axis=0)
    outcomes = {name: _outcome(totals, interval, truth, days) for name, (totals, interval) in found.items()}
    return Repetition(outcomes=outcomes, truth=truth, calibration=calibration, is_doubly_robust=is_robust)


def _is_small(people: People) -> bool:
    return people.respondents < ANSWERS_FOR_AN_OWN_MODEL


def _hide(people: People) -> People:
    """The same people without the answers of the silent: nothing can leak."""
    told = people.answered[:, None]
    return replace(people, days=np.where(told, people.days, 0.0), week_km=np.where(told, people.week_km, 0.0))


def _imputed(fitted: DoublyRobust, people: People, totals: WeekTotals) -> WeekTotals:
    silent = expected(fitted.shares_, people)[~people.answered].sum(axis=0)
    size = len(people.modes)
    return replace(totals, km=totals.observed_km + silent[:size])


def _outcome(totals: WeekTotals, interval: Bounds | None, truth: Floats, days: Floats) -> Outcome:
    whole = truth[-1]
    error = (with_total(totals.km) - truth) / whole
    split = np.abs(totals.days / max(totals.days.sum(), 1e-9) - days / days.sum()).sum() / 2.0
    nothing = np.full(len(truth), np.nan)
    if interval is None:
        return Outcome(error=error, width=nothing, holds=nothing, split=float(split))
    slack = 1e-6 * whole
    holds = (interval.lower - slack <= truth) & (truth <= interval.upper + slack)
    width = (interval.upper - interval.lower) / whole
    return Outcome(error=error, width=width, holds=holds.astype(np.float64), split=float(split))
