"""Days as PostgreSQL has them once they were answered: in place of those before, and of nobody but who answers."""

import json
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from surveys.enums import Fuel, Mode, Whereabouts
from surveys.models import DayAnswer
from surveys.selectors.response_state import respondent_week
from surveys.services.responses.days import COLUMNS, DayChoice, copy_day, record_day
from surveys.services.responses.locking import after_change
from surveys.services.responses.previous_week import copy_previous_week
from surveys.services.responses.vehicles import record_fuel, record_provider
from surveys.services.responses.whole_week import record_days
from tests.factories import NOW, as_owner, make_employee, make_invitation, make_site, make_week
from tests.surveys.services.responses.respondent import (
    BIKE,
    CAR,
    HOME,
    LATER,
    answer,
    as_respondent,
    fill_week,
    make_open_invitation,
    on,
    start,
    stored_days,
    submit,
)

pytestmark = pytest.mark.django_db
ANSWER = (
    "whereabouts",
    "mode",
    "fuel",
    "is_employer_provided",
    "other_site_id",
    "other_site_one_way_metres",
    "return_metres",
    "uses_usual_distance",
    "is_copied",
)


@contextmanager
def change(invitation):
    """A change by who answers; afterwards, the days in memory must be those in PostgreSQL, each with its own key."""
    with as_respondent(invitation):
        respondent = respondent_week(invitation.code)
        yield respondent.invitation
        days = after_change(respondent).days
        stored = list(DayAnswer.objects.filter(response=respondent.response))
    columns = ["id", *COLUMNS]
    assert {(day.date, day.is_normal_week): [getattr(day, column) for column in columns] for day in days} == {
        (day.date, day.is_normal_week): [getattr(day, column) for column in columns] for day in stored
    }
    assert len({day.pk for day in days}) == len(days) == len(stored)
    assert not any(day._state.adding for day in days)


def keys(invitation):
    """By date, the keys of the stored days."""
    return dict(stored_days(invitation, "date", "pk"))


def test_another_answer_keeps_the_row_and_replaces_every_column_of_it():
    invitation = make_open_invitation()
    start(invitation)
    venlo = make_site(invitation.organisation, name="Venlo")
    with as_respondent(invitation):
        record_fuel(invitation=invitation, mode=Mode.CAR, fuel=Fuel.PETROL, now=NOW)
        record_provider(invitation=invitation, mode=Mode.CAR, is_employer_provided=True, now=NOW)
        record_fuel(invitation=invitation, mode=Mode.MOTORCYCLE, fuel=Fuel.ELECTRIC, now=NOW)
    elsewhere = {"whereabouts": Whereabouts.OTHER_SITE, "mode": Mode.CAR}
    steps = [
        (CAR, (Whereabouts.WORKPLACE, Mode.CAR, Fuel.PETROL, True, None, None, 20_000, False, False)),
        (HOME, (Whereabouts.HOME, "", "", None, None, None, 0, False, False)),
        (
            DayChoice(**elsewhere, other_site=venlo, other_site_one_way_metres=60_000),
            (Whereabouts.OTHER_SITE, Mode.CAR, Fuel.PETROL, True, venlo.pk, 60_000, 120_000, False, False),
        ),
        (
            DayChoice(**elsewhere),
            (Whereabouts.OTHER_SITE, Mode.CAR, Fuel.PETROL, True, None, None, 20_000, True, False),
        ),
        (
            DayChoice(whereabouts=Whereabouts.WORKPLACE, mode=Mode.MOTORCYCLE),
            (Whereabouts.WORKPLACE, Mode.MOTORCYCLE, Fuel.ELECTRIC, None, None, None, 20_000, False, False),
        ),
        (BIKE, (Whereabouts.WORKPLACE, Mode.BICYCLE, "", None, None, None, 20_000, False, False)),
    ]
    answer(invitation, 0, HOME)
    answer(invitation, 1, BIKE)
    before = keys(invitation)
    for choice, expected in steps:
        with change(invitation) as own:
            record_day(invitation=own, date=on(1), is_normal_week=False, choice=choice, now=NOW)
        assert stored_days(invitation, *ANSWER)[1] == expected
    with change(invitation) as own:
        copy_day(invitation=own, date=on(1), is_normal_week=False, now=NOW)
    copied = (Whereabouts.HOME, "", "", None, None, None, 0, False, True)
    assert stored_days(invitation, *ANSWER) == [(*copied[:-1], False), copied]
    assert keys(invitation) == before


