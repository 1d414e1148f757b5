"""An attacker adds and subtracts everything that leaves the organisation, looking for a group under five.

People live in atoms: (legal entity, site). Whatever is published is a sum over atoms, a row of ones and zeros. A group
is revealed when some combination of the rows gives exactly its atoms: totals, differences, sums over exports, all.
"""

from fractions import Fraction
from itertools import combinations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from reporting.domain.shielded import shielded_reasons, shielded_sites
from surveys.domain.small_groups import SMALLEST_GROUP, GroupCount, shielded_counts


def revealed(rows, people):
    """Every group of one to four people that some combination of the rows gives."""
    basis = echelon(rows)
    places = [place for place, count in enumerate(people) if 0 < count < SMALLEST_GROUP]
    found = set()
    for size in range(1, SMALLEST_GROUP):
        for group in combinations(places, size):
            if sum(people[place] for place in group) >= SMALLEST_GROUP:
                continue
            wanted = [Fraction(place in group) for place in range(len(people))]
            if not any(reduced(wanted, basis)):
                found.add(group)
    return found


def echelon(rows):
    basis = []
    for row in rows:
        rest = reduced([Fraction(value) for value in row], basis)
        if any(rest):
            first = next(place for place, value in enumerate(rest) if value)
            basis.append((first, [value / rest[first] for value in rest]))
    return basis


def reduced(row, basis):
    for first, base in basis:
        if row[first]:
            row = [value - row[first] * other for value, other in zip(row, base, strict=True)]
    return row


class World:
    """Legal entities × sites with their people; what the evidence files and HR's page publish of them."""

    def __init__(self, table):
        self.atoms = [(entity, site) for entity, row in enumerate(table) for site, people in enumerate(row) if people]
        self.people = [table[entity][site] for entity, site in self.atoms]

    def row(self, wanted):
        return [int(wanted(entity, site)) for entity, site in self.atoms]

    def entities(self):
        return sorted({entity for entity, _ in self.atoms})

    def groups(self, entity):
        return [
            GroupCount(name=f"{site}", people=people, invited=people, answered=0)
            for (owner, site), people in zip(self.atoms, self.people, strict=True)
            if owner == entity
        ]

    def legal_totals(self):
        return [self.row(lambda e, s, entity=entity: e == entity) for entity in self.entities()]

    def evidence(self):
        """The sites of every legal entity's evidence, and their rest."""
        rows = []
        for entity in self.entities():
            others = [group for other in self.entities() if other != entity for group in self.groups(other)]
            shown = shielded_sites(self.groups(entity), elsewhere=others)
            named = {int(group["site"]) for group in shown["groups"]}
            rows += [self.row(lambda e, s, entity=entity, site=site: (e, s) == (entity, site)) for site in named]
            if shown["rest"]:
                rows.append(self.row(lambda e, s, entity=entity, named=named: e == entity and s not in named))
        return rows

    def page_of_hr(self):
        """The response per site over all legal entities, as the campaign's page and the API show it."""
        sites = sorted({site for _, site in self.atoms})
        groups = [
            GroupCount(
                name=f"{site}",
                people=sum(p for (_, s), p in zip(self.atoms, self.people, strict=True) if s == site),
                invited=0,
                answered=0,
            )
            for site in sites
        ]
        named = {int(group.name) for group in shielded_counts(groups).shown}
        rows = [self.row(lambda e, s, site=site: s == site) for site in named]
        return [*rows, self.row(lambda e, s: s not in named), self.row(lambda e, s: True)]


def tables(entities):
    sizes = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 40])
    return st.integers(1, 5).flatmap(
        lambda sites: st.lists(st.lists(sizes, min_size=sites, max_size=sites), min_size=entities, max_size=entities)
    )


def test_the_attack_itself_finds_a_plain_subtraction():
    assert revealed([[1, 1], [1, 0]], [30, 3]) == {(1,)}
    assert revealed([[1, 1, 0], [0, 1, 1], [1, 0, 1]], [3, 4, 9]) == {(0,), (1,)}
    assert revealed([[1, 1]], [30, 3]) == set()


@settings(deadline=None)
@given(tables(1))
@example([[40, 3]])
@example([[40, 5, 3]])
@example([[4, 4, 4]])
def test_one_legal_entity_gives_no_small_group_away_with_its_page(table):
    world = World(table)
    everything = [*world.legal_totals(), *world.evidence(), *world.page_of_hr()]
    assert revealed(everything, world.people) <= revealed(world.legal_totals(), world.people)


@settings(deadline=None)
@given(st.integers(2, 3).flatmap(tables))
@example([[37, 20], [3, 20]])
@example([[40, 6], [6, 40]])
@example([[8, 8, 40], [3, 9, 40]])
def test_several_evidence_files_together_give_no_small_group_away(table):
    world = World(table)
    files = [*world.legal_totals(), *world.evidence()]
    assert revealed(files, world.people) <= revealed(world.legal_totals(), world.people)


@settings(deadline=None)
@given(st.integers(2, 3).flatmap(tables))
@example([[37, 20], [3, 20]])
@example([[37, 20, 0], [3, 20, 5]])
def test_the_evidence_adds_nothing_to_what_totals_and_the_page_already_tell(table):
    world = World(table)
    known = [*world.legal_totals(), *world.page_of_hr()]
    assert revealed([*known, *world.evidence()], world.people) == revealed(known, world.people)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12)))
def test_reasons_are_parts_of_five_and_more_that_add_up(people):
    found = shielded_reasons(people)
    assert all(row["people"] >= SMALLEST_GROUP for row in found["groups"])
    others = found["others"]
    hidden = sum(people.values()) - sum(row["people"] for row in found["groups"])
    if others is None:
        assert hidden == 0
    elif hidden < SMALLEST_GROUP:
        assert (others["people"], found["groups"]) == ("<5", [])
    else:
        assert others["people"] == hidden
        assert len(others["reasons"]) >= 2 or not found["groups"]
