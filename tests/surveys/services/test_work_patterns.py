import pytest

from surveys.models import WorkPattern
from surveys.selectors.work_patterns import pattern_version
from surveys.services.work_patterns import (
    PatternChangedMeanwhile,
    PatternInUse,
    PatternNameMeansOtherDays,
    PatternNameTaken,
    change_pattern,
    delete_pattern,
    make_pattern,
)
from tests.factories import NOW, audited, make_employee, make_organisation
from tests.surveys.campaigns import rows
from tests.surveys.work_patterns import EARLY, LATE, MONDAY, WEEKDAYS, cycle, make_work_pattern, patterns_of
from tests.wpm_platform.organisations.concurrency import at_once
from wpm_platform.organisations.models import Organisation
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


def make(organisation, name="Vroege dienst", *weeks):
    with organisation_scope(organisation):
        return make_pattern(organisation=organisation, actor=None, now=NOW, name=name, cycle=cycle(*weeks))


def change(pattern, *weeks, name="", seen=""):
    with organisation_scope(pattern.organisation):
        return change_pattern(
            pattern=pattern,
            seen=seen or pattern_version(pattern),
            actor=None,
            now=NOW,
            name=name or pattern.name,
            cycle=cycle(*weeks),
        )


def delete(pattern):
    with organisation_scope(pattern.organisation):
        return delete_pattern(pattern=pattern, actor=None, now=NOW)


def test_pattern_is_kept_as_it_was_made(organisation):
    make(organisation, "Ploeg A", EARLY, LATE)
    assert rows(WorkPattern, organisation, "name", "starts_on", "weeks") == [
        ("Ploeg A", MONDAY, [list(EARLY), list(LATE)])
    ]
    assert audited(organisation) == [("work_pattern.made", "Ploeg A")]


def test_name_is_taken_whatever_its_capitals_but_not_by_others(organisation):
    make(organisation, "Ploeg A")
    with pytest.raises(PatternNameTaken):
        make(organisation, "ploeg a")
    make(make_organisation(), "Ploeg A")
    assert rows(WorkPattern, organisation, "name") == ["Ploeg A"]


def test_name_of_fixed_days_has_these_days(organisation):
    """A staff file means these by it."""
    with pytest.raises(PatternNameMeansOtherDays):
        make(organisation, "ma di", EARLY)
    with pytest.raises(PatternNameMeansOtherDays):
        make(organisation, "ma t/m vr", EARLY, LATE)
    pattern = make(organisation, "ma t/m vr", EARLY, WEEKDAYS)
    with pytest.raises(PatternNameMeansOtherDays):
        change(pattern, LATE)
    with pytest.raises(PatternNameMeansOtherDays):
        change(pattern, EARLY, name="wo")
    assert change(pattern, LATE, name="Laat") is True


def test_change_is_made_once_and_logged_once(organisation):
    pattern = make_work_pattern(organisation, EARLY)
    assert change(pattern, EARLY) is False
    assert change(pattern, LATE, name="Late dienst") is True
    assert rows(WorkPattern, organisation, "name", "weeks") == [("Late dienst", [list(LATE)])]
    assert audited(organisation) == [("work_pattern.changed", "Late dienst")]


def test_second_of_two_people_sees_the_change_of_the_first(organisation):
    pattern = make_work_pattern(organisation, EARLY)
    seen = pattern_version(pattern)
    change(pattern, LATE)
    with pytest.raises(PatternChangedMeanwhile):
        change(pattern, WEEKDAYS, seen=seen)
    assert rows(WorkPattern, organisation, "weeks") == [[list(LATE)]]


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_at_once_one_is_made_and_one_refused(organisation):
    pattern = make_work_pattern(organisation, EARLY)
    seen = pattern_version(pattern)
    outcomes = at_once(*(lambda week=week: change(pattern, week, seen=seen) for week in (LATE, WEEKDAYS)))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["PatternChangedMeanwhile", "bool"]


@pytest.mark.django_db(transaction=True)
def test_two_patterns_of_one_name_at_once_are_one(organisation):
    outcomes = at_once(*[lambda: make(organisation, "Ploeg A")] * 2)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["PatternNameTaken", "WorkPattern"]
    assert rows(WorkPattern, organisation, "name") == ["Ploeg A"]


def test_pattern_in_use_stays_and_says_how_many_have_it(organisation):
    pattern = make_work_pattern(organisation)
    make_employee(organisation, staff_number="1", work_pattern=pattern)
    with pytest.raises(PatternInUse) as refusal:
        delete(pattern)
    assert refusal.value.people == 1
    assert patterns_of(organisation) == {"1": "Vroege dienst"}


def test_pattern_of_who_left_is_deleted(organisation):
    pattern = make_work_pattern(organisation)
    make_employee(organisation, staff_number="1", work_pattern=pattern, left_at=NOW)
    assert delete(pattern) is True
    assert delete(pattern) is False
    assert patterns_of(organisation) == {"1": ""}
    assert audited(organisation) == [("work_pattern.deleted", "Vroege dienst")]
    with pytest.raises(PatternChangedMeanwhile):
        change(pattern, LATE)


def test_pattern_of_another_organisation_is_out_of_reach(organisation):
    pattern = make_work_pattern(organisation)
    with organisation_scope(make_organisation()), pytest.raises(Organisation.DoesNotExist):
        delete_pattern(pattern=pattern, actor=None, now=NOW)
    assert rows(WorkPattern, organisation, "name") == ["Vroege dienst"]
