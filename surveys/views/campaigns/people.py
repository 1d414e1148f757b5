"""Who was left out of a campaign, by reason."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from surveys.selectors.exclusion_labels import EXCLUSION_LABELS, exclusion_label
from surveys.selectors.population import population_members
from surveys.views.campaigns.access import campaign_or_404
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right

PAGE_SIZE = 50


@needs(Right.VIEW_STAFF)
@require_safe
def campaign_not_invited(request: ConsoleRequest, code: UUID, reason: str) -> HttpResponse:
    campaign = campaign_or_404(request, code)
    if reason not in EXCLUSION_LABELS:
        raise Http404
    members = population_members(campaign=campaign, site_id=request.place.site_id, reason=reason)
    context = {
        "campaign": campaign,
        "reason": exclusion_label(reason),
        "page": Paginator(members, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "campaigns/campaign_not_invited.html", context)
