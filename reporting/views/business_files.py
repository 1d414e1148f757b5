"""A business file on its way into the report: choose it, say what its columns hold, look at what would change."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reporting.business_file_sentences import field_meanings, file_sentence, mapping_sentence, problem_sentence
from reporting.domain.business_file.subjects import FileSubject
from reporting.domain.business_file.template import template_table
from reporting.enums import BusinessBlock, BusinessImportState, ReportState
from reporting.exports.business import template_workbook
from reporting.forms.business_files import BusinessColumnsForm, BusinessFileForm, BusinessLayoutForm
from reporting.labels import SUBJECT_LABELS
from reporting.models import BusinessImport, Report
from reporting.selectors.business import applied_commute_files, applied_files, business_file_by_code
from reporting.selectors.business_page import left_out_rows, line_changes
from reporting.services.business_access import OPEN_STATES, BusinessFileNotOpen
from reporting.services.business_files import ColumnsNotUsable, choose_columns, choose_layout, upload_business_file
from reporting.services.report_access import ReportNotDraft
from reporting.views.downloads import workbook_answer
from reporting.views.found import report_or_404, version_or_404
from surveys.domain.staff_file import StaffFileUnreadable
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right

_TRAVEL_BLOCKS = (BusinessBlock.MOBILITY_SERVICE, BusinessBlock.EXPENSE_CLAIM)


@needs(Right.MANAGE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def report_business_file_new(request: ConsoleRequest, code: UUID, travel_block: str) -> HttpResponse:
    """GET asks for the file, POST takes it in."""
    report, subject = report_or_404(request, code), file_subject_or_404(travel_block)
    if version_or_404(report).state != ReportState.DRAFT:
        return console_redirect(request, "report", code=report.code)
    form = BusinessFileForm(request.POST, request.FILES) if request.method == "POST" else BusinessFileForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = upload_business_file(
                organisation=request.organisation,
                actor=request.user,
                now=clock.now(),
                report=report,
                subject=subject,
                filename=file.name,
                content=file.read(),
            )
        except StaffFileUnreadable as unreadable:
            form.add_error("file", file_sentence(code=unreadable.code, detail=unreadable.detail))
        except ReportNotDraft:
            return console_redirect(request, "report", code=report.code)
        else:
            return console_redirect(request, "report_business_file", code=report.code, file=found.code)
    context = {
        "report": report,
        "subject": subject,
        "block_label": SUBJECT_LABELS[subject],
        "form": form,
        "fields": field_meanings(subject),
    }
    return render(request, "reporting/business_file_new.html", context, status=422 if form.errors else 200)


@needs(Right.MANAGE_REPORTS)
@require_safe
def report_business_template(request: ConsoleRequest, code: UUID, travel_block: str, language: str) -> HttpResponse:
    """The spreadsheet to fill in, in Dutch or English, with made-up rows of the report's year."""
    report, subject = report_or_404(request, code), file_subject_or_404(travel_block)
    content = template_workbook(
        template_table(subject=subject, language=language, reporting_year=report.reporting_year),
        title=str(SUBJECT_LABELS[subject])[:31],
        explanation=_("Explanation"),
        headings=(_("Column"), _("What it is for")),
        meanings=field_meanings(subject),
    )
    return workbook_answer(content, filename=f"wpm-{subject.value.replace('_', '-')}-{report.reporting_year}.xlsx")


@needs(Right.MANAGE_REPORTS)
@require_safe
def report_business_file(request: ConsoleRequest, code: UUID, file: UUID) -> HttpResponse:
    """The columns of an uploaded file, what a checked file would change, or how an earlier file ended."""
    report = report_or_404(request, code)
    found = file_or_404(request, report, file)
    wants_columns = "columns" in request.GET and found.state in OPEN_STATES
    if found.state == BusinessImportState.UPLOADED or wants_columns:
        return _columns_page(request, report, found, _columns_form(request, report, found))
    return render(request, "reporting/business_file.html", _context(report, found))


