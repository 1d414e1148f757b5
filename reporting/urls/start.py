"""Addresses; see docs/architecture.md."""

from django.urls import URLPattern, path

from reporting.views.start import console_start

urlpatterns: list[URLPattern] = [path("", console_start, name="console_start")]
