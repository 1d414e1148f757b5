"""HR sends the question to a few of the silent, and sees how many answered."""

import pytest
from django.urls import reverse

from surveys.models import FollowUp, FollowUpQuestion
from tests.factories import make_employee
from tests.surveys.campaigns import make_started, rows
from tests.surveys.follow_ups import ASKED, ask, closed_survey

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(ASKED, tick=False)


def address(organisation, campaign, name="campaign_follow_up"):
    return reverse(name, kwargs={"slug": organisation.slug, "code": campaign.code})


def test_page_says_how_many_can_be_asked_and_sends_by_post(hr, organisation):
    campaign = closed_survey(organisation)
    assert address(organisation, campaign) in hr.get(address(organisation, campaign, "campaign")).content.decode()
    page = hr.get(address(organisation, campaign))
    assert (page.context["silent"], page.context["reachable"], page.context["form"]["size"].value()) == (15, 15, 40)
    assert rows(FollowUp, organisation) == []
    response = hr.post(address(organisation, campaign), {"size": "12"})
    assert (response.status_code, response["Location"]) == (302, address(organisation, campaign))
    assert len(rows(FollowUpQuestion, organisation)) == 12
    assert hr.get(address(organisation, campaign)).context["state"].asked == 12


def test_second_send_is_refused_in_words(hr, organisation):
    campaign = closed_survey(organisation)
    ask(organisation, campaign)
    page = hr.post(address(organisation, campaign), {"size": "12"}, follow=True).content.decode()
    assert "De vraag is al verstuurd. Dat kan één keer." in page
    assert len(rows(FollowUpQuestion, organisation)) == 10


@pytest.mark.parametrize("size", ["", "9", "401", "veel"])
def test_mistake_stands_beside_the_field(hr, organisation, size):
    campaign = closed_survey(organisation)
    response = hr.post(address(organisation, campaign), {"size": size})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["size"])
    assert rows(FollowUp, organisation) == []


def test_open_campaign_leads_back_with_the_reason(hr, organisation):
    make_employee(organisation)
    campaign = make_started(organisation)
    response = hr.get(address(organisation, campaign))
    assert response["Location"] == address(organisation, campaign, "campaign")


def test_nobody_silent_is_said(hr, organisation):
    campaign = closed_survey(organisation, silent=0)
    page = hr.get(address(organisation, campaign)).content.decode()
    assert "Er is niemand om te vragen" in page
    assert '<form method="post" novalidate' not in page
