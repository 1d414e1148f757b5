"""Work patterns and leave in a staff file: by name or as fixed days, looked up once, wrong ones named by line."""

import datetime

import pytest

from surveys.models import Employee, StaffImport, WorkPattern
from surveys.services.staff_import_apply import apply_staff_import
from surveys.services.staff_import_check import check_staff_import
from surveys.services.staff_import_errors import staff_import_errors
from surveys.services.work_patterns import delete_pattern
from tests.factories import NOW, as_owner, make_employee, make_legal_entity, make_organisation
from tests.surveys.campaigns import rows
from tests.surveys.staff_imports import applied, checked, confirmed, staff_file, stored
from tests.surveys.work_patterns import EARLY, LATE, make_work_pattern, patterns_of
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
HEADERS = ("Personeelsnummer", "E-mail", "Vestiging", "Rooster")
LEAVE_HEADERS = ("Personeelsnummer", "E-mail", "Vestiging", "Verlof tot en met")


@pytest.fixture
def organisation():
    organisation = make_organisation()
    make_legal_entity(organisation)
    return organisation


def file_of(*patterns, headers=HEADERS):
    return staff_file([(f"{n:04}", "", "Utrecht", text) for n, text in enumerate(patterns, start=1)], headers=headers)


def test_pattern_is_found_by_name_whatever_its_capitals(organisation):
    make_work_pattern(organisation, EARLY)
    make_work_pattern(organisation, LATE, name="Ploeg A")
    make_work_pattern(make_organisation(), name="Ploeg B")
    applied(organisation, file_of("vroege  DIENST", "Ploeg A", ""))
    assert patterns_of(organisation) == {"0001": "Vroege dienst", "0002": "Ploeg A", "0003": ""}


def test_fixed_days_make_one_pattern_however_they_are_written(organisation):
    outcome = checked(organisation, file_of("ma di do", "1,2,4", "mon-tue; thu", "ma t/m vr")).outcome
    assert (outcome["new_patterns"], outcome["counts"]["new"]) == (["ma di do", "ma di wo do vr"], 4)
    assert rows(WorkPattern, organisation, "name") == []
    applied(organisation, file_of("ma di do", "1,2,4", "mon-tue; thu", "ma t/m vr"))
    assert set(patterns_of(organisation).values()) == {"ma di do", "ma di wo do vr"}
    assert rows(WorkPattern, organisation, "name", "starts_on", "weeks") == [
        ("ma di do", NOW.date() - datetime.timedelta(days=NOW.weekday()), [["", "", None, "", None, None, None]]),
        ("ma di wo do vr", NOW.date() - datetime.timedelta(days=NOW.weekday()), [["", "", "", "", "", None, None]]),
    ]


def test_same_file_again_changes_nothing(organisation):
    content = file_of("ma di do", "", "1,2,4")
    applied(organisation, content)
    counts = applied(organisation, content).outcome["counts"]
    assert (counts["unchanged"], counts["changed"], counts["work_pattern_id"]) == (3, 0, 0)
    assert len(rows(WorkPattern, organisation)) == 1


def test_difference_counts_who_gets_another_pattern(organisation):
    early = make_work_pattern(organisation, EARLY)
    for number in ("0001", "0002", "0003"):
        make_employee(organisation, staff_number=number, email="", work_pattern=early if number != "0003" else None)
    counts = checked(organisation, file_of("vroege dienst", "ma di", "")).outcome["counts"]
    assert counts["work_pattern_id"] == 1
    applied(organisation, file_of("vroege dienst", "ma di", ""))
    assert patterns_of(organisation) == {"0001": "Vroege dienst", "0002": "ma di", "0003": ""}


def test_file_without_the_column_leaves_patterns_alone(organisation):
    early = make_work_pattern(organisation, EARLY)
    make_employee(organisation, staff_number="0001", work_pattern=early)
    applied(organisation, staff_file([("0001", "", "Utrecht", "Kantoor")]))
    assert patterns_of(organisation) == {"0001": "Vroege dienst"}
    applied(organisation, file_of(""))
    assert patterns_of(organisation) == {"0001": ""}


