"""A campaign's mail plan as the domain looks at it: weeks and steps by their place."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from surveys.domain.mail_steps import AskedWeek, Step, expires_at
from surveys.enums import MailStepState
from surveys.models import Campaign, MailStep, SurveyWeek

# Steps that leave or have left; the others take no part in what follows what.
LIVE = (MailStepState.PLANNED, MailStepState.PREPARED, MailStepState.RELEASED)
# Steps that HR may still decide about.
OPEN = (MailStepState.PLANNED, MailStepState.UNDONE, MailStepState.SKIPPED)
SHORTEST_LIFE = datetime.timedelta(minutes=1)


@dataclass(frozen=True)
class CampaignPlanRows:
    """The weeks of a campaign in order, and the rows of its plan."""

    weeks: Sequence[SurveyWeek]
    rows: Sequence[MailStep]

    @cached_property
    def places(self) -> dict[int, int]:
        return {week.pk: place for place, week in enumerate(self.weeks)}

    @cached_property
    def asked(self) -> list[AskedWeek]:
        return [AskedWeek(opens_at=week.opens_at, closes_at=week.closes_at) for week in self.weeks]

    def step(self, row: MailStep) -> Step:
        return Step(week=self.places[row.week_id], kind=row.kind, number=row.number, due_at=row.due_at)

    def live_steps(self, *, besides: MailStep | None = None) -> list[Step]:
        rows: Iterable[MailStep] = (row for row in self.rows if row.state in LIVE)
        return [self.step(row) for row in rows if row is not besides]

    def expires_at(self, row: MailStep) -> datetime.datetime:
        """From when on the step makes no sense any more; always after it is due."""
        found = expires_at(self.step(row), steps=self.live_steps(besides=row), weeks=self.asked)
        return max(found, row.due_at + SHORTEST_LIFE)


def plan_rows(*, campaign: Campaign) -> CampaignPlanRows:
    """The plan as it is stored, in two queries."""
    organisation_id = campaign.organisation_id
    weeks = SurveyWeek.objects.filter(organisation=organisation_id, campaign=campaign).order_by("monday")
    rows = MailStep.objects.filter(organisation=organisation_id, campaign=campaign).select_related("week")
    return CampaignPlanRows(weeks=list(weeks), rows=list(rows))
