import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.domain.staff_file import StaffRow, difference
from surveys.models import Employee, StaffImport
from surveys.services.staff_changes import row_of
from surveys.services.staff_import_apply import apply_staff_import
from surveys.services.staff_import_check import check_staff_import
from surveys.services.staff_import_progress import import_progress
from tests.factories import NOW, as_owner, audited, make_employee, make_legal_entity, make_organisation, make_site
from tests.surveys.staff_imports import (
    HEADERS,
    ROWS,
    applied,
    checked,
    confirmed,
    people,
    staff_file,
    stored,
    uploaded,
)
from wpm_platform.organisations.models import AuditEvent, Organisation, Site
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
TOTALS = ("new", "changed", "rejoined", "unchanged", "left")


@pytest.fixture
def employer() -> Organisation:
    organisation = make_organisation()
    make_legal_entity(organisation)
    return organisation


def counts(staff_import: StaffImport) -> list[int]:
    return [staff_import.outcome["counts"][name] for name in TOTALS]


def test_first_file_fills_the_list(employer):
    done = applied(employer)
    assert people(employer) == [
        ("0001", "een@voorbeeld.example", "Utrecht", "Kantoor", False),
        ("0002", "twee@voorbeeld.example", "Utrecht", "Magazijn", False),
        ("0003", "", "Venlo", "Magazijn", False),
    ]
    assert (done.state, done.content, done.checked_rows, counts(done)) == ("applied", None, None, [3, 0, 0, 0, 0])
    with as_owner(employer):
        assert set(Employee.objects.values_list("language", "legal_entity__organisation")) == {("nl", employer.pk)}
        assert AuditEvent.objects.get(action="staff_import.applied").detail == {
            **dict(zip(TOTALS, [3, 0, 0, 0, 0], strict=True)),
            "wrong_rows": 0,
            "sites_made": 2,
        }


def test_second_file_is_a_difference(employer):
    applied(employer)
    done = applied(
        employer,
        staff_file([ROWS[0], ("0002", "twee@voorbeeld.example", "Venlo", "Kantoor"), ("0004", "", "UTRECHT", "")]),
    )
    assert counts(done) == [1, 1, 0, 1, 1]
    assert people(employer) == [
        ("0001", "een@voorbeeld.example", "Utrecht", "Kantoor", False),
        ("0002", "twee@voorbeeld.example", "Venlo", "Kantoor", False),
        ("0003", "", "Venlo", "Magazijn", True),
        ("0004", "", "Utrecht", "", False),
    ]
    assert counts(applied(employer)) == [0, 1, 1, 1, 1]
    assert counts(applied(employer)) == [0, 0, 0, 3, 0]


def test_columns_that_are_not_in_the_file_keep_their_value(employer):
    make_employee(employer, staff_number="0001", function="Monteur", language="pl", is_on_leave=True, monthly_hours=80)
    content = staff_file([("0001", "Nieuw", "")], headers=("Personeelsnummer", "Vestiging", "E-mail"))
    applied(employer, content)
    with as_owner(employer):
        found = Employee.objects.get(staff_number="0001")
        assert (found.function, found.language, found.is_on_leave, found.monthly_hours) == (
            *("Monteur", "pl", True),
            Decimal(80),
        )


def test_a_blank_language_keeps_the_known_one(employer):
    make_employee(employer, staff_number="0001", language="pl")
    content = staff_file(
        [("0001", "a@voorbeeld.example", "X", ""), ("0002", "", "X", "")], headers=("Nr", "E-mail", "Vestiging", "Taal")
    )
    applied(employer, content, mapping={"staff_number": 0, "email": 1, "site": 2, "language": 3})
    with as_owner(employer):
        assert dict(Employee.objects.values_list("staff_number", "language")) == {"0001": "pl", "0002": "nl"}


