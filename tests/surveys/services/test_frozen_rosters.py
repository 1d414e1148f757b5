"""The start of a campaign freezes, per person and week, the days that their roster has then."""

import datetime

import pytest

from surveys.models import Employee, Invitation, PopulationMember, WorkPattern
from surveys.services.responses.days import DayNotAsked
from surveys.services.responses.submission import ResponseIncomplete
from tests.factories import as_owner, make_employee, make_legal_entity
from tests.surveys.campaigns import make_started, rows
from tests.surveys.services.responses.respondent import HOME, answer, start, stored_response, submit
from tests.surveys.staff_imports import applied, staff_file

pytestmark = pytest.mark.django_db
MONDAY = datetime.date(2026, 3, 9)
WEEK = datetime.timedelta(days=7)
EARLY, WEEKEND, OFF = ["06:00"] * 4 + [None] * 3, [None] * 5 + ["", "22:30"], [None] * 7


def make_pattern(organisation, *weeks, name="Ploeg A", starts_on=MONDAY):
    with as_owner(organisation):
        return WorkPattern.objects.create(organisation=organisation, name=name, starts_on=starts_on, weeks=weeks)


def asked(organisation):
    return rows(Invitation, organisation, "employee__staff_number", "week__monday", "asked_days")


def test_each_week_of_a_panel_has_the_days_of_its_own_week_in_the_cycle(organisation):
    make_employee(organisation, staff_number="1", work_pattern=make_pattern(organisation, EARLY, WEEKEND, OFF))
    make_employee(organisation, staff_number="2")
    mondays = tuple(MONDAY + number * WEEK for number in range(4))
    make_started(organisation, kind="weekly_panel", mondays=mondays)
    assert sorted(asked(organisation)) == [
        *(("1", monday, days) for monday, days in zip(mondays, ("1234", "67", "", "1234"), strict=True)),
        *(("2", monday, "") for monday in mondays),
    ]


def test_week_before_the_cycle_began_is_counted_back(organisation):
    later = make_pattern(organisation, EARLY, WEEKEND, starts_on=MONDAY + 3 * WEEK)
    make_employee(organisation, staff_number="1", work_pattern=later)
    make_started(organisation)
    assert asked(organisation) == [("1", MONDAY, "67")]


def test_who_has_no_day_in_the_week_is_still_asked(organisation):
    make_employee(organisation, staff_number="1", work_pattern=make_pattern(organisation, OFF, EARLY))
    make_started(organisation)
    assert rows(PopulationMember, organisation, "is_invited") == [True]
    assert asked(organisation) == [("1", MONDAY, "")]


def test_another_pattern_afterwards_changes_nothing_for_this_campaign(organisation):
    pattern = make_pattern(organisation, EARLY)
    make_employee(organisation, staff_number="1", work_pattern=pattern)
    make_started(organisation)
    with as_owner(organisation):
        WorkPattern.objects.update(weeks=[WEEKEND])
        assert asked(organisation) == [("1", MONDAY, "1234")]
        Employee.objects.update(work_pattern=None)
    assert asked(organisation) == [("1", MONDAY, "1234")]


def test_patterns_are_looked_up_once_for_everybody(organisation, django_assert_max_num_queries):
    patterns = [make_pattern(organisation, EARLY, name=f"Ploeg {number}") for number in range(5)]
    for number in range(30):
        make_employee(organisation, work_pattern=patterns[number % 5])
    with django_assert_max_num_queries(75) as found:
        make_started(organisation)
    assert len([query for query in found if 'FROM "surveys_workpattern"' in query["sql"]]) == 1
    assert set(asked(organisation)[0][2:]) == {"1234"}


def test_pattern_that_cannot_be_read_asks_as_of_anybody(organisation):
    make_employee(organisation, staff_number="1", work_pattern=make_pattern(organisation, ["nonsense"]))
    make_started(organisation)
    assert asked(organisation) == [("1", MONDAY, "")]


@pytest.mark.parametrize(("until", "is_invited"), [(None, False), ("2026-03-15", False), ("2026-03-14", True)])
def test_leave_that_ends_within_the_week_is_no_leave_of_the_whole_week(organisation, until, is_invited):
    make_employee(organisation, staff_number="0")
    leave_until = datetime.date.fromisoformat(until) if until else None
    make_employee(organisation, staff_number="1", is_on_leave=True, leave_until=leave_until)
    make_started(organisation)
    assert rows(PopulationMember, organisation, "is_invited", employee__staff_number="1") == [is_invited]


def test_from_the_staff_file_to_the_answers_only_the_days_of_the_roster(organisation):
    make_legal_entity(organisation)
    people = [("1", "an@voorbeeld.example", "Utrecht", "ma, di t/m do")]
    applied(organisation, staff_file(people, headers=("Personeelsnummer", "E-mail", "Vestiging", "Rooster")))
    make_started(organisation)
    with as_owner(organisation):
        invitation = Invitation.objects.select_related("employee", "week", "campaign", "organisation").get()
    assert invitation.asked_days == "1234"
    start(invitation)
    for day in range(4):
        with pytest.raises(ResponseIncomplete):
            submit(invitation)
        answer(invitation, day, HOME)
    with pytest.raises(DayNotAsked):
        answer(invitation, 4, HOME)
    submit(invitation)
    assert stored_response(invitation).submitted_at is not None
