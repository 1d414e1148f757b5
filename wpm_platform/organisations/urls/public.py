"""Addresses; see docs/architecture.md."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
