"""Make a campaign, and change it while it is a draft."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from surveys.enums import CampaignKind, CampaignState
from surveys.forms.campaigns import CampaignForm, initial_of
from surveys.forms.week_choices import usual_week
from surveys.selectors.asking import earlier_campaigns
from surveys.services.campaign_asking import AskingRejected
from surveys.services.campaigns import CampaignNotDraft, PlanRejected, create_campaign, update_campaign
from surveys.views.campaigns.access import campaign_or_404
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right


@needs(Right.MANAGE_CAMPAIGNS)
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_new(request: ConsoleRequest) -> HttpResponse:
    today = clock.today()
    week = usual_week(today)
    form = CampaignForm(
        request.POST or None,
        initial={
            "name": _("Travel week %(year)s") % {"year": week.year},
            "kind": CampaignKind.ONE_WEEK,
            "first_week": week.isoformat(),
            "sender_name": request.organisation.contact_name or request.user.name,
            "reply_to": _usual_reply_to(request),
        },
        today=today,
        language=get_language(),
        earlier=list(earlier_campaigns(organisation=request.organisation)),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = create_campaign(
                organisation=request.organisation,
                actor=request.user,
                now=clock.now(),
                plan=form.plan(),
                details=form.details(),
            )
        except (PlanRejected, AskingRejected) as error:
            form.reject(error)
        else:
            return console_redirect(request, "campaign", code=made.code)
    return render(request, "campaigns/campaign_form.html", {"form": form}, status=422 if form.errors else 200)


@needs(Right.MANAGE_CAMPAIGNS)
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_edit(request: ConsoleRequest, code: UUID) -> HttpResponse:
    campaign = campaign_or_404(request, code)
    if campaign.state != CampaignState.DRAFT:
        messages.error(request, str(CampaignNotDraft()))
        return console_redirect(request, "campaign", code=code)
    initial = initial_of(campaign)
    form = CampaignForm(
        request.POST or None,
        initial=initial,
        today=clock.today(),
        language=get_language(),
        chosen=campaign.weeks.all()[0].monday,
        earlier=list(earlier_campaigns(organisation=request.organisation, besides=campaign)),
    )
    if request.method == "POST" and form.is_valid():
        try:
            update_campaign(
                organisation=request.organisation,
                actor=request.user,
                now=clock.now(),
                campaign=campaign,
                plan=form.plan(),
                details=form.details(),
            )
        except (PlanRejected, AskingRejected) as error:
            form.reject(error)
        except CampaignNotDraft as error:
            messages.error(request, str(error))
            return console_redirect(request, "campaign", code=code)
        else:
            messages.success(request, _("The changes are saved."))
            return console_redirect(request, "campaign", code=code)
    context = {"form": form, "campaign": campaign}
    return render(request, "campaigns/campaign_form.html", context, status=422 if form.errors else 200)


def _usual_reply_to(request: ConsoleRequest) -> str:
    organisation = request.organisation
    return organisation.reply_to or organisation.contact_email or request.user.email
