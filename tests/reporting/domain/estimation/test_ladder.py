from dataclasses import replace

import numpy as np
import pytest

from reporting.domain.estimation.doubly_robust import DoublyRobust
from reporting.domain.estimation.fuel_split import LineAnswers, split_over_lines
from reporting.domain.estimation.guard_rails import Caution, Method
from reporting.domain.estimation.ladder import NothingToEstimate
from reporting.domain.estimation.people import PeopleUnusable
from reporting.domain.estimation.pooled_prior import pool
from tests.reporting.domain.estimation.estimating import assert_sensible, estimate
from tests.reporting.domain.estimation.made_up import (
    LINE_MODES,
    LINES,
    answers_of,
    everybody,
    make_people,
    only_answered,
)

OTHERS = replace(everybody(make_people(1200, seed=7)), categorical={})
PRIOR = pool(OTHERS, np.arange(1200) % 6)


@pytest.mark.parametrize(
    ("count", "prior", "method"),
    [
        (0, PRIOR, Method.PRIOR_ONLY),
        (9, PRIOR, Method.PRIOR_ONLY),
        (10, PRIOR, Method.PRIOR_OFFSET),
        (74, PRIOR, Method.PRIOR_OFFSET),
        (75, PRIOR, Method.DOUBLY_ROBUST),
        (9, None, Method.GUIDANCE_ONLY),
        (10, None, Method.POST_STRATIFIED_DISTANCE),
        (74, None, Method.POST_STRATIFIED_DISTANCE),
        (75, None, Method.DOUBLY_ROBUST),
        (150, None, Method.EVERYBODY_ANSWERED),
    ],
)
def test_the_rungs_by_answers(count, prior, method):
    result = estimate(only_answered(make_people(150), count), prior=prior)
    assert result.method is method
    assert result.answers == count
    assert_sensible(result)


def test_without_distances_of_the_silent_sites_are_the_rung():
    people = make_people(200)
    unknown = replace(people, one_way_km=np.where(people.answered, people.one_way_km, np.nan))
    result = estimate(unknown, site="site")
    assert result.method is Method.POST_STRATIFIED_SITE
    assert Caution.DISTANCE_UNKNOWN in result.cautions
    assert_sensible(result)


@pytest.mark.parametrize("site", [None, "floor"])
def test_without_distances_and_sites_that_differ_there_is_no_estimate(site):
    people = make_people(200)
    people = replace(people, categorical={**people.categorical, "floor": ["Ground"] * 200})
    result = estimate(replace(people, one_way_km=np.full(200, np.nan)), site=site)
    assert result.method is Method.GUIDANCE_ONLY
    assert [line.km for line in result.lines] == [line.km for line in result.guidance_lines]
    assert Caution.DISTANCE_UNKNOWN in result.cautions


def test_sites_with_too_few_answers_each_are_one():
    people = only_answered(make_people(60), 12)
    result = estimate(replace(people, one_way_km=np.full(60, np.nan)), site="site")
    assert result.method is Method.GUIDANCE_ONLY


def test_a_follow_up_is_advised_only_where_it_would_count():
    people = only_answered(make_people(150), 40)
    without, with_prior = estimate(people), estimate(people, prior=PRIOR)
    assert (without.method, with_prior.method) == (Method.POST_STRATIFIED_DISTANCE, Method.PRIOR_OFFSET)
    assert Caution.FOLLOW_UP_ADVISED not in without.cautions
    assert Caution.FOLLOW_UP_ADVISED in with_prior.cautions


def test_a_few_unknown_distances_only_earn_a_caution():
    people = make_people(300)
    one_way_km = people.one_way_km.copy()
    one_way_km[np.flatnonzero(~people.answered)[:5]] = np.nan
    result = estimate(replace(people, one_way_km=one_way_km))
    assert result.method is Method.DOUBLY_ROBUST
    assert Caution.DISTANCE_PARTLY_UNKNOWN in result.cautions
    assert_sensible(result)


def test_silent_people_farther_away_than_anybody_who_answered():
    people = make_people(300)
    result = estimate(replace(people, answered=people.one_way_km < 15))
    assert result.method is Method.POST_STRATIFIED_DISTANCE
    assert Caution.DISTANCE_SHIFT in result.cautions
    assert_sensible(result)


