"""Another last day to answer, with what it does to the mails that follow."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from surveys.enums import CampaignState
from surveys.forms.mail_plan import ClosingForm, moment_initial
from surveys.models import Campaign, SurveyWeek
from surveys.services.mail_plan import change_closing
from surveys.services.mail_plan.preview import preview_closing
from surveys.services.mail_plan.refusals import CampaignOver, ClosingRejected
from surveys.templatetags.campaigns import moment_words
from surveys.views.campaigns.access import campaign_or_404
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right


@needs(Right.MANAGE_CAMPAIGNS)
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_mail_closing(request: ConsoleRequest, code: UUID, number: int) -> HttpResponse:
    """Asked for with a day, this shows what would change; only a POST changes it. number: the week, from 1."""
    campaign = campaign_or_404(request, code)
    week = _week_or_404(campaign, number)
    if campaign.state == CampaignState.DRAFT:
        messages.info(request, _("This campaign is a draft: choose its days here."))
        return console_redirect(request, "campaign_edit", code=code)
    if campaign.state == CampaignState.CLOSED:
        messages.error(request, str(CampaignOver()))
        return console_redirect(request, "campaign_mail_plan", code=code)
    given = request.POST if request.method == "POST" else request.GET if "closes_on" in request.GET else None
    form = ClosingForm(given, initial=moment_initial(week.closes_at, day="closes_on", time="closes_time"))
    context: dict[str, Any] = {
        "campaign": campaign,
        "week": week,
        "number": number,
        "weeks": list(campaign.weeks.all()),
        "form": form,
    }
    if form.is_valid():
        try:
            if request.method == "POST":
                return _save(request, week, form)
            context["changes"] = preview_closing(
                organisation=request.organisation, now=clock.now(), week=week, closes_at=form.moment()
            )
            context["closes_at"] = form.moment()
        except ClosingRejected as error:
            form.add_error("closes_on", str(error))
    return render(request, "campaigns/mail_plan_closing.html", context, status=422 if form.errors else 200)


def _save(request: ConsoleRequest, week: SurveyWeek, form: ClosingForm) -> HttpResponse:
    code = week.campaign.code
    try:
        changed = change_closing(
            organisation=request.organisation,
            actor=request.user,
            now=clock.now(),
            week=week,
            closes_at=form.moment(),
        )
    except CampaignOver as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("People can now answer until %(moment)s.") % {"moment": moment_words(changed.closes_at)}
        )
    return console_redirect(request, "campaign_mail_plan", code=code)


def _week_or_404(campaign: Campaign, number: int) -> SurveyWeek:
    weeks: list[SurveyWeek] = list(campaign.weeks.all())
    if not 1 <= number <= len(weeks):
        raise Http404
    return weeks[number - 1]
