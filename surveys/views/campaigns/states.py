"""Start, pause, resume and close: each asks first, and does it by POST."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from surveys.enums import CampaignState
from surveys.models import Campaign
from surveys.selectors.asking import asking_of
from surveys.selectors.population import expected_population
from surveys.services.campaign_start import CampaignAlreadyStarted, CampaignNotReady, PlanAboveLimit, start_campaign
from surveys.services.campaign_states import (
    CampaignNotOpen,
    CampaignNotPaused,
    CampaignNotRunning,
    close_campaign,
    pause_campaign,
    resume_campaign,
)
from surveys.views.campaigns.access import campaign_or_404
from surveys.views.campaigns.overview import population_in_words
from surveys.views.campaigns.plan_at_start import plan_at_start
from wpm_platform import clock
from wpm_platform.mailing.sender_sentences import sender_in_words
from wpm_platform.mailing.services.sender_check import sender_check
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right


@needs(Right.MANAGE_CAMPAIGNS)
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_start(request: ConsoleRequest, code: UUID) -> HttpResponse:
    campaign = campaign_or_404(request, code)
    if request.method == "POST":
        return _start(request, campaign)
    if campaign.state != CampaignState.DRAFT:
        messages.error(request, str(CampaignAlreadyStarted()))
        return console_redirect(request, "campaign", code=code)
    weeks = list(campaign.weeks.all())
    counts = expected_population(
        organisation=request.organisation,
        mondays=[week.monday for week in weeks],
        today=clock.today(),
        on_paper=campaign.answers_on_paper,
        asking=asking_of(campaign),
    )
    context = plan_at_start(campaign, now=clock.now()) | {
        "campaign": campaign,
        "weeks": weeks,
        "population": population_in_words(counts),
        "leaves_now": weeks[0].opens_at <= clock.now(),
        "sender": sender_in_words(sender_check()),
    }
    return render(request, "campaigns/campaign_start.html", context)


def _start(request: ConsoleRequest, campaign: Campaign) -> HttpResponse:
    try:
        start_campaign(
            organisation=request.organisation,
            actor=request.user,
            now=clock.now(),
            today=clock.today(),
            campaign=campaign,
        )
    except PlanAboveLimit as error:
        messages.error(request, _("The campaign has not started. %(reason)s") % {"reason": error})
        return console_redirect(request, "campaign_mail_plan", code=campaign.code)
    except CampaignNotReady as error:
        messages.error(request, str(error))
    except CampaignAlreadyStarted as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The campaign has started. Below you see when each mail leaves."))
    return console_redirect(request, "campaign", code=campaign.code)


@needs(Right.MANAGE_CAMPAIGNS)
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_pause(request: ConsoleRequest, code: UUID) -> HttpResponse:
    return _ask_or_do(
        request,
        code,
        states=(CampaignState.RUNNING,),
        change=pause_campaign,
        refusal=CampaignNotRunning,
        words={
            "title": _("Pause the campaign"),
            "text": _(
                "No mail leaves while the campaign is paused. Who already has a link can still answer. You can let it "
                "go on at any time; reminders whose moment has passed are then left out."
            ),
            "button": _("Pause the campaign"),
            "done": _("The campaign is paused. No mail leaves."),
        },
    )


@needs(Right.MANAGE_CAMPAIGNS)
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_resume(request: ConsoleRequest, code: UUID) -> HttpResponse:
    return _ask_or_do(
        request,
        code,
        states=(CampaignState.PAUSED,),
        change=resume_campaign,
        refusal=CampaignNotPaused,
        words={
            "title": _("Let the campaign go on"),
            "text": _("Mails that waited leave within a minute, between 7:00 and 20:00."),
            "button": _("Let the campaign go on"),
            "done": _("The campaign goes on."),
        },
    )


@needs(Right.MANAGE_CAMPAIGNS)
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_close(request: ConsoleRequest, code: UUID) -> HttpResponse:
    return _ask_or_do(
        request,
        code,
        states=(CampaignState.RUNNING, CampaignState.PAUSED),
        change=close_campaign,
        refusal=CampaignNotOpen,
        words={
            "title": _("Close the campaign"),
            "text": _(
                "After closing nobody can answer or change an answer, and no mail leaves any more. This cannot be "
                "undone."
            ),
            "button": _("Close the campaign for good"),
            "done": _("The campaign is closed. You can now make the report."),
        },
    )


def _ask_or_do(
    request: ConsoleRequest,
    code: UUID,
    *,
    states: tuple[CampaignState, ...],
    change: Callable[..., Campaign],
    refusal: type[Exception],
    words: dict[str, str],
) -> HttpResponse:
    campaign = campaign_or_404(request, code)
    if request.method == "POST":
        try:
            change(organisation=request.organisation, actor=request.user, now=clock.now(), campaign=campaign)
        except refusal as error:
            messages.error(request, str(error))
        else:
            messages.success(request, words["done"])
        return console_redirect(request, "campaign", code=code)
    if campaign.state not in states:
        messages.error(request, str(refusal()))
        return console_redirect(request, "campaign", code=code)
    return render(request, "campaigns/campaign_state.html", {"campaign": campaign, **words})
