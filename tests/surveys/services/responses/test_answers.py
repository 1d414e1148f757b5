"""Facts, days, vehicles and the week: saved one by one, and kept in step with each other."""

import datetime

import pytest

from surveys.enums import Fuel, Mode, Whereabouts
from surveys.models import TravelProfile, VehicleFacts
from surveys.services.responses.days import DayChoice, DayNotAsked, NothingToCopy, copy_day
from surveys.services.responses.facts import NoFactsYet, confirm_facts, record_facts
from surveys.services.responses.opening import open_response
from surveys.services.responses.previous_week import FactsMissing, NoPreviousWeek, copy_previous_week
from surveys.services.responses.vehicles import VehicleNotAsked, record_fuel, record_provider
from surveys.services.responses.week import (
    NormalWeek,
    record_free_normal_weekend,
    record_normal_week,
    record_weekend,
)
from tests.factories import NOW, as_owner, make_invitation, make_site, make_week
from tests.surveys.services.responses.respondent import (
    BIKE,
    CAR,
    HOME,
    LATER,
    answer,
    as_respondent,
    fill_week,
    make_open_invitation,
    on,
    start,
    stored_days,
    stored_response,
    submit,
)

pytestmark = pytest.mark.django_db


def test_facts_are_kept_for_this_week_and_for_the_next():
    invitation = make_open_invitation()
    venlo = make_site(invitation.organisation, name="Venlo")
    with as_respondent(invitation):
        open_response(invitation=invitation, now=NOW)
        record_facts(invitation=invitation, site=venlo, home_postcode="1234AB", one_way_metres=14_500, now=NOW)
    with as_owner(invitation.organisation):
        profile = TravelProfile.objects.get()
    assert (profile.site_id, profile.home_postcode, profile.one_way_metres) == (venlo.pk, "1234AB", 14_500)
    response = stored_response(invitation)
    assert (response.site_id, response.one_way_metres) == (venlo.pk, 14_500)


def test_another_distance_changes_every_day_that_follows_it():
    invitation = make_open_invitation()
    start(invitation, one_way_metres=10_000)
    answer(invitation, 0, BIKE)
    answer(invitation, 1, HOME)
    elsewhere = DayChoice(whereabouts=Whereabouts.OTHER_SITE, mode=Mode.CAR)
    answer(invitation, 2, elsewhere)
    known = DayChoice(whereabouts=Whereabouts.OTHER_SITE, mode=Mode.CAR, other_site_one_way_metres=60_000)
    answer(invitation, 3, known)
    assert stored_days(invitation, "return_metres", "uses_usual_distance") == [
        (20_000, False),
        (0, False),
        (20_000, True),
        (120_000, False),
    ]
    start(invitation, one_way_metres=12_000)
    assert stored_days(invitation, "return_metres", "uses_usual_distance") == [
        (24_000, False),
        (0, False),
        (24_000, True),
        (120_000, False),
    ]


def test_facts_of_last_time_are_confirmed_in_one_go():
    invitation = make_open_invitation()
    start(invitation, one_way_metres=14_500)
    later = make_invitation(make_week(invitation.campaign, monday=on(7)), invitation.employee)
    with as_respondent(later):
        open_response(invitation=later, now=NOW)
        confirm_facts(invitation=later, now=NOW)
    assert stored_response(later).one_way_metres == 14_500


def test_nothing_is_confirmed_that_was_never_given():
    invitation = make_open_invitation()
    with as_respondent(invitation):
        open_response(invitation=invitation, now=NOW)
        with pytest.raises(NoFactsYet):
            confirm_facts(invitation=invitation, now=NOW)


def test_a_day_is_answered_again_in_place():
    invitation = make_open_invitation()
    start(invitation)
    answer(invitation, 0, BIKE)
    answer(invitation, 0, HOME)
    assert stored_days(invitation, "date", "whereabouts", "mode", "return_metres") == [(on(0), Whereabouts.HOME, "", 0)]


