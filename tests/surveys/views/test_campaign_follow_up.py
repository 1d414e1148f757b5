"""HR sends the question to a few of the silent, and sees how many answered."""

import datetime

import pytest
from django.urls import reverse

from surveys.models import FollowUp, FollowUpAnswer, FollowUpQuestion, RetentionRun
from surveys.services.follow_up import answer_follow_up, delete_follow_up_answer
from tests.factories import as_owner, make_employee, make_member
from tests.surveys.campaigns import make_started, rows
from tests.surveys.follow_ups import ASKED, CLOSED, ask, closed_survey, silent_invitations
from wpm_platform.scoping import Role, organisation_scope

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
    assert "Wie vooral thuis werkt, telt daarvoor niet." in page.content.decode()
    response = hr.post(address(organisation, campaign), {"size": "30"})
    assert (response.status_code, response["Location"]) == (302, address(organisation, campaign))
    assert len(rows(FollowUpQuestion, organisation)) == 15
    asked = hr.get(address(organisation, campaign))
    assert asked.context["state"].asked == 15
    assert "Wie vooral thuis werkt, telt daarvoor niet." in asked.content.decode()


def test_second_send_is_refused_in_words(hr, organisation):
    campaign = closed_survey(organisation)
    ask(organisation, campaign)
    page = hr.post(address(organisation, campaign), {"size": "30"}, follow=True).content.decode()
    assert "De vraag is al verstuurd. Dat kan één keer." in page
    assert len(rows(FollowUpQuestion, organisation)) == 15


@pytest.mark.parametrize("size", ["", "29", "401", "veel"])
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


FORM = '<form method="post" novalidate'


def later(hr, organisation, time_machine, moment):
    """HR comes back and logs in again."""
    time_machine.move_to(moment, tick=False)
    hr.force_login(make_member(organisation))


def end_the_period(campaign):
    """The rows about persons went."""
    with as_owner(campaign.organisation):
        RetentionRun.objects.create(
            organisation=campaign.organisation,
            campaign=campaign,
            months=1,
            planned_on=ASKED.date(),
            announced_at=ASKED,
            started_at=ASKED,
            finished_at=ASKED,
        )
        FollowUpQuestion.objects.filter(follow_up__campaign=campaign).delete()


def test_too_few_to_ask_is_said_before_anybody_tries(hr, organisation):
    campaign = closed_survey(organisation, silent=14)
    page = hr.get(address(organisation, campaign)).content.decode()
    assert "Te weinig mensen om te vragen" in page
    assert FORM not in page
    refused = hr.post(address(organisation, campaign), {"size": "30"}, follow=True).content.decode()
    assert "vanaf vijftien antwoorden" in refused
    assert rows(FollowUp, organisation) == []


@pytest.mark.parametrize("is_asked", [True, False])
def test_after_the_campaigns_period_there_are_neither_counts_nor_form(hr, organisation, is_asked):
    campaign = closed_survey(organisation)
    if is_asked:
        ask(organisation, campaign)
    end_the_period(campaign)
    page = hr.get(address(organisation, campaign))
    shown = page.content.decode()
    assert (page.status_code, page.context.get("state"), page.context.get("reachable")) == (200, None, None)
    assert "De bewaartermijn van deze campagne is voorbij." in shown
    assert FORM not in shown
    assert address(organisation, campaign) not in hr.get(address(organisation, campaign, "campaign")).content.decode()


def test_sixty_days_after_the_closing_there_is_no_form_and_no_link(hr, organisation, time_machine):
    campaign = closed_survey(organisation)
    later(hr, organisation, time_machine, CLOSED + datetime.timedelta(days=61))
    page = hr.get(address(organisation, campaign))
    assert (page.status_code, page.context.get("reachable")) == (200, None)
    assert "Het is te laat voor een navraag" in page.content.decode()
    assert FORM not in page.content.decode()
    assert address(organisation, campaign) not in hr.get(address(organisation, campaign, "campaign")).content.decode()


def test_what_was_asked_in_time_is_still_to_be_seen(hr, organisation, time_machine):
    campaign = closed_survey(organisation)
    ask(organisation, campaign)
    later(hr, organisation, time_machine, CLOSED + datetime.timedelta(days=61))
    assert hr.get(address(organisation, campaign)).context["state"].asked == 15
    assert address(organisation, campaign) in hr.get(address(organisation, campaign, "campaign")).content.decode()


def test_page_says_that_an_answer_went_afterwards_and_not_whose(hr, organisation, time_machine):
    campaign = closed_survey(organisation)
    ask(organisation, campaign)
    person = silent_invitations(organisation)[0]
    with organisation_scope(organisation, role=Role.RESPONDENT, employee_id=person.employee_id):
        answer_follow_up(invitation=person, usual_mode="car", now=ASKED)
    later(hr, organisation, time_machine, ASKED + datetime.timedelta(days=20))
    said = "Iemand verwijderde daarna zijn of haar antwoord."
    assert said not in hr.get(address(organisation, campaign)).content.decode()
    with organisation_scope(organisation, role=Role.RESPONDENT, employee_id=person.employee_id):
        delete_follow_up_answer(invitation=person, now=ASKED + datetime.timedelta(days=20))
    page = hr.get(address(organisation, campaign)).content.decode()
    assert said in page
    assert person.employee.email not in page
    assert rows(FollowUpAnswer, organisation) == []
