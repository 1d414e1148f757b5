"""The API, put together from the apps. Composition only."""

from django.urls import include, path

urlpatterns = [
    path("", include("surveys.api.urls")),
    path("", include("reporting.api.urls")),
]
