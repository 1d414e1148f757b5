"""The totals that stay of a campaign when its rows about persons are gone."""

from typing import Any

from surveys.domain.small_groups import GroupCount, ShieldedCounts
from surveys.enums import CampaignState
from surveys.models import Campaign, CampaignTotals


def kept_people(campaign: Campaign) -> dict[str, Any] | None:
    """See `surveys/services/retention/totals`; None while the rows are there."""
    if campaign.state != CampaignState.CLOSED:
        return None
    kept = CampaignTotals.objects.filter(organisation=campaign.organisation_id, campaign=campaign)
    found: dict[str, Any] | None = kept.values_list("people", flat=True).first()
    return found


def shielded_from_json(document: dict[str, Any]) -> ShieldedCounts:
    return ShieldedCounts(
        shown=tuple(GroupCount(**row) for row in document["shown"]),
        rest=GroupCount(**document["rest"]) if document["rest"] else None,
        hidden_groups=document["hidden_groups"],
    )
