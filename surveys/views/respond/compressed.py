"""Employees' pages leave compressed: whoever answers may have a slow line."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from surveys.views.respond.language import PATHS


class CompressedPages(GZipMiddleware):
    """Django's own compression, with its random length against guessing from the size, for these pages only.

    Static files are compressed beforehand, and the console's pages are for offices.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not request.path_info.startswith(PATHS):
            return response
        return super().process_response(request, response)
