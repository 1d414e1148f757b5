"""How the commuting kilometres of a report come about: choosing the method, and typing the totals of a system."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reporting.enums import ReportState
from reporting.forms.methods import MethodForm, RegistrationTotalsForm
from reporting.selectors.method_page import method_page
from reporting.services.commute_methods import choose_commute_method
from reporting.services.entered_totals import enter_registration_totals
from reporting.views.answers import carry_out
from reporting.views.found import report_or_404, version_or_404
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right


@needs(Right.MANAGE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def report_method(request: ConsoleRequest, code: UUID) -> HttpResponse:
    """GET shows what each method gives, POST takes one."""
    report = report_or_404(request, code)
    page = method_page(organisation=request.organisation, report=report)
    weeks = page.weeks.usable if page.weeks else ()
    form = MethodForm(request.POST if request.method == "POST" else None, weeks=weeks, current=page.choice)
    if request.method == "POST" and form.is_valid():
        method, week_from = form.chosen()
        version = carry_out(
            request,
            choose_commute_method,
            done=_("The method is chosen and the figures are computed again."),
            report=report,
            method=method,
            week_from=week_from,
            reason=form.cleaned_data["reason"],
            now=clock.now(),
        )
        return console_redirect(request, "report_method" if version is None else "report", code=report.code)
    context = {
        "report": report,
        "page": page,
        "form": form,
        "is_draft": version_or_404(report).state in (ReportState.DRAFT, ReportState.REOPENED),
    }
    return render(request, "reporting/report_method.html", context, status=422 if form.errors else 200)


@needs(Right.MANAGE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def report_registration_totals(request: ConsoleRequest, code: UUID) -> HttpResponse:
    """The yearly totals of a trip registration, typed per line with where they come from."""
    report = report_or_404(request, code)
    form = RegistrationTotalsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        carry_out(
            request,
            enter_registration_totals,
            done=_("The totals are in the report."),
            report=report,
            kilometres=form.kilometres(),
            origin=form.cleaned_data["origin"],
            now=clock.now(),
        )
        return console_redirect(request, "report", code=report.code)
    context = {"report": report, "form": form}
    return render(request, "reporting/report_registration_totals.html", context, status=422 if form.errors else 200)
