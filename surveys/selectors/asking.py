"""Whom a campaign asks, and since which earlier survey somebody counts as a joiner."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, Max, OuterRef, QuerySet

from surveys.domain.asking import USUAL_ANCHOR, Askable, AskedBecause, Asks, reasons_to_ask
from surveys.domain.calendar import DAY
from surveys.enums import CampaignState
from surveys.models import Campaign, Employee, PopulationMember, RetentionRun, SurveyWeek
from wpm_platform.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class Asking:
    """since: the earlier campaign; seed: what the lot is drawn from."""

    asks: Asks = Asks.EVERYBODY
    anchor_size: int = USUAL_ANCHOR
    since: Campaign | None = None
    seed: str = ""

    def reasons(self, people: list[Employee]) -> dict[int, AskedBecause]:
        """Of people who could be asked (by pk): why; who is not asked is left out. Two queries at most."""
        is_joiner = _joiners(self.since)
        rows = [
            Askable(person=str(person.code), site=str(person.site_id), is_joiner=is_joiner(person)) for person in people
        ]
        found = reasons_to_ask(rows, asks=self.asks, anchor_size=self.anchor_size, seed=self.seed)
        return {person.pk: found[str(person.code)] for person in people if str(person.code) in found}


EVERYBODY = Asking()


def asking_of(campaign: Campaign) -> Asking:
    """What HR chose for this campaign."""
    return Asking(
        asks=Asks(campaign.asks),
        anchor_size=campaign.anchor_size or USUAL_ANCHOR,
        since=campaign.asked_since,
        seed=str(campaign.code),
    )


def earlier_campaigns(*, organisation: Organisation, besides: Campaign | None = None) -> QuerySet[Campaign]:
    """Closed campaigns that joiners can be counted from, the last one first."""
    closed = Campaign.objects.filter(organisation=organisation, state=CampaignState.CLOSED)
    return (closed.exclude(pk=besides.pk) if besides else closed).order_by("-closed_at", "-pk")


class _Joiners:
    """Hired after the last surveyed day, or not on the list of people of that campaign.

    Once the rows about its persons go, which takes several steps, only the day of hiring tells.
    """

    def __init__(self, *, last_day: datetime.date | None, members: set[int]) -> None:
        self.last_day = last_day
        self.members = members

    def __call__(self, person: Employee) -> bool:
        if self.last_day is None:
            return False
        is_new = person.employed_from is not None and person.employed_from > self.last_day
        return is_new or (bool(self.members) and person.pk not in self.members)


def _joiners(since: Campaign | None) -> _Joiners:
    if since is None:
        return _Joiners(last_day=None, members=set())
    weeks = SurveyWeek.objects.filter(organisation=since.organisation_id, campaign=since)
    monday: datetime.date | None = weeks.aggregate(last=Max("monday"))["last"]
    going = RetentionRun.objects.filter(organisation=OuterRef("organisation"), campaign=OuterRef("campaign"))
    members = PopulationMember.objects.filter(~Exists(going), organisation=since.organisation_id, campaign=since)
    return _Joiners(
        last_day=None if monday is None else monday + 6 * DAY,
        members=set(members.values_list("employee_id", flat=True)),
    )
