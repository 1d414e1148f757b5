"""Estimates for tests, with clearly made-up figures."""

from datetime import date
from typing import Any

from reporting.domain.commute_estimate import ChosenEstimate, EstimatedFigures, canonical_hash
from reporting.domain.rvo import RvoLine

CARD = {"method": "doubly_robust", "limits": ["made up"], "seconds": 0.25}


def make_figures(km: int | None, *, observed: int | None = None, spread: int = 100) -> EstimatedFigures:
    """`km` with `observed` (half of it by default) and an interval of `spread` on either side."""
    told = (km or 0) // 2 if observed is None else observed
    return EstimatedFigures(
        km=km,
        observed=told,
        lower=max(told, (km or 0) - spread),
        upper=(km or 0) + spread,
        plain_lower=max(told, (km or 0) - spread // 2),
        plain_upper=(km or 0) + spread // 2,
    )


def make_estimate(**changes: Any) -> ChosenEstimate:
    lines = {line: make_figures(10_007 * line.number) for line in RvoLine}
    facts: dict[str, Any] = {
        "method": "doubly_robust",
        "version": "1",
        "random_state": 7,
        "run_hash": "ab" * 32,
        "card_hash": canonical_hash(CARD),
        "population": 228,
        "answers": 100,
        "headcount": 230,
        "effective_answers": "87.3",
        "odds_ratio": "2.0",
        "lines": lines,
        "total": make_figures(sum(figures.km or 0 for figures in lines.values()), spread=9_000),
        "cautions": ("follow_up_advised",),
        "reason": "Half of the people did not answer",
        "chosen_on": date(2026, 5, 4),
    }
    return ChosenEstimate(**{**facts, **changes})


def with_km(**km: int | None) -> dict[RvoLine, EstimatedFigures]:
    """Lines of an estimate by name; the others at 0."""
    return {line: make_figures(km.get(line.value, 0), spread=1_000) for line in RvoLine}
