"""The address where a mail provider reports."""

from django.urls import URLPattern, path

from wpm_platform.mailing.views.provider_events import provider_events

urlpatterns: list[URLPattern] = [path("mail/events/", provider_events, name="provider_events")]
