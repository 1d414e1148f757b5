"""The console's first page: the yearly path, and what needs attention today."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.domain.parameter_files import reporting_years
from reporting.selectors.yearly_path import current_reporting_year, yearly_path
from wpm_platform import clock
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right


@needs(Right.VIEW_START)
@require_safe
def console_start(request: ConsoleRequest) -> HttpResponse:
    """A site lead gets a page without figures of the whole organisation."""
    if not request.place.holds(Right.VIEW_REPORTS):
        return render(request, "reporting/start_of_site.html")
    today = clock.today()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else current_reporting_year(today=today)
    if year not in reporting_years():
        raise Http404
    path = yearly_path(organisation=request.organisation, reporting_year=year, now=clock.now(), today=today)
    return render(request, "reporting/start.html", {"path": path, "today": today})