def test_answers_that_stand_for_too_many_others():
    people = make_people(4000)
    near = people.one_way_km < 8
    answered = near & (np.arange(4000) % 2 == 0)
    answered[np.flatnonzero(~near)[::150]] = True
    answered[people.one_way_km.argmax()] = True
    result = estimate(replace(people, answered=answered))
    assert result.method is Method.POST_STRATIFIED_DISTANCE
    assert Caution.WEIGHTS_TOO_LARGE in result.cautions


def test_a_silent_department_and_a_low_response_are_told():
    people = make_people(300, answering=0.5)
    silent = np.array([value == "D2" for value in people.categorical["department"]])
    result = estimate(replace(people, answered=people.answered & ~silent))
    assert {Caution.GROUP_SILENT, Caution.FOLLOW_UP_ADVISED} <= set(result.cautions)


def test_when_everybody_answered_the_estimate_is_the_count():
    people = everybody(make_people(120))
    result = estimate(people, headcount=240)
    expected = people.week_km.sum() * 45 * 240 / 120
    assert result.total.km == result.total.lower == result.total.upper == round(expected)
    assert result.cautions == ()


def test_nobody_answered_and_no_prior():
    with pytest.raises(NothingToEstimate):
        estimate(only_answered(make_people(50), 0))


def test_lines_add_up_to_the_total_and_follow_the_answers():
    result = estimate(make_people(400))
    assert sum(line.km for line in result.lines) == pytest.approx(result.total.km, abs=2)
    petrol, electric = result.lines[:2]
    assert 1.2 < petrol.km / electric.km < 3.5


def test_the_split_over_fuels_has_an_uncertainty_of_its_own():
    result = estimate(make_people(400))
    car = estimate(make_people(400), answers=answers_of(make_people(400), electric=10**6))
    relative = [(line.plain_upper - line.plain_lower) / line.km for line in result.lines[:2]]
    whole = (car.lines[0].plain_upper - car.lines[0].plain_lower) / car.lines[0].km
    assert min(relative) > whole


def test_each_line_of_a_mode_has_its_part_of_the_room_for_long_trips():
    people = make_people(200)
    totals = replace(DoublyRobust().fit(people).predict(people), unseen_variance=np.array([100.0, 8.0, 0.0]))
    weights = np.full(people.respondents, 2.0)
    split = split_over_lines(totals=totals, people=people, answers=answers_of(people), weights=weights)
    np.testing.assert_allclose(split.totals.unseen_variance, split.fractions**2 * [100.0, 100.0, 8.0, 0.0])


def test_kilometres_of_a_mode_whose_fuel_nobody_told_are_no_figure():
    people = only_answered(make_people(150), 30)
    cycling = replace(people, days=np.where(people.answered[:, None], [0.0, 0.0, 3.0], 0.0))
    cycling = replace(cycling, week_km=2.0 * cycling.one_way_km[:, None] * cycling.days)
    result = estimate(cycling, prior=PRIOR)
    petrol, electric = result.lines[:2]
    assert petrol.km is None
    assert electric.km is None
    assert result.total.km > 0
    assert {Caution.FUEL_UNKNOWN, Caution.MODE_UNSEEN} <= set(result.cautions)


def test_lines_that_do_not_add_up_to_their_mode_are_refused():
    people = make_people(100)
    wrong = LineAnswers(lines=LINES, modes=LINE_MODES, week_km=answers_of(people).week_km * 1.1)
    with pytest.raises(PeopleUnusable):
        estimate(people, answers=wrong)


def test_headcount_scales_every_figure():
    one, two = (estimate(make_people(200), headcount=count) for count in (1000, 2000))
    assert [line.km * 2 for line in one.lines] == pytest.approx([line.km for line in two.lines], abs=2)


def test_the_larger_odds_ratio_gives_the_wider_interval():
    narrow, wide = (estimate(make_people(400), odds_ratio=ratio).lines[0] for ratio in (1.2, 3.0))
    assert wide.upper > narrow.upper
    assert wide.km == narrow.km
