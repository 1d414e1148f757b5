"""An instance made from JSON is the one that the ORM would have read."""

import copy
import datetime
import pickle
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.models import (
    Campaign,
    DayAnswer,
    Employee,
    Invitation,
    PopulationMember,
    Response,
    SurveyWeek,
    TravelProfile,
    VehicleFacts,
)
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
# All that the week of a respondent is read into.
MODELS = [
    Organisation,
    Site,
    Campaign,
    SurveyWeek,
    Employee,
    PopulationMember,
    Invitation,
    Response,
    DayAnswer,
    TravelProfile,
    VehicleFacts,
]


def values(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def read_as_json(model, pk):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_json(t) FROM {model._meta.db_table} t WHERE id = %s", [pk])
        return cursor.fetchone()[0]


def read_back(model, **related):
    """Of a week that was answered: a stored row as the ORM reads it, and made from JSON."""
    stored = model.objects.first()
    return stored, instance(model, read_as_json(model, stored.pk), **related)


@pytest.fixture
def answered():
    """Somebody's week, with a value in the columns that have one for few."""
    invitation = make_open_invitation()
    fill_week(invitation)
    with as_owner(invitation.organisation):
        moment = NOW + datetime.timedelta(microseconds=120_300)
        Invitation.objects.update(started_at=moment, opted_out_at=moment)
        Employee.objects.update(
            monthly_hours=Decimal("151.67"), days_per_week=Decimal("4.05"), employed_until=MONDAY, left_at=moment
        )
    return invitation


@pytest.mark.parametrize("model", MODELS)
def test_every_field_is_as_the_orm_reads_it(model, answered):
    with as_owner(answered.organisation):
        stored, made = read_back(model)
        assert values(made) == values(stored)
        assert {name: type(value) for name, value in values(made).items()} == {
            name: type(value) for name, value in values(stored).items()
        }
        assert made == stored
        assert hash(made) == hash(stored)
        assert str(made) == str(stored)
        assert made.get_deferred_fields() == set()
        assert (made._state.adding, made._state.db) == (stored._state.adding, stored._state.db) == (False, "default")


@pytest.mark.parametrize("model", MODELS)
def test_saving_updates_its_row_with_what_it_was(model, answered):
    with as_owner(answered.organisation):
        stored, made = read_back(model)
        count = model.objects.count()
        with CaptureQueriesContext(connection) as captured:
            made.save()
        # No look whether the row is there, and no attempt to insert it.
        assert [query["sql"].split()[0] for query in captured.captured_queries] == ["UPDATE"]
        assert model.objects.count() == count
        assert values(model.objects.get(pk=made.pk)) == values(stored)


def test_what_is_changed_is_saved_and_what_is_read_anew_is_as_stored(answered):
    with as_owner(answered.organisation):
        _stored, made = read_back(DayAnswer)
        made.mode = "walking"
        made.save(update_fields=["mode"])
        assert DayAnswer.objects.get(pk=made.pk).mode == "walking"
        DayAnswer.objects.filter(pk=made.pk).update(mode="car", return_metres=1)
        made.refresh_from_db(fields=["mode"])
        assert (made.mode, made.return_metres) == ("car", 20_000)
        made.refresh_from_db()
        assert values(made) == values(DayAnswer.objects.get(pk=made.pk))
        made.delete()
        assert not DayAnswer.objects.filter(date=made.date).exists()


def test_what_it_names_is_at_hand_until_it_names_another(answered, django_assert_num_queries):
    elsewhere = make_site(answered.organisation, name="Venlo")
    with as_owner(answered.organisation):
        site = Site.objects.get(pk=answered.employee.site_id)
        _stored, made = read_back(TravelProfile, site=site)
        with django_assert_num_queries(0):
            assert made.site is site
        with django_assert_num_queries(1):
            assert made.employee == answered.employee
        TravelProfile.objects.update(site=elsewhere)
        made.refresh_from_db()
        assert made.site == elsewhere
        made.site_id = site.pk
        assert made.site == site


def test_nobody_named_is_known_without_asking(answered, django_assert_num_queries):
    with as_owner(answered.organisation):
        _day, day = read_back(DayAnswer, other_site=None)
        _invitation, invitation = read_back(Invitation, response=None)
        with django_assert_num_queries(0):
            assert day.other_site is None
            assert not hasattr(invitation, "response")


def test_two_instances_share_nothing_but_their_row(answered):
    with as_owner(answered.organisation):
        row = read_as_json(Response, Response.objects.get().pk)
        one, other = instance(Response, row), instance(Response, row, site=Site.objects.first())
        one.department, one.started_at = "Elders", None
        assert (other.department, other.started_at) == ("Werkplaats", NOW)
        assert "site" not in one._state.fields_cache


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda made: pickle.loads(pickle.dumps(made))])
def test_a_copy_is_the_same(copied, model, answered):
    with as_owner(answered.organisation):
        stored, made = read_back(model)
        twin = copied(made)
        assert (twin, values(twin)) == (made, values(stored))
        assert (twin._state.adding, twin._state.db) == (False, "default")


def test_a_whole_week_can_be_pickled_with_all_that_it_names(answered, django_assert_num_queries):
    with as_respondent(answered):
        week = respondent_week(answered.code)
        kept = pickle.loads(pickle.dumps(week))
        with django_assert_num_queries(0):
            assert kept == week
            assert kept.answers == week.answers
            assert kept.response.invitation.employee.site == week.invitation.employee.site


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
