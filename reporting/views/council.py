"""The summary for the works council: a page to print, and a PDF."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.services.council_file import council_file, dutch_summary
from wpm_platform import clock
from wpm_platform.organisations.door.downloads import download
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right


@needs(Right.VIEW_SETTINGS)
@require_safe
def settings_council(request: ConsoleRequest) -> HttpResponse:
    summary = dutch_summary(organisation=request.organisation, today=clock.today())
    return render(request, "reporting/council.html", {"summary": summary})


@needs(Right.VIEW_SETTINGS)
@require_safe
def settings_council_pdf(request: ConsoleRequest) -> HttpResponseBase:
    file = council_file(organisation=request.organisation, today=clock.today())
    return download(request, name=file.name, content_type=file.content_type, content=file.content)
