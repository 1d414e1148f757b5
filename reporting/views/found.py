"""The report that an address names, or 404."""

from uuid import UUID

from django.http import Http404

from reporting.models import Report, ReportVersion
from reporting.selectors.reports import report_by_code, version_of
from wpm_platform.organisations.door.request import ConsoleRequest


def report_or_404(request: ConsoleRequest, code: UUID) -> Report:
    try:
        return report_by_code(organisation=request.organisation, code=code)
    except Report.DoesNotExist as error:
        raise Http404 from error


def version_or_404(report: Report, *, number: int | None = None) -> ReportVersion:
    try:
        return version_of(report=report, number=number)
    except ReportVersion.DoesNotExist as error:
        raise Http404 from error
