"""Making and changing a draft."""

import datetime

import pytest

from surveys.domain.campaign_plan import PlanProblem
from surveys.models import Campaign, SurveyWeek
from surveys.services.campaigns import CampaignDetails, CampaignNotDraft, PlanRejected, create_campaign, update_campaign
from tests.factories import make_employee, make_member, make_organisation
from tests.surveys.campaigns import DETAILS, events, local, make_draft, make_started, plan, rows
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
NOW = local("2026-03-12")


def test_create_campaign_makes_a_draft_with_weeks_texts_and_an_event(organisation):
    actor = make_member(organisation)
    with organisation_scope(organisation):
        campaign = create_campaign(organisation=organisation, actor=actor, now=NOW, plan=plan(), details=DETAILS)
        texts = sorted(campaign.texts.values_list("language", "kind"))
    assert rows(Campaign, organisation, "state", "reporting_year", "kind") == [("draft", 2026, "one_week")]
    assert rows(SurveyWeek, organisation, "monday", "opens_at", "closes_at") == [
        (datetime.date(2026, 3, 9), local("2026-03-16"), local("2026-03-30", "23:59"))
    ]
    kinds = ("announcement", "invitation", "reminder", "thanks")
    assert texts == [(language, kind) for language in ("en", "nl") for kind in kinds]
    assert events(organisation) == ["campaign.created"]


def test_rejected_plan_leaves_nothing_behind(organisation):
    with organisation_scope(organisation), pytest.raises(PlanRejected) as error:
        create_campaign(organisation=organisation, actor=None, now=NOW, plan=plan(reporting_year=2025), details=DETAILS)
    assert error.value.problem == PlanProblem.OTHER_YEAR
    assert rows(Campaign, organisation) == []
    assert events(organisation) == []


def test_sender_name_is_one_line(organisation):
    details = CampaignDetails(
        name="Reisweek", sender_name="HR\r\nBcc: x@voorbeeld.example", reply_to="hr@voorbeeld.example"
    )
    assert make_draft(organisation, details=details).sender_name == "HR Bcc: x@voorbeeld.example"


def update(organisation, campaign, **fields):
    with organisation_scope(organisation):
        return update_campaign(
            organisation=organisation, actor=None, now=NOW, campaign=campaign, plan=plan(**fields), details=DETAILS
        )


def test_update_campaign_lays_the_weeks_anew(organisation):
    campaign = make_draft(organisation)
    mondays = (datetime.date(2026, 3, 16), datetime.date(2026, 3, 23))
    update(organisation, campaign, kind="weekly_panel", mondays=mondays)
    assert rows(SurveyWeek, organisation, "monday") == list(mondays)
    assert rows(Campaign, organisation, "kind") == ["weekly_panel"]
    assert events(organisation) == ["campaign.created", "campaign.changed"]


def test_update_twice_gives_the_same(organisation):
    campaign = make_draft(organisation)
    for _ in range(2):
        update(organisation, campaign)
    assert rows(SurveyWeek, organisation, "monday") == [datetime.date(2026, 3, 9)]


def test_started_campaign_cannot_be_changed(organisation):
    make_employee(organisation)
    campaign = make_started(organisation)
    with pytest.raises(CampaignNotDraft):
        update(organisation, campaign)


def test_campaign_of_another_organisation_is_not_found(organisation):
    campaign = make_draft(organisation)
    with pytest.raises(Campaign.DoesNotExist):
        update(make_organisation(), campaign)
