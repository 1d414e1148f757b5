"""Addresses of the estimate of who did not answer, inside `/o/<slug>/`."""

from django.urls import URLPattern, path

from reporting.views.estimation import (
    report_estimation,
    report_estimation_cancel,
    report_estimation_council,
    report_estimation_council_run,
    report_estimation_progress,
    report_estimation_run,
)
from reporting.views.figures_choice import report_estimate_choice

_RUN = "reports/<uuid:code>/estimation/<uuid:run>/"

urlpatterns: list[URLPattern] = [
    path("reports/<uuid:code>/estimation/", report_estimation, name="report_estimation"),
    path("reports/<uuid:code>/estimation/council/", report_estimation_council, name="report_estimation_council"),
    path("reports/<uuid:code>/estimation/choice/", report_estimate_choice, name="report_estimate_choice"),
    path(_RUN, report_estimation_run, name="report_estimation_run"),
    path(f"{_RUN}progress/", report_estimation_progress, name="report_estimation_progress"),
    path(f"{_RUN}cancel/", report_estimation_cancel, name="report_estimation_cancel"),
    path(f"{_RUN}council/", report_estimation_council_run, name="report_estimation_council_run"),
]
