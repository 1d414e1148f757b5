"""When answers are taken, and what stands in the way."""

import datetime
from dataclasses import replace

import pytest

from surveys.domain.answering import Door, Obstacle, answering_obstacle
from surveys.enums import CampaignState

NOW = datetime.datetime(2026, 3, 16, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
OPEN = Door(
    campaign_state=CampaignState.RUNNING,
    opens_at=NOW,
    closes_at=NOW + HOUR,
    is_withdrawn=False,
    has_left=False,
    employed_until=None,
)


@pytest.mark.parametrize(
    ("change", "obstacle"),
    [
        ({}, None),
        ({"opens_at": NOW + HOUR}, Obstacle.NOT_YET_OPEN),
        ({"campaign_state": CampaignState.DRAFT}, Obstacle.NOT_YET_OPEN),
        ({"closes_at": NOW}, Obstacle.CLOSED),
        ({"campaign_state": CampaignState.CLOSED}, Obstacle.CLOSED),
        ({"campaign_state": CampaignState.PAUSED}, Obstacle.PAUSED),
        ({"campaign_state": CampaignState.PAUSED, "closes_at": NOW}, Obstacle.CLOSED),
        ({"is_withdrawn": True}, Obstacle.WITHDRAWN),
        ({"has_left": True}, Obstacle.LEFT),
        ({"has_left": True, "campaign_state": CampaignState.PAUSED}, Obstacle.LEFT),
        ({"employed_until": datetime.date(2026, 3, 15)}, Obstacle.LEFT),
        ({"employed_until": datetime.date(2026, 3, 16)}, None),
    ],
)
def test_obstacle(change, obstacle):
    assert answering_obstacle(replace(OPEN, **change), now=NOW) is obstacle
