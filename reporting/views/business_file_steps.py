"""What HR does with a business file that was looked at: apply it, take it out again, delete it, fetch its errors."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reporting.business_file_sentences import problem_sentence
from reporting.exports.business import business_errors_workbook
from reporting.models import BusinessImport
from reporting.services.business_apply import apply_business_file, remove_business_file
from reporting.services.business_files import cancel_business_file
from reporting.services.business_reading import business_file_errors
from reporting.views.answers import carry_out
from reporting.views.business_files import file_or_404
from reporting.views.downloads import workbook_answer
from reporting.views.found import report_or_404
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right
from wpm_platform.spreadsheets import CellValue


@needs(Right.MANAGE_REPORTS)
@require_POST
def report_business_file_apply(request: ConsoleRequest, code: UUID, file: UUID) -> HttpResponse:
    report = report_or_404(request, code)
    found = file_or_404(request, report, file)
    applied = carry_out(
        request,
        apply_business_file,
        done=_("The sums of this file are kept. Choose the method to use them.")
        if found.subject.is_commute
        else _("The figures of this file are in the report."),
        report=report,
        business_import=found,
        skips_wrong_rows=request.POST.get("skips_wrong_rows") == "on",
        now=clock.now(),
    )
    if applied is None:
        return console_redirect(request, "report_business_file", code=code, file=file)
    return console_redirect(request, _files_page(found), code=code)


@needs(Right.MANAGE_REPORTS)
@require_POST
def report_business_file_remove(request: ConsoleRequest, code: UUID, file: UUID) -> HttpResponse:
    report = report_or_404(request, code)
    found = file_or_404(request, report, file)
    done = _("The figures of this file are out of the report.")
    carry_out(request, remove_business_file, done=done, report=report, business_import=found, now=clock.now())
    return console_redirect(request, _files_page(found), code=code)


@needs(Right.MANAGE_REPORTS)
@require_POST
def report_business_file_cancel(request: ConsoleRequest, code: UUID, file: UUID) -> HttpResponse:
    report = report_or_404(request, code)
    found = file_or_404(request, report, file)
    done = _("The file is deleted. The report has not changed.")
    carry_out(request, cancel_business_file, done=done, report=report, business_import=found, now=clock.now())
    return console_redirect(request, _files_page(found), code=code)


@needs(Right.MANAGE_REPORTS)
@require_safe
def report_business_file_errors(request: ConsoleRequest, code: UUID, file: UUID) -> HttpResponse:
    """All errors as a workbook: line, column, value and what to do."""
    found = file_or_404(request, report_or_404(request, code), file)
    rows: list[list[CellValue]] = [
        [error.line, error.column, error.value, problem_sentence(code=error.code, detail=error.detail)]
        for error in business_file_errors(found)
    ]
    headings = (_("Line"), _("Column"), _("Value"), _("What to do"))
    content = business_errors_workbook(rows, title=_("Errors"), headings=headings)
    return workbook_answer(content, filename="errors.xlsx")


def _files_page(found: BusinessImport) -> str:
    """The page that lists such files."""
    return "report_method" if found.subject.is_commute else "report_business"
