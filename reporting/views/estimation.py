"""Estimating who did not answer: asking for it, waiting for it, and reading what was found."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reporting.enums import EstimationState
from reporting.estimation_council_text import council_text
from reporting.estimation_sentences import ALWAYS_USED, FAILURES, FEATURE_LABELS
from reporting.forms.estimation import EstimationForm
from reporting.models import EstimationRun, Report
from reporting.selectors.estimation_page import result_page
from reporting.selectors.estimation_runs import estimation_run, estimation_runs
from reporting.selectors.estimation_start import start_page
from reporting.services.estimation.rules import AT_WORK, why_not
from reporting.services.estimation.start import cancel_estimation, start_estimation
from reporting.views.answers import carry_out
from reporting.views.found import report_or_404
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right


@needs(Right.MANAGE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def report_estimation(request: ConsoleRequest, code: UUID) -> HttpResponse:
    """GET shows what an estimate is made from, POST asks for one."""
    report = report_or_404(request, code)
    page = start_page(organisation=request.organisation, report=report)
    form = EstimationForm(request.POST if request.method == "POST" else None, absent=page.absent if page else ())
    is_refused = False
    if request.method == "POST" and form.is_valid():
        run = carry_out(
            request,
            start_estimation,
            done=_("You asked for an estimate."),
            report=report,
            features=form.cleaned_data["features"],
            council_note=form.cleaned_data["council_note"],
            now=clock.now(),
        )
        if run is not None:
            return console_redirect(request, "report_estimation_run", code=report.code, run=run.code)
        is_refused = True
    refusal = why_not(organisation=request.organisation, report=report)
    runs = list(estimation_runs(report=report))
    context = {
        "report": report,
        "form": form,
        "refusal": refusal,
        "at_work": next((run for run in runs if run.state in AT_WORK), None),
        "page": page,
        "runs": runs,
        "always_used": ALWAYS_USED,
    }
    status = 422 if form.errors or is_refused else 200
    return render(request, "reporting/estimation/start.html", context, status=status)


@needs(Right.VIEW_REPORTS)
@require_safe
def report_estimation_run(request: ConsoleRequest, code: UUID, run: UUID) -> HttpResponse:
    """How far it is, or what was found, or why nothing was."""
    report = report_or_404(request, code)
    found = _run_or_404(report, run)
    context = {"report": report, "run": found, "features": [FEATURE_LABELS.get(name, name) for name in found.features]}
    if found.state in AT_WORK:
        return render(request, "reporting/estimation/working.html", context)
    if found.state == EstimationState.DONE:
        page = result_page(organisation=request.organisation, report=report, run=found)
        if page is not None:
            return render(request, "reporting/estimation/result.html", context | {"page": page})
    return render(request, "reporting/estimation/ended.html", context | {"failure": FAILURES.get(found.failure)})


@needs(Right.VIEW_REPORTS)
@require_safe
def report_estimation_progress(request: ConsoleRequest, code: UUID, run: UUID) -> HttpResponse:
    """The part of the page that changes while a worker is busy; tells htmx to load the page when it has ended."""
    report = report_or_404(request, code)
    found = _run_or_404(report, run)
    if found.state not in AT_WORK:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "reporting/estimation/_progress.html", {"report": report, "run": found})


@needs(Right.MANAGE_REPORTS)
@require_POST
def report_estimation_cancel(request: ConsoleRequest, code: UUID, run: UUID) -> HttpResponse:
    report = report_or_404(request, code)
    found = _run_or_404(report, run)
    carry_out(
        request, cancel_estimation, done=_("The estimate is stopped."), report=report, code=found.code, now=clock.now()
    )
    return console_redirect(request, "report_estimation_run", code=report.code, run=found.code)


@needs(Right.MANAGE_REPORTS)
@require_POST
def report_estimation_council(request: ConsoleRequest, code: UUID) -> HttpResponse:
    """The text for the works council about what is ticked on the page; changes nothing."""
    report = report_or_404(request, code)
    form = EstimationForm(request.POST)
    if not form.is_valid():
        raise Http404
    text = council_text(report=report, features=form.cleaned_data["features"], note=form.cleaned_data["council_note"])
    return _as_file(text)


@needs(Right.VIEW_REPORTS)
@require_safe
def report_estimation_council_run(request: ConsoleRequest, code: UUID, run: UUID) -> HttpResponse:
    """The same about an estimate that was asked for."""
    report = report_or_404(request, code)
    found = _run_or_404(report, run)
    return _as_file(council_text(report=report, features=found.features, note=found.council_note))


def _run_or_404(report: Report, code: UUID) -> EstimationRun:
    found = estimation_run(report=report, code=code)
    if found is None:
        raise Http404
    return found


def _as_file(text: str) -> HttpResponse:
    # With its byte order mark, so that Windows' editor reads the accents.
    response = HttpResponse(text.encode("utf-8-sig"), content_type="text/plain; charset=utf-8")
    filename = _("works-council")
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}.txt"'
    return response
