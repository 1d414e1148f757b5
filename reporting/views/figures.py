"""Figures entered by hand, and the explanation of one figure."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reporting.domain.rvo import RvoBlock, RvoLine
from reporting.enums import ReportState
from reporting.forms.business import BusinessTotalsForm
from reporting.forms.steps import CellTotalForm
from reporting.labels import BLOCK_HINTS, BLOCK_LABELS
from reporting.models import Report
from reporting.selectors.business_page import block_files
from reporting.selectors.inputs import manual_totals
from reporting.selectors.report_page import CellShown, cell_shown
from reporting.selectors.versions import stored_matrix, stored_source_of
from reporting.services.entered_totals import (
    BUSINESS_BLOCKS,
    enter_business_cell,
    enter_business_totals,
    enter_commute_total,
)
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
    files = block_files(organisation=request.organisation, report=report, blocks=BUSINESS_BLOCKS)
    by_hand = [block for block in BUSINESS_BLOCKS if not files[block].applied]
    totals = [total for total in stored if total.block in by_hand]
    form = BusinessTotalsForm(request.POST if request.method == "POST" else None, totals=totals, shown=by_hand)
    if request.method == "POST" and form.is_valid():
        done = _("The figures are saved.")
        carry_out(request, enter_business_totals, done=done, report=report, totals=form.totals(), now=clock.now())
        return console_redirect(request, "report", code=report.code)
    fields = {fields.block: fields for fields in form.blocks()}
    context = {
        "report": report,
        "form": form,
        "blocks": [
            {
                "files": files[block],
                "label": BLOCK_LABELS[block],
                "hint": BLOCK_HINTS[block],
                "fields": fields.get(block),
            }
            for block in BUSINESS_BLOCKS
        ],
    }
    return render(request, "reporting/report_business.html", context, status=422 if form.errors else 200)


@needs(Right.VIEW_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def report_cell(request: ConsoleRequest, code: UUID, block: str, line: str) -> HttpResponse:
    """How one figure came about; for a computed figure in a draft, the place to enter it by hand."""
    report = report_or_404(request, code)
    version = version_or_404(report)
    shown = cell_shown(stored_matrix(version).cell(block=_block_or_404(block), line=_line_or_404(line)))
    inputs = stored_source_of(version)[0]
    can_correct = (
        (shown.cell.block is RvoBlock.COMMUTE or inputs.business.has(shown.cell.block))
        and version.state == ReportState.DRAFT
        and request.place.holds(Right.MANAGE_REPORTS)
    )
    if request.method == "POST" and not can_correct:
        return HttpResponse(status=403)
    form = _cell_form(request, shown)
    if request.method == "POST" and form.is_valid():
        _enter_cell(request, report, shown, form)
        return console_redirect(request, "report", code=report.code)
    context = {
        "report": report,
        "version": version,
        "inputs": inputs,
        "cell": shown,
        "block_label": BLOCK_LABELS[shown.cell.block],
        "form": form if can_correct else None,
    }
    return render(request, "reporting/report_cell.html", context, status=422 if form.errors else 200)


def _cell_form(request: ConsoleRequest, shown: CellShown) -> CellTotalForm:
    initial = {"kilometres": shown.cell.value, "reason": shown.cell.derivation.note} if shown.is_manual else {}
    data = request.POST if request.method == "POST" else None
    return CellTotalForm(data, initial=initial, is_euro=shown.is_euro)


def _enter_cell(request: ConsoleRequest, report: Report, shown: CellShown, form: CellTotalForm) -> None:
    amount, reason = form.cleaned_data["kilometres"], form.cleaned_data["reason"]
    facts: dict[str, Any] = {
        "done": _("The figure is saved."),
        "report": report,
        "line": shown.cell.line,
        "now": clock.now(),
    }
    if shown.cell.block is RvoBlock.COMMUTE:
        carry_out(request, enter_commute_total, kilometres=amount, reason=reason, **facts)
    else:
        carry_out(request, enter_business_cell, block=shown.cell.block, value=amount, reason=reason, **facts)


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
