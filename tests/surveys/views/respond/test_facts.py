"""The distance on the facts page: suggested from postcodes, confirmed or changed, with its source kept."""

import datetime
import re

import pytest
from django.test import override_settings

from surveys.enums import DistanceSource
from surveys.models import PostcodePlace, Response, TravelProfile
from tests.factories import (
    as_owner,
    make_campaign,
    make_employee,
    make_invitation,
    make_organisation,
    make_site,
    make_week,
)
from tests.surveys.services.distances.osrm import routing_server
from tests.surveys.services.distances.places import FAR, HOME, WORK, load_places
from tests.surveys.views.respond.walk import DAYS, started, text
from wpm_platform.organisations.models import Site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_now")]

FACTS = "/answer/facts/"
CHANGE = "/answer/facts/change/"
PERSON, POSTCODE, ROUTE = DistanceSource.PERSON, DistanceSource.POSTCODE, DistanceSource.ROUTE
ASKS_AGAIN = "Is the distance still right?"


def invited(*, site_postcode=WORK, home_postcode="", more_sites=()):
    organisation = make_organisation()
    site = make_site(organisation, name="Venlo", postcode=site_postcode)
    for name, postcode in more_sites:
        make_site(organisation, name=name, postcode=postcode)
    employee = make_employee(organisation, site=site, home_postcode=home_postcode, language="en")
    return make_invitation(make_week(make_campaign(organisation)), employee)


def fields(page):
    """What stands in the form, as a browser would send it."""
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def post(client, path=FACTS, **data):
    return client.post(path, data)


def kept(invitation):
    """Kilometres and source of the profile, which are those of this week."""
    with as_owner(invitation.organisation):
        profile, response = TravelProfile.objects.get(), Response.objects.get(invitation=invitation)
    assert (profile.one_way_metres, profile.distance_source) == (response.one_way_metres, response.distance_source)
    assert profile.site_id == response.site_id
    return profile.one_way_metres / 1_000, profile.distance_source


def site_code(invitation, name):
    with as_owner(invitation.organisation):
        return str(Site.objects.get(name=name).code)


def test_known_postcodes_are_one_tap():
    load_places()
    invitation = invited(home_postcode=HOME)
    client = started(invitation)
    page = client.get(FACTS)
    assert "± 6 km one way. Is that right?" in text(page)
    assert "This is an estimate: the straight line" in text(page)
    assert HOME not in text(page)
    assert fields(page)["one_way"] == "6"
    assert post(client, **fields(page))["Location"] == DAYS[0]
    assert kept(invitation) == (6, POSTCODE)


def test_another_distance_is_the_persons_own():
    load_places()
    invitation = invited(home_postcode=HOME)
    client = started(invitation)
    page = client.get(FACTS)
    assert post(client, **(fields(page) | {"one_way": "7,5"}))["Location"] == DAYS[0]
    assert kept(invitation) == (7.5, PERSON)


def test_the_same_number_without_having_seen_it_is_the_persons_own():
    load_places()
    invitation = invited()
    client = started(invitation)
    page = client.get(FACTS)
    post(client, **(fields(page) | {"home_postcode": "5911 ab", "one_way": "6"}))
    assert kept(invitation) == (6, PERSON)


def test_typed_postcode_leads_to_a_second_step_that_keeps_it():
    load_places()
    invitation = invited()
    client = started(invitation)
    first = client.get(FACTS)
    assert "Leave this empty: we estimate it from your postcode." in text(first)
    assert fields(first)["one_way"] == ""
    second = post(client, **(fields(first) | {"home_postcode": "5911 ab"}))
    assert second.status_code == 200
    assert "± 6 km one way. Is that right?" in text(second)
    assert "error-summary" not in text(second)
    assert (fields(second)["home_postcode"], fields(second)["one_way"]) == ("5911 AB", "6")
    with as_owner(invitation.organisation):
        assert not TravelProfile.objects.exists()
    assert post(client, **fields(second))["Location"] == DAYS[0]
    assert kept(invitation) == (6, POSTCODE)
    with as_owner(invitation.organisation):
        assert TravelProfile.objects.get().home_postcode == HOME


@pytest.mark.parametrize("postcode", ["", "9999ZZ"])
def test_without_a_known_postcode_the_distance_is_asked(postcode):
    load_places()
    client = started(invited())
    page = post(client, home_postcode=postcode, one_way="")
    assert page.status_code == 422
    assert "Fill in how many kilometres it is one way." in text(page)
    assert fields(page)["home_postcode"] == postcode


def test_a_mistyped_postcode_is_told_first_and_a_wrong_number_is_no_question_again():
    load_places()
    client = started(invited())
    assert post(client, home_postcode="5911", one_way="").status_code == 422
    assert post(client, home_postcode=HOME, one_way="many").status_code == 422