def test_people_in_skipped_rows_have_not_left(employer):
    applied(employer)
    done = applied(employer, staff_file([ROWS[0], ("0002", "twee adressen", "Utrecht", ""), ("0005", "x", "A", "")]))
    assert counts(done) == [0, 0, 0, 1, 1]
    assert [(number, left) for number, *_, left in people(employer)] == [
        ("0001", False),
        ("0002", False),
        ("0003", True),
    ]
    assert (done.outcome["wrong_rows"], done.rows_done) == (2, 1)
    assert [(e["line"], e["column"], e["code"]) for e in done.errors] == [
        (3, "E-mail", "not_an_email"),
        (4, "E-mail", "not_an_email"),
    ]


def test_nobody_leaves_by_a_part_of_the_staff(employer):
    applied(employer)
    done = applied(employer, staff_file([ROWS[0]]), marks_leavers=False)
    assert counts(done) == [0, 0, 0, 1, 0]


def test_a_file_of_one_legal_entity_leaves_the_others_alone(employer):
    first, second = make_legal_entity(employer), make_legal_entity(employer)
    make_employee(employer, staff_number="9001", legal_entity=second)
    make_employee(employer, staff_number="9002", legal_entity=first)
    applied(employer, legal_entity=first)
    assert [(number, left) for number, *_, left in people(employer) if number > "9"] == [
        ("9001", False),
        ("9002", True),
    ]


def test_kvk_numbers_in_the_file(employer):
    entity = make_legal_entity(employer, kvk_number="87654321")
    headers = (*HEADERS, "KvK")
    rows = [(*ROWS[0], "87654321"), (*ROWS[1], "11111111"), (*ROWS[2], "")]
    done = applied(employer, staff_file(rows, headers=headers))
    assert [(e["line"], e["column"], e["code"]) for e in done.errors] == [
        (3, "KvK", "kvk_unknown"),
        (4, "KvK", "kvk_missing"),
    ]
    with as_owner(employer):
        assert Employee.objects.get().legal_entity == entity


def test_the_list_changed_between_check_and_apply(employer):
    staff_import = confirmed(employer)
    make_employee(employer, staff_number="0001", department="Kantoor")
    make_employee(employer, staff_number="7777")
    assert stored(staff_import).outcome["counts"]["new"] == 3
    apply_staff_import(organisation_id=employer.pk, code=staff_import.code, now=NOW)
    assert counts(stored(staff_import)) == [2, 1, 0, 0, 1]


def test_done_twice_changes_nothing_more(employer):
    staff_import = confirmed(employer)
    assert apply_staff_import(organisation_id=employer.pk, code=staff_import.code, now=NOW) is True
    assert apply_staff_import(organisation_id=employer.pk, code=staff_import.code, now=NOW) is False
    assert check_staff_import(organisation_id=employer.pk, code=staff_import.code, now=NOW) is False
    assert [action for action, _ in audited(employer)].count("staff_import.applied") == 1


def test_nothing_happens_before_confirmation_or_for_another_organisation(employer):
    staff_import = checked(employer)
    assert apply_staff_import(organisation_id=employer.pk, code=staff_import.code, now=NOW) is False
    waiting = confirmed(employer)
    assert apply_staff_import(organisation_id=make_organisation().pk, code=waiting.code, now=NOW) is False
    assert people(employer) == []


def test_other_employers_keep_their_staff(employer):
    other = make_organisation()
    make_employee(other, staff_number="0001", department="Elders")
    applied(employer)
    assert [(number, department, left) for number, _, _, department, left in people(other)] == [
        ("0001", "Elders", False)
    ]


def test_never_half_an_import(employer):
    staff_import = confirmed(employer)
    with as_owner(employer):
        Site.objects.all().delete()
        # A row that PostgreSQL refuses only at the last step.
        StaffImport.objects.filter(pk=staff_import.pk).update(
            rows_total=0, outcome=staff_import.outcome | {"wrong_rows": 5}
        )
    with pytest.raises(Exception, match="rows_done"):
        apply_staff_import(organisation_id=employer.pk, code=staff_import.code, now=NOW)
    assert people(employer) == []
    assert stored(staff_import).state == "applying"


def test_an_import_that_kills_its_worker_gives_up(employer):
    staff_import = confirmed(employer)
    with as_owner(employer):
        StaffImport.objects.filter(pk=staff_import.pk).update(outcome=staff_import.outcome | {"attempts": 3})
    assert apply_staff_import(organisation_id=employer.pk, code=staff_import.code, now=NOW) is False
    assert (stored(staff_import).state, stored(staff_import).failure) == ("failed", "interrupted")


