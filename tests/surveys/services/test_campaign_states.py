"""Pausing, resuming, closing: by hand and by date."""

import pytest

from surveys.models import Campaign
from surveys.services.campaign_states import (
    CampaignNotOpen,
    CampaignNotPaused,
    CampaignNotRunning,
    close_campaign,
    close_ended_campaigns,
    pause_campaign,
    resume_campaign,
)
from tests.factories import make_campaign, make_employee, make_organisation, make_week
from tests.surveys.campaigns import events, local, make_draft, make_started, rows
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
NOW = local("2026-03-17")


@pytest.fixture
def campaign(organisation):
    make_employee(organisation)
    return make_started(organisation)


def do(service, organisation, campaign):
    with organisation_scope(organisation):
        return service(organisation=organisation, actor=None, now=NOW, campaign=campaign)


def test_pause_resume_close(organisation, campaign):
    assert do(pause_campaign, organisation, campaign).state == "paused"
    assert do(resume_campaign, organisation, campaign).state == "running"
    assert do(close_campaign, organisation, campaign).state == "closed"
    assert rows(Campaign, organisation, "state", "closed_at") == [("closed", NOW)]
    assert events(organisation)[2:] == ["campaign.paused", "campaign.resumed", "campaign.closed"]


@pytest.mark.parametrize(
    ("service", "refusal"),
    [(pause_campaign, CampaignNotRunning), (close_campaign, CampaignNotOpen)],
)
def test_done_twice_is_refused(organisation, campaign, service, refusal):
    do(service, organisation, campaign)
    with pytest.raises(refusal):
        do(service, organisation, campaign)


@pytest.mark.parametrize(
    ("service", "refusal"),
    [(pause_campaign, CampaignNotRunning), (resume_campaign, CampaignNotPaused), (close_campaign, CampaignNotOpen)],
)
def test_draft_cannot_be_paused_resumed_or_closed(organisation, service, refusal):
    draft = make_draft(organisation)
    with pytest.raises(refusal):
        do(service, organisation, draft)
    assert events(organisation) == ["campaign.created"]


def test_running_campaign_cannot_be_resumed(organisation, campaign):
    with pytest.raises(CampaignNotPaused):
        do(resume_campaign, organisation, campaign)


def test_paused_campaign_can_be_closed(organisation, campaign):
    do(pause_campaign, organisation, campaign)
    assert do(close_campaign, organisation, campaign).state == "closed"


@pytest.mark.parametrize("service", [pause_campaign, resume_campaign, close_campaign])
def test_campaign_of_another_organisation_is_not_found(organisation, campaign, service):
    with pytest.raises(Campaign.DoesNotExist):
        do(service, make_organisation(), campaign)


def close_ended(organisation, *, now):
    with organisation_scope(organisation):
        return close_ended_campaigns(organisation=organisation, now=now)


def test_campaign_closes_by_date(organisation, campaign):
    assert close_ended(organisation, now=local("2026-03-30", "23:58")) == 0
    assert close_ended(organisation, now=local("2026-03-30", "23:59")) == 1
    assert close_ended(organisation, now=local("2026-03-31")) == 0
    assert rows(Campaign, organisation, "state", "closed_at") == [("closed", local("2026-03-30", "23:59"))]


def test_paused_campaign_closes_by_date_too(organisation, campaign):
    do(pause_campaign, organisation, campaign)
    assert close_ended(organisation, now=local("2026-03-31")) == 1


def test_panel_closes_after_its_last_week(organisation):
    panel = make_campaign(organisation, kind="weekly_panel")
    make_week(panel, opens_at=local("2026-03-16"), closes_at=local("2026-03-22"))
    make_week(panel, monday=local("2026-03-16").date(), opens_at=local("2026-03-23"), closes_at=local("2026-03-29"))
    assert close_ended(organisation, now=local("2026-03-25")) == 0
    assert close_ended(organisation, now=local("2026-03-29")) == 1


def test_draft_whose_date_has_passed_stays_a_draft(organisation):
    make_draft(organisation)
    assert close_ended(organisation, now=local("2026-05-01")) == 0


def test_other_organisations_campaign_stays_open(organisation, campaign):
    assert close_ended(make_organisation(), now=local("2026-05-01")) == 0
    assert rows(Campaign, organisation, "state") == ["running"]