@needs(Right.MANAGE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def report_business_file_layout(request: ConsoleRequest, code: UUID, file: UUID) -> HttpResponse:
    """POST reads the file from another sheet or header line; who reloads begins again from the file's page."""
    report = report_or_404(request, code)
    found = file_or_404(request, report, file)
    if request.method != "POST":
        return console_redirect(request, "report_business_file", code=code, file=file)
    form = BusinessLayoutForm(request.POST, layout=found.layout)
    if form.is_valid():
        try:
            choose_layout(organisation=request.organisation, business_import=found, options=form.options())
        except StaffFileUnreadable as unreadable:
            form.add_error(None, file_sentence(code=unreadable.code, detail=unreadable.detail))
        except BusinessFileNotOpen as refusal:
            messages.warning(request, str(refusal))
    if form.errors:
        return _columns_page(request, report, found, _columns_form(request, report, found), layout_form=form)
    return console_redirect(request, "report_business_file", code=code, file=file)


@needs(Right.MANAGE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def report_business_file_columns(request: ConsoleRequest, code: UUID, file: UUID) -> HttpResponse:
    """POST checks the file by these columns; who reloads the page begins again from the file's page."""
    report = report_or_404(request, code)
    found = file_or_404(request, report, file)
    if request.method != "POST":
        return console_redirect(request, "report_business_file", code=code, file=file)
    form = _columns_form(request, report, found, data=request.POST)
    if not form.is_valid():
        return _columns_page(request, report, found, form)
    try:
        choose_columns(
            organisation=request.organisation,
            business_import=found,
            report=report,
            mapping=form.mapping(),
            replaces=form.replaced(),
            today=clock.today(),
        )
    except ColumnsNotUsable as unusable:
        for problem in unusable.problems:
            form.add_error(None, mapping_sentence(problem))
        return _columns_page(request, report, found, form)
    except StaffFileUnreadable as unreadable:
        form.add_error(None, file_sentence(code=unreadable.code, detail=unreadable.detail))
        return _columns_page(request, report, found, form)
    except BusinessFileNotOpen as refusal:
        messages.warning(request, str(refusal))
    return console_redirect(request, "report_business_file", code=code, file=file)


def file_subject_or_404(name: str) -> FileSubject:
    """What files can be about, by its name in addresses."""
    if name not in set(FileSubject):
        raise Http404
    return FileSubject(name)


def file_or_404(request: ConsoleRequest, report: Report, code: UUID) -> BusinessImport:
    """A file of this report."""
    found = business_file_by_code(organisation=request.organisation, report=report, code=code)
    if found is None:
        raise Http404
    return found


def _columns_form(
    request: ConsoleRequest, report: Report, found: BusinessImport, *, data: Any = None
) -> BusinessColumnsForm:
    where: dict[str, Any] = {
        "organisation": request.organisation,
        "legal_entity": report.legal_entity,
        "reporting_year": report.reporting_year,
    }
    if found.subject is FileSubject.RHYTHMS:
        applied = []  # It replaces any other register: nothing to choose.
    elif found.subject.method is not None:
        applied = list(applied_commute_files(**where, method=found.subject.method))
    else:
        applied = list(applied_files(**where).filter(block=found.block))
    return BusinessColumnsForm(data, business_import=found, applied=applied)


def _columns_page(
    request: ConsoleRequest,
    report: Report,
    found: BusinessImport,
    form: BusinessColumnsForm,
    *,
    layout_form: BusinessLayoutForm | None = None,
) -> HttpResponse:
    if found.state not in OPEN_STATES:
        messages.warning(request, str(BusinessFileNotOpen.sentence))
        return console_redirect(request, "report_business_file", code=report.code, file=found.code)
    sample = found.layout.get("sample", [])
    columns = [
        (form[name], [cells[index] for _line, cells in sample if index < len(cells) and cells[index]][:3])
        for index, name in enumerate(form.column_names())
    ]
    context = {
        "report": report,
        "import": found,
        "form": form,
        "layout_form": layout_form or BusinessLayoutForm(layout=found.layout),
        "columns": columns,
        "rows_at_most": found.layout["last_line"] - found.layout["header_line"],
        "block_label": SUBJECT_LABELS[found.subject],
        "subject": found.subject,
    }
    has_errors = bool(form.errors or (layout_form and layout_form.errors))
    return render(request, "reporting/business_file_columns.html", context, status=422 if has_errors else 200)


def _context(report: Report, found: BusinessImport) -> dict[str, Any]:
    has_outcome = bool(found.outcome)
    return {
        "report": report,
        "import": found,
        "block_label": SUBJECT_LABELS[found.subject],
        "subject": found.subject,
        "lines": line_changes(found) if has_outcome else (),
        "left_out": left_out_rows(found) if has_outcome else (),
        "errors": [
            {**error, "problem": problem_sentence(code=error["code"], detail=error["detail"])} for error in found.errors
        ],
        "good_rows": found.rows_total - found.outcome.get("wrong_rows", 0),
        "lacks_purpose": found.block in _TRAVEL_BLOCKS and "purpose" not in found.mapping,
        "lacks_vehicle": "vehicle" not in found.mapping,
    }
