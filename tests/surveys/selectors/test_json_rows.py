"""An instance made from JSON is the one that the ORM would have read."""

import datetime

import pytest
from django.db import connection

from surveys.models import DayAnswer, Employee, Response, TravelProfile, VehicleFacts
from surveys.selectors.json_rows import instance
from surveys.selectors.response_state import previous_days, previous_response, respondent_week
from tests.factories import (
    MONDAY,
    NOW,
    as_owner,
    make_campaign,
    make_employee,
    make_invitation,
    make_organisation,
    make_response,
    make_site,
    make_week,
)
from tests.surveys.services.responses.respondent import BIKE, answer, as_respondent, fill_week, make_open_invitation
from wpm_platform.organisations.models import Organisation, Site

pytestmark = pytest.mark.django_db


def values(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def read_as_json(model, pk):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_json(t) FROM {model._meta.db_table} t WHERE id = %s", [pk])
        return cursor.fetchone()[0]


@pytest.mark.parametrize("model", [Organisation, Site, Employee, Response, DayAnswer, TravelProfile, VehicleFacts])
def test_every_field_is_as_the_orm_reads_it(model):
    invitation = make_open_invitation()
    fill_week(invitation)
    with as_owner(invitation.organisation):
        stored = model.objects.first()
        made = instance(model, read_as_json(model, stored.pk))
    assert values(made) == values(stored)
    assert made == stored
    assert not made._state.adding


def test_a_week_is_read_whole_by_one_query(django_assert_num_queries):
    invitation = make_open_invitation()
    fill_week(invitation)
    with as_respondent(invitation), django_assert_num_queries(1):
        week = respondent_week(invitation.code)
        assert [day.date for day in week.days] == [MONDAY + datetime.timedelta(days=offset) for offset in range(5)]
        assert week.response.week == week.invitation.week == invitation.week
        assert week.response.site == week.profile.site == week.invitation.employee.site == invitation.employee.site
        assert list(week.vehicles) == ["bicycle"]
        assert (week.member, week.answered_before, week.has_several_sites) == (None, False, False)
        assert not week.answers.was_normal_week


def test_before_the_start_there_is_who_may_start():
    invitation = make_open_invitation()
    make_site(invitation.organisation)
    with as_respondent(invitation):
        week = respondent_week(invitation.code)
    assert (week.response, week.days, week.profile) == (None, [], None)
    assert week.member.department == "Werkplaats"
    assert week.has_several_sites


def test_nobody_reads_the_week_of_somebody_else():
    invitation = make_open_invitation()
    fill_week(invitation)
    stranger = make_invitation(invitation.week, make_employee(invitation.organisation))
    for other in (stranger, make_open_invitation()):
        with as_respondent(other), pytest.raises(type(invitation).DoesNotExist):
            respondent_week(invitation.code)


def test_the_week_before_is_known_to_the_week_after_it():
    organisation = make_organisation()
    campaign = make_campaign(organisation)
    person = make_employee(organisation)
    first = make_invitation(make_week(campaign), person)
    later = make_invitation(make_week(campaign, monday=MONDAY + datetime.timedelta(days=7)), person)
    with as_respondent(later):
        assert not respondent_week(later.code).answered_before
        assert previous_days(invitation=later) == []
    response = make_response(first, submitted_at=NOW)
    answer(first, 0, BIKE)
    with as_respondent(later):
        assert respondent_week(later.code).answered_before
        assert previous_response(invitation=later) == response
        (day,) = previous_days(invitation=later)
        assert (day.date, day.response) == (MONDAY, response)
    with as_respondent(first):
        assert not respondent_week(first.code).answered_before
