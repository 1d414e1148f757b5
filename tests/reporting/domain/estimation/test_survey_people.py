import numpy as np
import pytest

from reporting.domain.estimation.survey_people import MODES, StaffFacts, TravelSum, survey_people
from reporting.domain.parameter_files import load_parameters
from reporting.domain.rvo import RvoLine

FORM = load_parameters(reporting_year=2025).form
LINES = [line.value for line in RvoLine]


def staff(**facts):
    return StaffFacts(
        **{"one_way_km": 12.0, "days_per_week": 4.0, "monthly_hours": 140.0, "categories": {"site": "North"}} | facts
    )


def travel(person=0, mode="car", fuel="petrol", **sums):
    counts = {"days": 2, "metres": 48_000, "worked_days": 4, "unknown_days": 0} | sums
    return TravelSum(person=person, mode=mode, fuel=fuel, **counts)


def found(people, *sums, weeks=None):
    weeks = weeks if weeks is not None else {row.person: 1 for row in sums}
    return survey_people(staff=people, travel=sums, weeks=weeks, form=FORM)


def km(result, line, person=0):
    return result.answers.week_km[person, LINES.index(line)]


def test_kilometres_land_on_their_line_and_mode():
    result = found([staff(), staff()], travel(), travel(mode="bicycle", fuel="", metres=8_000, days=1))
    assert km(result, "car_petrol") == 48.0
    assert km(result, "bicycle_walking") == 8.0
    assert dict(zip(MODES, result.people.days[0], strict=True))["car"] == 2.0
    np.testing.assert_array_equal(result.people.answered, [True, False])


def test_unknown_days_count_as_the_mean_of_the_others():
    result = found([staff()], travel(worked_days=4, unknown_days=1))
    assert km(result, "car_petrol") == 60.0
    assert result.people.days[0, MODES.index("car")] == 2.5


def test_several_weeks_count_by_their_mean():
    result = found([staff()], travel(), travel(metres=24_000, days=1), weeks={0: 2})
    assert km(result, "car_petrol") == 36.0
    assert result.people.days[0, MODES.index("car")] == 1.5


def test_a_week_at_home_is_an_answer_of_nothing():
    result = found([staff()], travel(mode="", fuel="", days=0, metres=0))
    assert result.people.respondents == 1
    assert not result.people.week_km.any()


def test_unknown_fuel_follows_the_known_ones_of_everybody():
    result = found(
        [staff(), staff(), staff()],
        travel(fuel="petrol", metres=30_000),
        travel(person=1, fuel="electric", metres=10_000),
        travel(person=2, fuel="unknown", metres=20_000),
    )
    assert km(result, "car_petrol", person=2) == 15.0
    assert km(result, "car_electric", person=2) == 5.0
    assert result.open_lines == frozenset()


def test_a_mode_of_which_nobody_knows_the_fuel_is_open():
    result = found([staff()], travel(mode="moped", fuel="unknown"))
    assert result.open_lines == {RvoLine.MOPED_PETROL, RvoLine.MOPED_ELECTRIC}
    result.answers.check(result.people)


@pytest.mark.parametrize(
    ("facts", "days"),
    [
        ({"days_per_week": 3.5}, 3.5),
        ({"days_per_week": None, "monthly_hours": 104.0}, 3.0),
        ({"days_per_week": None, "monthly_hours": 200.0}, 5.0),
        ({"days_per_week": 0.0, "monthly_hours": 1.0}, 0.5),
        ({"days_per_week": None, "monthly_hours": None}, 5.0),
        ({"days_per_week": 9.0}, 7.0),
    ],
)
def test_work_days_come_from_the_list_else_from_the_hours(facts, days):
    assert found([staff(**facts)], travel()).people.work_days[0] == pytest.approx(days)


def test_what_the_list_does_not_know_is_missing():
    people = found([staff(one_way_km=None, monthly_hours=None, categories={"site": ""})], travel()).people
    assert np.isnan(people.one_way_km[0])
    assert np.isnan(people.numeric["monthly_hours"][0])
    assert people.categorical["site"] == [None]
