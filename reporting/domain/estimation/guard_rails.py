"""When which method may speak: written rules, each with a code that the pages put into words."""

from enum import StrEnum

import numpy as np

from reporting.domain.estimation.doubly_robust import DoublyRobust
from reporting.domain.estimation.people import People
from reporting.domain.estimation.post_stratification import PostStratification

ANSWERS_FOR_AN_ESTIMATE = 10
ANSWERS_FOR_AN_OWN_MODEL = 75
DISTANCE_KNOWN_FOR = 0.9
FOLLOW_UP_BELOW = 0.6
RARE_MODE_USERS = 5
SILENT_GROUP = 10
LEAST_EFFECTIVE = 30.0
SHIFTED_SILENT = 0.05


class Method(StrEnum):
    """The rungs of the ladder, from what needs most to what needs nothing."""

    DOUBLY_ROBUST = "doubly_robust"
    PRIOR_OFFSET = "prior_offset"
    POST_STRATIFIED_DISTANCE = "post_stratified_distance"
    POST_STRATIFIED_SITE = "post_stratified_site"
    PRIOR_ONLY = "prior_only"
    YEAR_TWO = "year_two"
    EVERYBODY_ANSWERED = "everybody_answered"
    GUIDANCE_ONLY = "guidance_only"


class Caution(StrEnum):
    """What HR is told beside the estimate."""

    TOO_FEW_ANSWERS = "too_few_answers"
    NO_POOLED_PRIOR = "no_pooled_prior"
    DISTANCE_UNKNOWN = "distance_unknown"
    DISTANCE_PARTLY_UNKNOWN = "distance_partly_unknown"
    DISTANCE_SHIFT = "distance_shift"
    WEIGHTS_TOO_LARGE = "weights_too_large"
    MODE_UNSEEN = "mode_unseen"
    MODE_RARE = "mode_rare"
    GROUP_SILENT = "group_silent"
    FOLLOW_UP_ADVISED = "follow_up_advised"
    FUEL_UNKNOWN = "fuel_unknown"


def rung(people: People, *, has_prior: bool, site: str | None) -> Method:
    """The method by what is known before any fit. `site`: the category to stratify by without distances."""
    answers, silent = people.respondents, people.size - people.respondents
    if not silent:
        return Method.EVERYBODY_ANSWERED
    if distance_known(people) < DISTANCE_KNOWN_FOR:
        has_sites = answers >= ANSWERS_FOR_AN_ESTIMATE and _differs_by(people, site)
        return Method.POST_STRATIFIED_SITE if has_sites else Method.GUIDANCE_ONLY
    if answers >= ANSWERS_FOR_AN_OWN_MODEL:
        return Method.DOUBLY_ROBUST
    if answers >= ANSWERS_FOR_AN_ESTIMATE:
        return Method.PRIOR_OFFSET if has_prior else Method.POST_STRATIFIED_DISTANCE
    return Method.PRIOR_ONLY if has_prior else Method.GUIDANCE_ONLY


def _differs_by(people: People, site: str | None) -> bool:
    """Whether there are several strata with answers enough; one stratum is the guidance's ratio by another name."""
    return site is not None and PostStratification(has_distance=False, by=site).fit(people).strata_ > 1


def distance_known(people: People) -> float:
    """The part of the silent whose distance the staff list knows."""
    silent = people.one_way_km[~people.answered]
    return float(np.mean(~np.isnan(silent))) if len(silent) else 1.0


def cautions(people: People, *, has_prior: bool) -> set[Caution]:
    """What HR should know of these answers, whatever the method."""
    answers, users = people.respondents, (people.days[people.answered] > 0).sum(axis=0)
    known = distance_known(people)
    applies = {
        Caution.TOO_FEW_ANSWERS: answers < ANSWERS_FOR_AN_OWN_MODEL and answers < people.size,
        Caution.NO_POOLED_PRIOR: answers < ANSWERS_FOR_AN_OWN_MODEL and answers < people.size and not has_prior,
        Caution.DISTANCE_UNKNOWN: known < DISTANCE_KNOWN_FOR,
        Caution.DISTANCE_PARTLY_UNKNOWN: DISTANCE_KNOWN_FOR <= known < 1.0,
        Caution.MODE_UNSEEN: bool((users == 0).any()),
        Caution.MODE_RARE: bool(((users > 0) & (users < RARE_MODE_USERS)).any()),
        Caution.GROUP_SILENT: any(_has_silent_group(people, name) for name in people.categorical),
        Caution.FOLLOW_UP_ADVISED: answers < FOLLOW_UP_BELOW * people.size,
    }
    return {caution for caution, holds in applies.items() if holds}


def why_not_doubly_robust(fitted: DoublyRobust, people: People) -> set[Caution]:
    """What the fit itself shows against it; nothing when it may speak."""
    weights = fitted.weights_
    effective = float(weights.sum() ** 2 / (weights**2).sum())
    told, silent = people.one_way_km[people.answered], people.one_way_km[~people.answered]
    beyond = float(np.mean(silent > np.nanmax(told))) if np.isfinite(told).any() else 1.0
    applies = {
        Caution.WEIGHTS_TOO_LARGE: fitted.propensity_.cut_ > 0 or effective < LEAST_EFFECTIVE,
        Caution.DISTANCE_SHIFT: beyond > SHIFTED_SILENT,
    }
    return {caution for caution, holds in applies.items() if holds}


def _has_silent_group(people: People, name: str) -> bool:
    values = np.array([value or "" for value in people.categorical[name]])
    levels, places = np.unique(values, return_inverse=True)
    everybody = np.bincount(places, minlength=len(levels))
    told = np.bincount(places[people.answered], minlength=len(levels))
    return bool(np.any((everybody >= SILENT_GROUP) & (told == 0)))