def test_a_mode_goes_with_travelling_to_a_workplace_only():
    for whereabouts, mode in ((Whereabouts.HOME, Mode.CAR), (Whereabouts.WORKPLACE, ""), ("workplace", "balloon")):
        with pytest.raises(ValueError, match="A day has a mode"):
            DayChoice(whereabouts=whereabouts, mode=mode)


@pytest.mark.parametrize(("offset", "is_normal_week"), [(-1, False), (5, False), (7, False), (0, True)])
def test_a_day_that_is_not_asked_is_refused(offset, is_normal_week):
    invitation = make_open_invitation()
    start(invitation)
    with pytest.raises(DayNotAsked):
        answer(invitation, offset, BIKE, is_normal_week=is_normal_week)
    assert stored_days(invitation, "date") == []


def test_a_copied_day_is_the_nearest_known_one_and_says_so():
    invitation = make_open_invitation()
    start(invitation)
    venlo = make_site(invitation.organisation, name="Venlo")
    answer(
        invitation,
        0,
        DayChoice(
            whereabouts=Whereabouts.OTHER_SITE, mode=Mode.CAR, other_site=venlo, other_site_one_way_metres=60_000
        ),
    )
    answer(invitation, 1, DayChoice(whereabouts=Whereabouts.UNKNOWN))
    with as_respondent(invitation):
        copy_day(invitation=invitation, date=on(2), is_normal_week=False, now=NOW)
        copy_day(invitation=invitation, date=on(2), is_normal_week=False, now=NOW)
    assert stored_days(invitation, "other_site_id", "mode", "return_metres", "is_copied") == [
        (venlo.pk, Mode.CAR, 120_000, False),
        (None, "", 0, False),
        (venlo.pk, Mode.CAR, 120_000, True),
    ]
    answer(invitation, 2, HOME)
    assert stored_days(invitation, "is_copied")[2] == (False,)


def test_the_first_day_has_nothing_to_copy():
    invitation = make_open_invitation()
    start(invitation)
    with as_respondent(invitation), pytest.raises(NothingToCopy):
        copy_day(invitation=invitation, date=on(0), is_normal_week=False, now=NOW)


def test_vehicle_facts_reach_every_day_of_their_mode_before_and_after():
    invitation = make_open_invitation()
    start(invitation)
    answer(invitation, 0, CAR)
    with as_respondent(invitation):
        record_fuel(invitation=invitation, mode=Mode.CAR, fuel=Fuel.DIESEL, now=NOW)
        record_provider(invitation=invitation, mode=Mode.CAR, is_employer_provided=True, now=NOW)
    answer(invitation, 1, CAR)
    answer(invitation, 2, BIKE)
    assert stored_days(invitation, "mode", "fuel", "is_employer_provided") == [
        (Mode.CAR, Fuel.DIESEL, True),
        (Mode.CAR, Fuel.DIESEL, True),
        (Mode.BICYCLE, "", None),
    ]
    with as_respondent(invitation):
        record_fuel(invitation=invitation, mode=Mode.CAR, fuel=Fuel.ELECTRIC, now=NOW)
    assert [fuel for (fuel,) in stored_days(invitation, "fuel")] == [Fuel.ELECTRIC, Fuel.ELECTRIC, ""]
    with as_owner(invitation.organisation):
        assert list(VehicleFacts.objects.values_list("mode", "fuel", "is_employer_provided")) == [
            (Mode.CAR, Fuel.ELECTRIC, True)
        ]


def test_another_car_next_week_leaves_the_earlier_week_alone():
    invitation = make_open_invitation()
    start(invitation)
    answer(invitation, 0, CAR)
    later = make_invitation(make_week(invitation.campaign, monday=on(7)), invitation.employee)
    with as_respondent(invitation):
        record_fuel(invitation=invitation, mode=Mode.CAR, fuel=Fuel.DIESEL, now=NOW)
    start(later)
    with as_respondent(later):
        record_fuel(invitation=later, mode=Mode.CAR, fuel=Fuel.ELECTRIC, now=NOW)
    assert stored_days(invitation, "fuel") == [(Fuel.DIESEL,)]


