"""Answers apart from names, and the promise of it frozen at the first answer: by the database, whoever asks."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, ProgrammingError, connection

from surveys.models import Campaign, Response
from surveys.services.responses.opening import open_response
from surveys.services.responses.submission import delete_answers
from tests.factories import (
    NOW,
    as_owner,
    make_campaign,
    make_employee,
    make_invitation,
    make_organisation,
    make_response,
    make_week,
)
from wpm_platform.scoping import Role, organisation_scope

pytestmark = pytest.mark.django_db
SWITCH = "UPDATE surveys_campaign SET is_confidential = NOT is_confidential"


def switch(organisation, *, role):
    with organisation_scope(organisation, role=role), connection.cursor() as cursor:
        cursor.execute(SWITCH)


@pytest.fixture
def invitation():
    organisation = make_organisation()
    return make_invitation(make_week(make_campaign(organisation)), make_employee(organisation))


@pytest.mark.parametrize("role", [Role.HR, Role.OWNER])
def test_the_first_answer_freezes_the_promise_for_everybody(invitation, role):
    switch(invitation.organisation, role=role)
    switch(invitation.organisation, role=role)
    make_response(invitation)
    with pytest.raises(IntegrityError, match="surveys_response_keeps_promise"):
        switch(invitation.organisation, role=role)


def test_an_answer_that_was_begun_freezes_it_too(invitation):
    with organisation_scope(invitation.organisation, role=Role.RESPONDENT, employee_id=invitation.employee_id):
        open_response(invitation=invitation, now=NOW)
    with pytest.raises(IntegrityError, match="surveys_response_keeps_promise"):
        switch(invitation.organisation, role=Role.OWNER)


def test_no_answer_changes_sides(invitation):
    make_response(invitation)
    with (
        pytest.raises(IntegrityError, match="surveys_response_keeps_promise"),
        as_owner(invitation.organisation),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE surveys_response SET is_confidential = false")


def test_another_campaign_stays_free_and_deleting_sets_free(invitation):
    other = make_campaign(invitation.organisation, name="Andere")
    make_response(invitation)
    with as_owner(invitation.organisation):
        Campaign.objects.filter(pk=other.pk).update(is_confidential=False)
    with organisation_scope(invitation.organisation, role=Role.RESPONDENT, employee_id=invitation.employee_id):
        delete_answers(invitation=invitation, now=NOW)
    switch(invitation.organisation, role=Role.HR)


def test_an_answer_carries_the_promise_of_its_campaign(invitation):
    switch(invitation.organisation, role=Role.OWNER)
    with organisation_scope(invitation.organisation, role=Role.RESPONDENT, employee_id=invitation.employee_id):
        open_response(invitation=invitation, now=NOW)
    with as_owner(invitation.organisation):
        assert Response.objects.get().is_confidential is False


@pytest.mark.parametrize("is_confidential", [True, False])
@pytest.mark.parametrize("table", ["response", "dayanswer", "travelprofile", "vehiclefacts"])
def test_hr_reads_no_answer_whatever_the_field_says(invitation, table, is_confidential):
    with as_owner(invitation.organisation):
        Campaign.objects.update(is_confidential=is_confidential)
    make_response(invitation, is_confidential=is_confidential)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        organisation_scope(invitation.organisation),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SELECT * FROM surveys_{table}")
    with organisation_scope(invitation.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM surveys_invitation WHERE answered_at IS NOT NULL")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
def test_a_switch_and_a_first_answer_at_the_same_moment_never_disagree():
    """Twenty first answers, and a switch of each campaign at the same time: one of the two waits or is refused."""
    organisation = make_organisation()
    invitations = [
        make_invitation(make_week(make_campaign(organisation, name=f"Week {number}")), make_employee(organisation))
        for number in range(10)
    ]

    def answer(invitation):
        try:
            with organisation_scope(organisation, role=Role.RESPONDENT, employee_id=invitation.employee_id):
                open_response(invitation=invitation, now=NOW)
        except IntegrityError:
            return "refused"
        finally:
            connection.close()
        return "answered"

    def change(invitation):
        try:
            with organisation_scope(organisation):
                Campaign.objects.filter(pk=invitation.campaign_id).update(is_confidential=False)
        except IntegrityError:
            return "refused"
        finally:
            connection.close()
        return "changed"

    with ThreadPoolExecutor(max_workers=8) as pool:
        waiting = [pool.submit(work, one) for one in invitations for work in (answer, change)]
        outcomes = {future.result() for future in waiting}
    assert outcomes <= {"answered", "changed", "refused"}
    with as_owner(organisation):
        for response in Response.objects.select_related("campaign"):
            assert response.is_confidential == response.campaign.is_confidential
