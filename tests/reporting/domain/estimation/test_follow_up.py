"""What a few of the silent say about the response odds ratio, with known truth."""

from dataclasses import replace

import numpy as np
import pytest

from reporting.domain.estimation.doubly_robust import DoublyRobust
from reporting.domain.estimation.follow_up import LEAST_ANSWERS, NO_ANSWER, odds_ratio_range
from reporting.domain.estimation.guard_rails import Caution
from reporting.domain.estimation.ladder import estimate_commute
from tests.reporting.domain.estimation.made_up import READY, answers_of, everybody, make_people


def selective(size=600, *, ratio=1.0, seed=1, answering=0.5):
    """Users of the ready modes answer with `ratio` times the odds of drivers; everybody's answers are known to us."""
    people = everybody(make_people(size, seed=seed))
    is_ready = people.days[:, 0] == 0
    odds = answering / (1.0 - answering) * np.where(is_ready, np.sqrt(ratio), 1.0 / np.sqrt(ratio))
    answered = np.random.default_rng(seed + 10_000).random(size) < odds / (1.0 + odds)
    return people, replace(people, answered=answered)


def asked(truth, people, *, answers, seed=1):
    """So many of the silent, drawn by lot, tell their usual mode."""
    silent = np.flatnonzero(~people.answered & (truth.days.sum(axis=1) > 0))
    drawn = np.random.default_rng(seed + 20_000).choice(silent, min(answers, len(silent)), replace=False)
    told = np.full(people.size, NO_ANSWER)
    told[drawn] = truth.days[drawn].argmax(axis=1)
    return told


def estimate(people, told=None, **fields):
    return estimate_commute(
        people=people,
        answers=answers_of(people),
        headcount=people.size,
        weeks_per_year=45,
        ready_modes=READY,
        usual_modes=told,
        random_state=3,
        **fields,
    )


def ranged(people, told, **fields):
    fitted = DoublyRobust().fit(people)
    fields = {"assumed": 2.0, "effective_answers": float(people.respondents)} | fields
    return odds_ratio_range(people, shares=fitted.shares_, usual_modes=told, ready_modes=READY, **fields)


def width(figure):
    return figure.upper - figure.lower


def test_many_answers_find_the_truth():
    for ratio in (1.0, 1.5, 2.0):
        truth, people = selective(3000, ratio=ratio)
        found = ranged(people, asked(truth, people, answers=800), effective_answers=1e9)
        assert found.lower - 0.1 <= ratio <= found.upper + 0.1
        assert found.upper - found.lower < 0.8


def test_few_answers_change_nothing():
    truth, people = selective()
    told = asked(truth, people, answers=LEAST_ANSWERS - 1)
    assert ranged(people, told) is None
    assert estimate(people, told) == estimate(people)


def test_more_answers_narrow_and_a_weaker_prediction_narrows_less():
    truth, people = selective(2000, ratio=1.0)
    few, many = (ranged(people, asked(truth, people, answers=number)) for number in (40, 400))
    assert many.upper - many.lower < few.upper - few.lower
    told = asked(truth, people, answers=400)
    assert ranged(people, told, effective_answers=50.0).upper >= ranged(people, told).upper


def test_silent_people_who_travel_alike_make_the_interval_narrower_and_never_narrower_than_the_plain_one():
    truth, people = selective(1500, ratio=1.0, seed=2)
    before, after = estimate(people), estimate(people, asked(truth, people, answers=300))
    assert after.follow_up.upper < 2.0
    assert after.odds_ratio == after.follow_up.upper
    assert width(after.total) < width(before.total)
    car, car_before = after.lines[0], before.lines[0]
    assert width(car) < width(car_before)
    for figure, earlier in zip((*after.lines, after.total), (*before.lines, before.total), strict=True):
        assert figure.lower <= figure.plain_lower
        assert figure.upper >= figure.plain_upper
        assert (figure.km, figure.plain_lower, figure.plain_upper) == (
            earlier.km,
            earlier.plain_lower,
            earlier.plain_upper,
        )


def test_silent_people_who_drive_far_more_widen_what_was_assumed():
    truth, people = selective(2000, ratio=6.0, seed=3)
    after = estimate(people, asked(truth, people, answers=300))
    assert after.follow_up.is_beyond
    assert after.odds_ratio > 2.0
    assert width(after.total) > width(estimate(people).total)


def test_follow_up_is_no_longer_advised_once_it_counts():
    truth, people = selective(answering=0.3)
    assert Caution.FOLLOW_UP_ADVISED in estimate(people).cautions
    assert Caution.FOLLOW_UP_ADVISED not in estimate(people, asked(truth, people, answers=40)).cautions


def test_methods_without_predicted_shares_are_left_as_they_are():
    truth, people = selective(120, answering=0.4)
    found = estimate(people, asked(truth, people, answers=40))
    assert (found.method.value, found.follow_up) == ("post_stratified_distance", None)


def test_answers_of_respondents_and_order_of_rows_count_for_nothing():
    truth, people = selective()
    told = asked(truth, people, answers=40)
    of_respondents = told.copy()
    of_respondents[np.flatnonzero(people.answered)[:50]] = 0
    assert ranged(people, of_respondents) == ranged(people, told)
    order = np.random.default_rng(5).permutation(people.size)
    mixed = estimate_commute(
        people=people.rows(order),
        answers=answers_of(people).rows(order),
        headcount=people.size,
        weeks_per_year=45,
        ready_modes=READY,
        usual_modes=told[order],
        random_state=3,
    )
    assert mixed.to_json() == estimate(people, told).to_json()


@pytest.mark.parametrize("mode", [0, 2])
def test_everybody_the_same_is_no_endless_range(mode):
    truth, people = selective()
    told = np.where(asked(truth, people, answers=40) >= 0, mode, NO_ANSWER)
    found = ranged(people, told)
    assert 1.0 <= found.lower <= found.upper <= 8.01


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0, 3.0])
def test_the_range_holds_the_truth_and_is_narrower_on_the_average(ratio):
    """150 surveys, 40 answers each: the upper end holds in 95 %, and the truth of car km as it should."""
    holds, covered, uppers = 0, 0, []
    repetitions = 150
    for seed in range(repetitions):
        truth, people = selective(500, ratio=ratio, seed=seed)
        found = estimate(people, asked(truth, people, answers=40, seed=seed))
        uppers.append(found.odds_ratio)
        holds += found.odds_ratio >= min(ratio, 2.0) - 0.005
        km = truth.week_km.sum() * 45
        covered += found.total.lower <= km <= found.total.upper
    # Binomial: 95 % of 150 is 142.5, with a standard deviation of 2.7.
    assert holds >= 0.95 * repetitions - 8
    if ratio <= 2.0:
        assert covered >= 0.95 * repetitions - 8
    if ratio == 1.0:
        assert np.mean(uppers) < 1.9
