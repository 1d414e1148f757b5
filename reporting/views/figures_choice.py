"""Choosing whether a report states the guidance's kilometres or an estimate."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reporting.enums import ReportState
from reporting.forms.figures_choice import FiguresChoiceForm
from reporting.models import Report, ReportVersion
from reporting.selectors.figures_choice import FiguresChoice, figures_choice
from reporting.services.estimate_choice import choose_estimate, choose_guidance
from reporting.views.answers import carry_out
from reporting.views.found import report_or_404, version_or_404
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right


@needs(Right.MANAGE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def report_estimate_choice(request: ConsoleRequest, code: UUID) -> HttpResponse:
    """GET shows guidance and estimate beside each other, POST takes one.

    `estimate` in the address names the run, and the form names the one that it showed: nobody reports an estimate that
    was not on the page.
    """
    report = report_or_404(request, code)
    posted = FiguresChoiceForm(request.POST) if request.method == "POST" else None
    named = posted.seen if posted else _wanted(request)
    page = (
        None
        if posted and named is None
        else figures_choice(organisation=request.organisation, report=report, code=named)
    )
    is_outdated = page is None and posted is not None
    if page is None and named is not None and not posted:
        raise Http404
    # The page as it is now, for a refusal to stand on.
    page = page or figures_choice(organisation=request.organisation, report=report)
    if page is None:
        return console_redirect(request, "report_estimation", code=report.code)
    is_draft = version_or_404(report).state in (ReportState.DRAFT, ReportState.REOPENED)
    form = posted or FiguresChoiceForm(
        is_estimate=page.is_chosen,
        reason=report.estimation_reason if page.is_chosen or report.estimation_id is None else "",
    )
    is_refused = False
    if posted and is_outdated and posted.wants_estimate:
        messages.error(
            request, _("The estimate that you saw is no longer here. Look at the figures below and choose again.")
        )
        is_refused = True
    elif posted and posted.is_valid():
        if _choose(request, report, page, posted) is not None:
            return console_redirect(request, "report", code=report.code)
        is_refused = True
    context = {"report": report, "page": page, "form": form, "is_draft": is_draft}
    status = 422 if form.errors or is_refused else 200
    return render(request, "reporting/estimate_choice.html", context, status=status)


def _choose(
    request: ConsoleRequest, report: Report, page: FiguresChoice, form: FiguresChoiceForm
) -> ReportVersion | None:
    reason, now = form.cleaned_data["reason"], clock.now()
    version: ReportVersion | None
    if form.wants_estimate:
        done = _("The report states the estimate. The guidance's figures stay beside it.")
        version = carry_out(request, choose_estimate, done=done, report=report, run=page.run, reason=reason, now=now)
    else:
        done = _("The report states the guidance's figures.")
        version = carry_out(request, choose_guidance, done=done, report=report, reason=reason, now=now)
    return version


def _wanted(request: ConsoleRequest) -> UUID | None:
    text = request.GET.get("estimate", "")
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise Http404 from error
