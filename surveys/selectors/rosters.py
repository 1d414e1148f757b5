"""The work patterns of an organisation, looked up once for any number of people."""

import datetime
from collections.abc import Mapping
from functools import cached_property

from surveys.domain.work_pattern import WorkCycle, asked_days, cycle_from
from surveys.enums import CampaignState
from surveys.models import Campaign, Employee, WorkPattern
from wpm_platform.organisations.models import Organisation


class Rosters:
    """Pattern id → what it says. Read at the first question; a pattern that cannot be read counts as none."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self._asked: dict[tuple[int, datetime.date], str] = {}

    @cached_property
    def cycles(self) -> Mapping[int, WorkCycle | None]:
        patterns = WorkPattern.objects.filter(organisation=self.organisation)
        return {row.pk: cycle_from(starts_on=row.starts_on, weeks=row.weeks) for row in patterns}

    def asked_days(self, pattern_id: int | None, *, monday: datetime.date) -> str:
        """The days of the pattern in this week, as `Invitation.asked_days` keeps them."""
        if pattern_id is None:
            return ""
        key = (pattern_id, monday)
        if key not in self._asked:
            self._asked[key] = asked_days(cycle=self.cycles.get(pattern_id), monday=monday)
        return self._asked[key]


def people_on_rosters(campaign: Campaign) -> int:
    """How many who work here have a pattern; of who is invited, once the campaign has begun."""
    people = Employee.objects.filter(
        organisation=campaign.organisation_id, work_pattern__isnull=False, left_at__isnull=True
    )
    if campaign.state != CampaignState.DRAFT:
        people = people.filter(invitations__campaign=campaign).distinct()
    return people.count()
