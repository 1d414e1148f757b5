"""The log of who looked at whose row: one row an hour, append-only, kept for a year."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, ProgrammingError, connection

from surveys.enums import ReadPage
from surveys.models import PersonRead
from surveys.services.person_reads import Reader, forget_person_reads, record_person_reads, system_reader
from surveys.tasks.staff import forget_person_reads as forget_task
from tests.factories import NOW, as_owner, make_api_key, make_employee, make_member, make_organisation
from wpm_platform import clock
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.models import ApiKey
from wpm_platform.scoping import Role, call_system_function, organisation_scope

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
YEAR = datetime.timedelta(days=365)


def read(employee, *, reader, page=ReadPage.PERSON, now=NOW):
    with organisation_scope(employee.organisation):
        record_person_reads(
            organisation=employee.organisation, employee_ids=[employee.pk], reader=reader, page=page, now=now
        )


def logged(organisation):
    with as_owner(organisation):
        return list(PersonRead.objects.order_by("pk").values_list("employee_id", "reader_role", "key_name", "page"))


@pytest.fixture
def employee():
    return make_employee(make_organisation())


@pytest.fixture
def hr(employee):
    return Reader(user=make_member(employee.organisation), role=MemberRole.HR_ADMIN)


def test_a_reader_stands_there_once_an_hour_for_each_page(employee, hr):
    for minutes in (0, 5, 59):
        read(employee, reader=hr, now=NOW + datetime.timedelta(minutes=minutes))
    assert len(logged(employee.organisation)) == 1
    read(employee, reader=hr, page=ReadPage.EXPORT)
    read(employee, reader=hr, now=NOW + HOUR)
    read(employee, reader=Reader(user=make_member(employee.organisation), role=MemberRole.OWNER))
    assert logged(employee.organisation) == [
        (employee.pk, "hr_admin", "", "staff_person"),
        (employee.pk, "hr_admin", "", "staff_export"),
        (employee.pk, "hr_admin", "", "staff_person"),
        (employee.pk, "owner", "", "staff_person"),
    ]


def test_the_first_moment_of_the_hour_stays(employee, hr):
    read(employee, reader=hr, now=NOW + datetime.timedelta(minutes=12))
    read(employee, reader=hr, now=NOW + datetime.timedelta(minutes=40))
    with as_owner(employee.organisation):
        assert PersonRead.objects.get().read_at == NOW + datetime.timedelta(minutes=12)


def test_a_system_is_named_by_its_key(employee):
    make_api_key(employee.organisation)
    with organisation_scope(employee.organisation):
        reader = system_reader(organisation=employee.organisation, key_id=ApiKey.objects.get().pk)
    for _again in range(2):
        read(employee, reader=reader, page=ReadPage.API)
    assert logged(employee.organisation) == [(employee.pk, "", "Voorbeeld salarissysteem", "api_staff")]


def test_who_loses_the_account_stays_in_the_log_as_the_role(employee):
    """Two readers of the same hour, both gone: their rows are alike then, and both stay."""
    for _reader in range(2):
        user = make_member(employee.organisation)
        read(employee, reader=Reader(user=user, role=MemberRole.HR_ADMIN))
        with as_owner(employee.organisation):
            user.delete()
    assert logged(employee.organisation) == [(employee.pk, "hr_admin", "", "staff_person")] * 2


@pytest.mark.parametrize("statement", ["DELETE FROM surveys_personread", "UPDATE surveys_personread SET page = 'x'"])
@pytest.mark.parametrize("role", [Role.HR, Role.RESPONDENT, Role.REPORTING, Role.SYSTEM])
def test_nobody_in_a_scope_takes_a_row_back(employee, hr, role, statement):
    read(employee, reader=hr)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        organisation_scope(employee.organisation, role=role, employee_id=employee.pk),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_person_reads_the_own_log_and_adds_nothing(employee, hr):
    colleague = make_employee(employee.organisation)
    for one in (employee, colleague):
        read(one, reader=hr)
    with organisation_scope(employee.organisation, role=Role.RESPONDENT, employee_id=employee.pk):
        assert [row.employee_id for row in PersonRead.objects.all()] == [employee.pk]
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        organisation_scope(employee.organisation, role=Role.RESPONDENT, employee_id=employee.pk),
    ):
        PersonRead.objects.create(
            organisation=employee.organisation, employee=employee, page="x", read_at=NOW, hour=NOW, reader_role="owner"
        )


def test_no_organisation_writes_into_the_log_of_another(employee):
    other = make_organisation()
    with pytest.raises(DatabaseError, match="row-level security"), organisation_scope(other):
        record_person_reads(
            organisation=employee.organisation,
            employee_ids=[employee.pk],
            reader=Reader(role=MemberRole.OWNER),
            page=ReadPage.PERSON,
            now=NOW,
        )
    assert logged(employee.organisation) == []


def test_after_a_year_it_is_forgotten(employee, hr):
    now = clock.now()
    for age in (YEAR + HOUR, YEAR - HOUR, HOUR):
        read(employee, reader=hr, now=now - age)
    assert (forget_person_reads(now=now), forget_person_reads(now=now)) == (1, 0)
    assert len(logged(employee.organisation)) == 2
    forget_task()
    assert len(logged(employee.organisation)) == 2


def test_the_database_forgets_nothing_younger_than_a_year_whoever_asks(employee, hr):
    read(employee, reader=hr, now=clock.now() - 300 * datetime.timedelta(days=1))
    (row,) = call_system_function("forget_person_reads", clock.now() + YEAR, 100)
    assert row["forgotten"] == 0
    assert len(logged(employee.organisation)) == 1


@pytest.mark.parametrize("role", [Role.HR, Role.RESPONDENT, Role.REPORTING])
def test_only_the_nightly_task_may_forget(employee, role):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        organisation_scope(employee.organisation, role=role, employee_id=employee.pk),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT * FROM wpm.forget_person_reads(now(), 1)")


@pytest.mark.django_db(transaction=True)
def test_looking_twenty_times_at_once_is_one_row(employee, hr):
    def look(_number):
        try:
            read(employee, reader=hr)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=10) as pool:
        list(pool.map(look, range(20)))
    assert len(logged(employee.organisation)) == 1
