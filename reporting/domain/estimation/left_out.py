"""What the model says of respondents while their answers are left out, and how much worse it is without a feature."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from reporting.domain.estimation.fuel_split import LineAnswers
from reporting.domain.estimation.held_out import FOLDS, REPEATS, Approach, Fold, held_out_folds
from reporting.domain.estimation.people import Floats, Integers, People

DISTANCE, WORK_DAYS = "distance", "work_days"
SMALLEST_SHARE = 1e-6


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """What was found about respondents while they were left out.

    Attributes
    ----------
    km : repeats × respondents × modes, predicted.
    fold_of : repeats × respondents, the part in which each was left out.
    lines : repeats × folds × lines, predicted, and `told_lines` the same told.
    told : repeats × folds × modes, told.
    shares : mean over the repeats of what was predicted (respondents × categories); None without a model of shares.
    losses : per feature, how much the log loss rises when its values are dealt out at random; None likewise.
    loss, plain_loss : of the model, and of the same shares for everybody.
    """

    km: Floats
    fold_of: Integers
    lines: Floats
    told_lines: Floats
    shares: Floats | None
    losses: Mapping[str, float]
    loss: float
    plain_loss: float


def leave_out(respondents: People, answers: LineAnswers, *, approach: Approach, random_state: int) -> LeftOut:
    """Each respondent is predicted in every repeat by a model that did not see the answer."""
    size, modes = respondents.size, len(respondents.modes)
    km, fold_of = np.zeros((REPEATS, size, modes)), np.zeros((REPEATS, size), dtype=np.int64)
    lines = np.zeros((REPEATS, FOLDS, len(answers.lines)))
    told_lines, shares = np.zeros_like(lines), np.zeros((size, modes + 1))
    told, chance = respondents.shares(), np.random.default_rng(random_state)
    losses: dict[str, float] = dict.fromkeys(feature_names(respondents), 0.0)
    loss = plain_loss = 0.0
    folds = held_out_folds(respondents, approach=approach, random_state=random_state)
    for number, fold in enumerate(folds):
        place = fold.repeat, number % FOLDS
        km[fold.repeat, fold.held_out], fold_of[fold.repeat, fold.held_out] = fold.km, place[1]
        lines[place] = fold.km.sum(axis=0)[answers.modes] * _fractions(answers, respondents, fold)
        told_lines[place] = answers.week_km[fold.held_out].sum(axis=0)
        if fold.shares_of is None:
            continue
        wanted, seen = respondents.rows(fold.held_out), told[fold.held_out]
        predicted = fold.shares_of(wanted)
        shares[fold.held_out] += predicted / REPEATS
        own = _log_loss(predicted, seen)
        loss += own
        plain_loss += _log_loss(np.repeat(told[fold.seen].mean(axis=0)[None, :], len(seen), axis=0), seen)
        for name, dealt in _dealt_out(wanted, chance):
            losses[name] += _log_loss(fold.shares_of(dealt), seen) - own
    answers_seen = size * REPEATS
    return LeftOut(
        km=km,
        fold_of=fold_of,
        lines=lines,
        told_lines=told_lines,
        shares=shares if approach.predicts_shares else None,
        losses={name: value / answers_seen for name, value in losses.items()},
        loss=loss / answers_seen,
        plain_loss=plain_loss / answers_seen,
    )


def _fractions(answers: LineAnswers, respondents: People, fold: Fold) -> Floats:
    """Of each mode's kilometres the part per line, among the answers that were seen."""
    whole = respondents.week_km[fold.seen].sum(axis=0)[answers.modes]
    own = answers.week_km[fold.seen].sum(axis=0)
    return np.asarray(np.divide(own, whole, out=np.zeros_like(own), where=whole > 0), dtype=np.float64)


def _log_loss(predicted: Floats, told: Floats) -> float:
    return float(-(told * np.log(np.maximum(predicted, SMALLEST_SHARE))).sum())


def feature_names(people: People) -> tuple[str, ...]:
    """Distance and contract days, which every estimate uses, and then those that HR chose."""
    return (DISTANCE, WORK_DAYS, *sorted(people.numeric), *sorted(people.categorical))


def _dealt_out(people: People, chance: np.random.Generator) -> Iterator[tuple[str, People]]:
    """Per feature the same people with its values dealt out anew."""
    for name in feature_names(people):
        order = chance.permutation(people.size)
        if name == DISTANCE:
            yield name, replace(people, one_way_km=people.one_way_km[order])
        elif name == WORK_DAYS:
            yield name, replace(people, work_days=people.work_days[order])
        elif name in people.numeric:
            yield name, replace(people, numeric={**people.numeric, name: people.numeric[name][order]})
        else:
            column = people.categorical[name]
            dealt = [column[place] for place in order]
            yield name, replace(people, categorical={**people.categorical, name: dealt})
