from datetime import date
from fractions import Fraction

import pytest

from reporting.domain.rvo import Fuel, Mode
from reporting.domain.survey_sums import ModeSum, SurveySums, WeekCounts, WeekSum, mode_sums

MONDAY = date(2025, 3, 10)


def week_sum(**changes):
    facts = {
        "mode": "car",
        "fuel": "petrol",
        "is_employer_provided": False,
        "worked_days": 5,
        "unknown_days": 0,
        "metres": 100_000,
        "days": 5,
    }
    return WeekSum(**{**facts, **changes})


def test_metres_of_one_mode_fuel_and_provider_are_added():
    assert mode_sums([week_sum(), week_sum(worked_days=4, metres=20_000)]) == (
        ModeSum(mode=Mode.CAR, fuel=Fuel.PETROL, is_employer_provided=False, metres=Fraction(120_000)),
    )


def test_unknown_days_count_the_persons_own_mean_exactly():
    (row,) = mode_sums([week_sum(worked_days=3, unknown_days=1, metres=20_000, days=1)])
    assert row.metres == Fraction(80_000, 3)


def test_providers_stay_apart_in_a_fixed_order():
    rows = mode_sums(week_sum(is_employer_provided=provided) for provided in (True, None, False))
    assert [row.is_employer_provided for row in rows] == [False, None, True]


def test_a_car_without_fuel_has_an_unknown_one():
    assert mode_sums([week_sum(fuel="")])[0].fuel is Fuel.UNKNOWN


def test_a_bicycle_loses_its_fuel():
    assert mode_sums([week_sum(mode="bicycle", fuel="electric")])[0].fuel is Fuel.NONE


@pytest.mark.parametrize(
    "changes",
    [{"worked_days": 0}, {"unknown_days": -1}, {"metres": -1}, {"mode": "sledge"}, {"fuel": "coal"}],
)
def test_impossible_sums_are_errors(changes):
    with pytest.raises(ValueError):
        mode_sums([week_sum(**changes)])


def test_respondents_are_the_submitted_without_the_two_kinds_left_out():
    assert WeekCounts(week_from=MONDAY, submitted=10, not_worked=2, unusable=1).respondents == 7


def test_more_left_out_than_submitted_is_an_error():
    with pytest.raises(ValueError, match="2025-03-10"):
        WeekCounts(week_from=MONDAY, submitted=1, not_worked=2)


def test_respondent_weeks_and_flags_are_added_over_the_weeks():
    survey = SurveySums(
        weeks=(
            WeekCounts(week_from=MONDAY, submitted=5, copied_days=3, unknown_days=1),
            WeekCounts(week_from=date(2025, 3, 17), submitted=4, not_worked=1, copied_days=2),
        ),
        sums=(),
    )
    assert survey.respondents == 8
    assert survey.flags() == {"copied_days": 5, "unknown_days": 1}