def test_a_day_of_the_normal_week_is_another_row_than_the_day_itself():
    invitation = make_open_invitation()
    fill_week(invitation)
    before = keys(invitation)
    with change(invitation) as own:
        record_day(invitation=own, date=on(0), is_normal_week=False, choice=HOME, now=NOW)
    assert keys(invitation) == before
    with as_owner(invitation.organisation):
        normal = DayAnswer.objects.get(date=on(0))
        normal.pk, normal.is_normal_week = None, True
        normal.save(force_insert=True)
    with change(invitation) as own:
        record_day(invitation=own, date=on(0), is_normal_week=False, choice=CAR, now=NOW)
    assert stored_days(invitation, "whereabouts", is_normal_week=True) == [(Whereabouts.HOME,)]
    assert keys(invitation) == before


def test_several_days_at_once_have_each_its_own_row():
    invitation = make_open_invitation()
    start(invitation)
    # Against the order of the calendar: the rows come back in the order they went.
    choices = {on(3): HOME, on(0): BIKE, on(4): CAR, on(1): HOME}
    with change(invitation) as own:
        record_days(invitation=own, choices=choices, has_worked_in_weekend=None, now=NOW)
    first = keys(invitation)
    assert list(first) == sorted(choices)
    again = {on(4): HOME, on(2): BIKE, on(0): CAR, on(3): BIKE}
    with change(invitation) as own:
        record_days(invitation=own, choices=again, has_worked_in_weekend=None, now=NOW)
    second = keys(invitation)
    assert {date: second[date] for date in first} == first
    assert second[on(2)] not in first.values()
    assert stored_days(invitation, "mode") == [(Mode.CAR,), ("",), (Mode.BICYCLE,), (Mode.BICYCLE,), ("",)]


def test_a_week_that_says_the_same_writes_nothing():
    invitation = make_open_invitation()
    fill_week(invitation)
    before = stored_days(invitation, "pk", *ANSWER)
    with change(invitation) as own:
        record_days(
            invitation=own, choices={on(offset): BIKE for offset in range(5)}, has_worked_in_weekend=None, now=NOW
        )
        record_days(invitation=own, choices={}, has_worked_in_weekend=None, now=NOW)
    assert stored_days(invitation, "pk", *ANSWER) == before


def test_the_week_before_comes_in_place_of_days_that_are_there():
    invitation = make_open_invitation()
    fill_week(invitation)
    answer(invitation, 4, HOME)
    submit(invitation)
    later = make_invitation(make_week(invitation.campaign, monday=on(7)), invitation.employee)
    start(later)
    answer(later, 9, HOME)
    answer(later, 11, CAR)
    earlier, before = stored_days(invitation, "pk", *ANSWER), keys(later)
    for _ in range(2):
        with change(later) as own:
            copy_previous_week(invitation=own, now=LATER)
        after = keys(later)
        assert list(after) == [on(7 + offset) for offset in range(5)]
        assert {date: after[date] for date in before} == before
        assert stored_days(later, "mode", "is_copied") == [(Mode.BICYCLE, True)] * 4 + [("", True)]
    assert stored_days(invitation, "pk", *ANSWER) == earlier


