"""Whether somebody may answer now, and why not."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from surveys.domain.calendar import local_date


class Obstacle(StrEnum):
    """Why answers are not taken at this moment."""

    NOT_YET_OPEN = "not_yet_open"
    PAUSED = "paused"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    LEFT = "left"


@dataclass(frozen=True, kw_only=True)
class Door:
    """What decides about taking answers. employed_until: the last day of employment, when it is known."""

    campaign_state: str
    opens_at: datetime.datetime
    closes_at: datetime.datetime
    is_withdrawn: bool
    has_left: bool
    employed_until: datetime.date | None


def answering_obstacle(door: Door, *, now: datetime.datetime) -> Obstacle | None:
    """The first reason not to take answers now; None when the door is open.

    What concerns the person comes first: who has left must not read that the survey is merely paused.
    """
    is_gone = door.employed_until is not None and door.employed_until < local_date(now)
    rules = (
        (door.has_left or is_gone, Obstacle.LEFT),
        (door.is_withdrawn, Obstacle.WITHDRAWN),
        (door.campaign_state == "closed" or door.closes_at <= now, Obstacle.CLOSED),
        (door.campaign_state == "paused", Obstacle.PAUSED),
        (door.campaign_state != "running" or now < door.opens_at, Obstacle.NOT_YET_OPEN),
    )
    return next((obstacle for holds, obstacle in rules if holds), None)
