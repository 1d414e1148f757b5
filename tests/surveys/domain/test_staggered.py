"""The draw of weeks: fair per site and over all, the same every time, and nobody's choice."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.staggered import Drawn, drawn_weeks

SEED = "5b0c1f2e-0000-4000-8000-000000000001"


def people(*sizes, weeks=4):
    every = tuple(range(weeks))
    return [
        Drawn(person=f"{site}-{number}", site=str(site), weeks=every)
        for site, n in enumerate(sizes)
        for number in range(n)
    ]


def spread(counts, weeks):
    sizes = [counts.get(week, 0) for week in range(weeks)]
    return max(sizes) - min(sizes)


@given(sizes=st.lists(st.integers(0, 40), min_size=1, max_size=6), weeks=st.integers(1, 52), seed=st.text(max_size=8))
def test_every_site_and_all_together_are_spread_evenly(sizes, weeks, seed):
    found = drawn_weeks(people(*sizes, weeks=weeks), weeks=weeks, seed=seed)
    assert len(found) == sum(sizes)
    assert spread(Counter(found.values()), weeks) <= 1
    for site in range(len(sizes)):
        own = Counter(week for person, week in found.items() if person.startswith(f"{site}-"))
        assert spread(own, weeks) <= 1


def test_the_draw_can_be_done_again_in_any_order_and_differs_per_campaign():
    everybody = people(30, 12)
    first = drawn_weeks(everybody, weeks=4, seed=SEED)
    assert drawn_weeks(list(reversed(everybody)), weeks=4, seed=SEED) == first
    assert drawn_weeks(everybody, weeks=4, seed="another") != first


def test_a_person_is_asked_about_a_week_of_their_own_employment():
    joiners = [Drawn(person=f"new-{number}", site="0", weeks=(2, 3)) for number in range(40)]
    found = drawn_weeks([*people(40), *joiners], weeks=4, seed=SEED)
    assert {found[person.person] for person in joiners} == {2, 3}


def test_who_is_there_in_no_week_is_not_asked():
    gone = Drawn(person="gone", site="0", weeks=())
    assert "gone" not in drawn_weeks([*people(5), gone], weeks=4, seed=SEED)
