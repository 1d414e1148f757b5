"""How long a campaign's rows about persons stay: the preview, the period, a hold."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reporting.forms.retention import HoldForm, PeriodForm
from reporting.selectors.retention import draft_reports
from reporting.views.answers import carry_out
from surveys.models import Campaign
from surveys.selectors.campaigns import campaign_by_code
from surveys.selectors.retention import RetentionState, retention_preview, retention_state
from surveys.services.retention.holds import lift_hold, place_hold
from surveys.services.retention.plan import set_retention_period
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect, console_url
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right


@needs(Right.VIEW_SETTINGS)
@require_safe
def campaign_retention(request: ConsoleRequest, code: UUID) -> HttpResponse:
    """What of this campaign goes when, and what stays."""
    state = _state_or_404(request, code)
    context = {
        "state": state,
        "campaign": state.campaign,
        "preview": retention_preview(campaign=state.campaign),
        "drafts": draft_reports(organisation=request.organisation, campaign=state.campaign),
        "may_change": request.place.holds(Right.MANAGE_CAMPAIGNS),
    }
    return render(request, "reporting/retention.html", context)


@needs(Right.MANAGE_CAMPAIGNS)
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_retention_period(request: ConsoleRequest, code: UUID) -> HttpResponse:
    """Asks for this campaign's own period (GET) and sets it (POST)."""
    state = _state_or_404(request, code)
    form = PeriodForm(
        request.POST or None,
        usual_months=request.organisation.answers_kept_months,
        initial={"months": state.months if state.has_own_period else None},
    )
    if request.method == "POST" and form.is_valid():
        done = _("The period is saved.")
        named = {"campaign": state.campaign, "months": form.cleaned_data["months"], "now": clock.now()}
        carry_out(request, set_retention_period, done=done, **named)
        return console_redirect(request, "campaign_retention", code=code)
    return _page(request, "reporting/retention_period.html", state, form)


@needs(Right.MANAGE_CAMPAIGNS)
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_retention_hold(request: ConsoleRequest, code: UUID) -> HttpResponse:
    """Asks for the reason (GET) and holds the rows (POST)."""
    state = _state_or_404(request, code)
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _("The rows stay for now.")
        carry_out(request, place_hold, done=done, campaign=state.campaign, now=clock.now(), **form.cleaned_data)
        return console_redirect(request, "campaign_retention", code=code)
    return _page(request, "reporting/retention_hold.html", state, form)


@needs(Right.MANAGE_CAMPAIGNS)
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_retention_lift(request: ConsoleRequest, code: UUID) -> HttpResponse:
    """Asks (GET), then lifts the hold (POST)."""
    state = _state_or_404(request, code)
    if request.method == "POST":
        done = _("The hold is lifted. The end of the period is announced anew, at least two weeks before.")
        carry_out(request, lift_hold, done=done, campaign=state.campaign, now=clock.now())
        return console_redirect(request, "campaign_retention", code=code)
    return _page(request, "reporting/retention_lift.html", state, None)


def _page(request: ConsoleRequest, template: str, state: RetentionState, form: Any) -> HttpResponse:
    context = {
        "state": state,
        "campaign": state.campaign,
        "form": form,
        "back": console_url(request, "campaign_retention", code=state.campaign.code),
    }
    return render(request, template, context, status=422 if form is not None and form.errors else 200)


def _state_or_404(request: ConsoleRequest, code: UUID) -> RetentionState:
    """A draft has no rows about persons."""
    try:
        campaign = campaign_by_code(organisation=request.organisation, code=code)
        return retention_state(campaign=campaign, today=clock.today())
    except Campaign.DoesNotExist as error:
        raise Http404 from error
