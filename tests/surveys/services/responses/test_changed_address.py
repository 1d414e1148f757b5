"""An answer on its way while the address changes: it is refused, or it is hidden, never shown to somebody else."""

import pytest

from surveys.models import Employee, Invitation
from surveys.selectors.response_state import respondent_week
from surveys.services.responses.days import record_day
from surveys.services.responses.locking import LinkEnded
from surveys.services.responses.opening import EarlierAnswers, open_response, start_afresh
from surveys.services.responses.submission import delete_answers
from tests.factories import NOW, as_owner, make_employee, make_invitation, make_organisation
from tests.surveys.services.responses.respondent import (
    BIKE,
    as_respondent,
    fill_week,
    make_open_invitation,
    on,
    stored_days,
    stored_response,
    submit,
)
from tests.wpm_platform.organisations.concurrency import at_once
from wpm_platform.scoping import Role, organisation_scope

pytestmark = pytest.mark.django_db


def change(invitation: Invitation) -> Invitation:
    with as_owner(invitation.organisation):
        Employee.objects.filter(pk=invitation.employee_id).update(email="nieuw@voorbeeld.example")
        return Invitation.objects.select_related("employee", "organisation").get(pk=invitation.pk)


@pytest.mark.parametrize("service", [open_response, start_afresh, delete_answers])
def test_who_opened_the_page_before_the_change_stores_and_deletes_nothing(service):
    invitation = make_open_invitation()
    fill_week(invitation)
    change(invitation)
    with as_respondent(invitation), pytest.raises(LinkEnded):
        service(invitation=invitation, now=NOW)
    assert len(stored_days(invitation, "mode")) == 5


def test_day_on_its_way_is_refused():
    invitation = make_open_invitation()
    fill_week(invitation)
    change(invitation)
    with as_respondent(invitation), pytest.raises(LinkEnded):
        record_day(invitation=invitation, date=on(0), is_normal_week=False, choice=BIKE, now=NOW)


def test_week_of_an_earlier_address_is_read_as_not_begun():
    invitation = make_open_invitation()
    fill_week(invitation)
    invitation = change(invitation)
    with as_respondent(invitation):
        week = respondent_week(invitation.code)
    assert (week.response, week.profile, week.days, week.vehicles) == (None, None, [], {})
    assert not week.answers.has_facts
    assert not week.answers.is_submitted


def test_earlier_answers_are_not_deleted_unasked():
    invitation = make_open_invitation()
    fill_week(invitation)
    submit(invitation)
    invitation = change(invitation)
    with as_respondent(invitation), pytest.raises(EarlierAnswers):
        open_response(invitation=invitation, now=NOW)
    assert stored_response(invitation).submitted_at == NOW


def test_another_organisation_cannot_start_afresh():
    invitation = make_open_invitation()
    fill_week(invitation)
    invitation = change(invitation)
    stranger = make_organisation()
    with (
        organisation_scope(stranger, role=Role.RESPONDENT, employee_id=invitation.employee_id),
        pytest.raises(Invitation.DoesNotExist),
    ):
        start_afresh(invitation=invitation, now=NOW)
    assert len(stored_days(invitation, "mode")) == 5


def test_colleague_keeps_what_is_remembered():
    invitation = make_open_invitation()
    colleague = make_invitation(invitation.week, make_employee(invitation.organisation))
    fill_week(colleague)
    fill_week(invitation)
    invitation = change(invitation)
    with as_respondent(invitation):
        start_afresh(invitation=invitation, now=NOW)
    assert (len(stored_days(invitation, "mode")), len(stored_days(colleague, "mode"))) == (0, 5)


@pytest.mark.django_db(transaction=True)
def test_two_phones_start_afresh_at_once():
    invitation = make_open_invitation()
    fill_week(invitation)
    invitation = change(invitation)

    def start() -> object:
        with as_respondent(invitation):
            return start_afresh(invitation=invitation, now=NOW).pk

    first, second = at_once(start, start)
    assert first == second
    assert stored_response(invitation).pk == first
