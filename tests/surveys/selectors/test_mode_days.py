"""Days per main mode: sums over five people and more, under HR's own role."""

import datetime

import pytest
from django.db import connection

from surveys.models import DayAnswer
from surveys.selectors.mode_days import ModeDays, mode_days
from tests.factories import (
    as_owner,
    make_campaign,
    make_employee,
    make_invitation,
    make_legal_entity,
    make_organisation,
    make_response,
    make_week,
)
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def week():
    return make_week(make_campaign(make_organisation(), state="closed"))


def travel(week, *, mode, people, days, legal_entity=None):
    for _ in range(people):
        employee = make_employee(week.organisation, legal_entity=legal_entity)
        response = make_response(make_invitation(week, employee))
        with as_owner(week.organisation):
            for number in range(days):
                DayAnswer.objects.create(
                    organisation=week.organisation,
                    response=response,
                    employee=response.employee,
                    date=week.monday + datetime.timedelta(days=number),
                    whereabouts="workplace",
                    mode=mode,
                    return_metres=20_000,
                )


def found(organisation, week):
    with organisation_scope(organisation):
        return mode_days(organisation=organisation, campaign=week.campaign)


def test_days_of_modes_that_five_people_used_most_first(week):
    travel(week, mode="bicycle", people=5, days=2)
    travel(week, mode="car", people=6, days=4)
    travel(week, mode="motorcycle", people=4, days=5)
    assert found(week.organisation, week) == [
        ModeDays(mode="car", days=24, most=24),
        ModeDays(mode="bicycle", days=10, most=24),
    ]


def test_nothing_before_five_answers(week):
    travel(week, mode="car", people=4, days=5)
    assert found(week.organisation, week) == []


def test_a_legal_entity_of_a_few_answers_is_left_out_of_the_sums(week):
    few = make_legal_entity(week.organisation)
    travel(week, mode="car", people=4, days=5, legal_entity=few)
    travel(week, mode="car", people=5, days=2, legal_entity=make_legal_entity(week.organisation))
    assert found(week.organisation, week) == [ModeDays(mode="car", days=10, most=10)]
    travel(week, mode="bicycle", people=1, days=1, legal_entity=few)
    assert found(week.organisation, week) == [ModeDays(mode="car", days=30, most=30)]


@pytest.mark.parametrize("state", ["running", "paused"])
def test_nothing_while_answers_come_in_however_it_is_asked(state):
    week = make_week(make_campaign(make_organisation(), state=state))
    travel(week, mode="car", people=5, days=5)
    with organisation_scope(week.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM wpm.answer_sums")
        assert cursor.fetchone() == (0,)


def test_another_organisation_sees_nothing(week):
    travel(week, mode="car", people=5, days=5)
    assert found(make_organisation(), week) == []
