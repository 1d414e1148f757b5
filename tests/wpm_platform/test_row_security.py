"""PostgreSQL keeps organisations and answers apart, whatever the query says."""

import pytest
from django.db import ProgrammingError, connection

from surveys.models import Employee, Response
from tests.factories import (
    make_campaign,
    make_employee,
    make_invitation,
    make_member,
    make_organisation,
    make_response,
    make_week,
)
from wpm_platform.organisations.models import Membership
from wpm_platform.scoping import NoScope, Role, call_system_function, organisation_scope

pytestmark = pytest.mark.django_db


def count_rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


@pytest.fixture
def answered():
    organisation = make_organisation()
    week = make_week(make_campaign(organisation))
    invitation = make_invitation(week, make_employee(organisation))
    make_response(invitation)
    return invitation


def test_raw_query_in_another_tenant_finds_nothing(answered):
    other = make_organisation()
    with organisation_scope(answered.organisation):
        assert count_rows("surveys_employee") == 1
    with organisation_scope(other):
        assert count_rows("surveys_employee") == 0
        assert count_rows("organisations_organisation") == 1


def test_web_process_without_scope_reads_no_tenant_table(answered):
    with pytest.raises(ProgrammingError, match="permission denied"):
        count_rows("surveys_employee")


def test_hr_reads_who_answered_but_never_what(answered):
    with organisation_scope(answered.organisation):
        assert count_rows("surveys_invitation WHERE answered_at IS NOT NULL") == 1
    for table in ("surveys_response", "surveys_dayanswer", "surveys_travelprofile", "surveys_vehiclefacts"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            organisation_scope(answered.organisation),
        ):
            count_rows(table)


@pytest.mark.parametrize("table", ["django_session", "usersessions_usersession", "mfa_authenticator"])
@pytest.mark.parametrize("role", [Role.HR, Role.RESPONDENT, Role.REPORTING, Role.SYSTEM])
def test_what_opens_an_account_is_read_in_no_scope(answered, role, table):
    assert count_rows(table) == 0
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        organisation_scope(answered.organisation, role=role, employee_id=answered.employee_id),
    ):
        count_rows(table)


def test_respondent_sees_own_rows_only(answered):
    colleague = make_employee(answered.organisation)
    make_response(make_invitation(answered.week, colleague))
    with organisation_scope(answered.organisation, role=Role.RESPONDENT, employee_id=answered.employee_id):
        assert [response.employee_id for response in Response.objects.all()] == [answered.employee_id]
        assert [employee.pk for employee in Employee.objects.all()] == [answered.employee_id]


def test_manager_without_scope_raises():
    with pytest.raises(NoScope):
        Employee.objects.count()


def test_nested_scope_restores_the_outer_one(answered):
    other = make_organisation()
    with organisation_scope(answered.organisation):
        with organisation_scope(other):
            assert Employee.objects.count() == 0
        assert Employee.objects.count() == 1
        assert count_rows("surveys_employee") == 1
        call_system_function("invitation", answered.code)
        assert count_rows("surveys_employee") == 1


def test_failed_nested_scope_restores_the_outer_one(answered):
    with organisation_scope(answered.organisation):
        with pytest.raises(ProgrammingError), organisation_scope(answered.organisation):
            count_rows("surveys_response")
        assert count_rows("surveys_employee") == 1


def test_system_role_runs_named_functions_only(answered):
    (row,) = call_system_function("invitation", answered.code)
    assert row["organisation_id"] == answered.organisation_id
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        organisation_scope(answered.organisation, role=Role.SYSTEM),
    ):
        count_rows("surveys_invitation")
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        organisation_scope(answered.organisation),
    ):
        count_rows(f"wpm.invitation('{answered.code}')")


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT password FROM organisations_user",
        "SELECT * FROM organisations_user",
        "UPDATE organisations_user SET password = 'x'",
        "UPDATE organisations_user SET email = 'hr@elders.example'",
        "UPDATE organisations_user SET is_active = true",
        "DELETE FROM organisations_user",
    ],
)
def test_hr_neither_reads_what_opens_an_account_nor_changes_one(answered, statement):
    make_member(answered.organisation)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        organisation_scope(answered.organisation),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize("role", [Role.RESPONDENT, Role.REPORTING, Role.SYSTEM])
def test_accounts_are_read_by_no_other_role_of_a_scope(answered, role):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        organisation_scope(answered.organisation, role=role, employee_id=answered.employee_id),
    ):
        count_rows("organisations_user")


def test_hr_names_who_did_something(answered):
    member = make_member(answered.organisation)
    with organisation_scope(answered.organisation):
        membership = Membership.objects.get(user=member)
        assert membership.user.email == member.email
        assert count_rows("organisations_user WHERE name <> 'x'") == 1
