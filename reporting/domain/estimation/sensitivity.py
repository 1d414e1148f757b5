"""What the estimate would be if silence had to do with the mode itself: an interval over the response odds ratio."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Self

import numpy as np
from scipy import special

from reporting.domain.estimation.doubly_robust import expected
from reporting.domain.estimation.fuel_split import LineTotals
from reporting.domain.estimation.intervals import CONFIDENCE, Bounds, bounds, variance_above, with_total
from reporting.domain.estimation.people import Floats, Integers, People, WeekTotals

LARGEST_ODDS_RATIO = 2.0


class ResponseOddsSensitivity:
    """Shifts the silent towards driving, as if the ready modes answered up to `odds_ratio` times as readily.

    Parameters
    ----------
    ready_modes : modes whose travellers may answer more readily than drivers with the same features.
    odds_ratio : the largest response odds ratio that is thought possible (2: estimation on public survey data).

    Attributes
    ----------
    shift_ : change of the week totals (km per mode, then days per mode) at the largest odds ratio.

    Notes
    -----
    Among the silent p(mode) ∝ p(mode | answered) × odds_ratio^(−readiness): exponential tilting, a pattern-mixture
    sensitivity analysis (Little & Rubin 2019, ch. 15; Scharfstein, Rotnitzky & Robins 1999).
    """

    def __init__(self, *, ready_modes: Sequence[str], odds_ratio: float = LARGEST_ODDS_RATIO) -> None:
        self.ready_modes = ready_modes
        self.odds_ratio = odds_ratio

    def fit(self, people: People, *, shares: Floats) -> Self:
        """`shares` are predicted for everybody, as from `DoublyRobust.shares_`."""
        ready = np.array([0.0, *(float(mode in self.ready_modes) for mode in people.modes)])
        tilted = shares * self.odds_ratio**-ready
        tilted /= tilted.sum(axis=1, keepdims=True)
        silent = ~people.answered
        self.shift_ = (expected(tilted, people) - expected(shares, people))[silent].sum(axis=0)
        return self

    def predict(self, totals: WeekTotals) -> Bounds:
        """The interval that holds for every odds ratio from 1 to the largest, per mode and in total."""
        return union_bounds(totals, shift=self.shift_[: len(totals.km)])

    def over_lines(self, split: LineTotals, modes: Integers) -> Bounds:
        """The same per line: a mode's shift goes over its lines as its kilometres do."""
        size = len(self.shift_) // 2
        return union_bounds(split.totals, shift=self.shift_[:size][modes] * np.nan_to_num(split.fractions))


def union_bounds(totals: WeekTotals, *, shift: Floats) -> Bounds:
    """From the lower end of the lower estimate to the upper end of the higher one.

    A wide range of estimates needs only one tail (Imbens & Manski 2004): the critical value lies between the one-sided
    and the two-sided one, by the width of the range against the standard error, which is larger above where long trips
    are that nobody told. Never narrower than the plain interval.
    """
    moved = replace(totals, km=np.maximum(totals.km + shift, totals.observed_km))
    widths, plain = np.abs(with_total(shift)), bounds(totals)
    below = imbens_manski_tails(widths, np.sqrt(totals.variance))
    above = imbens_manski_tails(widths, np.sqrt(variance_above(totals)))
    ends = [totals, moved]
    return Bounds(
        lower=np.minimum.reduce([plain.lower, *(bounds(end, tail=below).lower for end in ends)]),
        upper=np.maximum.reduce([plain.upper, *(bounds(end, tail=above).upper for end in ends)]),
    )


def imbens_manski_tails(widths: Floats, errors: Floats) -> Floats:
    """Per sum the tail beyond each end: 2.5 % for no range at all, up to 5 % for a wide one.

    Solves Φ(c + width ÷ error) − Φ(−c) = 95 % for c by bisection; the tail is Φ(−c).
    """
    ratios = widths / np.where(errors > 0, errors, 1.0)
    low, high = np.full(len(widths), 1.6), np.full(len(widths), 2.0)
    for _ in range(40):
        middle = (low + high) / 2.0
        is_short = special.ndtr(middle + ratios) - special.ndtr(-middle) < CONFIDENCE
        low, high = np.where(is_short, middle, low), np.where(is_short, high, middle)
    return np.asarray(special.ndtr(-high), dtype=np.float64)
