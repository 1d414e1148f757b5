"""The figures to reach, computed from the cells: met or missed, with what was measured."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from reporting.domain.estimation.calibration import calibration_errors
from reporting.domain.estimation.people import Floats
from tests.benchmarks.bench_estimation.repetition import GUIDANCE, HONEST, LADDER, PRIOR, ROBUST
from tests.benchmarks.bench_estimation.simulation import Cell

CAR, TOTAL = "car", "total"
OWN_MODEL = 75


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """`measured`: one phrase per cell, the worst first or in the order of the cells."""

    target: str
    words: str
    is_met: bool
    measured: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """A share of repetitions with its 95 % binomial interval (Clopper & Pearson)."""

    share: float
    lower: float
    upper: float

    def overlaps(self, low: float, high: float) -> bool:
        return self.upper >= low and self.lower <= high

    def __str__(self) -> str:
        return f"{100 * self.share:.1f} ({100 * self.lower:.1f}–{100 * self.upper:.1f})"


def coverage(holds: Floats) -> Coverage:
    """Of repetitions in which the interval held (1) or not (0)."""
    count, size = float(holds.sum()), len(holds)
    lower = special.betaincinv(count, size - count + 1, 0.025) if count else 0.0
    upper = special.betaincinv(count + 1, size - count, 0.975) if count < size else 1.0
    return Coverage(share=count / size, lower=float(lower), upper=float(upper))


def rmse(cell: Cell, method: str, place: int) -> float:
    """Root mean square error of a mode (or −1, the total), as a part of all kilometres."""
    return float(np.sqrt((cell.scores[method].error[:, place] ** 2).mean()))


def against_guidance(cell: Cell, method: str, place: int) -> float:
    return rmse(cell, method, place) / rmse(cell, GUIDANCE, place)


def relative_bias(cell: Cell, method: str, place: int) -> float:
    return float(cell.scores[method].error[:, place].mean() / cell.truth[:, place].mean())


def covered(cell: Cell, method: str, place: int) -> Coverage | None:
    """Among repetitions of employers where the mode is common; None when there is no such employer."""
    holds = cell.scores[method].holds[cell.common[:, place] > 0, place]
    return coverage(holds) if len(holds) else None


def calibration_error(cell: Cell) -> Floats:
    """Per category, on held-out answers; empty where no method predicts shares."""
    sums = cell.calibration
    if sums is None:
        return np.array([])
    return calibration_errors(sums)


def judge(cells: Sequence[Cell], *, modes: Sequence[str]) -> list[Verdict]:
    """T1 to T7 and T9; the time of T8 is measured apart."""
    counted = [cell for cell in cells if cell.setting.is_target]
    large = [cell for cell in counted if cell.setting.answers >= OWN_MODEL]
    small = [cell for cell in counted if cell.setting.answers < OWN_MODEL]
    explained = [cell for cell in large if cell.setting.odds_ratio == 1.0]
    random = [cell for cell in explained if not cell.setting.by_features]
    features = [cell for cell in explained if cell.setting.by_features]
    few = [cell for cell in small if 15 <= cell.setting.answers <= 20 and not cell.setting.by_features]
    places = [*modes, TOTAL]
    car = modes.index(CAR) if CAR in modes else 0
    return [
        _below("T1", "total km, RMSE ÷ guidance, random ≤ 0.55", random, lambda cell: _ratio(cell, ROBUST, -1), 0.55),
        _below("T1", "total km, selective ≤ 0.35", features, lambda cell: _ratio(cell, ROBUST, -1), 0.35),
        _below("T2", "car km, random ≤ 0.90", random, lambda cell: _ratio(cell, ROBUST, car), 0.90),
        _below("T2", "car km, selective ≤ 0.70", features, lambda cell: _ratio(cell, ROBUST, car), 0.70),
        _below("T2", "car km under 75 answers, ladder ≤ 1.00", small, lambda cell: _ratio(cell, LADDER, car), 1.00),
        _below("T3", "bias of car km ≤ 1 %", explained, lambda cell: 100 * abs(relative_bias(cell, ROBUST, car)), 1.0),
        _shares("T4", "plain intervals cover 93–97 %", explained, ROBUST, places, 0.93, 0.97),
        _shares("T5", "interval over the odds ratio covers ≥ 95 %", large, HONEST, places, 0.95, 1.0),
        _below("T5", "its width ÷ the plain one ≤ 1.7", large, _widening, 1.7),
        *_splits(explained),
        _below("T7", "pooled prior, 15–20 answers: car km ≤ 0.40", few, lambda cell: _ratio(cell, PRIOR, car), 0.40),
        _below("T9", "calibration error ≤ 0.03", explained, lambda cell: float(calibration_error(cell).max()), 0.03),
    ]


def _ratio(cell: Cell, method: str, place: int) -> float:
    return against_guidance(cell, method, place) if method in cell.scores else float("nan")


def _widening(cell: Cell) -> float:
    """The largest mean width over the plain one, of the modes and the total."""
    honest, plain = cell.scores[HONEST].width.mean(axis=0), cell.scores[ROBUST].width.mean(axis=0)
    return float((honest / plain).max())


def _splits(cells: Sequence[Cell]) -> Iterator[Verdict]:
    for limit, size in ((4.0, 125), (2.0, 500)):
        chosen = [cell for cell in cells if cell.setting.answers == size]
        words = f"modal split within {limit:g} points at n = {size}"
        yield _below("T6", words, chosen, lambda cell: 100 * float(cell.scores[ROBUST].split.mean()), limit)


def _below(target: str, words: str, cells: Sequence[Cell], value: Callable[[Cell], float], limit: float) -> Verdict:
    values = [(value(cell), cell) for cell in cells]
    measured = tuple(f"{number:.3g} [{cell.setting}]" for number, cell in values)
    return Verdict(
        target=target,
        words=words,
        is_met=bool(values) and all(number <= limit for number, _ in values),
        measured=measured or ("no such cell",),
    )


def _shares(
    target: str, words: str, cells: Sequence[Cell], method: str, places: Sequence[str], low: float, high: float
) -> Verdict:
    found = [
        (name, cell, share)
        for cell in cells
        for place, name in enumerate(places)
        if (share := covered(cell, method, place)) is not None
    ]
    return Verdict(
        target=target,
        words=words,
        is_met=bool(found) and all(share.overlaps(low, high) for _, _, share in found),
        measured=tuple(
            f"{'' if share.overlaps(low, high) else 'MISSED '}{name} {share} [{cell.setting}]"
            for name, cell, share in found
        ),
    )
