"""Files of a stored version, and the schema of the JSON."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from reporting.exports.json import report_schema_bytes
from reporting.services.exports import ExportFormatUnknown, report_file
from reporting.views.found import report_or_404, version_or_404
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right


@needs(Right.VIEW_REPORTS)
@require_safe
def report_export(request: ConsoleRequest, code: UUID, file_format: str) -> HttpResponse:
    """The newest version, or `?version=` from the history."""
    asked = request.GET.get("version", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 5 else None
    if asked and number is None:
        raise Http404
    version = version_or_404(report_or_404(request, code), number=number)
    try:
        file = report_file(version, file_format=file_format)
    except ExportFormatUnknown as error:
        raise Http404 from error
    response = HttpResponse(file.content, content_type=file.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


@needs(Right.VIEW_REPORTS)
@require_safe
def report_schema(request: ConsoleRequest) -> HttpResponse:
    response = HttpResponse(report_schema_bytes(), content_type="application/schema+json")
    response.headers["Content-Disposition"] = 'inline; filename="report.schema.json"'
    return response