def test_unknown_pattern_is_named_by_line_and_column(organisation):
    make_employee(organisation, staff_number="0002")
    found = checked(organisation, file_of("ma di", "Ploeg Z", "5"))
    expected = [(3, "Rooster", "pattern_unknown", "Ploeg Z"), (4, "Rooster", "pattern_unknown", "5")]
    assert [(e["line"], e["column"], e["code"], e["value"]) for e in found.errors] == expected
    assert (found.outcome["wrong_rows"], found.outcome["counts"]["left"]) == (2, 0)
    with organisation_scope(organisation):
        assert [(e.line, e.column, e.code, e.value) for e in staff_import_errors(staff_import=found)] == expected


def test_row_says_all_that_the_organisation_does_not_know(organisation):
    make_legal_entity(organisation)
    headers = ("Personeelsnummer", "E-mail", "Vestiging", "Rooster", "KvK")
    content = staff_file([("0001", "", "Utrecht", "Ploeg Z", "12345678")], headers=headers)
    assert [(e["column"], e["code"]) for e in checked(organisation, content).errors] == [
        ("KvK", "kvk_unknown"),
        ("Rooster", "pattern_unknown"),
    ]


def test_pattern_that_is_gone_since_the_check_has_the_file_checked_again(organisation):
    early = make_work_pattern(organisation, EARLY)
    staff_import = confirmed(organisation, file_of("Vroege dienst", "ma di"))
    with organisation_scope(organisation):
        delete_pattern(pattern=early, actor=None, now=NOW)
    assert apply_staff_import(organisation_id=organisation.pk, code=staff_import.code, now=NOW) is True
    assert (stored(staff_import).state, patterns_of(organisation)) == ("checking", {})
    check_staff_import(organisation_id=organisation.pk, code=staff_import.code, now=NOW)
    again = stored(staff_import)
    assert (again.state, [error["value"] for error in again.errors]) == ("checked", ["Vroege dienst"])


def test_file_that_was_checked_before_there_were_patterns_is_checked_again(organisation):
    staff_import = confirmed(organisation, file_of(""))
    with as_owner(organisation):
        staff_import.outcome.pop("patterns")
        StaffImport.objects.filter(pk=staff_import.pk).update(outcome=staff_import.outcome)
    apply_staff_import(organisation_id=organisation.pk, code=staff_import.code, now=NOW)
    assert stored(staff_import).state == "checking"


def test_pattern_made_meanwhile_is_used(organisation):
    staff_import = confirmed(organisation, file_of("ma di"))
    make_work_pattern(organisation, ("06:00", "06:00", *[None] * 5), name="ma di")
    apply_staff_import(organisation_id=organisation.pk, code=staff_import.code, now=NOW)
    assert patterns_of(organisation) == {"0001": "ma di"}
    assert len(rows(WorkPattern, organisation)) == 1


def test_as_many_queries_for_many_patterns_as_for_one(organisation, django_assert_max_num_queries):
    def queries(*patterns):
        staff_import = confirmed(organisation, file_of(*patterns))
        with django_assert_max_num_queries(100) as found:
            apply_staff_import(organisation_id=organisation.pk, code=staff_import.code, now=NOW)
        return len(found)

    for number in range(20):
        make_work_pattern(organisation, EARLY, name=f"Ploeg {number}")
    queries("Ploeg 1", "ma di")
    assert queries(*(f"ploeg {number}" for number in range(20)), "ma di") == queries("Ploeg 1", "ma di")


def test_leave_with_its_last_day_alone_is_leave(organisation):
    applied(organisation, file_of("31-12-2026", "", "31-12-9999", headers=LEAVE_HEADERS))
    assert sorted(rows(Employee, organisation, "staff_number", "is_on_leave", "leave_until")) == [
        ("0001", True, datetime.date(2026, 12, 31)),
        ("0002", False, None),
        ("0003", False, None),
    ]


def test_column_that_says_who_is_on_leave_goes_first(organisation):
    headers = (*LEAVE_HEADERS, "Met verlof")
    found = [("0001", "", "Utrecht", "31-12-2026", "nee"), ("0002", "", "Utrecht", "", "ja")]
    applied(organisation, staff_file(found, headers=headers))
    assert set(rows(Employee, organisation, "is_on_leave", "leave_until")) == {
        (False, datetime.date(2026, 12, 31)),
        (True, None),
    }
