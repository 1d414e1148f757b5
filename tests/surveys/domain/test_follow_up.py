"""The lot among the silent."""

from collections import Counter

from reporting.domain.estimation import follow_up as estimation
from surveys.domain.follow_up import LEAST_ANSWERS, SMALLEST_SIZE, USUAL_SIZE, drawn_silent, last_moment
from tests.surveys.campaigns import local


def test_the_lot_is_the_same_for_the_same_seed_in_any_order():
    people = [f"p{number}" for number in range(90)]
    drawn = drawn_silent(people, size=40, seed="s")
    assert len(set(drawn)) == 40
    assert drawn_silent(people[::-1], size=40, seed="s") == drawn
    assert drawn_silent(people, size=40, seed="t") != drawn


def test_fewer_silent_than_asked_for_are_all_asked():
    assert sorted(drawn_silent(["b", "a"], size=40, seed="s")) == ["a", "b"]


def test_an_estimate_can_use_what_half_of_the_fewest_answer():
    assert estimation.LEAST_ANSWERS == LEAST_ANSWERS
    assert LEAST_ANSWERS * 2 <= SMALLEST_SIZE <= USUAL_SIZE


def test_the_last_moment_is_the_end_of_the_fourteenth_day_also_when_the_clock_changes():
    assert last_moment(local("2026-03-31", "08:30")) == local("2026-04-14", "23:59")
    assert last_moment(local("2026-03-20", "00:30")) == local("2026-04-03", "23:59")


def test_everybody_has_the_same_chance():
    people = [f"p{number}" for number in range(20)]
    drawn = Counter(person for seed in range(2000) for person in drawn_silent(people, size=10, seed=str(seed)))
    assert all(abs(drawn[person] - 1000) < 110 for person in people)
