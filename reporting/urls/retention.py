"""Addresses of retention and privacy, inside `/o/<slug>/`."""

from django.urls import URLPattern, path

from reporting.views.privacy import settings_notices, settings_privacy, settings_privacy_log, settings_staff_details
from reporting.views.retention import (
    campaign_retention,
    campaign_retention_hold,
    campaign_retention_lift,
    campaign_retention_period,
)

urlpatterns: list[URLPattern] = [
    path("campaigns/<uuid:code>/retention/", campaign_retention, name="campaign_retention"),
    path("campaigns/<uuid:code>/retention/period/", campaign_retention_period, name="campaign_retention_period"),
    path("campaigns/<uuid:code>/retention/hold/", campaign_retention_hold, name="campaign_retention_hold"),
    path("campaigns/<uuid:code>/retention/lift/", campaign_retention_lift, name="campaign_retention_lift"),
    path("settings/privacy/", settings_privacy, name="settings_privacy"),
    path("settings/privacy/log.json", settings_privacy_log, name="settings_privacy_log"),
    path("settings/privacy/staff/", settings_staff_details, name="settings_staff_details"),
    path("settings/notices/", settings_notices, name="settings_notices"),
]
