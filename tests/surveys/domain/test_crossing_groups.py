"""Sites and departments side by side: every sum and difference of them is tried."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from surveys.domain.crossing_groups import shielded_beside
from surveys.domain.small_groups import GroupCount, shielded_counts
from tests.reporting.domain.test_suppression_attack import revealed


def groups_of(people, side):
    names = sorted({pair[side] for pair in people})
    sizes = {name: sum(count for pair, count in people.items() if pair[side] == name) for name in names}
    return [GroupCount(name=name, people=size, invited=size, answered=0) for name, size in sizes.items() if size]


def published(people):
    """What is shown of both ways, as rows over the atoms."""
    sites = shielded_counts(groups_of(people, 0))
    departments = shielded_beside(groups_of(people, 1), beside=sites, people=people)
    atoms = [pair for pair, count in people.items() if count]
    rows = [[1] * len(atoms)]
    for side, found in ((0, sites), (1, departments)):
        named = {group.name for group in found.shown}
        rows += [[int(atom[side] == name) for atom in atoms] for name in named]
        rows.append([int(atom[side] not in named) for atom in atoms])
    return rows, [people[atom] for atom in atoms], departments


def crossings():
    sizes = st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5, 8, 40])
    return st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
        lambda shape: st.lists(sizes, min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]).map(
            lambda flat: {
                (f"s{number // shape[1]}", f"d{number % shape[1]}"): count for number, count in enumerate(flat)
            }
        )
    )


WAREHOUSE = {
    ("Venlo", "Warehouse"): 40,
    ("Venlo", "Management"): 2,
    ("Utrecht", "Management"): 40,
    ("Utrecht", "Sales"): 60,
    ("Utrecht", "Finance"): 20,
}


@settings(deadline=None)
@given(crossings())
@example(WAREHOUSE)
@example({("s0", "d0"): 40, ("s0", "d1"): 3, ("s1", "d1"): 40, ("s1", "d2"): 3, ("s2", "d2"): 40})
def test_no_group_under_five_follows_from_both_ways_together(people):
    rows, sizes, _ = published(people)
    everybody = {tuple(range(len(sizes)))} if sum(sizes) < 5 else set()
    assert revealed(rows, sizes) <= everybody


def test_a_department_that_nearly_fills_a_site_is_hidden_with_the_smallest_other():
    sites = shielded_counts(groups_of(WAREHOUSE, 0))
    found = shielded_beside(groups_of(WAREHOUSE, 1), beside=sites, people=WAREHOUSE)
    assert [group.name for group in found.shown] == ["Management", "Sales"]
    assert (found.rest.people, found.hidden_groups) == (60, 2)


@pytest.mark.parametrize(
    "people",
    [
        {("Venlo", "Warehouse"): 40, ("Utrecht", "Sales"): 60},
        {("Venlo", "Warehouse"): 40, ("Venlo", "Sales"): 9, ("Utrecht", "Sales"): 60, ("Utrecht", "Warehouse"): 7},
        {("Venlo", "Warehouse"): 40, ("Venlo", "Sales"): 3, ("Utrecht", "Sales"): 60, ("Utrecht", "Warehouse"): 7},
    ],
)
def test_what_gives_nobody_away_is_shown_as_it_is(people):
    sites = shielded_counts(groups_of(people, 0))
    departments = groups_of(people, 1)
    found = shielded_beside(departments, beside=sites, people=people)
    assert found == shielded_counts(departments)
    assert found.hidden_groups == 0


def test_nobody_is_nothing():
    assert shielded_beside([], beside=shielded_counts([]), people={}) == shielded_counts([])
