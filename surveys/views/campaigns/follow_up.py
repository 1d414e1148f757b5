"""The follow-up of a closed campaign: what it is for, the button that sends it, and how many answered."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from surveys.domain.follow_up import LEAST_ANSWERS
from surveys.forms.follow_up import FollowUpForm
from surveys.models import Campaign
from surveys.selectors.follow_up import follow_up_state, silent_people
from surveys.services.follow_up import FollowUpAsked, FollowUpTooEarly, TooFewSilent, ask_follow_up, why_not
from surveys.views.campaigns.access import campaign_or_404
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right
from wpm_platform.organisations.services.refusal import Refused


@needs(Right.MANAGE_CAMPAIGNS)
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_follow_up(request: ConsoleRequest, code: UUID) -> HttpResponse:
    campaign = campaign_or_404(request, code)
    now = clock.now()
    refusal = why_not(campaign=campaign, now=now)
    if isinstance(refusal, FollowUpTooEarly):
        messages.error(request, str(refusal))
        return console_redirect(request, "campaign", code=code)
    form = FollowUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _ask(request, campaign, size=form.cleaned_data["size"])
    context: dict[str, object] = {"campaign": campaign}
    if refusal is None:
        silent = silent_people(organisation=request.organisation, campaign=campaign, now=now)
        reachable = len(silent.reachable)
        context |= {"form": form, "silent": silent.silent, "reachable": reachable}
        if 0 < reachable < LEAST_ANSWERS:
            context["too_few"] = str(TooFewSilent())
    elif isinstance(refusal, FollowUpAsked):
        context["state"] = follow_up_state(campaign=campaign, now=now)
    else:
        context["refusal"] = str(refusal)
    status = 422 if refusal is None and form.errors else 200
    return render(request, "campaigns/campaign_follow_up.html", context, status=status)


def _ask(request: ConsoleRequest, campaign: Campaign, *, size: int) -> HttpResponse:
    try:
        ask_follow_up(
            organisation=request.organisation, actor=request.user, now=clock.now(), campaign=campaign, size=size
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The question is on its way."))
    return console_redirect(request, "campaign_follow_up", code=campaign.code)
