"""Who works by a roster: exactly its days are asked about and stored, in the week and in a normal week."""

import pytest
from django.db import IntegrityError, transaction

from surveys.enums import Mode, Whereabouts
from surveys.models import Invitation
from surveys.services.responses.days import DayChoice, DayNotAsked, copy_day
from surveys.services.responses.previous_week import NoPreviousWeek, copy_previous_week
from surveys.services.responses.submission import ResponseIncomplete
from surveys.services.responses.week import (
    NormalWeek,
    WeekendNotAsked,
    record_free_normal_weekend,
    record_normal_week,
    record_weekend,
)
from tests.factories import NOW, as_owner, make_invitation, make_week
from tests.surveys.services.responses.respondent import (
    HOME,
    answer,
    as_respondent,
    make_open_invitation,
    on,
    start,
    stored_days,
    stored_response,
    submit,
)

pytestmark = pytest.mark.django_db

BUS = DayChoice(whereabouts=Whereabouts.WORKPLACE, mode=Mode.PUBLIC_TRANSPORT)
MONDAY, TUESDAY, THURSDAY, SATURDAY, SUNDAY = 0, 1, 3, 5, 6


@pytest.fixture
def shifts():
    """Works on Monday, Thursday and Saturday in the week that is asked about."""
    return with_roster(make_open_invitation(), "146")


def with_roster(invitation: Invitation, asked_days: str) -> Invitation:
    with as_owner(invitation.organisation):
        Invitation.objects.filter(pk=invitation.pk).update(asked_days=asked_days)
    return invitation


def test_the_days_of_the_roster_are_a_whole_week(shifts):
    start(shifts)
    answer(shifts, MONDAY, BUS)
    answer(shifts, THURSDAY, HOME)
    with pytest.raises(ResponseIncomplete):
        submit(shifts)
    with as_respondent(shifts):
        copy_day(invitation=shifts, date=on(SATURDAY), is_normal_week=False, now=NOW)
    submit(shifts)
    assert stored_response(shifts).worked_in_weekend is None
    assert stored_days(shifts, "date", "is_copied") == [(on(0), False), (on(3), False), (on(5), True)]


@pytest.mark.parametrize("offset", [TUESDAY, SUNDAY])
def test_other_days_and_the_weekend_are_not_asked(shifts, offset):
    start(shifts)
    with pytest.raises(DayNotAsked):
        answer(shifts, offset, BUS)
    with as_respondent(shifts), pytest.raises(WeekendNotAsked):
        record_weekend(invitation=shifts, has_worked=True, now=NOW)
    assert stored_days(shifts, "date") == []
    assert stored_response(shifts).worked_in_weekend is None


def test_a_normal_week_of_the_roster_days_counts_in_its_place(shifts):
    start(shifts)
    for offset in (MONDAY, THURSDAY, SATURDAY):
        answer(shifts, offset, HOME)
    with as_respondent(shifts):
        record_normal_week(invitation=shifts, choice=NormalWeek.FILL, now=NOW)
        with pytest.raises(WeekendNotAsked):
            record_free_normal_weekend(invitation=shifts, now=NOW)
    for offset, counts in ((MONDAY, False), (THURSDAY, False), (SATURDAY, True)):
        answer(shifts, offset, BUS, is_normal_week=True)
        assert stored_response(shifts).gives_normal_week is counts
    with pytest.raises(DayNotAsked):
        answer(shifts, SUNDAY, BUS, is_normal_week=True)
    submit(shifts)
    assert stored_days(shifts, "date", is_normal_week=True) == [(on(0),), (on(3),), (on(5),)]


@pytest.mark.parametrize(("later_days", "can_copy"), [("146", True), ("235", False), ("", False)])
def test_last_week_is_taken_over_only_when_the_roster_is_the_same(shifts, later_days, can_copy):
    start(shifts)
    for offset in (MONDAY, THURSDAY, SATURDAY):
        answer(shifts, offset, BUS)
    submit(shifts)
    week = make_week(shifts.campaign, monday=on(7))
    later = make_invitation(week, shifts.employee, asked_days=later_days)
    start(later)
    with as_respondent(later):
        if can_copy:
            copy_previous_week(invitation=later, now=NOW)
        else:
            with pytest.raises(NoPreviousWeek):
                copy_previous_week(invitation=later, now=NOW)
    assert stored_days(later, "date") == ([(on(7),), (on(10),), (on(12),)] if can_copy else [])


@pytest.mark.parametrize("wrong", ["8", "11", "21", "1 3", "ma"])
def test_the_database_takes_weekdays_in_order_only(shifts, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        with_roster(shifts, wrong)
