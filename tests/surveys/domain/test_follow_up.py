"""The lot among the silent."""

from collections import Counter

from surveys.domain.follow_up import drawn_silent


def test_the_lot_is_the_same_for_the_same_seed_in_any_order():
    people = [f"p{number}" for number in range(90)]
    drawn = drawn_silent(people, size=40, seed="s")
    assert len(set(drawn)) == 40
    assert drawn_silent(people[::-1], size=40, seed="s") == drawn
    assert drawn_silent(people, size=40, seed="t") != drawn


def test_fewer_silent_than_asked_for_are_all_asked():
    assert sorted(drawn_silent(["b", "a"], size=40, seed="s")) == ["a", "b"]


def test_everybody_has_the_same_chance():
    people = [f"p{number}" for number in range(20)]
    drawn = Counter(person for seed in range(2000) for person in drawn_silent(people, size=10, seed=str(seed)))
    assert all(abs(drawn[person] - 1000) < 110 for person in people)
