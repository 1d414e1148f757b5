"""What an administrator decides where the law is unsettled or the sources disagree, per reporting year."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reporting.domain.parameter_files import reporting_years
from reporting.forms.steps import ParameterForm
from reporting.selectors.parameters_page import parameter_lines, parameters_shown
from reporting.services.settings import reset_parameter, set_parameter
from reporting.views.answers import carry_out
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right


@needs(Right.VIEW_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def report_parameters(request: ConsoleRequest, year: int) -> HttpResponse:
    """Shows every number of the year with source and certainty; POST sets one of the open ones, or resets it."""
    if year not in reporting_years():
        raise Http404
    form = ParameterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not request.place.holds(Right.MANAGE_REPORTS):
            return HttpResponse(status=403)
        if "reset" in request.POST:
            name = request.POST["reset"]
            done = _("The shipped value holds again.")
            carry_out(request, reset_parameter, done=done, reporting_year=year, name=name, now=clock.now())
            return console_redirect(request, "report_parameters", year=year)
        if form.is_valid():
            done = _("The setting is saved. Compute open reports again to use it.")
            carry_out(request, set_parameter, done=done, reporting_year=year, now=clock.now(), **form.cleaned_data)
            return console_redirect(request, "report_parameters", year=year)
    context = {
        "year": year,
        "years": reporting_years(),
        "settings": parameter_lines(organisation=request.organisation, reporting_year=year),
        "values": parameters_shown(organisation=request.organisation, reporting_year=year),
        "form": form,
        "posted": request.POST.get("name", ""),
    }
    return render(request, "reporting/parameters.html", context, status=422 if form.errors else 200)
