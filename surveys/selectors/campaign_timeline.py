"""What a campaign has done and will do, as dates."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from surveys.models import Campaign, SurveyWeek
from surveys.selectors.reminder_schedule import steps_of

SHOWN_BEFORE, SHOWN_AFTER = 2, 5


class StepKind(StrEnum):
    INVITATION = "invitation"
    REMINDER = "reminder"
    CLOSE = "close"


@dataclass(frozen=True, kw_only=True)
class TimelineStep:
    """One moment in a campaign. number: which reminder; 0 for the others."""

    kind: StepKind
    at: datetime.datetime
    week: SurveyWeek
    number: int = 0
    is_past: bool
    is_next: bool = False


def campaign_timeline(*, campaign: Campaign, now: datetime.datetime) -> list[TimelineStep]:
    """The steps of all weeks in order of time; the first that is still to come is marked."""
    moments = sorted(
        (moment for week in campaign.weeks.all() for moment in _moments(campaign, week)), key=lambda found: found[0]
    )
    upcoming = next((number for number, found in enumerate(moments) if found[0] > now), None)
    return [
        TimelineStep(kind=kind, at=at, week=week, number=number, is_past=at <= now, is_next=place == upcoming)
        for place, (at, kind, number, week) in enumerate(moments)
    ]


def near_steps(steps: list[TimelineStep]) -> list[TimelineStep]:
    """The steps around this moment, of a campaign with many weeks."""
    following = next((place for place, step in enumerate(steps) if step.is_next), len(steps))
    return steps[max(0, following - SHOWN_BEFORE) : following + SHOWN_AFTER]


def _moments(campaign: Campaign, week: SurveyWeek) -> list[tuple[datetime.datetime, StepKind, int, SurveyWeek]]:
    reminders = steps_of(week) if campaign.has_reminders else ()
    return [
        (week.opens_at, StepKind.INVITATION, 0, week),
        *((step.at, StepKind.REMINDER, step.number, week) for step in reminders),
        (week.closes_at, StepKind.CLOSE, 0, week),
    ]
