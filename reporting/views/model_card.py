"""The model card of a finished estimation: how good the model is, to read, to print and for machines."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.exports.model_card import model_card_schema_bytes
from reporting.model_card_words import card_words
from reporting.models import Report
from reporting.selectors.model_card import NoModelCard, StoredCard, model_card
from reporting.services.exports import ExportFormatUnknown
from reporting.services.model_card_files import card_file, card_register
from reporting.views.found import report_or_404
from wpm_platform.organisations.door.downloads import download
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right


@needs(Right.VIEW_REPORTS)
@require_safe
def report_model_card(request: ConsoleRequest, code: UUID, run: UUID) -> HttpResponse:
    report = report_or_404(request, code)
    stored = _card_or_404(report, run)
    context = {
        "report": report,
        "run": stored.run,
        "words": card_words(stored.card),
        "fields": card_register(report, stored),
    }
    return render(request, "reporting/estimation/model_card.html", context)


@needs(Right.VIEW_REPORTS)
@require_safe
def report_model_card_file(request: ConsoleRequest, code: UUID, run: UUID, file_format: str) -> HttpResponseBase:
    report = report_or_404(request, code)
    try:
        file = card_file(report, _card_or_404(report, run), file_format=file_format)
    except ExportFormatUnknown as error:
        raise Http404 from error
    return download(request, name=file.name, content_type=file.content_type, content=file.content)


@needs(Right.VIEW_REPORTS)
@require_safe
def report_model_card_schema(request: ConsoleRequest) -> HttpResponse:
    response = HttpResponse(model_card_schema_bytes(), content_type="application/schema+json")
    response.headers["Content-Disposition"] = 'inline; filename="model_card.schema.json"'
    return response


def _card_or_404(report: Report, run: UUID) -> StoredCard:
    try:
        return model_card(report=report, code=run)
    except NoModelCard as error:
        raise Http404 from error
