from dataclasses import replace

import numpy as np
import pytest

from reporting.domain.estimation.people import PeopleUnusable, bearing_answers
from tests.reporting.domain.estimation.made_up import make_people

PEOPLE = make_people(20)


@pytest.mark.parametrize(
    "change",
    [
        {"days": PEOPLE.days[:, :2]},
        {"week_km": PEOPLE.week_km[:5]},
        {"work_days": PEOPLE.work_days[:-1]},
        {"categorical": {"site": ["North"]}},
        {"week_km": -PEOPLE.week_km - 1.0},
        {"days": np.where(PEOPLE.days > 0, np.nan, PEOPLE.days)},
        {"work_days": np.zeros(20)},
        {"work_days": np.full(20, 8.0)},
        {"one_way_km": np.full(20, -1.0)},
        {"one_way_km": np.full(20, np.inf)},
    ],
)
def test_arrays_that_no_people_can_have_are_refused(change):
    with pytest.raises(PeopleUnusable):
        replace(PEOPLE, **change)


def test_what_the_silent_hold_is_never_looked_at():
    people = make_people(50)
    hidden = np.where(people.answered[:, None], people.week_km, np.nan)
    replace(people, week_km=hidden)


def test_shares_of_a_week_with_more_days_than_the_contract():
    people = make_people(4, answering=0.999)
    days = np.array([[5.0, 1.0, 0.0]] * 4)
    busy = replace(people, days=days, work_days=np.full(4, 4.0), answered=np.ones(4, dtype=bool))
    np.testing.assert_allclose(busy.shares(), [[0.0, 5 / 6, 1 / 6, 0.0]] * 4)


def test_shares_add_up_to_one():
    np.testing.assert_allclose(make_people(300).shares().sum(axis=1), 1.0)


@pytest.mark.parametrize(
    ("amounts", "answers"),
    [([5.0, 5.0, 5.0, 5.0], 4.0), ([1000.0, 0.0, 0.0, 0.0], 1.0), ([3.0, 1.0, 0.0, 0.0], 1.6), ([0.0] * 4, 0.0)],
)
def test_how_many_answers_an_amount_rests_on(amounts, answers):
    assert bearing_answers(np.ones(4), np.array([amounts]).T)[0] == pytest.approx(answers)


def test_an_answer_that_stands_for_many_bears_more():
    assert bearing_answers(np.array([1.0, 9.0]), np.array([[2.0], [2.0]]))[0] == pytest.approx(100.0 / 82.0)
