"""Counts per group without the smallest ones."""

from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.small_groups import GroupCount, in_steps, shielded_counts


def group(name, people, answered=0):
    return GroupCount(name=name, people=people, invited=people, answered=answered)


def names(counts):
    return [group.name for group in counts.shown]


def test_groups_of_five_and_more_are_shown():
    counts = shielded_counts([group("Venlo", 5), group("Goes", 12)])
    assert (names(counts), counts.rest, counts.hidden_groups) == (["Goes", "Venlo"], None, 0)


def test_one_small_group_takes_the_next_smallest_with_it():
    counts = shielded_counts([group("Utrecht", 24, 10), group("Venlo", 12, 6), group("Goes", 3, 3)], rest_name="rest")
    assert names(counts) == ["Utrecht"]
    assert counts.rest == GroupCount(name="rest", people=15, invited=15, answered=9)


def test_several_small_groups_stay_together_when_they_are_five_or_more():
    counts = shielded_counts([group("A", 4, 1), group("B", 3, 2), group("C", 30, 9)])
    assert names(counts) == ["C"]
    assert (counts.rest.people, counts.rest.answered, counts.hidden_groups) == (7, 3, 2)


def test_two_tiny_groups_take_a_third():
    counts = shielded_counts([group("A", 1), group("B", 2), group("C", 6), group("D", 30)])
    assert (names(counts), counts.hidden_groups) == (["D"], 3)


def test_nothing_is_shown_of_one_small_group():
    counts = shielded_counts([group("A", 4, 4)])
    assert (counts.shown, counts.rest, counts.hidden_groups) == ((), None, 1)


def test_no_groups():
    assert shielded_counts([]).shown == ()


@given(st.lists(st.integers(min_value=1, max_value=12), max_size=8))
def test_no_small_group_can_be_found_by_subtraction(sizes):
    """Total minus what is shown is nothing, everybody, or two groups and five people at least."""
    counts = shielded_counts([group(str(number), size) for number, size in enumerate(sizes)])
    hidden_people = sum(sizes) - sum(group.people for group in counts.shown)
    assert all(group.people >= 5 for group in counts.shown)
    assert counts.hidden_groups == 0 or not counts.shown or (counts.hidden_groups >= 2 and hidden_people >= 5)


def test_counts_in_steps_of_five_are_rounded_down():
    assert [in_steps(count) for count in (0, 4, 5, 9, 10, 11)] == [0, 0, 5, 5, 10, 10]
