from dataclasses import replace

import numpy as np
import pytest

from reporting.domain.estimation import doubly_robust
from reporting.domain.estimation.doubly_robust import DoublyRobust
from reporting.domain.estimation.intervals import bounds, with_total
from reporting.domain.estimation.ratio import GuidanceRatio
from tests.reporting.domain.estimation.made_up import make_people

REPETITIONS = 60


def repeated(**options):
    """Relative errors of the total by the guidance and by this, and whether the interval of the total held."""
    rows = []
    for seed in range(REPETITIONS):
        people = make_people(300, seed=seed, **options)
        truth = with_total(people.week_km.sum(axis=0))
        totals = DoublyRobust(random_state=seed).fit(people).predict(people)
        found = bounds(totals)
        ratio = GuidanceRatio().fit(people).predict(people)
        holds = (found.lower <= truth) & (truth <= found.upper)
        rows.append((ratio.km.sum() / truth[-1] - 1.0, totals.km.sum() / truth[-1] - 1.0, *holds))
    return np.array(rows, dtype=float)


def test_it_is_far_nearer_than_the_guidance_when_the_far_ones_are_silent():
    rows = repeated(by_distance=-0.8)
    guidance, own = np.sqrt((rows[:, :2] ** 2).mean(axis=0))
    assert own < 0.35 * guidance
    assert abs(rows[:, 1].mean()) < 0.01


def test_its_intervals_hold_about_as_often_as_they_say():
    assert (repeated(by_distance=-0.5)[:, 2:].mean(axis=0) > 0.85).all()


def test_the_same_seed_gives_the_same_figures_and_another_nearly():
    people = make_people(300)
    one, again = (DoublyRobust(random_state=4).fit(people).predict(people).km for _ in range(2))
    other = DoublyRobust(random_state=5).fit(people).predict(people).km
    np.testing.assert_array_equal(one, again)
    np.testing.assert_allclose(other, one, rtol=0.1)


def test_nobody_is_predicted_by_a_logit_that_saw_the_answer():
    people = make_people(200)
    fitted = DoublyRobust(folds=4).fit(people)
    assert len(fitted.logits_) == 4
    told = fitted.encoder_.transform(people)[people.answered]
    own = fitted.shares_[people.answered][:, fitted.seen_]
    sources = np.stack([np.isclose(logit.predict(told), own).all(axis=1) for logit in fitted.logits_])
    np.testing.assert_array_equal(sources.sum(axis=0) >= 1, True)
    assert sources.mean() < 0.5


def test_the_answered_part_is_never_changed():
    people = make_people(300)
    totals = DoublyRobust().fit(people).predict(people)
    np.testing.assert_allclose(totals.observed_km, people.week_km[people.answered].sum(axis=0))
    assert (totals.km >= totals.observed_km).all()


def where_cyclists_who_answered_live_near(*, farthest_silent_km):
    """Nobody who lives beyond 5 km and cycles answered; the silent live within `farthest_silent_km`."""
    people = make_people(300)
    is_far_cyclist = (people.one_way_km > 5.0) & (people.days[:, 2] > 0)
    answered = people.answered & ~is_far_cyclist
    one_way_km = np.where(answered, people.one_way_km, np.minimum(people.one_way_km, farthest_silent_km))
    return replace(people, answered=answered, one_way_km=one_way_km)


def test_the_upper_bound_sees_the_long_trips_that_nobody_told():
    rooms = []
    for farthest_km in (5.0, 60.0):
        people = where_cyclists_who_answered_live_near(farthest_silent_km=farthest_km)
        totals = DoublyRobust().fit(people).predict(people)
        rooms.append(totals.one_person_km[2])
    longest_told = people.week_km[people.answered, 2].max()
    assert rooms[0] <= longest_told
    assert rooms[1] > 1.3 * rooms[0]


def where_many_cycle(*, farthest_km):
    """500 people within 4 km, but for 15; three of four cycle half of their days, the others drive."""
    people = make_people(500, seed=3)
    one_way_km = np.where(np.arange(500) < 15, farthest_km, 1.0 + people.one_way_km % 3.0)
    days = people.work_days[:, None] * np.where(np.arange(500)[:, None] % 4 == 0, [1.0, 0.0, 0.0], [0.5, 0.0, 0.5])
    return replace(people, one_way_km=one_way_km, days=days, week_km=2.0 * one_way_km[:, None] * days)


def test_a_mode_of_many_whose_kilometres_rest_on_few_has_room_above():
    near, far = (
        DoublyRobust().fit(people).predict(people)
        for people in (where_many_cycle(farthest_km=3.0), where_many_cycle(farthest_km=60.0))
    )
    assert near.unseen_variance[2] == 0.0
    assert far.unseen_variance[2] > 0.0


def where_some_stay_at_home(part):
    people = make_people(300, seed=2)
    days = np.zeros((300, 3))
    days[np.arange(300), np.arange(300) % 2] = people.work_days
    days[np.random.default_rng(2).random(300) < part] = 0.0
    return replace(people, days=days, week_km=2.0 * people.one_way_km[:, None] * days)


@pytest.mark.parametrize(("part_at_home", "looks_at_shares"), [(0.02, True), (0.5, False)])
def test_the_spread_of_the_total_looks_at_shares_where_few_stay_at_home(monkeypatch, part_at_home, looks_at_shares):
    fitted = DoublyRobust().fit(people := where_some_stay_at_home(part_at_home))
    variance = fitted.predict(people).variance
    monkeypatch.setattr(doubly_robust, "FEW_LOSING", 0)
    by_residuals = fitted.predict(people).variance
    np.testing.assert_array_equal(variance[:-1], by_residuals[:-1])
    assert (variance[-1] > 2.0 * by_residuals[-1]) == looks_at_shares
    assert (variance[-1] == by_residuals[-1]) == (not looks_at_shares)


def test_a_mode_that_nobody_told_has_room_for_an_ordinary_week():
    people = make_people(200)
    days = people.days * [1.0, 1.0, 0.0]
    people = replace(people, days=days, week_km=2.0 * people.one_way_km[:, None] * days)
    totals = DoublyRobust().fit(people).predict(people)
    assert totals.km[2] == 0.0
    assert bounds(totals).upper[2] > 0.0
