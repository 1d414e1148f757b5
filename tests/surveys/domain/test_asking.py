"""Whom a campaign asks: joiners, and a lot that can be drawn again."""

from collections import Counter

import pytest

from surveys.domain.asking import Askable, AskedBecause, Asks, anchor, places_per_site, reasons_to_ask


def staff(sizes, *, joiners=()):
    people = [f"{site}{number}" for site, size in sizes.items() for number in range(size)]
    return [Askable(person=person, site=person[0], is_joiner=person in joiners) for person in people]


def test_everybody_is_asked_for_that_reason():
    people = staff({"a": 2, "b": 1})
    found = reasons_to_ask(people, asks=Asks.EVERYBODY, anchor_size=50, seed="s")
    assert found == dict.fromkeys(["a0", "a1", "b0"], AskedBecause.EVERYBODY)


def test_only_joiners_are_asked():
    people = staff({"a": 3}, joiners=("a1",))
    assert reasons_to_ask(people, asks=Asks.JOINERS, anchor_size=50, seed="s") == {"a1": AskedBecause.JOINER}


def test_the_anchor_speaks_for_joiners_it_draws():
    people = staff({"a": 4}, joiners=("a1", "a2"))
    found = reasons_to_ask(people, asks=Asks.JOINERS_AND_ANCHOR, anchor_size=10, seed="s")
    assert found == dict.fromkeys(["a0", "a1", "a2", "a3"], AskedBecause.ANCHOR)


def test_joiners_beside_the_anchor_keep_their_reason():
    people = staff({"a": 100}, joiners=tuple(f"a{number}" for number in range(20)))
    found = Counter(reasons_to_ask(people, asks=Asks.JOINERS_AND_ANCHOR, anchor_size=10, seed="s").values())
    assert found[AskedBecause.ANCHOR] == 10
    assert 10 <= found[AskedBecause.JOINER] <= 20


def test_sites_have_places_in_proportion_and_at_least_one():
    assert places_per_site({"a": 600, "b": 300, "c": 90, "d": 3}, size=50) == {"a": 30, "b": 15, "c": 4, "d": 1}
    assert places_per_site({"a": 2, "b": 1}, size=50) == {"a": 2, "b": 1}
    drawn = Counter(person[0] for person in anchor(staff({"a": 600, "b": 300, "c": 90, "d": 3}), size=50, seed="s"))
    assert drawn == {"a": 30, "b": 15, "c": 4, "d": 1}


def test_the_lot_is_the_same_for_the_same_seed_in_any_order():
    people = staff({"a": 60, "b": 30})
    first = anchor(people, size=20, seed="s")
    assert anchor(list(reversed(people)), size=20, seed="s") == first
    assert set(anchor(people, size=20, seed="other")) != set(first)


def test_more_sites_than_places_are_drawn_together():
    people = [Askable(person=f"p{number}", site=f"site{number}") for number in range(30)]
    assert len(anchor(people, size=10, seed="s")) == 10


def test_everybody_has_the_same_chance_within_a_site():
    people = staff({"a": 20})
    drawn = Counter(person for seed in range(2000) for person in anchor(people, size=10, seed=str(seed)))
    # 2 000 lots of one half: a standard deviation of 22.
    assert all(abs(drawn[row.person] - 1000) < 110 for row in people)


@pytest.mark.parametrize("asks", [Asks.JOINERS, Asks.ANCHOR, Asks.JOINERS_AND_ANCHOR])
def test_nobody_to_ask_of_nobody(asks):
    assert reasons_to_ask([], asks=asks, anchor_size=50, seed="s") == {}
