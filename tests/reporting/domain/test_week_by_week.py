"""The figure of a survey's weeks: right where it is shown, and nothing about a few people by subtraction."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.domain.week_by_week import SMALLEST, ModeGroup, WeekResult, week_by_week

GROUPS = [group for group in ModeGroup if group is not ModeGroup.OTHERS]


def week(number, *, respondents, **people):
    counts = {ModeGroup(name): count for name, count in people.items()}
    return WeekResult(
        week_from=date(2025, 3, 10) + timedelta(weeks=number),
        respondents=respondents,
        travellers=max(counts.values(), default=0),
        people=counts,
        metres={group: Fraction(count * 100_000) for group, count in counts.items()},
    )


def shown(*weeks):
    return week_by_week(weeks, weeks_per_year=45, headcount=100)


def test_a_week_shows_its_mean_its_year_and_its_split():
    figure = shown(week(0, respondents=20, car=15, public_transport=5), week(1, respondents=10, car=5))
    first, second = figure.weeks
    assert first.km_per_respondent == 100
    assert first.annual_km == 100 * 45 * 100
    assert first.shares == {ModeGroup.CAR: Fraction(3, 4), ModeGroup.PUBLIC_TRANSPORT: Fraction(1, 4)}
    assert (second.km_per_respondent, second.annual_km) == (50, 50 * 45 * 100)
    assert figure.groups == (ModeGroup.CAR, ModeGroup.PUBLIC_TRANSPORT)


def test_a_small_week_is_hidden_and_the_smallest_other_with_it():
    figure = shown(week(0, respondents=30, car=30), week(1, respondents=4, car=4), week(2, respondents=12, car=12))
    assert [found.is_hidden for found in figure.weeks] == [False, True, True]
    assert figure.weeks[1].respondents == 0
    assert [found.week_from for found in figure.usable] == [date(2025, 3, 10)]


def test_a_week_in_which_few_travelled_is_small():
    figure = shown(week(0, respondents=30, car=2), week(1, respondents=30, car=30), week(2, respondents=31, car=31))
    assert [found.is_hidden for found in figure.weeks] == [True, True, False]


def test_a_week_without_answers_hides_nobody():
    figure = shown(week(0, respondents=30, car=30), week(1, respondents=0))
    assert [found.is_hidden for found in figure.weeks] == [False, False]
    assert figure.weeks[1].km_per_respondent is None
    assert len(figure.usable) == 1


def test_a_vehicle_of_few_people_stands_with_others_in_every_week():
    figure = shown(
        week(0, respondents=30, car=20, motorcycle_moped=3, bicycle_walking=7),
        week(1, respondents=30, car=20, motorcycle_moped=6, bicycle_walking=8),
    )
    assert figure.groups == (ModeGroup.CAR, ModeGroup.OTHERS)
    assert figure.weeks[1].shares[ModeGroup.OTHERS] == Fraction(14, 34)


def test_a_vehicle_of_a_few_people_in_hidden_weeks_does_not_stand_apart():
    """All weeks less the shown ones would be the few people's kilometres."""
    figure = shown(
        week(0, respondents=30, car=20, public_transport=10),
        week(1, respondents=6, car=5, public_transport=1),
        week(2, respondents=3, car=3),
    )
    assert [found.is_hidden for found in figure.weeks] == [False, True, True]
    assert figure.groups == (ModeGroup.OTHERS,)


results = st.lists(
    st.builds(
        lambda respondents, counts: (respondents, dict(zip(GROUPS, counts, strict=True))),
        st.integers(0, 15),
        st.lists(st.integers(0, 12), min_size=4, max_size=4),
    ),
    min_size=2,
    max_size=6,
)


@settings(max_examples=300)
@given(rows=results)
def test_attack_by_subtraction(rows):
    """The attacker knows the exact totals per group over all weeks, and every figure that is shown."""
    weeks = []
    for number, (respondents, counts) in enumerate(rows):
        people = {group.value: min(count, respondents) for group, count in counts.items()}
        weeks.append(week(number, respondents=respondents, **people))
    figure = week_by_week(weeks, weeks_per_year=45, headcount=100)
    seen = [result for result, found in zip(weeks, figure.weeks, strict=True) if not found.is_hidden]
    unseen = [result for result, found in zip(weeks, figure.weeks, strict=True) if found.is_hidden]
    apart = [group for group in figure.groups if group is not ModeGroup.OTHERS]
    together = [group for group in GROUPS if group not in apart]
    for result in seen:
        assert not result.is_small
        for group in apart:
            assert result.people[group] == 0 or result.people[group] >= SMALLEST
    if seen and unseen:
        assert max(result.travellers for result in unseen) >= SMALLEST or not any(
            result.travellers for result in unseen
        )
        for group in apart:
            most = max(result.people[group] for result in unseen)
            assert most == 0 or most >= SMALLEST
    if apart and together:
        for result in seen:
            most = max(result.people[group] for group in together)
            assert most == 0 or most >= SMALLEST
