"""How good the model is on answers that it did not see: errors, calibration, what matters, and who answers.

Everything is a share, a percentage or a count over five people and more: nothing says what one person did.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from reporting.domain.estimation.calibration import CALIBRATION_BINS, calibration_errors, calibration_sums
from reporting.domain.estimation.doubly_robust import balancing_columns
from reporting.domain.estimation.features import OTHER, FeatureEncoder
from reporting.domain.estimation.fuel_split import LineAnswers
from reporting.domain.estimation.guard_rails import ANSWERS_FOR_AN_ESTIMATE
from reporting.domain.estimation.held_out import FOLDS, REPEATS, Approach
from reporting.domain.estimation.left_out import DISTANCE, WORK_DAYS, LeftOut, feature_names, leave_out
from reporting.domain.estimation.people import Floats, People, with_sum
from reporting.domain.estimation.propensity import BalancingPropensity
from surveys.domain.small_groups import SMALLEST_GROUP, GroupCount, shielded_counts

NOT_TRAVELLING = "not_travelling"
TOTAL = "total"
# As in the doubly robust estimator.
PROPENSITY_RIDGE = 8.0


def validate(
    *,
    people: People,
    answers: LineAnswers,
    approach: Approach,
    random_state: int,
    open_lines: frozenset[str] = frozenset(),
    sites: Sequence[str | None] | None = None,
) -> dict[str, Any]:
    """Figures about the quality of an estimate, as values that JSON can hold; never fails for few or strange answers.

    A part that these answers cannot carry is `{"status": "not_possible", "reason": …, "answers": n}`. The order of the
    rows does not matter.

    people: with the features that the estimate used. sites: of the same people, also where it is no feature.
    """
    order = people.canonical_order(also=answers.week_km)
    people, answers = people.rows(order), answers.rows(order)
    named = [sites[place] or OTHER for place in order] if sites else []
    design = {"folds": FOLDS, "repeats": REPEATS, "random_state": random_state}
    reason = _why_not(people, approach)
    if reason:
        refused = _not_possible(people, reason)
        parts = dict.fromkeys(("held_out", "calibration", "importance"), refused)
        return {"design": design, **parts, "propensities": _propensities(people)}
    told = np.flatnonzero(people.answered)
    respondents, own = people.rows(told), answers.rows(told)
    found = leave_out(respondents, own, approach=approach, random_state=random_state)
    return {
        "design": design,
        "held_out": _held_out(respondents, own, found, open_lines, [named[place] for place in told] if named else []),
        "calibration": _calibration(respondents, found),
        "importance": _importance(respondents, found),
        "propensities": _propensities(people),
    }


def _why_not(people: People, approach: Approach) -> str:
    if not approach.learns_from_answers:
        return "model_of_last_year"
    if people.respondents == people.size:
        return "everybody_answered"
    return "too_few_answers" if people.respondents < ANSWERS_FOR_AN_ESTIMATE else ""


def _not_possible(people: People, reason: str) -> dict[str, Any]:
    return {"status": "not_possible", "reason": reason, "answers": people.respondents}


def _held_out(
    respondents: People, answers: LineAnswers, found: LeftOut, open_lines: frozenset[str], sites: Sequence[str]
) -> dict[str, Any]:
    users = (with_sum(respondents.week_km) > 0).sum(axis=0)
    by_mode, told = _per_fold(found, respondents)
    named = [*respondents.modes, TOTAL]
    modes = [_error(name, by_mode[..., n], told[..., n], users[n]) for n, name in enumerate(named)]
    drivers = (answers.week_km > 0).sum(axis=0)
    lines = [
        _hidden(name, "fuel_unknown")
        if name in open_lines
        else _error(name, found.lines[..., n], found.told_lines[..., n], drivers[n])
        for n, name in enumerate(answers.lines)
    ]
    return {
        "status": "known",
        "answers": respondents.size,
        "modes": modes,
        "lines": lines,
        "sites": _sites(respondents, found, sites),
    }


def _per_fold(found: LeftOut, respondents: People) -> tuple[Floats, Floats]:
    """Sums of km predicted and told, repeats × folds × (modes and their sum)."""
    modes = len(respondents.modes)
    predicted, told = np.zeros((REPEATS, FOLDS, modes + 1)), np.zeros((REPEATS, FOLDS, modes + 1))
    for repeat in range(REPEATS):
        for fold in range(FOLDS):
            held = found.fold_of[repeat] == fold
            own, real = found.km[repeat, held].sum(axis=0), respondents.week_km[held].sum(axis=0)
            predicted[repeat, fold], told[repeat, fold] = np.append(own, own.sum()), np.append(real, real.sum())
    return predicted, told


def _error(name: str, predicted: Floats, told: Floats, users: int) -> dict[str, Any]:
    """In per cent of the km told. bias: of all parts together; error: of one part (root mean square)."""
    whole = float(told.sum()) / REPEATS
    if users < SMALLEST_GROUP:
        return _hidden(name, "few_users")
    off = predicted - told
    bias = 100.0 * float(off.sum()) / REPEATS / whole
    error = 100.0 * float(np.sqrt((off**2).mean())) / (whole / FOLDS)
    return {"name": name, "is_shown": True, "bias_percent": _tenth(bias), "error_percent": _tenth(error)}


def _hidden(name: str, reason: str) -> dict[str, Any]:
    return {"name": name, "is_shown": False, "reason": reason}


def _tenth(value: float) -> float:
    return round(value, 1) + 0.0


def _sites(respondents: People, found: LeftOut, sites: Sequence[str]) -> dict[str, Any]:
    """Deviation of all modes together per site, of sites with five people and more who travelled."""
    names = np.array(sites)
    groups = [
        GroupCount(name=str(name), people=int(count), invited=int(count), answered=int(count))
        for name, count in zip(*np.unique(names, return_counts=True), strict=True)
    ]
    shielded = shielded_counts(groups)
    predicted, told = found.km.mean(axis=0).sum(axis=1), respondents.week_km.sum(axis=1)
    shown = []
    for group in shielded.shown:
        own = names == group.name
        whole = float(told[own].sum())
        if (told[own] > 0).sum() >= SMALLEST_GROUP:
            bias = 100.0 * float(predicted[own].sum() - whole) / whole
            shown.append({"name": group.name, "answers": group.answered, "bias_percent": _tenth(bias)})
    return {"shown": shown, "hidden": len(groups) - len(shown)}


def _calibration(respondents: People, found: LeftOut) -> dict[str, Any]:
    if found.shares is None:
        return _not_possible(respondents, "no_model_of_shares")
    told = respondents.shares()
    sums = calibration_sums(found.shares, told)
    errors = calibration_errors(sums)
    modes = [
        {"name": name, "is_shown": True, "error": round(float(error), 3), "bins": _bins(own)}
        if users >= SMALLEST_GROUP
        else _hidden(name, "few_users")
        for name, own, error, users in zip(
            (NOT_TRAVELLING, *respondents.modes), sums, errors, (told > 0).sum(axis=0), strict=True
        )
    ]
    return {"status": "known", "answers": respondents.size, "modes": modes}


def _bins(sums: Floats) -> list[dict[str, Any]]:
    """Bins of predicted share with five answers and more; a smaller one joins its neighbour."""
    return [
        {
            "from": start / CALIBRATION_BINS,
            "to": end / CALIBRATION_BINS,
            "answers": int(part[0]),
            "predicted": round(float(part[1] / part[0]), 2),
            "observed": round(float(part[2] / part[0]), 2),
        }
        for start, end, part in _merged(sums)
    ]


def _merged(sums: Floats) -> list[tuple[int, int, Floats]]:
    """From, to, and the sums of neighbouring bins that hold five people and more together (the first column)."""
    parts: list[tuple[int, int, Floats]] = []
    start, gathered = 0, np.zeros(sums.shape[1])
    for end, row in enumerate(sums, start=1):
        gathered = gathered + row
        if gathered[0] >= SMALLEST_GROUP:
            parts.append((start, end, gathered))
            start, gathered = end, np.zeros(sums.shape[1])
    if parts and start < len(sums):
        first, _, last = parts.pop()
        parts.append((first, len(sums), last + gathered))
    return parts


def _importance(respondents: People, found: LeftOut) -> dict[str, Any]:
    if found.shares is None:
        return _not_possible(respondents, "no_model_of_shares")
    features = [
        {"name": name, "loss_increase": round(found.losses[name], 4) + 0.0, "is_constant": is_constant}
        for name, is_constant in ((name, _is_constant(respondents, name)) for name in feature_names(respondents))
    ]
    return {
        "status": "known",
        "answers": respondents.size,
        "loss": round(found.loss, 4),
        "loss_without_features": round(found.plain_loss, 4),
        "features": sorted(features, key=lambda row: (-row["loss_increase"], row["name"])),
    }


def _is_constant(people: People, name: str) -> bool:
    if name in people.categorical:
        return len({value or OTHER for value in people.categorical[name]}) < 2
    columns = {DISTANCE: people.one_way_km, WORK_DAYS: people.work_days, **people.numeric}
    return len(np.unique(columns[name])) < 2


def _propensities(people: People) -> dict[str, Any]:
    """How readily people answer, and how heavy the answers weigh that have to stand for many."""
    silent = people.size - people.respondents
    if people.respondents < ANSWERS_FOR_AN_ESTIMATE or silent < SMALLEST_GROUP:
        few = people.respondents < ANSWERS_FOR_AN_ESTIMATE
        return _not_possible(people, "too_few_answers" if few else "too_few_silent")
    balance = balancing_columns(FeatureEncoder().fit(people).transform(people), people)
    fitted = BalancingPropensity(ridge=PROPENSITY_RIDGE).fit(balance, people.answered)
    places = np.minimum((fitted.predict(balance) * CALIBRATION_BINS).astype(np.int64), CALIBRATION_BINS - 1)
    counts = [np.bincount(places, weights=column, minlength=CALIBRATION_BINS) for column in _counted(people)]
    return {
        "status": "known",
        "answers": people.respondents,
        "bins": [
            {"from": a / CALIBRATION_BINS, "to": b / CALIBRATION_BINS, "people": int(part[0]), "answered": int(part[1])}
            for a, b, part in _merged(np.stack(counts, axis=1))
        ],
        "largest_weight": _tenth(float(fitted.weights_.max())),
        "effective_answers": _tenth(float(fitted.weights_.sum() ** 2 / (fitted.weights_**2).sum())),
        "cut": fitted.cut_ if fitted.cut_ >= SMALLEST_GROUP or not fitted.cut_ else None,
    }


def _counted(people: People) -> tuple[Floats, Floats]:
    return np.ones(people.size), people.answered.astype(np.float64)
