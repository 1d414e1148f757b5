"""Closing and answering at the same moment: an answer is in before the close, or refused; never after it."""

import contextlib
from functools import partial

import pytest
from django.db import OperationalError, connection

from surveys.services.campaign_states import close_campaign
from surveys.services.responses.locking import CannotAnswer
from surveys.services.responses.submission import delete_answers, submit_response
from tests.factories import NOW, make_employee, make_invitation
from tests.surveys.services.responses.respondent import (
    LATER,
    as_respondent,
    fill_week,
    make_open_invitation,
    stored_response,
    submit,
)
from tests.wpm_platform.organisations.concurrency import at_once
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db(transaction=True)


@contextlib.contextmanager
def impatient():
    """Inside a transaction: give up at once where another transaction is in the way."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '200ms'")
    yield


def close(invitation):
    with organisation_scope(invitation.organisation_id), impatient():
        return close_campaign(
            organisation=invitation.organisation, actor=None, now=LATER, campaign=invitation.campaign
        ).state


def submit_and(invitation, *, meanwhile):
    with as_respondent(invitation):
        submit_response(invitation=invitation, is_normal_week=True, now=NOW)
        return at_once(meanwhile)[0]


def test_closing_waits_for_an_answer_that_is_being_saved():
    invitation = make_open_invitation()
    fill_week(invitation)
    outcome = submit_and(invitation, meanwhile=lambda: close(invitation))
    assert isinstance(outcome, OperationalError)
    assert (close(invitation), stored_response(invitation).submitted_at) == ("closed", NOW)


@pytest.mark.parametrize("change", [submit_response, delete_answers])
def test_an_answer_waits_for_the_closing_and_is_then_refused(change):
    invitation = make_open_invitation()
    fill_week(invitation)
    arguments = {"is_normal_week": True} if change is submit_response else {}

    def answer():
        with as_respondent(invitation), impatient():
            change(invitation=invitation, now=NOW, **arguments)

    with organisation_scope(invitation.organisation_id):
        close_campaign(organisation=invitation.organisation, actor=None, now=LATER, campaign=invitation.campaign)
        (outcome,) = at_once(answer)
    assert isinstance(outcome, OperationalError)
    with pytest.raises(CannotAnswer):
        answer()
    assert stored_response(invitation).submitted_at is None


def test_colleagues_do_not_wait_for_each_other():
    invitation = make_open_invitation()
    fill_week(invitation)
    colleague = make_invitation(invitation.week, make_employee(invitation.organisation))
    fill_week(colleague)

    def answer():
        with as_respondent(colleague), impatient():
            return submit_response(invitation=colleague, is_normal_week=True, now=NOW).submitted_at

    assert submit_and(invitation, meanwhile=answer) == NOW


def test_in_a_rush_each_answer_is_in_or_refused():
    first = make_open_invitation()
    others = [make_invitation(first.week, make_employee(first.organisation)) for _ in range(7)]
    for invitation in (first, *others):
        fill_week(invitation)

    def answer(invitation):
        try:
            submit(invitation)
        except CannotAnswer:
            return "refused"
        return "in"

    def finish():
        with organisation_scope(first.organisation_id):
            return close_campaign(organisation=first.organisation, actor=None, now=LATER, campaign=first.campaign).state

    *outcomes, closed = at_once(*(partial(answer, invitation) for invitation in (first, *others)), finish)
    stored = [stored_response(invitation).submitted_at is not None for invitation in (first, *others)]
    assert closed == "closed"
    assert outcomes == ["in" if is_in else "refused" for is_in in stored]
