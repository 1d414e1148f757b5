"""The API's own description: OpenAPI as JSON, and pages to read and try it."""

from drf_spectacular.renderers import OpenApiJsonRenderer2
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView


class OpenApiDocument(SpectacularAPIView):
    renderer_classes = [OpenApiJsonRenderer2]


class ApiPages(SpectacularSwaggerSplitView):
    """Scripts and styles from our own files; nothing inline, so that the strict content security policy holds."""

    url_name = "api_openapi"
    template_name = "organisations/api_docs.html"
    title = "WPM API"
