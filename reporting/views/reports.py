"""The list of reports, and the page of one version."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reporting.forms.steps import CampaignChoiceForm, OpenReportForm
from reporting.selectors.checks_page import open_findings
from reporting.selectors.headcount import duty
from reporting.selectors.method_page import shown_weeks
from reporting.selectors.report_page import report_page
from reporting.selectors.reports import legal_entities, open_campaigns, report_lines, usable_campaigns, versions_of
from reporting.selectors.yearly_path import current_reporting_year
from reporting.services.report_versions import build_report
from reporting.services.reports import choose_campaign, open_report
from reporting.staff_labels import DUTY_LABELS
from reporting.views.answers import carry_out
from reporting.views.found import report_or_404, version_or_404
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right


@needs(Right.VIEW_REPORTS)
@require_safe
def report_list(request: ConsoleRequest) -> HttpResponse:
    entities = legal_entities(organisation=request.organisation)
    form = OpenReportForm(
        legal_entities=entities, initial={"reporting_year": current_reporting_year(today=clock.today())}
    )
    context = {"lines": report_lines(organisation=request.organisation), "form": form, "entities": entities}
    return render(request, "reporting/report_list.html", context)


@needs(Right.MANAGE_REPORTS)
@require_POST
def report_open(request: ConsoleRequest) -> HttpResponse:
    entities = legal_entities(organisation=request.organisation)
    form = OpenReportForm(request.POST, legal_entities=entities)
    if not form.is_valid():
        context = {"lines": report_lines(organisation=request.organisation), "form": form, "entities": entities}
        return render(request, "reporting/report_list.html", context, status=422)
    report = open_report(
        organisation=request.organisation,
        actor=request.user,
        now=clock.now(),
        legal_entity=next(row for row in entities if str(row.code) == form.cleaned_data["legal_entity"]),
        reporting_year=form.cleaned_data["reporting_year"],
    )
    return console_redirect(request, "report", code=report.code)


@needs(Right.VIEW_REPORTS)
@require_safe
def report(request: ConsoleRequest, code: UUID, number: int | None = None) -> HttpResponse:
    """The newest version, or the one with `number` from the history."""
    found = report_or_404(request, code)
    version = version_or_404(found, number=number)
    page = report_page(organisation=request.organisation, report=found, version=version)
    versions = versions_of(report=found)
    outcome = duty(legal_entity=found.legal_entity, parameters=page.parameters)
    context = {
        "page": page,
        "versions": versions,
        "is_newest": version.number == versions[0].number,
        "weeks": shown_weeks(
            organisation=request.organisation, report=found, inputs=page.inputs, parameters=page.parameters
        ),
        "duty": outcome,
        "duty_label": DUTY_LABELS[outcome.kind],
        "running": open_campaigns(organisation=request.organisation, reporting_year=found.reporting_year),
        "open_findings": open_findings(organisation=request.organisation, report=found, version=version),
    }
    return render(request, "reporting/report.html", context)


@needs(Right.MANAGE_REPORTS)
@require_POST
def report_compute(request: ConsoleRequest, code: UUID) -> HttpResponse:
    found = report_or_404(request, code)
    carry_out(request, build_report, done=_("The figures are computed again."), report=found, now=clock.now())
    return console_redirect(request, "report", code=found.code)


@needs(Right.MANAGE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def report_campaign(request: ConsoleRequest, code: UUID) -> HttpResponse:
    """GET shows the closed campaigns, POST takes one."""
    found = report_or_404(request, code)
    campaigns = usable_campaigns(organisation=request.organisation)
    initial = {"campaign": str(found.campaign.code) if found.campaign else ""}
    form = CampaignChoiceForm(request.POST if request.method == "POST" else None, campaigns=campaigns, initial=initial)
    if request.method == "POST":
        # Without JavaScript and without any choice the form posts no field but the token.
        if "campaign" not in request.POST or not form.is_valid():
            raise Http404
        done = _("The survey is chosen and the figures are computed again.")
        carry_out(request, choose_campaign, done=done, report=found, campaign=form.chosen(), now=clock.now())
        return console_redirect(request, "report", code=found.code)
    context = {
        "report": found,
        "form": form,
        "campaigns": campaigns,
        "running": open_campaigns(organisation=request.organisation, reporting_year=found.reporting_year),
    }
    return render(request, "reporting/report_campaign.html", context)
