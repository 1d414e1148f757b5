"""A pattern for a group, with a preview and a way back; two people at once lose nothing."""

import datetime

import pytest

from surveys.models import Employee, PatternChange, WorkPattern
from surveys.selectors.staff import StaffFilter
from surveys.selectors.work_patterns import group_preview, recent_changes
from surveys.services.pattern_groups import (
    ChangeNotUndoable,
    GroupChangedMeanwhile,
    UndoneChange,
    forget_changes,
    give_pattern,
    give_person_pattern,
    undo_change,
)
from surveys.services.work_patterns import PatternChangedMeanwhile, delete_pattern
from surveys.tasks.staff import forget_pattern_changes as forget_task
from tests.factories import NOW, as_owner, audited, make_employee, make_organisation
from tests.surveys.campaigns import rows
from tests.surveys.work_patterns import LATE, make_work_pattern, patterns_of
from tests.wpm_platform.organisations.concurrency import at_once
from wpm_platform import clock
from wpm_platform.scoping import call_system_function, organisation_scope

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
WAREHOUSE = StaffFilter(department="Magazijn")


@pytest.fixture
def organisation():
    organisation = make_organisation()
    for number, department in (("1", "Magazijn"), ("2", "Magazijn"), ("3", "Kantoor")):
        make_employee(organisation, staff_number=number, department=department)
    make_employee(organisation, staff_number="4", department="Magazijn", left_at=NOW)
    return organisation


@pytest.fixture
def early(organisation):
    return make_work_pattern(organisation)


@pytest.fixture
def late(organisation):
    return make_work_pattern(organisation, LATE, name="Late dienst")


def preview(organisation, pattern, wanted=WAREHOUSE):
    with organisation_scope(organisation):
        return group_preview(organisation=organisation, wanted=wanted, pattern=pattern)


def give(organisation, pattern, wanted=WAREHOUSE, *, seen="", now=NOW):
    seen = seen or preview(organisation, pattern, wanted).version
    with organisation_scope(organisation):
        return give_pattern(
            organisation=organisation, actor=None, now=now, wanted=wanted, pattern=pattern, seen=seen, group="Magazijn"
        )


def undo(change, *, now=NOW):
    with organisation_scope(change.organisation):
        return undo_change(change=change, actor=None, now=now)


def give_person(organisation, number, pattern, *, seen=None):
    with organisation_scope(organisation):
        employee = Employee.objects.select_related("organisation").get(staff_number=number)
        return give_person_pattern(
            employee=employee, pattern=pattern, seen=seen.pk if seen else None, actor=None, now=NOW
        )


def test_group_gets_the_pattern_and_nobody_else(organisation, early):
    assert give(organisation, early).people == 2
    assert patterns_of(organisation) == {"1": "Vroege dienst", "2": "Vroege dienst", "3": "", "4": ""}
    assert audited(organisation) == [("work_pattern.given", "Vroege dienst")]


def test_preview_says_what_people_have_now(organisation, early, late):
    give_person(organisation, "1", late)
    found = preview(organisation, early, StaffFilter())
    assert (found.people, found.already, found.changed, found.before) == (3, 0, 3, (("", 2), ("Late dienst", 1)))
    give(organisation, early)
    found = preview(organisation, early)
    assert (found.people, found.already, found.changed, found.before) == (2, 2, 0, ())


def test_group_without_a_pattern_again(organisation, early):
    give(organisation, early)
    assert give(organisation, None).people == 2
    assert set(patterns_of(organisation).values()) == {""}
    assert audited(organisation)[-1] == ("work_pattern.taken", "")


def test_undone_everybody_has_what_they_had(organisation, early, late):
    give_person(organisation, "1", late)
    change = give(organisation, early)
    assert undo(change) == UndoneChange(returned=2, kept=0)
    assert patterns_of(organisation) == {"1": "Late dienst", "2": "", "3": "", "4": ""}
    assert audited(organisation)[-1] == ("work_pattern.undone", "Vroege dienst")
    with as_owner(organisation):
        assert PatternChange.objects.get().before == {}
    with pytest.raises(ChangeNotUndoable):
        undo(change)


def test_undo_leaves_what_others_changed_since(organisation, early, late):
    change = give(organisation, early)
    give_person(organisation, "2", late, seen=early)
    assert undo(change) == UndoneChange(returned=1, kept=1)
    assert patterns_of(organisation) == {"1": "", "2": "Late dienst", "3": "", "4": ""}


def test_undo_of_a_pattern_that_is_gone_changes_nobody(organisation, early):
    change = give(organisation, early)
    give(organisation, None)
    with organisation_scope(organisation):
        delete_pattern(pattern=early, actor=None, now=NOW)
    assert undo(change) == UndoneChange(returned=0, kept=2)


