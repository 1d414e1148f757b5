"""Pooling over employers so that none of them stands out: equal facts, a share for each, and rounded coefficients."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from reporting.domain.estimation.people import Floats, People
from reporting.domain.estimation.pooled_prior import PooledPrior, pool
from reporting.domain.prior_rules import LEAST_ANSWERS, LEAST_EMPLOYERS

# An employer counts for at most so many times the middle one, so that no large one is the whole model. [D]
MOST_TIMES_THE_MEDIAN = 2
DECIMALS = 2
# Of the draw from an employer of many answers.
SEED = 0


def shareable(people: Sequence[People]) -> People | None:
    """One employer's respondents with a known distance: distance, contract days and the week, nothing else.

    people: of each of its legal entities. None where they are too few to take part.
    """
    told = [_respondents(one) for one in people]
    told = [one for one in told if one.size]
    if sum(one.size for one in told) < LEAST_ANSWERS:
        return None
    return _together(told)


def pooled(employers: Sequence[People]) -> PooledPrior | None:
    """The model of these employers (from `shareable`); None for fewer than five. Any order gives the same model."""
    if len(employers) < LEAST_EMPLOYERS:
        return None
    most = MOST_TIMES_THE_MEDIAN * int(np.median([one.size for one in employers]))
    drawn = sorted((_drawn(one, most=most) for one in employers), key=_sort_key)
    numbers = np.repeat(np.arange(len(drawn)), [one.size for one in drawn])
    prior = pool(_together(drawn), numbers.tolist())
    return replace(
        prior,
        encoder=_rounded_encoder(prior.encoder),
        coefficients=_rounded(prior.coefficients),
        intercept_variance=_rounded(prior.intercept_variance),
    )


def without_each(employers: Sequence[People]) -> list[PooledPrior | None]:
    """For each employer the model of the others."""
    return [pooled([other for other in employers if other is not one]) for one in employers]


def _respondents(people: People) -> People:
    kept = np.flatnonzero(people.answered & ~np.isnan(people.one_way_km))
    return replace(people, numeric={}, categorical={}).rows(kept)


def _drawn(people: People, *, most: int) -> People:
    """At most so many, by lot from an order that follows from the values."""
    ordered = people.rows(people.canonical_order(also=people.week_km))
    if ordered.size <= most:
        return ordered
    chosen = np.random.default_rng(SEED).choice(ordered.size, size=most, replace=False)
    return ordered.rows(np.sort(chosen))


def _sort_key(people: People) -> tuple[int, bytes]:
    return people.size, np.concatenate(
        [people.one_way_km[:, None], people.work_days[:, None], people.days], 1
    ).tobytes()


def _together(people: Sequence[People]) -> People:
    return People(
        modes=people[0].modes,
        answered=np.concatenate([one.answered for one in people]),
        one_way_km=np.concatenate([one.one_way_km for one in people]),
        work_days=np.concatenate([one.work_days for one in people]),
        days=np.concatenate([one.days for one in people]),
        week_km=np.concatenate([one.week_km for one in people]),
    )


def _rounded(values: Floats) -> Floats:
    """Enough for an estimate, and too coarse to follow one person's answer in it."""
    return np.asarray(np.round(values, DECIMALS) + 0.0, dtype=np.float64)


def _rounded_encoder(encoder: dict[str, Any]) -> dict[str, Any]:
    numbers = {name: [round(value, DECIMALS) for value in encoder[name]] for name in ("means", "spreads")}
    fills = [[name, round(value, DECIMALS)] for name, value in encoder["fills"]]
    return {**encoder, **numbers, "fills": fills}
