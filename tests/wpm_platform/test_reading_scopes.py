"""Reading for one person: rows that are found in one go, and reads in the scope at hand."""

import contextlib
import uuid

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from tests.surveys.services.responses.respondent import make_open_invitation
from wpm_platform.organisations.models import Site
from wpm_platform.scoping import (
    NoScope,
    Question,
    Role,
    current_scope,
    found_answer,
    organisation_scope,
    reading_scope,
)

# The transactions are the product's own here: no savepoint of the test around them.
pytestmark = pytest.mark.django_db(transaction=True)

WHO = Question(
    sql="SELECT current_user::text, current_setting('wpm.organisation'), current_setting('wpm.employee'), %s::text",
    parameters=("asked",),
)
BAD = Question(sql="SELECT 1 / 0")


def at_work():
    """Role, organisation and employee of the connection; the settings are empty, or unknown to a new connection."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user::text, coalesce(current_setting('wpm.organisation', true), ''),"
            " coalesce(current_setting('wpm.employee', true), '')"
        )
        return cursor.fetchone()


def respondent_of(invitation):
    return {
        "organisation_id": invitation.organisation_id,
        "role": Role.RESPONDENT,
        "employee_id": invitation.employee_id,
    }


def seen_of(invitation):
    return ("wpm_respondent", str(invitation.organisation_id), str(invitation.employee_id))


def answer_to(question, key):
    return found_answer("invitation", key, role=Role.RESPONDENT, first=question)


@contextlib.contextmanager
def transactions():
    """The statements that begin or end a transaction or a savepoint meanwhile."""
    begun = []
    with CaptureQueriesContext(connection) as captured:
        yield begun
    words = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
    begun += [query["sql"] for query in captured.captured_queries if query["sql"].startswith(words)]


def test_an_answer_is_asked_as_the_person_who_is_found_and_leaves_nothing_behind():
    invitation = make_open_invitation()
    before = at_work()
    with transactions() as begun:
        assert answer_to(WHO, invitation.code) == [(*seen_of(invitation), "asked")]
    assert begun == []
    assert at_work() == before == (connection.settings_dict["OPTIONS"]["assume_role"], "", "")
    assert not connection.in_atomic_block
    with pytest.raises(NoScope):
        current_scope()


def test_an_unknown_key_has_no_answer_and_leaves_nothing_behind():
    make_open_invitation()
    before = at_work()
    assert answer_to(WHO, uuid.uuid4()) is None
    assert at_work() == before


def test_a_question_that_fails_leaves_nothing_behind():
    invitation = make_open_invitation()
    before = at_work()
    with pytest.raises(DatabaseError, match="division by zero"):
        answer_to(BAD, invitation.code)
    assert at_work() == before
    assert answer_to(WHO, invitation.code) == [(*seen_of(invitation), "asked")]


def test_each_answer_is_of_the_person_asked_for_whoever_was_asked_for_before():
    first, second = make_open_invitation(), make_open_invitation()
    sites = Question(sql="SELECT organisation_id FROM organisations_site")
    for invitation in (first, second, first):
        assert set(answer_to(sites, invitation.code)) == {(invitation.organisation_id,)}


def test_within_a_transaction_the_outer_scope_holds_afterwards():
    invitation, other = make_open_invitation(), make_open_invitation()
    with organisation_scope(other.organisation, role=Role.HR) as outer:
        before = at_work()
        assert before == ("wpm_hr", str(other.organisation_id), "")
        assert answer_to(WHO, invitation.code) == [(*seen_of(invitation), "asked")]
        assert (at_work(), current_scope()) == (before, outer)
        assert answer_to(WHO, uuid.uuid4()) is None
        assert (at_work(), current_scope()) == (before, outer)
        with pytest.raises(DatabaseError, match="division by zero"):
            answer_to(BAD, invitation.code)
        assert (at_work(), current_scope()) == (before, outer)
        assert {site.organisation_id for site in Site.objects.all()} == {other.organisation_id}


def test_a_read_in_its_own_scope_needs_no_savepoint():
    invitation = make_open_invitation()
    scope = respondent_of(invitation)
    with organisation_scope(invitation.organisation, role=Role.RESPONDENT, employee_id=invitation.employee_id) as own:
        with CaptureQueriesContext(connection) as captured, reading_scope(**scope):
            assert current_scope() is own
        assert captured.captured_queries == []
        assert at_work() == seen_of(invitation)


def test_a_read_outside_of_any_scope_has_one_of_its_own():
    invitation = make_open_invitation()
    before = at_work()
    with transactions() as begun, reading_scope(**respondent_of(invitation)):
        assert at_work() == seen_of(invitation)
        assert {site.organisation_id for site in Site.objects.all()} == {invitation.organisation_id}
    assert begun == ["BEGIN", "COMMIT"]
    assert at_work() == before
    with pytest.raises(NoScope):
        current_scope()


@pytest.mark.parametrize("differs_by", ["organisation", "employee", "role"])
def test_a_read_in_another_scope_has_one_of_its_own_and_the_other_holds_again(differs_by):
    invitation, other = make_open_invitation(), make_open_invitation()
    scope = respondent_of(invitation)
    scope |= {
        "organisation": {"organisation_id": other.organisation_id},
        "employee": {"employee_id": other.employee_id},
        "role": {"role": Role.HR, "employee_id": None},
    }[differs_by]
    organisation_id = scope.pop("organisation_id")
    with organisation_scope(organisation_id, **scope) as outer:
        before = at_work()
        assert before != seen_of(invitation)
        with transactions() as begun, reading_scope(**respondent_of(invitation)):
            assert at_work() == seen_of(invitation)
        assert [statement.split()[0] for statement in begun] == ["SAVEPOINT", "RELEASE"]
        assert (at_work(), current_scope()) == (before, outer)


def test_an_error_while_reading_ends_the_read_and_no_more():
    invitation, other = make_open_invitation(), make_open_invitation()
    with organisation_scope(other.organisation, role=Role.HR) as outer:
        before = at_work()
        with (
            pytest.raises(DatabaseError, match="division by zero"),
            reading_scope(**respondent_of(invitation)),
            connection.cursor() as cursor,
        ):
            cursor.execute(BAD.sql)
        assert (at_work(), current_scope()) == (before, outer)
