"""The mail plan of a campaign as a calendar, and what HR does about one mail of it."""

import datetime
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from surveys.enums import CampaignState
from surveys.forms.mail_plan import MoveForm, moment_initial
from surveys.mail_sentences import PeopleInWords, people_in_words
from surveys.models import Campaign, MailStep
from surveys.selectors.mail_plan import PlanCalendar, PlanLine, plan_calendar, step_by_code, step_forecast
from surveys.selectors.mail_settings import mail_hours
from surveys.selectors.plan_grid import plan_grid
from surveys.selectors.rosters import people_on_rosters
from surveys.selectors.waiting_batches import waiting_batches
from surveys.services.mail_plan import move_step, restore_step, skip_step
from surveys.services.mail_plan.refusals import CampaignOver, MailPlanRefused, StepNotOpen
from surveys.templatetags.campaigns import moment_words
from surveys.templatetags.mail_plan import step_name
from surveys.views.campaigns.access import campaign_or_404
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right


@needs(Right.VIEW_CAMPAIGNS)
@require_safe
def campaign_mail_plan(request: ConsoleRequest, code: UUID) -> HttpResponse:
    campaign, now = campaign_or_404(request, code), clock.now()
    calendar = _calendar(campaign, now=now)
    is_site_lead = request.place.site_id is not None
    context: dict[str, Any] = {
        "campaign": campaign,
        "calendar": calendar,
        "weeks": plan_grid(calendar=calendar, now=now, language=get_language() or "nl"),
        "hours": mail_hours(),
        "waiting": waiting_batches(organisation=request.organisation, campaign=campaign, now=now),
        "is_site_lead": is_site_lead,
        "may_change": request.place.holds(Right.MANAGE_CAMPAIGNS),
    }
    if not is_site_lead:
        context["on_rosters"] = people_on_rosters(campaign)
        context["expected"] = _expected(campaign, calendar, now=now)
    return render(request, "campaigns/mail_plan.html", context)


@needs(Right.VIEW_CAMPAIGNS)
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_mail_step(request: ConsoleRequest, code: UUID, step: UUID) -> HttpResponse:
    """One mail: when, who gets it, and the form that moves it."""
    may_change = request.place.holds(Right.MANAGE_CAMPAIGNS)
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    campaign, now = campaign_or_404(request, code), clock.now()
    found = _step_or_404(request, campaign, step)
    form = MoveForm(
        request.POST if request.method == "POST" else None,
        initial=moment_initial(found.due_at, day="due_on", time="due_time"),
    )
    if request.method == "POST" and form.is_valid():
        answer = _move(request, found, form, now=now)
        if answer is not None:
            return answer
    context = {
        "campaign": campaign,
        "line": _line(campaign, found, now=now),
        "form": form,
        "may_change": may_change,
        "weeks": list(campaign.weeks.all()),
    }
    if request.place.site_id is None:
        context["people"] = _forecast(found, now=now)
    return render(request, "campaigns/mail_plan_step.html", context, status=422 if form.errors else 200)


@needs(Right.MANAGE_CAMPAIGNS)
@require_POST
def campaign_mail_step_skip(request: ConsoleRequest, code: UUID, step: UUID) -> HttpResponse:
    """Leave a mail out of the plan."""
    return _change(request, code, step, change=skip_step, done=_("%(mail)s is left out. You can put it back below."))


@needs(Right.MANAGE_CAMPAIGNS)
@require_POST
def campaign_mail_step_restore(request: ConsoleRequest, code: UUID, step: UUID) -> HttpResponse:
    """Put a mail that was left out or undone back into the plan."""
    return _change(request, code, step, change=restore_step, done=_("%(mail)s is back in the plan: %(moment)s."))


def _change(
    request: ConsoleRequest, code: UUID, step: UUID, *, change: Callable[..., MailStep], done: str
) -> HttpResponse:
    found = _step_or_404(request, campaign_or_404(request, code), step)
    try:
        changed = change(organisation=request.organisation, actor=request.user, now=clock.now(), step=found)
    except MailPlanRefused as error:
        messages.error(request, str(error))
        return console_redirect(request, "campaign_mail_step", code=code, step=step)
    messages.success(request, done % {"mail": step_name(changed), "moment": moment_words(changed.due_at)})
    return console_redirect(request, "campaign_mail_plan", code=code)


def _move(request: ConsoleRequest, found: MailStep, form: MoveForm, *, now: datetime.datetime) -> HttpResponse | None:
    """The answer when the mail was moved, or can no longer be; None when the form says what is wrong."""
    code = found.campaign.code
    try:
        moved = move_step(
            organisation=request.organisation, actor=request.user, now=now, step=found, due_at=form.moment()
        )
    except (StepNotOpen, CampaignOver) as error:
        messages.error(request, str(error))
        return console_redirect(request, "campaign_mail_step", code=code, step=found.code)
    except MailPlanRefused as error:
        form.reject(error)
        return None
    messages.success(
        request,
        _("%(mail)s now leaves on %(moment)s.") % {"mail": step_name(moved), "moment": moment_words(moved.due_at)},
    )
    return console_redirect(request, "campaign_mail_plan", code=code)


def _calendar(campaign: Campaign, *, now: datetime.datetime) -> PlanCalendar:
    return plan_calendar(campaign=campaign, now=now, language=get_language() or "nl")


def _line(campaign: Campaign, found: MailStep, *, now: datetime.datetime) -> PlanLine:
    lines = _calendar(campaign, now=now).lines
    return next(line for line in lines if line.step.pk == found.pk)


def _step_or_404(request: ConsoleRequest, campaign: Campaign, step: UUID) -> MailStep:
    try:
        return step_by_code(organisation=request.organisation, campaign=campaign, code=step)
    except MailStep.DoesNotExist:
        raise Http404 from None


def _expected(campaign: Campaign, calendar: PlanCalendar, *, now: datetime.datetime) -> PeopleInWords | None:
    """Of a draft who gets its mails, all of them; else who gets the next one. The others are asked for one by one."""
    wanted = calendar.lines[:1] if campaign.state == CampaignState.DRAFT else [n for n in calendar.lines if n.is_next]
    for line in wanted:
        return _forecast(
            step_by_code(organisation=campaign.organisation, campaign=campaign, code=line.step.code), now=now
        )
    return None


def _forecast(found: MailStep, *, now: datetime.datetime) -> PeopleInWords:
    forecast = step_forecast(step=found, now=now)
    return people_in_words(receiving=forecast.receiving, left_out=forecast.left_out, languages=forecast.languages)