def test_nobody_refuels_a_bicycle_or_owns_the_train():
    invitation = make_open_invitation()
    start(invitation)
    with as_respondent(invitation):
        with pytest.raises(VehicleNotAsked):
            record_fuel(invitation=invitation, mode=Mode.BICYCLE, fuel=Fuel.PETROL, now=NOW)
        with pytest.raises(VehicleNotAsked):
            record_fuel(invitation=invitation, mode=Mode.CAR, fuel="hay", now=NOW)
        with pytest.raises(VehicleNotAsked):
            record_provider(invitation=invitation, mode=Mode.PUBLIC_TRANSPORT, is_employer_provided=True, now=NOW)


def test_a_no_removes_the_weekend_that_was_given():
    invitation = make_open_invitation()
    start(invitation)
    with as_respondent(invitation):
        record_weekend(invitation=invitation, has_worked=True, now=NOW)
    answer(invitation, 4, BIKE)
    answer(invitation, 5, BIKE)
    assert stored_days(invitation, "date") == [(on(4),), (on(5),)]
    with as_respondent(invitation):
        record_weekend(invitation=invitation, has_worked=False, now=NOW)
    assert stored_days(invitation, "date") == [(on(4),)]


def test_a_normal_week_stands_in_once_it_is_whole():
    invitation = make_open_invitation()
    start(invitation)
    with as_respondent(invitation):
        record_normal_week(invitation=invitation, choice=NormalWeek.FILL, now=NOW)
    for offset in range(5):
        answer(invitation, offset, CAR, is_normal_week=True)
        assert stored_response(invitation).gives_normal_week is False
    with as_respondent(invitation):
        record_free_normal_weekend(invitation=invitation, now=NOW)
    assert stored_response(invitation).gives_normal_week is True
    assert len(stored_days(invitation, "date", is_normal_week=True)) == 7
    with as_respondent(invitation):
        record_normal_week(invitation=invitation, choice=NormalWeek.FILL, now=NOW)
    assert stored_response(invitation).gives_normal_week is True


@pytest.mark.parametrize(("choice", "was_normal"), [(NormalWeek.YES, True), (NormalWeek.KEEP, False)])
def test_a_normal_week_that_is_not_wanted_any_more_goes(choice, was_normal):
    invitation = make_open_invitation()
    start(invitation)
    with as_respondent(invitation):
        record_normal_week(invitation=invitation, choice=NormalWeek.FILL, now=NOW)
    answer(invitation, 0, CAR, is_normal_week=True)
    with as_respondent(invitation):
        record_normal_week(invitation=invitation, choice=choice, now=NOW)
    response = stored_response(invitation)
    assert (response.was_normal_week, response.gives_normal_week) == (was_normal, False)
    assert stored_days(invitation, "date", is_normal_week=True) == []


def next_week_of(invitation):
    week = make_week(invitation.campaign, monday=on(7), opens_at=NOW, closes_at=NOW + datetime.timedelta(days=21))
    return make_invitation(week, invitation.employee)


def test_the_last_submitted_week_is_taken_over_with_this_weeks_distance():
    invitation = make_open_invitation()
    fill_week(invitation)
    answer(invitation, 4, HOME)
    submit(invitation)
    later = next_week_of(invitation)
    start(later, one_way_metres=15_000)
    answer(later, 10, CAR)
    for _ in range(2):
        with as_respondent(later):
            copy_previous_week(invitation=later, now=LATER)
    expected = [(on(7 + offset), Mode.BICYCLE, 30_000, True) for offset in range(4)] + [(on(11), "", 0, True)]
    assert stored_days(later, "date", "mode", "return_metres", "is_copied") == expected
    response = stored_response(later)
    assert (response.worked_in_weekend, response.was_normal_week) == (False, True)


def test_a_week_that_was_not_submitted_or_lacks_facts_is_not_taken_over():
    invitation = make_open_invitation()
    fill_week(invitation)
    later = next_week_of(invitation)
    with as_respondent(later):
        open_response(invitation=later, now=NOW)
        with pytest.raises(NoPreviousWeek):
            copy_previous_week(invitation=later, now=NOW)
    submit(invitation)
    with as_respondent(later), pytest.raises(FactsMissing):
        copy_previous_week(invitation=later, now=NOW)
