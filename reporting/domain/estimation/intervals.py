"""Intervals of sums that cannot be below what was observed."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from reporting.domain.estimation.people import Floats, WeekTotals

CONFIDENCE = 0.95
# Below it an amount is nothing, and a spread of that part of it none.
LEAST_KM = 1e-6


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """Lower and upper bound of week km, per mode and at the end of the total."""

    lower: Floats
    upper: Floats


def with_total(per_mode: Floats) -> Floats:
    """The values per mode and their sum behind them."""
    return np.append(per_mode, per_mode.sum())


def variance_above(totals: WeekTotals) -> Floats:
    """What the upper bounds see: per mode with the room for long trips that nobody told, and that of the total."""
    unseen = np.broadcast_to(totals.unseen_variance, totals.km.shape)
    return np.asarray(totals.variance + np.append(unseen, 0.0), dtype=np.float64)


def bounds(totals: WeekTotals, *, tail: float | Floats = (1.0 - CONFIDENCE) / 2.0) -> Bounds:
    """The interval of each mode and of the total, with `tail` outside at either side.

    The unobserved part is a weighted sum of few positive amounts: a gamma distribution with its mean and variance,
    whose upper bound sees one answer more (Fay & Feuer 1997). The total is its opposite: most people travel on most
    days, and the rare thing is a trip not made, so that its lower bound sees one such person more. The
    variance is widened from the normal to Student's distribution by its degrees of freedom. Nothing falls below what
    was observed, and nothing above it and the silent's full weeks where these are known.
    """
    observed = with_total(totals.observed_km)
    silent = np.maximum(0.0, with_total(totals.km) - observed)
    widening = special.stdtrit(totals.degrees, 1.0 - np.asarray(tail)) / special.ndtri(1.0 - np.asarray(tail))
    variance = totals.variance * widening**2
    above = variance_above(totals) * widening**2
    more = np.append(totals.one_person_km, 0.0)
    lower = gamma_quantile(tail, mean=silent, variance=variance)
    upper = gamma_quantile(1.0 - tail, mean=silent + more, variance=above + more**2)
    # Where the estimate itself goes beyond full weeks, answers told longer ways than the staff list's: no limit.
    if totals.full_silent_km > silent[-1]:
        upper = np.minimum(upper, totals.full_silent_km)
    if silent[-1] > 0:
        lower[-1], upper[-1] = _whole(totals, silent[-1], variance[-1], tail if isinstance(tail, float) else tail[-1])
    else:
        upper[-1] = upper[:-1].max(initial=0.0)
    return Bounds(lower=observed + np.clip(lower, 0.0, silent), upper=observed + np.maximum(upper, silent))


def _whole(totals: WeekTotals, silent: float, variance: float, tail: float) -> tuple[float, float]:
    """Of the total: bounds of the silent's kilometres, by those not travelled where a full week is known."""
    half = float(-special.ndtri(tail)) * variance**0.5
    lost = totals.full_silent_km - silent
    if not np.isfinite(lost) or lost <= 0.0:
        return silent - half, silent + half
    more = totals.one_lost_km
    least = gamma_quantile(tail, mean=np.array([lost]), variance=np.array([variance]))
    most = gamma_quantile(1.0 - tail, mean=np.array([lost + more]), variance=np.array([variance + more**2]))
    return totals.full_silent_km - max(float(most[0]), lost), totals.full_silent_km - min(float(least[0]), lost)


def gamma_quantile(chance: float | Floats, *, mean: Floats, variance: Floats) -> Floats:
    """Quantile of a gamma distribution; of a fixed amount where nothing varies, 0 where nothing is expected."""
    varies = (mean > LEAST_KM) & (variance > (LEAST_KM * mean) ** 2)
    spread = np.where(varies, variance, 1.0)
    middle = np.where(varies, mean, 1.0)
    quantile = special.gammaincinv(middle**2 / spread, chance) * spread / middle
    return np.asarray(np.where(varies, quantile, mean), dtype=np.float64)
