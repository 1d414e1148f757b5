"""Addresses of the estimate of who did not answer, inside `/o/<slug>/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
