"""Figures entered by hand, and the explanation of one figure."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reporting.domain.rvo import RvoBlock, RvoLine
from reporting.enums import ReportState
from reporting.forms.business import BusinessTotalsForm
from reporting.forms.steps import CommuteTotalForm
from reporting.labels import BLOCK_LABELS
from reporting.selectors.inputs import manual_totals
from reporting.selectors.report_page import cell_shown
from reporting.selectors.versions import stored_matrix, stored_source_of
from reporting.services.entered_totals import BUSINESS_BLOCKS, enter_business_totals, enter_commute_total
from reporting.views.answers import carry_out
from reporting.views.found import report_or_404, version_or_404
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right


@needs(Right.MANAGE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def report_business(request: ConsoleRequest, code: UUID) -> HttpResponse:
    """GET shows what is entered, POST saves blocks 1 to 3 at once."""
    report = report_or_404(request, code)
    if version_or_404(report).state != ReportState.DRAFT:
        return console_redirect(request, "report", code=report.code)
    stored = manual_totals(
        organisation=request.organisation, legal_entity=report.legal_entity, reporting_year=report.reporting_year
    )
    totals = [total for total in stored if total.block in BUSINESS_BLOCKS]
    form = BusinessTotalsForm(request.POST if request.method == "POST" else None, totals=totals)
    if request.method == "POST" and form.is_valid():
        done = _("The figures are saved.")
        carry_out(request, enter_business_totals, done=done, report=report, totals=form.totals(), now=clock.now())
        return console_redirect(request, "report", code=report.code)
    context = {"report": report, "form": form}
    return render(request, "reporting/report_business.html", context, status=422 if form.errors else 200)


@needs(Right.VIEW_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def report_cell(request: ConsoleRequest, code: UUID, block: str, line: str) -> HttpResponse:
    """How one figure came about; for commuting in a draft, the place to enter it by hand."""
    report = report_or_404(request, code)
    version = version_or_404(report)
    shown = cell_shown(stored_matrix(version).cell(block=_block_or_404(block), line=_line_or_404(line)))
    cell = shown.cell
    can_correct = (
        cell.block is RvoBlock.COMMUTE
        and version.state == ReportState.DRAFT
        and request.place.holds(Right.MANAGE_REPORTS)
    )
    if request.method == "POST" and not can_correct:
        return HttpResponse(status=403)
    initial = {"kilometres": cell.value, "reason": cell.derivation.note} if shown.is_manual else {}
    form = CommuteTotalForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        carry_out(
            request,
            enter_commute_total,
            done=_("The figure is saved."),
            report=report,
            line=cell.line,
            kilometres=form.cleaned_data["kilometres"],
            reason=form.cleaned_data["reason"],
            now=clock.now(),
        )
        return console_redirect(request, "report", code=report.code)
    context = {
        "report": report,
        "version": version,
        "inputs": stored_source_of(version)[0],
        "cell": shown,
        "block_label": BLOCK_LABELS[cell.block],
        "form": form if can_correct else None,
    }
    return render(request, "reporting/report_cell.html", context, status=422 if form.errors else 200)


def _block_or_404(code: str) -> RvoBlock:
    for block in RvoBlock:
        if block.code == code:
            return block
    raise Http404


def _line_or_404(code: str) -> RvoLine:
    try:
        return RvoLine(code)
    except ValueError as error:
        raise Http404 from error
