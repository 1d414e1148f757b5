"""A scope that is found, entered and asked in one go."""

import uuid

import psycopg
import pytest
from django.db import close_old_connections, connection

from tests.factories import make_organisation
from tests.surveys.services.responses.respondent import make_open_invitation
from wpm_platform.organisations.models import Organisation
from wpm_platform.scoping import (
    Question,
    Role,
    current_scope,
    found_scope,
    organisation_scope,
    spare_health_check,
)

pytestmark = pytest.mark.django_db

WHO = Question(
    sql="SELECT current_setting('role'), current_setting('wpm.organisation'), current_setting('wpm.employee'), %s",
    parameters=("asked",),
)


def now_at_work():
    with connection.cursor() as cursor:
        cursor.execute(WHO.sql, WHO.parameters)
        return cursor.fetchall()


def test_first_question_is_asked_within_the_scope():
    invitation = make_open_invitation()
    expected = [("wpm_respondent", str(invitation.organisation_id), str(invitation.employee_id), "asked")]
    with found_scope("invitation", invitation.code, role=Role.RESPONDENT, first=WHO) as scope:
        assert scope.answer == now_at_work() == expected
        assert current_scope() == scope
    with organisation_scope(
        invitation.organisation, role=Role.RESPONDENT, employee_id=invitation.employee_id, first=WHO
    ) as scope:
        assert scope.answer == now_at_work() == expected


def test_an_unknown_key_finds_no_scope():
    with found_scope("invitation", uuid.uuid4(), role=Role.RESPONDENT, first=WHO) as scope:
        assert scope is None
        assert now_at_work() == [("wpm_respondent", "", "", "asked")]


def test_the_outer_scope_holds_again_afterwards():
    invitation, other = make_open_invitation(), make_open_invitation()
    with organisation_scope(other.organisation, role=Role.HR) as outer:
        before = now_at_work()
        for key in (invitation.code, uuid.uuid4()):
            with found_scope("invitation", key, role=Role.RESPONDENT, first=WHO):
                pass
            assert now_at_work() == before
            assert current_scope() == outer


@pytest.mark.django_db(transaction=True)
def test_nothing_of_a_scope_is_left_on_the_connection():
    invitation = make_open_invitation()
    before = connection.settings_dict["OPTIONS"]["assume_role"]
    with found_scope("invitation", invitation.code, role=Role.RESPONDENT, first=WHO):
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('wpm.organisation', true)")
        assert cursor.fetchone() == (before, "")


def backend_pid() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_a_kept_connection_is_trusted_while_its_server_is_silent():
    organisation = make_organisation()
    before = backend_pid()
    close_old_connections()
    assert not connection.health_check_done
    spare_health_check()
    assert connection.health_check_done
    with organisation_scope(organisation):
        assert backend_pid() == before


@pytest.mark.django_db(transaction=True)
def test_a_kept_connection_that_the_server_ended_is_replaced():
    organisation = make_organisation()
    before = backend_pid()
    parameters = connection.get_connection_params() | {"autocommit": True}
    for name in ("assume_role", "cursor_factory", "context", "prepare_threshold"):
        parameters.pop(name, None)
    close_old_connections()
    with psycopg.connect(**parameters) as other:
        # Waits until the server process is gone.
        assert other.execute("SELECT pg_terminate_backend(%s, 10000)", [before]).fetchone() == (True,)
    with organisation_scope(organisation):
        assert Organisation.objects.get(pk=organisation.pk).slug == organisation.slug
        assert backend_pid() != before