@pytest.mark.parametrize("site_postcode", ["", "9999ZZ", WORK])
def test_where_nothing_is_known_the_page_is_as_it_was(site_postcode):
    """No file loaded, or a site without a postcode."""
    if site_postcode != WORK:
        load_places()
    invitation = invited(site_postcode=site_postcode, home_postcode=HOME)
    client = started(invitation)
    page = client.get(FACTS)
    assert "The route you usually take. An estimate is fine." in text(page)
    assert fields(page)["one_way"] == ""
    post(client, one_way="9")
    assert kept(invitation) == (9, PERSON)


def test_another_workplace_asks_again_with_its_own_suggestion():
    load_places()
    invitation = invited(home_postcode=HOME, more_sites=[("Amsterdam", FAR)])
    client = started(invitation)
    first = client.get(FACTS)
    moved = fields(first) | {"site": site_code(invitation, "Amsterdam")}
    second = post(client, **moved)
    assert second.status_code == 200
    assert ASKS_AGAIN in text(second)
    assert fields(second)["site"] == moved["site"]
    kilometres = int(fields(second)["one_way"])
    assert kilometres > 150
    assert post(client, **fields(second))["Location"] == DAYS[0]
    assert kept(invitation) == (kilometres, POSTCODE)


def test_another_workplace_without_a_postcode_asks_once():
    load_places()
    invitation = invited(home_postcode=HOME, more_sites=[("Onderweg", "")])
    client = started(invitation)
    moved = fields(client.get(FACTS)) | {"site": site_code(invitation, "Onderweg")}
    second = post(client, **moved)
    assert ASKS_AGAIN in text(second)
    assert "Is that right?" not in text(second)
    assert post(client, **fields(second))["Location"] == DAYS[0]
    assert kept(invitation) == (6, PERSON)


def test_another_workplace_with_another_distance_is_taken_at_once():
    load_places()
    invitation = invited(home_postcode=HOME, more_sites=[("Amsterdam", FAR)])
    client = started(invitation)
    moved = fields(client.get(FACTS)) | {"site": site_code(invitation, "Amsterdam"), "one_way": "180"}
    assert post(client, **moved)["Location"] == DAYS[0]
    assert kept(invitation) == (180, PERSON)


def test_another_postcode_later_asks_again():
    load_places()
    invitation = invited()
    client = started(invitation)
    post(client, **fields(post(client, home_postcode=HOME, one_way="")))
    page = client.get(CHANGE)
    assert fields(page)["one_way"] == "6"
    again = post(client, CHANGE, **(fields(page) | {"home_postcode": FAR}))
    assert ASKS_AGAIN in text(again)
    assert fields(again)["home_postcode"] == "1016 DV"
    post(client, CHANGE, **fields(again))
    assert kept(invitation)[1] == POSTCODE
    assert kept(invitation)[0] > 150


@pytest.mark.parametrize(("one_way", "source"), [("", POSTCODE), ("6", PERSON), ("8", PERSON)])
def test_opening_and_sending_the_change_page_keeps_the_source(one_way, source):
    load_places()
    invitation = invited()
    client = started(invitation)
    page = post(client, home_postcode=HOME, one_way=one_way)
    if page.status_code == 200:
        post(client, **fields(page))
    before = kept(invitation)
    assert before[1] == source
    post(client, CHANGE, **fields(client.get(CHANGE)))
    assert kept(invitation) == before


@pytest.mark.parametrize("forged", ["x|y|6000|postcode", "|", "a|b|c|d", "\x00", "x" * 5_000])
def test_a_forged_source_is_not_believed(forged):
    load_places()
    invitation = invited(home_postcode=HOME)
    client = started(invitation)
    answer = post(client, one_way="9", shown=forged)
    assert answer.status_code in (302, 422)
    if answer.status_code == 302:
        assert kept(invitation) == (9, PERSON)


def test_a_source_for_another_number_is_not_believed():
    load_places()
    invitation = invited(home_postcode=HOME)
    client = started(invitation)
    shown = fields(client.get(FACTS))["shown"]
    for claimed, metres in (("postcode", "9000"), ("route", "6000"), ("sun", "6000")):
        site, home, _metres, _source = shown.split("|")
        post(client, one_way=metres[0], shown=f"{site}|{home}|{metres}|{claimed}")
        assert kept(invitation)[1] == PERSON


def test_the_next_time_the_source_comes_along_and_a_new_postcode_asks_again():
    load_places()
    first = invited(home_postcode=HOME)
    client = started(first)
    post(client, **fields(client.get(FACTS)))
    second = make_invitation(make_week(make_campaign(first.organisation, name="Later")), first.employee)
    client = started(second)
    assert "Is this still right?" in text(client.get(FACTS))
    with as_owner(first.organisation):
        type(first.employee).objects.filter(pk=first.employee_id).update(home_postcode=FAR)
    page = client.get(FACTS)
    assert "The postcode of your home or your work changed since the last time." in text(page)
    assert f'action="{CHANGE}"' in text(page)
    post(client, CHANGE, **fields(page))
    assert kept(second)[1] == POSTCODE
    assert kept(second)[0] > 150


