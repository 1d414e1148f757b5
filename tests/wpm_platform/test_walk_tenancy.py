"""Every table that belongs to an organisation is kept apart, by the manager and by PostgreSQL."""

import pytest
from django.apps import apps
from django.db import DatabaseError, ProgrammingError, connection

from tests.factories import as_owner, make_organisation
from tests.wpm_platform.database import row_count
from tests.wpm_platform.world import make_world
from wpm_platform.organisations.models import Organisation
from wpm_platform.row_security import RowAccess
from wpm_platform.scoping import NoScope, Role, TenantManager, organisation_scope

pytestmark = pytest.mark.django_db

OWN_MODELS = [
    model for model in apps.get_models() if model.__module__.split(".")[0] in ("wpm_platform", "surveys", "reporting")
]
TENANT_MODELS = [
    model for model in OWN_MODELS if any(field.related_model is Organisation for field in model._meta.get_fields())
]
# Accounts belong to people, who may work for several organisations.
SHARED = {"User", "Organisation", "DomainPause", "WaitingReport", "PostcodePlace", "SharedPrior"}
ANSWERS = {"Response", "DayAnswer", "TravelProfile", "VehicleFacts"}


def by_name(model):
    return model.__name__


def test_every_model_of_ours_belongs_to_an_organisation_or_is_known_to_be_shared():
    assert {model.__name__ for model in OWN_MODELS} - {model.__name__ for model in TENANT_MODELS} == SHARED


@pytest.mark.parametrize("model", TENANT_MODELS, ids=by_name)
def test_tenant_model_is_scoped(model):
    assert isinstance(model._default_manager, TenantManager)
    assert isinstance(model.row_access, RowAccess)
    assert not model._meta.get_field("organisation").null
    with pytest.raises(NoScope):
        model.objects.count()


@pytest.mark.parametrize("model", [*TENANT_MODELS, Organisation], ids=by_name)
def test_row_security_is_on_with_a_policy_for_each_role_that_may_read(model):
    access = model.row_access
    expected = {
        str(role)
        for role, privileges in (
            (Role.HR, access.hr),
            (Role.REPORTING, access.reporting),
            (Role.RESPONDENT, access.respondent),
        )
        if privileges
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT relrowsecurity FROM pg_class WHERE relname = %s", [model._meta.db_table])
        (is_on,) = cursor.fetchone()
        cursor.execute(
            "SELECT roles::text[], qual, with_check FROM pg_policies WHERE tablename = %s", [model._meta.db_table]
        )
        policies = cursor.fetchall()
    assert (is_on, {role for roles, _, _ in policies for role in roles}) == (True, expected)
    for _, condition, check in policies:
        assert condition == check
        assert "current_setting('wpm.organisation'" in condition


def test_raw_query_under_the_web_role_finds_nothing_in_the_wrong_organisation():
    world, other = make_world(), make_organisation()
    for model in TENANT_MODELS:
        table = model._meta.db_table
        with as_owner():
            # Rows there must be, or the walk proves nothing.
            assert row_count(table) > 0, table
        for role in (Role.HR, Role.REPORTING, Role.RESPONDENT):
            try:
                with organisation_scope(other, role=role, employee_id=world.response.employee_id):
                    assert row_count(table) == 0, (table, role)
            except ProgrammingError as error:
                assert "permission denied" in str(error)  # noqa: PT017


@pytest.mark.parametrize("model", [*TENANT_MODELS, Organisation], ids=by_name)
@pytest.mark.parametrize("role", [None, Role.SYSTEM])
def test_raw_query_outside_a_scope_is_refused(model, role):
    if role is None:
        with pytest.raises(ProgrammingError, match="permission denied"):
            row_count(model._meta.db_table)
    else:
        with pytest.raises(ProgrammingError, match="permission denied"), organisation_scope(1, role=role):
            row_count(model._meta.db_table)


def test_hr_reads_no_answer():
    world = make_world()
    for model in TENANT_MODELS:
        if model.__name__ in ANSWERS:
            with pytest.raises(ProgrammingError, match="permission denied"), organisation_scope(world.organisation):
                row_count(model._meta.db_table)


def test_row_cannot_be_written_into_another_organisation():
    world, other = make_world(), make_organisation()
    for model in TENANT_MODELS:
        if "UPDATE" in model.row_access.hr:
            with pytest.raises(DatabaseError, match=r"row-level security|not change any more"):
                move_rows(model._meta.db_table, world.organisation, other)


def move_rows(table, organisation, other):
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{table}" SET organisation_id = %s', [other.pk])
