"""Files of a stored version, its evidence included, and the schema of the JSON."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from reporting.exports.json import report_schema_bytes
from reporting.services.evidence import EvidenceNotReady
from reporting.services.exports import ExportFormatUnknown
from reporting.services.files import version_file
from reporting.views.found import report_or_404, version_or_404
from wpm_platform.organisations.door.downloads import download
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right


@needs(Right.VIEW_REPORTS)
@require_safe
def report_export(request: ConsoleRequest, code: UUID, file_format: str) -> HttpResponseBase:
    """The newest version, or `?version=` from the history."""
    asked = request.GET.get("version", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 5 else None
    if asked and number is None:
        raise Http404
    version = version_or_404(report_or_404(request, code), number=number)
    try:
        file = version_file(version, file_format=file_format)
    except (ExportFormatUnknown, EvidenceNotReady) as error:
        raise Http404 from error
    return download(request, name=file.name, content_type=file.content_type, content=file.content)


@needs(Right.VIEW_REPORTS)
@require_safe
def report_schema(request: ConsoleRequest) -> HttpResponse:
    response = HttpResponse(report_schema_bytes(), content_type="application/schema+json")
    response.headers["Content-Disposition"] = 'inline; filename="report.schema.json"'
    return response
