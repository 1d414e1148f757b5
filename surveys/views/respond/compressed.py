"""Employees' pages leave compressed: whoever answers may have a slow line."""

import secrets

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.cache import patch_vary_headers

from surveys.views.respond.drawn_pages import DrawnPage
from surveys.views.respond.gzip_pieces import gzipped
from surveys.views.respond.language import PATHS


class CompressedPages(GZipMiddleware):
    """Django's own compression, with its random length against guessing from the size, for these pages only.

    Static files are compressed beforehand, and the console's pages are for offices.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not request.path_info.startswith(PATHS):
            return response
        if isinstance(response, DrawnPage) and re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")):
            return self._in_pieces(response)
        return super().process_response(request, response)

    def _in_pieces(self, response: DrawnPage) -> DrawnPage:
        """What stands on it at each visit was compressed before; what differs, such as the CSRF token, stays as it is.

        Of a random length likewise: the answer of the day before stands on the page.
        """
        patch_vary_headers(response, ("Accept-Encoding",))
        response.content = gzipped(response.pieces, padding=secrets.randbelow(self.max_random_bytes))
        response.headers["Content-Encoding"], response.headers["Content-Length"] = "gzip", str(len(response.content))
        return response