def test_the_next_time_is_one_tap_with_the_same_source():
    load_places()
    first = invited(home_postcode=HOME)
    client = started(first)
    post(client, **fields(client.get(FACTS)))
    second = make_invitation(make_week(make_campaign(first.organisation, name="Later")), first.employee)
    client = started(second)
    assert "Is this still right?" in text(client.get(FACTS))
    assert post(client)["Location"] == DAYS[0]
    assert kept(second) == (6, POSTCODE)


def test_a_distance_of_ones_own_is_not_questioned_by_another_file():
    load_places()
    first = invited(home_postcode=HOME)
    client = started(first)
    post(client, **(fields(client.get(FACTS)) | {"one_way": "9"}))
    with as_owner():
        PostcodePlace.objects.filter(postcode=HOME).update(latitude=52)
    second = make_invitation(make_week(make_campaign(first.organisation, name="Later")), first.employee)
    assert "Is this still right?" in text(started(second).get(FACTS))


def test_a_route_is_said_to_be_one_and_stored_as_such():
    load_places()
    invitation = invited(home_postcode=HOME)
    client = started(invitation)
    with routing_server() as server, override_settings(OSRM_URL=server.url):
        page = client.get(FACTS)
        assert "± 18 km one way. Is that right?" in text(page)
        assert "This is an estimate: a calculated route by road" in text(page)
        post(client, **fields(page))
    assert kept(invitation) == (18, ROUTE)


def test_a_confirmed_route_stays_one_when_the_router_is_gone():
    load_places()
    invitation = invited(home_postcode=HOME)
    client = started(invitation)
    with routing_server() as server, override_settings(OSRM_URL=server.url):
        post(client, **fields(client.get(FACTS)))
    post(client, CHANGE, **fields(client.get(CHANGE)))
    assert kept(invitation) == (18, ROUTE)


def test_a_silent_router_gives_the_page_with_the_estimate():
    load_places()
    client = started(invited(home_postcode=HOME))
    with routing_server() as server, override_settings(OSRM_URL=server.url, OSRM_TIMEOUT=0.2):
        server.holds = True
        page = client.get(FACTS)
    assert "± 6 km one way. Is that right?" in text(page)


@pytest.mark.parametrize("people", [1, 3])
def test_as_many_queries_for_many_sites_and_people(people, django_assert_max_num_queries):
    load_places()
    more = [(f"Vestiging {number}", FAR) for number in range(people)]
    invitation = invited(home_postcode=HOME, more_sites=more)
    for _ in range(people):
        make_employee(invitation.organisation)
    client = started(invitation)
    with django_assert_max_num_queries(16):
        page = client.get(FACTS)
    assert re.search(r"± 6\xa0?\s?km", text(page))


@pytest.mark.parametrize(
    ("kilometres", "doubt"),
    [("12", "12 km one way: from your postcode we estimate 6 km. Is it right?"), ("9", ""), ("6", "")],
)
def test_a_distance_far_from_the_estimate_is_doubted_but_taken(kilometres, doubt):
    load_places()
    client = started(invited(home_postcode=HOME))
    post(client, **(fields(client.get(FACTS)) | {"one_way": kilometres}))
    for path in DAYS:
        client.post(path, {"choice": "walking"})
    client.post("/answer/weekend/", {"choice": "no"})
    page = text(client.get("/answer/check/"))
    assert ("note-warning" in page, doubt in page) == (bool(doubt), True)
    assert client.post("/answer/check/", {"choice": "normal_week"})["Location"] == "/answer/receipt/"


def test_the_next_time_the_vehicles_are_confirmed_with_the_distance():
    first = invited()
    client = started(first)
    post(client, one_way="6")
    client.post(DAYS[0], {"choice": "car"})
    client.post("/answer/vehicle/car/fuel/", {"choice": "diesel"})
    client.post("/answer/vehicle/car/provider/", {"choice": "employer"})
    week = make_week(make_campaign(first.organisation), monday=first.week.monday + datetime.timedelta(days=7))
    again = started(make_invitation(week, first.employee))
    page = again.get(FACTS)
    assert "Diesel, from my employer" in text(page)
    assert 'href="/answer/vehicle/car/fuel/"' in text(page)
    assert again.post("/answer/vehicle/car/fuel/", {"choice": "electric"})["Location"].endswith("/car/provider/")
    # Back to what is still to be confirmed.
    assert again.post("/answer/vehicle/car/provider/", {"choice": "own"})["Location"] == FACTS
    assert "Electric, my own" in text(again.get(FACTS))
    assert post(again)["Location"] == "/answer/day/2026-03-16/"
