"""The result for employees: what they will read, and the buttons that publish and withdraw it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from surveys.enums import CampaignState
from surveys.selectors.published_result import is_published, result_to_publish
from surveys.services.published_results import ResultNotReady, publish_result, withdraw_result
from surveys.views.campaigns.access import campaign_or_404
from surveys.views.respond.result import result_in_words
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right
from wpm_platform.organisations.services.refusal import Refused


@needs(Right.MANAGE_CAMPAIGNS)
@require_safe
def campaign_result(request: ConsoleRequest, code: UUID) -> HttpResponse:
    """The preview: the very words and figures that employees will see."""
    campaign = campaign_or_404(request, code)
    if campaign.state != CampaignState.CLOSED:
        messages.error(request, str(ResultNotReady()))
        return console_redirect(request, "campaign", code=code)
    figures = result_to_publish(campaign)
    context = {
        "campaign": campaign,
        "result": result_in_words(figures) if figures else None,
        "is_published": is_published(campaign),
    }
    return render(request, "campaigns/campaign_result.html", context)


@needs(Right.MANAGE_CAMPAIGNS)
@require_POST
def campaign_result_publish(request: ConsoleRequest, code: UUID) -> HttpResponse:
    return _carry_out(request, code, publish_result, done=_("Published. Employees see the result at their own link."))


@needs(Right.MANAGE_CAMPAIGNS)
@require_POST
def campaign_result_withdraw(request: ConsoleRequest, code: UUID) -> HttpResponse:
    return _carry_out(request, code, withdraw_result, done=_("Withdrawn. Nobody sees the result any more."))


def _carry_out(request: ConsoleRequest, code: UUID, service: Callable[..., Any], *, done: str) -> HttpResponse:
    campaign = campaign_or_404(request, code)
    try:
        service(organisation=request.organisation, actor=request.user, now=clock.now(), campaign=campaign)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return console_redirect(request, "campaign_result", code=code)