def test_undo_leaves_who_had_a_pattern_that_is_gone(organisation, early, late):
    give(organisation, early)
    change = give(organisation, late)
    with organisation_scope(organisation):
        delete_pattern(pattern=early, actor=None, now=NOW)
    assert undo(change) == UndoneChange(returned=0, kept=2)
    assert patterns_of(organisation)["1"] == "Late dienst"


def test_after_a_week_it_stays(organisation, early, late):
    change = give(organisation, early)
    with organisation_scope(organisation):
        assert [found.pk for found in recent_changes(organisation=organisation, now=NOW + 6 * DAY)] == [change.pk]
        assert list(recent_changes(organisation=organisation, now=NOW + 8 * DAY)) == []
    with pytest.raises(ChangeNotUndoable):
        undo(change, now=NOW + 8 * DAY)
    give(organisation, late, now=NOW + 8 * DAY)
    assert (forget_changes(now=NOW + 8 * DAY), forget_changes(now=NOW + 8 * DAY)) == (1, 0)
    assert rows(PatternChange, organisation, "name") == ["Late dienst"]
    forget_task()  # by now that is long ago as well
    assert rows(PatternChange, organisation, "name") == []


def test_the_database_forgets_nothing_that_can_be_undone_whoever_asks(organisation, early):
    give(organisation, early, now=clock.now() - 5 * DAY)
    (row,) = call_system_function("forget_pattern_changes", clock.now() + DAY)
    assert row["forgotten"] == 0
    with as_owner(organisation):
        assert PatternChange.objects.count() == 1


def test_group_that_changed_since_the_preview_is_refused(organisation, early, late):
    seen = preview(organisation, early).version
    make_employee(organisation, staff_number="5", department="Magazijn")
    with pytest.raises(GroupChangedMeanwhile):
        give(organisation, early, seen=seen)
    seen = preview(organisation, early).version
    give_person(organisation, "5", late)
    with pytest.raises(GroupChangedMeanwhile):
        give(organisation, early, seen=seen)
    assert patterns_of(organisation)["5"] == "Late dienst"


@pytest.mark.django_db(transaction=True)
def test_of_two_people_at_once_the_second_is_told(organisation, early, late):
    seen = preview(organisation, early).version
    outcomes = at_once(*(lambda p=p: give(organisation, p, seen=seen) for p in (early, late)))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["GroupChangedMeanwhile", "PatternChange"]
    assert len({patterns_of(organisation)[number] for number in "12"}) == 1


@pytest.mark.django_db(transaction=True)
def test_giving_and_deleting_at_once_leaves_no_half(organisation, early):
    seen = preview(organisation, early).version

    def remove():
        with organisation_scope(organisation):
            return delete_pattern(pattern=early, actor=None, now=NOW)

    outcomes = at_once(lambda: give(organisation, early, seen=seen), remove)
    names = [type(outcome).__name__ for outcome in outcomes]
    assert names in (["PatternChange", "PatternInUse"], ["PatternChangedMeanwhile", "bool"])
    assert set(patterns_of(organisation).values()) == ({"", "Vroege dienst"} if names[1] == "PatternInUse" else {""})


def test_one_person_gets_and_loses_a_pattern(organisation, early):
    assert give_person(organisation, "1", early) is True
    assert give_person(organisation, "1", early) is False
    assert give_person(organisation, "1", None, seen=early) is True
    assert audited(organisation) == [("employee.changed", "1")] * 2


def test_person_who_got_another_pattern_meanwhile_keeps_it(organisation, early, late):
    give_person(organisation, "1", late)
    with pytest.raises(PatternChangedMeanwhile):
        give_person(organisation, "1", early, seen=None)
    assert patterns_of(organisation)["1"] == "Late dienst"


def test_pattern_of_another_organisation_reaches_nobody(organisation):
    foreign = make_work_pattern(make_organisation())
    with pytest.raises(PatternChangedMeanwhile):
        give(organisation, foreign)
    with pytest.raises(PatternChangedMeanwhile):
        give_person(organisation, "1", foreign)
    assert set(patterns_of(organisation).values()) == {""}


def test_many_people_take_few_queries(organisation, early, django_assert_max_num_queries):
    with as_owner(organisation):
        template = Employee.objects.get(staff_number="1")
        Employee.objects.bulk_create(
            Employee(
                organisation=organisation,
                legal_entity_id=template.legal_entity_id,
                site_id=template.site_id,
                staff_number=f"m{number}",
                department="Magazijn",
            )
            for number in range(6000)
        )
    with django_assert_max_num_queries(24):
        change = give(organisation, early)
    assert change.people == 6002
    assert undo(change) == UndoneChange(returned=6002, kept=0)
    with as_owner(organisation):
        assert WorkPattern.objects.get().employees.count() == 0
