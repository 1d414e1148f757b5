"""Start: one response per invitation, whoever starts how often, and only while answers are taken."""

import datetime

import pytest

from surveys.domain.answering import Obstacle
from surveys.enums import CampaignState
from surveys.models import Employee, Invitation, Response
from surveys.services.responses.days import record_day
from surveys.services.responses.facts import confirm_facts
from surveys.services.responses.fewer_mails import stop_reminders
from surveys.services.responses.locking import CannotAnswer, NotStarted
from surveys.services.responses.opening import open_response
from surveys.services.responses.previous_week import copy_previous_week
from surveys.services.responses.submission import delete_answers, submit_response
from surveys.services.responses.vehicles import record_provider
from surveys.services.responses.week import NormalWeek, record_normal_week, record_weekend
from tests.factories import NOW, as_owner, make_invitation, make_organisation, make_site, make_week
from tests.surveys.services.responses.respondent import (
    BIKE,
    LATER,
    as_respondent,
    fill_week,
    make_open_invitation,
    on,
    stored_days,
    stored_response,
)
from wpm_platform.scoping import Role, organisation_scope

pytestmark = pytest.mark.django_db


def test_start_copies_the_place_as_the_campaign_froze_it():
    invitation = make_open_invitation()
    with as_owner(invitation.organisation):
        frozen = invitation.employee.site_id
        Employee.objects.update(site=make_site(invitation.organisation), department="Elders")
    with as_respondent(invitation):
        open_response(invitation=invitation, now=NOW)
    response = stored_response(invitation)
    assert (response.site_id, response.department) == (frozen, "Werkplaats")
    assert (response.started_at, response.submitted_at, response.one_way_metres) == (NOW, None, None)
    with as_owner(invitation.organisation):
        assert Invitation.objects.get().started_at == NOW


def test_starting_twice_keeps_the_first_start():
    invitation = make_open_invitation()
    with as_respondent(invitation):
        first = open_response(invitation=invitation, now=NOW)
        second = open_response(invitation=invitation, now=LATER)
    assert first == second
    assert stored_response(invitation).started_at == NOW


@pytest.mark.parametrize(
    ("changes", "obstacle"),
    [
        ({"campaign": {"state": CampaignState.PAUSED}}, Obstacle.PAUSED),
        ({"campaign": {"state": CampaignState.CLOSED}}, Obstacle.CLOSED),
        ({"week": {"closes_at": NOW, "opens_at": NOW - datetime.timedelta(days=1)}}, Obstacle.CLOSED),
        ({"week": {"opens_at": NOW + datetime.timedelta(days=1)}}, Obstacle.NOT_YET_OPEN),
        ({"invitation": {"withdrawn_at": NOW}}, Obstacle.WITHDRAWN),
        ({"employee": {"left_at": NOW}}, Obstacle.LEFT),
    ],
)
def test_nothing_is_taken_when_something_is_in_the_way(changes, obstacle):
    """Every service that changes an answer refuses, and says why."""
    invitation = make_open_invitation()
    fill_week(invitation)
    before = stored_days(invitation, "date", "mode")
    with as_owner(invitation.organisation):
        for name, fields in changes.items():
            row = invitation if name == "invitation" else getattr(invitation, name)
            type(row).objects.filter(pk=row.pk).update(**fields)
    own = {"invitation": invitation, "now": NOW}
    services = [
        lambda: open_response(**own),
        lambda: confirm_facts(**own),
        lambda: record_day(date=on(0), is_normal_week=False, choice=BIKE, **own),
        lambda: record_provider(mode="bicycle", is_employer_provided=True, **own),
        lambda: record_weekend(has_worked=True, **own),
        lambda: record_normal_week(choice=NormalWeek.YES, **own),
        lambda: copy_previous_week(**own),
        lambda: submit_response(is_normal_week=True, **own),
        lambda: delete_answers(**own),
    ]
    for service in services:
        with as_respondent(invitation), pytest.raises(CannotAnswer) as refusal:
            service()
        assert refusal.value.obstacle is obstacle
    assert stored_days(invitation, "date", "mode") == before
    assert stored_response(invitation).submitted_at is None


def test_nothing_is_taken_before_the_start():
    invitation = make_open_invitation()
    with as_respondent(invitation), pytest.raises(NotStarted):
        record_day(invitation=invitation, date=on(0), is_normal_week=False, choice=BIKE, now=NOW)
    assert stored_response(invitation) is None


def test_another_organisation_and_another_colleague_find_nothing():
    invitation = make_open_invitation()
    stranger = make_organisation()
    elsewhere = organisation_scope(stranger, role=Role.RESPONDENT, employee_id=invitation.employee_id)
    with elsewhere, pytest.raises(Invitation.DoesNotExist):
        open_response(invitation=invitation, now=NOW)
    colleague = make_open_invitation()
    with as_respondent(colleague), pytest.raises(Invitation.DoesNotExist):
        open_response(invitation=invitation, now=NOW)
    with as_owner():
        assert Response.objects.count() == 0


def test_reminders_stop_for_all_weeks_of_the_campaign_and_the_first_moment_stays():
    invitation = make_open_invitation()
    other = make_invitation(make_week(invitation.campaign, monday=on(7)), invitation.employee)
    with as_respondent(invitation):
        stop_reminders(invitation=invitation, now=NOW)
        stop_reminders(invitation=invitation, now=LATER)
    with as_owner(invitation.organisation):
        assert [row.opted_out_at for row in Invitation.objects.filter(pk__in=[invitation.pk, other.pk])] == [NOW, NOW]


def test_reminders_stop_for_nobody_else():
    invitation, colleague = make_open_invitation(), make_open_invitation()
    with as_respondent(colleague):
        stop_reminders(invitation=invitation, now=NOW)
    with as_owner(invitation.organisation):
        assert Invitation.objects.get(pk=invitation.pk).opted_out_at is None
