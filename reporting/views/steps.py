"""The report's way: freeze, file, reopen. GET asks, POST does."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reporting.enums import ReportState
from reporting.forms.checks import FreezeForm
from reporting.forms.steps import FilingForm, ReopeningForm
from reporting.labels import BLOCK_LABELS
from reporting.selectors.checks_page import findings_shown
from reporting.selectors.report_page import cell_shown
from reporting.selectors.versions import stored_matrix
from reporting.services.filing import freeze_report, mark_filed, reopen_report
from reporting.services.filing_route import FILING_ROUTE
from reporting.views.answers import carry_out
from reporting.views.found import report_or_404, version_or_404
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right


@needs(Right.MANAGE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def report_freeze(request: ConsoleRequest, code: UUID) -> HttpResponse:
    """Shows the cells that still block freezing, else what stands out, to be answered, and asks to confirm."""
    report = report_or_404(request, code)
    version = version_or_404(report)
    is_draft = version.state == ReportState.DRAFT
    rows = findings_shown(organisation=request.organisation, report=report, version=version) if is_draft else []
    form = FreezeForm(request.POST if request.method == "POST" else None, findings=[row for row in rows if row.is_open])
    if request.method == "POST" and form.is_valid():
        done = _("The report is frozen. Now copy the figures into RVO's form.")
        carry_out(request, freeze_report, done=done, report=report, now=clock.now(), reasons=form.reasons())
        return console_redirect(request, "report", code=report.code)
    if not is_draft:
        return console_redirect(request, "report", code=report.code)
    open_cells = [(BLOCK_LABELS[cell.block], cell_shown(cell)) for cell in stored_matrix(version).undetermined]
    context = {
        "report": report,
        "open_cells": open_cells,
        "form": form,
        "answered": sum(not row.is_open for row in rows),
    }
    return render(request, "reporting/report_freeze.html", context, status=422 if form.errors else 200)


@needs(Right.MANAGE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def report_file(request: ConsoleRequest, code: UUID) -> HttpResponse:
    """Asks for the day and the reference of the filing."""
    report = report_or_404(request, code)
    today = clock.today()
    form = FilingForm(request.POST if request.method == "POST" else None, today=today)
    if request.method == "POST" and form.is_valid():
        carry_out(
            request,
            mark_filed,
            done=_("The filing is noted. You are done for this year."),
            report=report,
            filed_on=form.cleaned_data["filed_on"],
            reference=form.cleaned_data["reference"],
            now=clock.now(),
            today=today,
        )
        return console_redirect(request, "report", code=report.code)
    if request.method != "POST" and version_or_404(report).state != ReportState.FROZEN:
        return console_redirect(request, "report", code=report.code)
    context = {"report": report, "form": form, "file_format": FILING_ROUTE.file_format}
    return render(request, "reporting/report_file.html", context, status=422 if form.errors else 200)


@needs(Right.MANAGE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def report_reopen(request: ConsoleRequest, code: UUID) -> HttpResponse:
    """Asks for the reason; the version at hand stays as it is."""
    report = report_or_404(request, code)
    form = ReopeningForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = _("The report is open again as a new version.")
        carry_out(request, reopen_report, done=done, report=report, reason=form.cleaned_data["reason"], now=clock.now())
        return console_redirect(request, "report", code=report.code)
    version = version_or_404(report)
    if request.method != "POST" and version.state == ReportState.DRAFT:
        return console_redirect(request, "report", code=report.code)
    context = {"report": report, "version": version, "form": form}
    return render(request, "reporting/report_reopen.html", context, status=422 if form.errors else 200)
