"""The CO2 indication of a report, and the factors that nobody shipped."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reporting.forms.co2 import FactorsForm
from reporting.models import ParameterOverride
from reporting.selectors.co2 import version_co2
from reporting.selectors.co2_page import co2_page
from reporting.selectors.parameters import entered_factors, open_factors
from reporting.services.emission_factors import enter_factors
from reporting.views.answers import carry_out
from reporting.views.found import report_or_404, version_or_404
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right


@needs(Right.VIEW_REPORTS)
@require_safe
def report_co2(request: ConsoleRequest, code: UUID) -> HttpResponse:
    report = report_or_404(request, code)
    version = version_or_404(report)
    page = co2_page(version_co2(version))
    can_enter = request.place.holds(Right.MANAGE_REPORTS) and bool(open_factors(reporting_year=report.reporting_year))
    context = {"report": report, "version": version, "page": page, "can_enter": can_enter}
    return render(request, "reporting/report_co2.html", context)


@needs(Right.MANAGE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def report_co2_factors(request: ConsoleRequest, code: UUID) -> HttpResponse:
    """GET shows the factors of the report's year that the shipped set leaves open, POST keeps them."""
    report = report_or_404(request, code)
    entered = entered_factors(organisation=request.organisation, reporting_year=report.reporting_year)
    form = FactorsForm(
        request.POST if request.method == "POST" else None,
        factors=open_factors(reporting_year=report.reporting_year),
        initial=_initial(entered),
    )
    if request.method == "POST" and form.is_valid():
        carry_out(
            request,
            enter_factors,
            done=_("The factors are kept. They change no kilometre."),
            reporting_year=report.reporting_year,
            factors=form.factors(),
            source=form.cleaned_data["source"],
            now=clock.now(),
        )
        return console_redirect(request, "report_co2", code=report.code)
    context = {"report": report, "form": form}
    return render(request, "reporting/report_co2_factors.html", context, status=422 if form.errors else 200)


def _initial(entered: list[ParameterOverride]) -> dict[str, str]:
    return {row.name: row.value for row in entered} | ({"source": entered[0].source} if entered else {})
