"""Finds the campaign that an address names, or answers 404."""

from uuid import UUID

from django.http import Http404

from surveys.models import Campaign
from surveys.selectors.campaigns import campaign_by_code
from wpm_platform.organisations.door.request import ConsoleRequest


def campaign_or_404(request: ConsoleRequest, code: UUID) -> Campaign:
    """The campaign of the organisation at hand."""
    try:
        return campaign_by_code(organisation=request.organisation, code=code)
    except Campaign.DoesNotExist:
        raise Http404 from None
