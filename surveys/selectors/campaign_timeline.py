"""What a campaign has done and will do, as dates: the steps of its mail plan, and the closing of each week."""

import datetime
from dataclasses import dataclass, replace
from uuid import UUID

from surveys.enums import MailStepState
from surveys.models import Campaign, MailBatch, MailStep, SurveyWeek

SHOWN_BEFORE, SHOWN_AFTER = 2, 7
CLOSE = "close"
# Steps that send nothing any more, whatever the date.
NOT_SENT = (MailStepState.SKIPPED, MailStepState.EXPIRED, MailStepState.UNDONE)


@dataclass(frozen=True, kw_only=True)
class TimelineStep:
    """One moment in a campaign. kind: of the mail, or `close`; number: which reminder, 0 for the others.

    code: of the mail in the plan; batch: of its frozen list, when there is one that was not undone.
    state: what became of the mail (`MailStepState`), empty for a close; reason: why it was not sent, as a code.
    """

    kind: str
    at: datetime.datetime
    week: SurveyWeek
    number: int = 0
    state: str = ""
    reason: str = ""
    code: UUID | None = None
    batch: UUID | None = None
    is_past: bool
    is_next: bool = False

    @property
    def is_sent(self) -> bool:
        return self.state == MailStepState.RELEASED

    @property
    def is_not_sent(self) -> bool:
        return self.state in NOT_SENT


def campaign_timeline(*, campaign: Campaign, now: datetime.datetime) -> list[TimelineStep]:
    """The steps of all weeks in order of time; the first that is still to come is marked."""
    weeks = {week.pk: week for week in campaign.weeks.all()}
    rows = MailStep.objects.filter(organisation=campaign.organisation_id, campaign=campaign)
    lists = dict(
        MailBatch.objects.filter(
            organisation=campaign.organisation_id, step__campaign=campaign, undone_at__isnull=True
        ).values_list("step", "code")
    )
    steps = [_mail(row, week=weeks[row.week_id], batch=lists.get(row.pk), now=now) for row in rows]
    steps += [_close(campaign, week=week, now=now) for week in weeks.values()]
    steps.sort(key=lambda step: (step.at, step.kind == CLOSE))
    return _marked(steps)


def near_steps(steps: list[TimelineStep]) -> list[TimelineStep]:
    """The steps around this moment, of a campaign with many weeks."""
    following = next((place for place, step in enumerate(steps) if step.is_next), len(steps))
    return steps[max(0, following - SHOWN_BEFORE) : following + SHOWN_AFTER]


def _mail(row: MailStep, *, week: SurveyWeek, batch: UUID | None, now: datetime.datetime) -> TimelineStep:
    is_over = row.state in (MailStepState.RELEASED, MailStepState.EXPIRED)
    return TimelineStep(
        kind=row.kind,
        at=row.due_at,
        week=week,
        number=row.number,
        state=row.state,
        reason=row.reason,
        code=row.code,
        batch=batch,
        is_past=is_over or row.due_at <= now,
    )


def _close(campaign: Campaign, *, week: SurveyWeek, now: datetime.datetime) -> TimelineStep:
    at = min(week.closes_at, campaign.closed_at) if campaign.closed_at else week.closes_at
    return TimelineStep(kind=CLOSE, at=at, week=week, is_past=at <= now)


def _marked(steps: list[TimelineStep]) -> list[TimelineStep]:
    upcoming = next((step for step in steps if not step.is_past and not step.is_not_sent), None)
    return [step if step is not upcoming else replace(step, is_next=True) for step in steps]
