"""Year on year of one legal entity: the page, and its files."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.selectors.reports import legal_entities
from reporting.selectors.years_page import years_page
from reporting.services.exports import ExportFormatUnknown
from reporting.services.years_files import years_file
from wpm_platform.organisations.door.downloads import download
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.models import LegalEntity
from wpm_platform.organisations.permissions import Right
from wpm_platform.organisations.selectors import places


@needs(Right.VIEW_REPORTS)
@require_safe
def report_years(request: ConsoleRequest, code: UUID) -> HttpResponse:
    entity = _legal_entity_or_404(request, code)
    entities = legal_entities(organisation=request.organisation)
    context = {
        "page": years_page(organisation=request.organisation, legal_entity=entity),
        "others": [other for other in entities if other.pk != entity.pk],
    }
    return render(request, "reporting/years.html", context)


@needs(Right.VIEW_REPORTS)
@require_safe
def report_years_export(request: ConsoleRequest, code: UUID, file_format: str) -> HttpResponseBase:
    entity = _legal_entity_or_404(request, code)
    try:
        file = years_file(organisation=request.organisation, legal_entity=entity, file_format=file_format)
    except ExportFormatUnknown as error:
        raise Http404 from error
    return download(request, name=file.name, content_type=file.content_type, content=file.content)


def _legal_entity_or_404(request: ConsoleRequest, code: UUID) -> LegalEntity:
    found = places.legal_entity(organisation=request.organisation, code=code)
    if found is None:
        raise Http404
    return found
