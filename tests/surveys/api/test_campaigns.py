"""Campaigns by API: counts, shielded under five people."""

import uuid

import pytest

from tests.api_client import System, problem, wrong
from tests.factories import (
    make_api_key,
    make_campaign,
    make_employee,
    make_invitation,
    make_organisation,
    make_response,
    make_site,
    make_week,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def system(organisation):
    return System(make_api_key(organisation))


def invite(week, site, *, people, answers):
    for number in range(people):
        invitation = make_invitation(week, make_employee(week.organisation, site=site))
        if number < answers:
            make_response(invitation)


def test_campaigns_are_listed_with_their_weeks(organisation, system):
    campaign = make_campaign(organisation, name="Reisweek")
    make_week(campaign)
    make_campaign(make_organisation())
    (item,) = system.get("campaigns").json()["items"]
    assert (item["code"], item["name"], item["state"]) == (str(campaign.code), "Reisweek", "running")
    assert [week["monday"] for week in item["weeks"]] == ["2026-03-09"]


def test_small_groups_are_not_given_away(organisation, system):
    campaign = make_campaign(organisation, state="closed")
    week = make_week(campaign)
    for name, people, answers in (("Groot", 12, 7), ("Midden", 6, 3), ("Klein", 2, 1)):
        invite(week, make_site(organisation, name=name), people=people, answers=answers)
    counts = system.get(f"campaigns/{campaign.code}/response").json()
    assert (counts["invited"], counts["answered"], counts["percentage"]) == (20, 11, 55)
    assert counts["sites"] == {
        "shown": [{"name": "Groot", "people": 12, "invited": 12, "answered": 7}],
        "rest": {"name": "", "people": 8, "invited": 8, "answered": 4},
        "hidden_groups": 2,
    }


def test_unknown_campaign_is_not_found(organisation, system):
    assert problem(system.get(f"campaigns/{uuid.uuid4()}/response")) == wrong(404)
    assert problem(system.get("campaigns/x/response")) == wrong(404)
    other = make_campaign(make_organisation())
    assert problem(system.get(f"campaigns/{other.code}/response")) == wrong(404)


def test_no_answer_leaves_by_the_api(organisation, system):
    campaign = make_campaign(organisation)
    invite(make_week(campaign), make_site(organisation), people=6, answers=6)
    text = system.get(f"campaigns/{campaign.code}/response").content + system.get("campaigns").content
    assert [word in text for word in (b"one_way", b"metres", b"mode", b"email", b"medewerker")] == [False] * 5