def row_of(invitation, **columns):
    """A day as the function takes it: at home on Monday."""
    with as_owner(invitation.organisation):
        response_id = invitation.response.pk
    return {
        "organisation_id": invitation.organisation_id,
        "response_id": response_id,
        "employee_id": invitation.employee_id,
        "date": str(on(0)),
        "is_normal_week": False,
        "whereabouts": Whereabouts.HOME,
        "mode": "",
        "fuel": "",
        "is_employer_provided": None,
        "other_site_id": None,
        "other_site_one_way_metres": None,
        "return_metres": 0,
        "uses_usual_distance": False,
        "is_copied": False,
        **columns,
    }


def store_days(*rows):
    """As the services do, with what none of them would send; all constraints are looked at."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT wpm.store_days(%s)", [json.dumps(rows)])
        keys = [key for (key,) in cursor.fetchall()]
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        return keys


def test_the_function_returns_the_keys_in_the_order_of_the_rows():
    invitation = make_open_invitation()
    start(invitation)
    assert set(row_of(invitation)) == set(COLUMNS)
    rows = [row_of(invitation, date=str(on(offset))) for offset in (4, 0, 2)]
    with as_respondent(invitation):
        first = store_days(*rows)
        assert store_days(*reversed(rows)) == first[::-1]
        assert store_days() == []
    assert [keys(invitation)[on(offset)] for offset in (4, 0, 2)] == first


def colleague_of(invitation):
    return make_invitation(invitation.week, make_employee(invitation.organisation))


def stranger_to(_invitation):
    return make_open_invitation()


@pytest.mark.parametrize("has_answered", [True, False])
@pytest.mark.parametrize("make_other", [colleague_of, stranger_to])
@pytest.mark.parametrize("own_column", ["", "organisation_id"])
def test_nobody_stores_a_day_of_somebody_else(own_column, make_other, has_answered):
    invitation = make_open_invitation()
    other = make_other(invitation)
    for each in (invitation, other):
        start(each)
    if has_answered:
        answer(other, 0, BIKE)
    before = stored_days(other, "pk", "employee_id", *ANSWER)
    row, own = row_of(other), row_of(invitation)
    if own_column:
        row[own_column] = own[own_column]
    with as_respondent(invitation), pytest.raises(ProgrammingError, match="violates row-level security"):
        store_days(own, row)
    assert stored_days(other, "pk", "employee_id", *ANSWER) == before
    assert keys(invitation) == {}


def test_nobody_puts_a_day_in_place_of_a_colleagues():
    invitation = make_open_invitation()
    other = colleague_of(invitation)
    for each in (invitation, other):
        start(each)
    answer(other, 0, BIKE)
    before = stored_days(other, "pk", "employee_id", *ANSWER)
    claimed = row_of(other, employee_id=invitation.employee_id)
    with as_respondent(invitation), pytest.raises(ProgrammingError, match="violates row-level security"):
        store_days(claimed)
    assert stored_days(other, "pk", "employee_id", *ANSWER) == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"mode": Mode.BICYCLE},
        {"return_metres": 20_000},
        {"whereabouts": Whereabouts.WORKPLACE},
        {"whereabouts": Whereabouts.OTHER_SITE, "return_metres": 20_000},
        {"return_metres": -1},
        {"date": None},
        {"whereabouts": None},
        {"response_id": 0},
        {"other_site_id": 0},
    ],
)
def test_a_row_that_is_no_day_is_refused_with_all_that_came_with_it(wrong):
    invitation = make_open_invitation()
    start(invitation)
    answer(invitation, 0, BIKE)
    before = stored_days(invitation, "pk", *ANSWER)
    with as_respondent(invitation), pytest.raises(IntegrityError):
        store_days(row_of(invitation, date=str(on(1))), row_of(invitation, **wrong))
    assert stored_days(invitation, "pk", *ANSWER) == before


def test_no_other_role_stores_days():
    invitation = make_open_invitation()
    start(invitation)
    row = row_of(invitation)
    with pytest.raises(ProgrammingError, match="permission denied"):
        store_days(row)
    assert keys(invitation) == {}
