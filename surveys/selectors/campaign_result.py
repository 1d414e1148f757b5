"""What everybody may know of a closed campaign: how many took part, and how the whole organisation travels."""

from dataclasses import dataclass

from django.db.models import Count, Q

from surveys.domain.result_shares import percentage_shares
from surveys.domain.small_groups import SMALLEST_GROUP
from surveys.enums import CampaignState
from surveys.models import Campaign, Invitation
from surveys.selectors.kept_totals import kept_people
from surveys.selectors.mode_days import mode_days


@dataclass(frozen=True, kw_only=True)
class CampaignResult:
    """People invited and people who answered (at least once), and (mode, whole percentage of the days travelled).

    The shares are of the modes that five people and more used, so they tell nothing about the others; with fewer
    than two such modes there are none.
    """

    people: int
    answered: int
    shares: tuple[tuple[str, int], ...]

    @property
    def percentage(self) -> int:
        return self.answered * 100 // self.people


def campaign_result(campaign: Campaign) -> CampaignResult | None:
    """The result of a closed campaign; None while it is open, and when fewer than five people answered."""
    if campaign.state != CampaignState.CLOSED:
        return None
    people, answered = people_asked(campaign)
    if answered < SMALLEST_GROUP:
        return None
    found = mode_days(organisation=campaign.organisation, campaign=campaign)
    shares = percentage_shares({line.mode: line.days for line in found}) if len(found) > 1 else ()
    return CampaignResult(people=people, answered=answered, shares=shares)


def people_asked(campaign: Campaign) -> tuple[int, int]:
    """People invited, and those of them who answered at least once."""
    kept = kept_people(campaign)
    if kept is not None:
        return kept["asked"]["people"], kept["asked"]["answered"]
    counts = Invitation.objects.filter(
        organisation=campaign.organisation_id, campaign=campaign, withdrawn_at__isnull=True
    ).aggregate(
        people=Count("employee", distinct=True),
        answered=Count("employee", distinct=True, filter=Q(answered_at__isnull=False)),
    )
    return counts["people"], counts["answered"]