def test_a_file_that_cannot_be_read_any_more_fails(employer):
    staff_import = uploaded(employer)
    with as_owner(employer):
        StaffImport.objects.filter(pk=staff_import.pk).update(state="checking", content=b"")
    assert check_staff_import(organisation_id=employer.pk, code=staff_import.code, now=NOW) is True
    assert (stored(staff_import).state, stored(staff_import).failure) == ("failed", "empty personeel.csv")


def test_check_warns_about_lost_zeros_and_shared_addresses(employer):
    applied(employer)
    found = checked(
        employer,
        staff_file([("1", "een@voorbeeld.example", "Utrecht", ""), ("2", "EEN@voorbeeld.example", "Utrecht", "")]),
    )
    assert found.outcome["renumbered"] == [["0001", "1"], ["0002", "2"]]
    assert (found.outcome["shared_addresses"], found.outcome["on_list"], counts(found)) == (1, 3, [2, 0, 0, 0, 3])
    assert import_progress(found.code).done == 0


ROW = st.builds(
    StaffRow,
    staff_number=st.sampled_from(["1", "01", "A-2", "3"]),
    site=st.sampled_from(["Utrecht", "Venlo"]),
    email=st.sampled_from(["", "a@voorbeeld.example"]),
    department=st.sampled_from(["", "Kantoor", "Back\\slash", "\\N"]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    current=st.lists(st.tuples(ROW, st.booleans()), max_size=4, unique_by=lambda pair: pair[0].staff_number),
    incoming=st.lists(ROW, min_size=1, max_size=4, unique_by=lambda row: row.staff_number),
)
def test_postgresql_finds_the_same_difference_as_the_domain(current, incoming):
    organisation = make_organisation()
    make_legal_entity(organisation)
    sites = {name: make_site(organisation, name=name) for name in ("Utrecht", "Venlo")}
    for row, has_left in current:
        make_employee(
            organisation,
            staff_number=row.staff_number,
            site=sites[row.site],
            email=row.email,
            department=row.department,
            left_at=NOW - timedelta(days=9) if has_left else None,
        )
    with as_owner(organisation):
        before = {e.staff_number: row_of(e) for e in Employee.objects.select_related("site", "legal_entity")}
    expected = difference(
        before,
        incoming,
        fields=("email", "site", "department"),
        gone=[row.staff_number for row, has_left in current if has_left],
    )
    rows = [(row.staff_number, row.email, row.site, row.department) for row in incoming]
    done = applied(organisation, staff_file(rows))
    assert counts(done) == [
        *(len(expected.new), len(expected.changed), len(expected.rejoined)),
        *(len(expected.unchanged), len(expected.left)),
    ]
    assert done.outcome["renumbered_total"] == len(expected.renumbered)
    there = [
        (number, email, site, department) for number, email, site, department, left in people(organisation) if not left
    ]
    assert there == sorted(rows)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_apply_it_once():
    employer = make_organisation()
    make_legal_entity(employer)
    staff_import = confirmed(employer)
    outcomes: list[bool] = []
    barrier = threading.Barrier(2)

    def work() -> None:
        try:
            barrier.wait(timeout=10)
            outcomes.append(apply_staff_import(organisation_id=employer.pk, code=staff_import.code, now=NOW))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(outcomes) == [False, True]
    assert len(people(employer)) == 3
    assert [action for action, _ in audited(employer)].count("staff_import.applied") == 1


def test_a_crashed_worker_leaves_it_for_the_next(employer):
    staff_import = confirmed(employer)
    with organisation_scope(employer):
        apply_staff_import(organisation_id=employer.pk, code=staff_import.code, now=NOW)
        transaction.set_rollback(True)
    assert (stored(staff_import).state, people(employer)) == ("applying", [])
    assert apply_staff_import(organisation_id=employer.pk, code=staff_import.code, now=NOW) is True
    assert len(people(employer)) == 3
