"""The same button pressed several times at the same moment: it happens once, the others are told."""

from collections.abc import Callable

import pytest

from surveys.models import Invitation, PopulationMember
from surveys.services.campaign_start import start_campaign
from surveys.services.campaign_states import close_campaign, pause_campaign
from tests.factories import make_employee, make_organisation
from tests.surveys.campaigns import events, local, make_draft, make_started, rows
from tests.wpm_platform.organisations.concurrency import at_once
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 4
START = local("2026-03-12")


@pytest.fixture
def organisation():
    organisation = make_organisation()
    for _ in range(3):
        make_employee(organisation)
    return organisation


def together(organisation, step: Callable[[], object]) -> list[str]:
    def once() -> str:
        with organisation_scope(organisation):
            step()
        return "done"

    outcomes = at_once(*[once] * TIMES)
    return sorted(outcome if isinstance(outcome, str) else type(outcome).__name__ for outcome in outcomes)


def test_a_campaign_starts_once(organisation):
    draft = make_draft(organisation)
    outcomes = together(
        organisation,
        lambda: start_campaign(organisation=organisation, actor=None, now=START, today=START.date(), campaign=draft),
    )
    assert outcomes == ["CampaignAlreadyStarted"] * (TIMES - 1) + ["done"]
    assert (len(rows(Invitation, organisation)), len(rows(PopulationMember, organisation))) == (3, 3)
    assert events(organisation).count("campaign.started") == 1


@pytest.mark.parametrize(
    ("change", "refusal", "event"),
    [(close_campaign, "CampaignNotOpen", "campaign.closed"), (pause_campaign, "CampaignNotRunning", "campaign.paused")],
)
def test_a_campaign_changes_state_once(organisation, change, refusal, event):
    campaign = make_started(organisation)
    outcomes = together(
        organisation, lambda: change(organisation=organisation, actor=None, now=START, campaign=campaign)
    )
    assert outcomes == [refusal] * (TIMES - 1) + ["done"]
    assert events(organisation).count(event) == 1
