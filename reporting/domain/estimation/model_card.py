"""The model card of one estimate: data, method, limits, figures and cost, as values that JSON can hold.

Codes instead of sentences, so that a card reads the same in every language; `reporting/model_card_words.py` puts them
into words, `reporting/exports/model_card.schema.json` describes each field.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from reporting.domain.estimation.guard_rails import Method
from reporting.domain.estimation.held_out import Approach
from reporting.domain.estimation.left_out import DISTANCE, WORK_DAYS
from reporting.domain.estimation.outcome import CommuteEstimate
from reporting.domain.estimation.people import People
from reporting.domain.estimation.pooled_prior import PooledPrior
from reporting.domain.estimation.survey_people import READY_MODES, SITE, SurveyPeople
from reporting.domain.estimation.validation import validate
from reporting.domain.shielded import shown_people
from surveys.domain.small_groups import SMALLEST_GROUP

SCHEMA_ID = "urn:wpm-platform:model-card:1"
# An assumption, not a measurement: a server of 300 watts with 32 cores, cooling included. [D]
WATTS_PER_CORE = 10.0
SECONDS_PER_HOUR = 3600.0
FORMULAS = "docs/estimation.md"
# What differs between two computations of the same estimate stays outside the hash.
NOT_HASHED = ("resources", "card_hash")

SOURCES: Mapping[Method, tuple[str, ...]] = {
    Method.DOUBLY_ROBUST: (
        "Robins, Rotnitzky & Zhao 1994",
        "Chernozhukov et al. 2018",
        "Papke & Wooldridge 1996",
        "Zhao 2019",
    ),
    Method.PRIOR_OFFSET: ("Gelman & Little 1997", "Papke & Wooldridge 1996"),
    Method.YEAR_TWO: ("Gelman & Little 1997",),
    Method.PRIOR_ONLY: ("Gelman & Little 1997",),
    Method.POST_STRATIFIED_DISTANCE: ("Särndal, Swensson & Wretman 1992, § 7.3",),
    Method.POST_STRATIFIED_SITE: ("Särndal, Swensson & Wretman 1992, § 7.3",),
}
# Methods whose interval also holds when silence has to do with the mode.
SENSITIVE = (Method.DOUBLY_ROBUST, Method.PRIOR_OFFSET, Method.PRIOR_ONLY)
PRIOR_METHODS = (Method.PRIOR_OFFSET, Method.PRIOR_ONLY)


def validate_and_describe(
    *,
    survey: SurveyPeople,
    estimate: CommuteEstimate,
    features: tuple[str, ...],
    prior: PooledPrior | None,
    random_state: int,
    cpu_seconds: float,
    weeks: Sequence[str] = (),
) -> dict[str, Any]:
    """The card of an estimate, checked on answers that were left out.

    features: names of what was used beside distance and contract days. cpu_seconds: of the estimate, without this
    check. weeks: ISO weeks that were asked about. The same inputs give the same card, but for `resources`.
    """
    # By every value that is known, so that who is left out together depends on nothing else.
    order = survey.canonical_order()
    sites = None if survey.sites is None else [survey.sites[place] for place in order]
    survey = replace(survey, people=survey.people.rows(order), answers=survey.answers.rows(order))
    people = with_features(survey.people, features)
    site = SITE if SITE in survey.people.categorical else None
    by_site = estimate.method is Method.POST_STRATIFIED_SITE
    approach = Approach(method=estimate.method, prior=prior, site=site if by_site else None)
    card: dict[str, Any] = {
        "schema": SCHEMA_ID,
        "method": {
            "code": estimate.method.value,
            "version": estimate.version,
            "random_state": random_state,
            "formulas": FORMULAS,
            "sources": list(SOURCES.get(estimate.method, ())),
        },
        "data": {
            "population": estimate.population,
            "answers": estimate.answers,
            "headcount": estimate.headcount,
            "weeks": sorted(weeks),
            "features": _features(people),
        },
        "assumptions": _assumptions(estimate, prior),
        "limits": _limits(estimate),
        "guard_rails": [*(caution.value for caution in estimate.cautions), *estimate.broad_survey],
        "figures": _figures(estimate, survey),
        "validation": validate(
            people=survey.people if by_site else people,
            answers=survey.answers,
            approach=approach,
            open_lines=frozenset(line.value for line in survey.open_lines),
            sites=sites,
            random_state=random_state,
        ),
        "estimate_hash": hashlib.sha256(estimate.to_json().encode()).hexdigest(),
        "resources": _resources(cpu_seconds),
    }
    return {**card, "card_hash": card_hash(card)}


def card_hash(card: Mapping[str, Any]) -> str:
    """SHA-256 over the card without what it cost to compute."""
    counted = {name: part for name, part in card.items() if name not in NOT_HASHED}
    return hashlib.sha256(json.dumps(counted, sort_keys=True, allow_nan=False).encode()).hexdigest()


def with_features(people: People, features: Sequence[str]) -> People:
    """The people with these features only, beside distance and contract days."""
    return replace(
        people,
        numeric={name: column for name, column in people.numeric.items() if name in features},
        categorical={name: column for name, column in people.categorical.items() if name in features},
    )


def _features(people: People) -> list[dict[str, Any]]:
    """Name, kind, and how many people's value is missing; one to four people are not told apart."""
    missing = {
        DISTANCE: ("number", int(np.isnan(people.one_way_km).sum())),
        WORK_DAYS: ("number", 0),
        **{name: ("number", int(np.isnan(column).sum())) for name, column in people.numeric.items()},
        **{name: ("category", sum(not value for value in column)) for name, column in people.categorical.items()},
    }
    return [
        {
            "name": name,
            "kind": kind,
            "missing": shown_people(count),
            "missing_share": None if 0 < count < SMALLEST_GROUP else round(count / max(1, people.size), 3),
        }
        for name, (kind, count) in missing.items()
    ]


