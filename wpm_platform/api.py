"""The API, put together from the apps. Composition only."""

from django.urls import include, path, re_path

from wpm_platform.organisations.door.api import UnknownAddress
from wpm_platform.organisations.door.api_documents import ApiPages, OpenApiDocument

urlpatterns = [
    path("", include("surveys.api.urls")),
    path("", include("reporting.api.urls")),
    path("openapi.json", OpenApiDocument.as_view(), name="api_openapi"),
    path("docs/", ApiPages.as_view(), name="api_docs"),
    re_path("", UnknownAddress.as_view(), name="api_unknown"),
]
