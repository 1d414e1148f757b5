"""One change of a campaign at a time."""

from surveys.models import Campaign
from wpm_platform.organisations.models import Organisation


def locked_campaign(*, organisation: Organisation, campaign: Campaign) -> Campaign:
    """The campaign as it is now, locked until the transaction ends; people may go on answering meanwhile."""
    found: Campaign = (
        Campaign.objects.select_for_update(no_key=True, of=("self",))
        .select_related("organisation")
        .get(organisation=organisation, pk=campaign.pk)
    )
    return found