def _assumptions(estimate: CommuteEstimate, prior: PooledPrior | None) -> dict[str, Any]:
    uses_range = estimate.method in SENSITIVE
    return {
        "confidence": 0.95,
        "odds_ratio": {"from": 1.0, "to": estimate.odds_ratio if uses_range else 1.0},
        "ready_modes": list(READY_MODES) if uses_range else [],
        "follow_up": None if estimate.follow_up is None else asdict(estimate.follow_up),
        "prior_employers": prior.employers if prior is not None and estimate.method in PRIOR_METHODS else None,
    }


def _limits(estimate: CommuteEstimate) -> list[str]:
    limits = ["one_week", "totals_only", "no_dutch_benchmark", "rare_modes"]
    if estimate.method in SENSITIVE:
        return [*limits, "odds_ratio_assumed" if estimate.follow_up is None else "odds_ratio_of_few"]
    return limits if estimate.method is Method.EVERYBODY_ANSWERED else [*limits, "silence_by_mode"]


def _figures(estimate: CommuteEstimate, survey: SurveyPeople) -> dict[str, Any]:
    """Of the total, in km a year; nothing where one to four people answered or travelled, or are behind a line that is
    left open: the total less the lines of the report would be theirs."""
    people = survey.people
    travelled = int((people.week_km[people.answered].sum(axis=1) > 0).sum())
    total, guidance = estimate.total, estimate.guidance_total
    figures = {
        "km": total.km,
        "observed": total.observed,
        "lower": total.lower,
        "upper": total.upper,
        "plain_lower": total.plain_lower,
        "plain_upper": total.plain_upper,
        "guidance_km": None if guidance is None else guidance.km,
    }
    open_places = [survey.answers.lines.index(line) for line in survey.open_lines]
    on_open_lines = (survey.answers.week_km[people.answered][:, open_places] > 0).sum(axis=0)
    if (
        0 < estimate.answers < SMALLEST_GROUP
        or 0 < travelled < SMALLEST_GROUP
        or (on_open_lines < SMALLEST_GROUP).any()
    ):
        figures = dict.fromkeys(figures)
    return {"unit": "km_per_year", **figures, "effective_answers": estimate.effective_answers}


def _resources(cpu_seconds: float) -> dict[str, Any]:
    return {
        "cpu_seconds": round(cpu_seconds, 2),
        "watts_per_core": WATTS_PER_CORE,
        "is_watts_assumed": True,
        "energy_wh": round(cpu_seconds * WATTS_PER_CORE / SECONDS_PER_HOUR, 4),
    }
