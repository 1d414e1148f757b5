"""Addresses; see docs/architecture.md."""

from django.urls import URLPattern, path

from reporting.views.business_file_steps import (
    report_business_file_apply,
    report_business_file_cancel,
    report_business_file_errors,
    report_business_file_remove,
)
from reporting.views.business_files import (
    report_business_file,
    report_business_file_columns,
    report_business_file_layout,
    report_business_file_new,
    report_business_template,
)
from reporting.views.checks import report_checks, report_finding_answer, report_finding_reopen
from reporting.views.co2 import report_co2, report_co2_factors
from reporting.views.council import settings_council, settings_council_pdf
from reporting.views.exports import report_export, report_schema
from reporting.views.figures import report_business, report_cell
from reporting.views.headcount import headcount
from reporting.views.methods import report_method, report_registration_totals
from reporting.views.parameters import report_parameters
from reporting.views.reports import report, report_campaign, report_compute, report_list, report_open
from reporting.views.steps import report_file, report_freeze, report_reopen
from reporting.views.years import report_years, report_years_export

urlpatterns: list[URLPattern] = [
    path("settings/works-council/", settings_council, name="settings_council"),
    path("settings/works-council/summary.pdf", settings_council_pdf, name="settings_council_pdf"),
    path("headcount/", headcount, name="headcount"),
    path("reports/", report_list, name="report_list"),
    path("reports/open/", report_open, name="report_open"),
    path("reports/report.schema.json", report_schema, name="report_schema"),
    path("reports/parameters/<int:year>/", report_parameters, name="report_parameters"),
    path("reports/years/<uuid:code>/", report_years, name="report_years"),
    path("reports/years/<uuid:code>/<str:file_format>/", report_years_export, name="report_years_export"),
    path("reports/<uuid:code>/", report, name="report"),
    path("reports/<uuid:code>/versions/<int:number>/", report, name="report_version"),
    path("reports/<uuid:code>/compute/", report_compute, name="report_compute"),
    path("reports/<uuid:code>/campaign/", report_campaign, name="report_campaign"),
    path("reports/<uuid:code>/method/", report_method, name="report_method"),
    path("reports/<uuid:code>/method/registration/", report_registration_totals, name="report_registration_totals"),
    path("reports/<uuid:code>/business/", report_business, name="report_business"),
    path("reports/<uuid:code>/business/<str:travel_block>/", report_business_file_new, name="report_business_file_new"),
    path(
        "reports/<uuid:code>/business/<str:travel_block>/template/<slug:language>/",
        report_business_template,
        name="report_business_template",
    ),
    path("reports/<uuid:code>/files/<uuid:file>/", report_business_file, name="report_business_file"),
    path(
        "reports/<uuid:code>/files/<uuid:file>/layout/", report_business_file_layout, name="report_business_file_layout"
    ),
    path(
        "reports/<uuid:code>/files/<uuid:file>/columns/",
        report_business_file_columns,
        name="report_business_file_columns",
    ),
    path("reports/<uuid:code>/files/<uuid:file>/apply/", report_business_file_apply, name="report_business_file_apply"),
    path(
        "reports/<uuid:code>/files/<uuid:file>/remove/", report_business_file_remove, name="report_business_file_remove"
    ),
    path(
        "reports/<uuid:code>/files/<uuid:file>/cancel/", report_business_file_cancel, name="report_business_file_cancel"
    ),
    path(
        "reports/<uuid:code>/files/<uuid:file>/errors/", report_business_file_errors, name="report_business_file_errors"
    ),
    path("reports/<uuid:code>/cells/<str:block>/<str:line>/", report_cell, name="report_cell"),
    path("reports/<uuid:code>/checks/", report_checks, name="report_checks"),
    path("reports/<uuid:code>/checks/answer/", report_finding_answer, name="report_finding_answer"),
    path("reports/<uuid:code>/checks/reopen/", report_finding_reopen, name="report_finding_reopen"),
    path("reports/<uuid:code>/co2/", report_co2, name="report_co2"),
    path("reports/<uuid:code>/co2/factors/", report_co2_factors, name="report_co2_factors"),
    path("reports/<uuid:code>/freeze/", report_freeze, name="report_freeze"),
    path("reports/<uuid:code>/file/", report_file, name="report_file"),
    path("reports/<uuid:code>/reopen/", report_reopen, name="report_reopen"),
    path("reports/<uuid:code>/export/<str:file_format>/", report_export, name="report_export"),
]
