"""The interval of a line against that of its mode."""

from dataclasses import replace

import numpy as np
import pytest

from reporting.domain.estimation.fuel_split import split_over_lines
from reporting.domain.estimation.guard_rails import Method
from reporting.domain.estimation.intervals import bounds
from reporting.domain.estimation.ladder import climb
from reporting.domain.estimation.pooled_prior import pool
from reporting.domain.estimation.ratio import GuidanceRatio
from reporting.domain.estimation.sensitivity import ResponseOddsSensitivity
from tests.reporting.domain.estimation.estimating import estimate, figures_of
from tests.reporting.domain.estimation.made_up import (
    LINE_MODES,
    READY,
    answers_of,
    everybody,
    make_people,
    only_answered,
)

WEEKS = 45
PRIOR = pool(replace(everybody(make_people(1200, seed=7)), categorical={}), np.arange(1200) % 6)
METHODS = [
    (Method.DOUBLY_ROBUST, 300, 120, None),
    (Method.PRIOR_OFFSET, 120, 10, PRIOR),
    (Method.POST_STRATIFIED_DISTANCE, 120, 40, None),
]


def intervals_of_modes(people, prior):
    """Lower, upper, plain lower and plain upper of every mode in km a year."""
    people = people.rows(people.canonical_order(also=answers_of(people).week_km))
    fitted, _ = climb(people, prior=prior)
    plain = honest = bounds(fitted.totals)
    if fitted.shares is not None:
        sensitivity = ResponseOddsSensitivity(ready_modes=READY).fit(people, shares=fitted.shares)
        honest = sensitivity.predict(fitted.totals)
    return np.stack([honest.lower, honest.upper, plain.lower, plain.upper], axis=1)[:-1] * WEEKS


def interval(line):
    return [line.lower, line.upper, line.plain_lower, line.plain_upper]


@pytest.mark.parametrize(("method", "size", "answers", "prior"), METHODS)
def test_the_only_line_of_a_mode_has_the_interval_of_its_mode(method, size, answers, prior):
    for seed in range(10):
        people = only_answered(make_people(size, seed=seed), answers)
        result = estimate(people, prior=prior)
        assert result.method is method
        of_modes = intervals_of_modes(people, prior)
        for line, mode in ((2, 1), (3, 2)):
            np.testing.assert_allclose(interval(result.lines[line]), of_modes[mode], atol=1.0)


@pytest.mark.parametrize(("method", "size", "answers", "prior"), METHODS)
def test_no_fuel_has_more_unobserved_kilometres_than_all_of_its_mode(method, size, answers, prior):
    for seed in range(10):
        people = only_answered(make_people(size, seed=seed), answers)
        result = estimate(people, prior=prior)
        of_modes = intervals_of_modes(people, prior)
        cars = result.lines[:2]
        told = sum(line.observed for line in cars)
        for line in cars:
            assert line.upper - line.observed <= of_modes[0, 1] - told + 3
            assert line.plain_upper - line.observed <= of_modes[0, 3] - told + 3


@pytest.mark.parametrize(("method", "size", "answers", "prior"), METHODS)
def test_no_line_has_more_than_the_full_weeks_of_the_silent(method, size, answers, prior):
    """Of few answers one tells of a very long way, which stands for many of the silent."""
    for seed in range(30):
        people = only_answered(make_people(size, seed=seed), answers)
        far = np.where(np.arange(size) == 0, 400.0, people.one_way_km)
        people = replace(people, one_way_km=far, week_km=2.0 * far[:, None] * people.days)
        result = estimate(people, prior=prior)
        most = people.full_week_km[~people.answered].sum() * WEEKS
        if result.total.km - result.total.observed <= most:
            assert all(line.upper <= line.observed + most + 2 for line in result.lines)


def test_the_next_person_of_a_mode_may_drive_on_any_fuel():
    """Nobody of those who answered drives electric, and few are silent: room for one who does remains."""
    people = make_people(100)
    # The first of `answers_of` drives electric, whatever the others do.
    people = replace(people, answered=(np.arange(100) > 0) & (np.arange(100) < 81))
    result = estimate(people, answers=answers_of(people, electric=10**6), prior=PRIOR)
    electric = result.lines[int(np.flatnonzero(LINE_MODES == 0)[1])]
    assert electric.observed == electric.lower == 0
    assert electric.upper > 0


def test_a_fuel_that_nobody_told_has_room_for_what_an_answer_stands_for():
    people = make_people(100)
    people = replace(people, answered=(np.arange(100) > 0) & (np.arange(100) < 11))
    totals = replace(GuidanceRatio().fit(people).predict(people), one_person_km=np.array([1.0, 1.0, 1.0]))
    weights = np.full(10, 10.0)
    split = split_over_lines(
        totals=totals, people=people, answers=answers_of(people, electric=10**6), weights=weights
    ).totals
    driven = people.week_km[people.answered, 0]
    assert split.observed_km[1] == 0.0
    assert split.one_person_km[1] == pytest.approx(9.0 * (driven**2).sum() / driven.sum())
    np.testing.assert_array_equal(split.one_person_km[2:], [1.0, 1.0])


@pytest.mark.parametrize("seed", range(0, 400, 5))
def test_where_everybody_answered_no_figure_differs_in_its_last_kilometre(seed):
    """Sums in another order differ in their last digit, which rounds the other way where half a kilometre is left."""
    people = everybody(make_people(13, seed=seed))
    people = replace(people, week_km=0.1 * people.week_km)
    for figure in figures_of(estimate(people, site="site")):
        assert {figure.km, figure.lower, figure.upper, figure.plain_lower, figure.plain_upper} == {figure.observed}
