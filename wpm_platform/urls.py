"""All addresses, put together from the apps. Composition only.

`/o/<slug>/…` is the console behind the door; `/r/…` and `/answer/…` are the employee's pages, `/e/<slug>/` is the
employer's public page.
"""

from django.urls import include, path

import reporting.urls.estimation
import reporting.urls.model_card
import reporting.urls.reports
import reporting.urls.retention
import reporting.urls.start
import surveys.urls.campaigns
import surveys.urls.employer
import surveys.urls.mail_plan
import surveys.urls.mail_settings
import surveys.urls.paper
import surveys.urls.respond
import surveys.urls.staff
import wpm_platform.mailing.urls
import wpm_platform.organisations.urls.public
import wpm_platform.organisations.urls.settings
from wpm_platform.health import health

console = [
    *reporting.urls.start.urlpatterns,
    *surveys.urls.staff.urlpatterns,
    *surveys.urls.campaigns.urlpatterns,
    *surveys.urls.mail_plan.urlpatterns,
    *surveys.urls.paper.console,
    *reporting.urls.reports.urlpatterns,
    *reporting.urls.estimation.urlpatterns,
    *reporting.urls.model_card.urlpatterns,
    *reporting.urls.retention.urlpatterns,
    *wpm_platform.organisations.urls.settings.urlpatterns,
    *surveys.urls.mail_settings.urlpatterns,
]

urlpatterns = [
    # Tried in this order: most visits are answers of employees.
    *surveys.urls.respond.urlpatterns,
    path("health/", health, name="health"),
    path("account/", include("allauth.urls")),
    path("o/<slug:slug>/", include(console)),
    path("api/v1/", include("wpm_platform.api")),
    *surveys.urls.employer.urlpatterns,
    *surveys.urls.paper.urlpatterns,
    *wpm_platform.mailing.urls.urlpatterns,
    *wpm_platform.organisations.urls.public.urlpatterns,
]
