"""Sending in, changing after it, and deleting."""

import pytest

from surveys.enums import Mode
from surveys.models import DayAnswer, Invitation, Response, TravelProfile, VehicleFacts
from surveys.services.responses.locking import NotStarted
from surveys.services.responses.opening import open_response
from surveys.services.responses.submission import ResponseIncomplete, delete_answers, submit_response
from surveys.services.responses.week import NormalWeek, record_normal_week
from tests.factories import NOW, as_owner, make_employee, make_invitation
from tests.surveys.services.responses.respondent import (
    CAR,
    LATER,
    answer,
    as_respondent,
    fill_week,
    make_open_invitation,
    start,
    stored_days,
    stored_response,
    submit,
)

pytestmark = pytest.mark.django_db


def answered_at(invitation: Invitation) -> object:
    with as_owner(invitation.organisation):
        return Invitation.objects.get(pk=invitation.pk).answered_at


def test_a_complete_week_counts_from_the_first_time_it_is_sent():
    invitation = make_open_invitation()
    fill_week(invitation)
    assert answered_at(invitation) is None
    submit(invitation, now=NOW)
    submit(invitation, now=LATER)
    response = stored_response(invitation)
    assert (response.submitted_at, response.was_normal_week) == (NOW, True)
    assert answered_at(invitation) == NOW


@pytest.mark.parametrize("is_normal_week", [True, False])
def test_half_a_week_is_not_a_response(is_normal_week):
    invitation = make_open_invitation()
    start(invitation)
    answer(invitation, 0, CAR)
    with as_respondent(invitation), pytest.raises(ResponseIncomplete):
        submit_response(invitation=invitation, is_normal_week=is_normal_week, now=NOW)
    response = stored_response(invitation)
    assert (response.submitted_at, response.was_normal_week, answered_at(invitation)) == (None, None, None)


def test_whether_it_was_normal_must_be_said():
    invitation = make_open_invitation()
    fill_week(invitation)
    with as_respondent(invitation), pytest.raises(ResponseIncomplete):
        submit_response(invitation=invitation, is_normal_week=False, now=NOW)


def test_sending_does_not_overrule_that_the_week_was_unusual():
    invitation = make_open_invitation()
    fill_week(invitation)
    with as_respondent(invitation):
        record_normal_week(invitation=invitation, choice=NormalWeek.KEEP, now=NOW)
    submit(invitation)
    assert stored_response(invitation).was_normal_week is False


def test_a_change_afterwards_is_saved_at_once_and_keeps_it_submitted():
    invitation = make_open_invitation()
    fill_week(invitation)
    submit(invitation)
    answer(invitation, 0, CAR)
    assert stored_days(invitation, "mode")[0] == (Mode.CAR,)
    assert stored_response(invitation).submitted_at == NOW
    assert answered_at(invitation) == NOW


def test_deleting_leaves_nothing_of_this_person_and_everything_of_a_colleague():
    invitation = make_open_invitation()
    colleague = make_invitation(invitation.week, make_employee(invitation.organisation))
    for each in (invitation, colleague):
        fill_week(each)
        submit(each)
    with as_respondent(invitation):
        delete_answers(invitation=invitation, now=NOW)
        delete_answers(invitation=invitation, now=NOW)
    with as_owner(invitation.organisation):
        left = [
            set(model.objects.values_list("employee_id", flat=True))
            for model in (Response, DayAnswer, TravelProfile, VehicleFacts)
        ]
        assert left == [{colleague.employee_id}] * 4
        kept = Invitation.objects.get(pk=invitation.pk)
    assert (kept.started_at, kept.answered_at) == (None, None)
    assert answered_at(colleague) == NOW


def test_after_deleting_the_link_starts_anew():
    invitation = make_open_invitation()
    fill_week(invitation)
    with as_respondent(invitation):
        delete_answers(invitation=invitation, now=NOW)
        with pytest.raises(NotStarted):
            submit_response(invitation=invitation, is_normal_week=True, now=NOW)
        open_response(invitation=invitation, now=LATER)
    assert stored_response(invitation).started_at == LATER
    assert stored_days(invitation, "date") == []


def test_a_colleague_deletes_nothing():
    invitation, colleague = make_open_invitation(), make_open_invitation()
    fill_week(invitation)
    with as_respondent(colleague), pytest.raises(Invitation.DoesNotExist):
        delete_answers(invitation=invitation, now=NOW)
    assert len(stored_days(invitation, "date")) == 5
